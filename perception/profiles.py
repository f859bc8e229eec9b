"""Profiles: where the particulars of people are kept, listed and deleted; none is made unasked."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from platformdirs import user_data_path

from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.person import Profile

VARIABLE = "INSIDEOUT_PROFILES"
_NAME = re.compile(r"[\w.@+-]{1,64}")


def profiles_folder() -> Path:
    """The folder INSIDEOUT_PROFILES, else one in the user's data."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else user_data_path("insideout", appauthor=False) / "profiles"


def save_profile(profile: Profile, folder: Path | None = None) -> Path:
    """Write it, readable for its owner alone; one of the same name is replaced."""
    path = _path(profile.name, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".new")
    part.touch(mode=0o600)
    part.write_text(json.dumps(profile.to_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    part.replace(path)
    return path


def load_profile(name: str, folder: Path | None = None) -> Profile:
    """The profile of that name; raises PerceptionError with the known ones, or where it is damaged."""
    path = _path(name, folder)
    if not path.is_file():
        known = [profile.name for profile in list_profiles(folder)]
        if not known:
            raise PerceptionError(
                f"there is no profile {name!r}, nor any other; save_profile keeps one"
            )
        raise PerceptionError(unknown_name("profile", name, known))
    return _read(path)


def list_profiles(folder: Path | None = None) -> list[Profile]:
    """All of them by name; damaged files are left out."""
    return sorted(_readable(folder or profiles_folder()), key=lambda profile: profile.name)


def delete_profile(name: str, folder: Path | None = None) -> None:
    """Delete the file; raises PerceptionError where there is none."""
    path = _path(name, folder)
    if not path.is_file():
        load_profile(name, folder)
    path.unlink()


def _path(name: str, folder: Path | None) -> Path:
    if not _NAME.fullmatch(name) or name.startswith("."):
        raise PerceptionError(
            f"{name[:80]!r} is no name for a profile; expected up to 64 letters, digits or . _ @ + -"
        )
    return (folder or profiles_folder()) / f"{name}.json"


def _read(path: Path) -> Profile:
    try:
        return Profile.from_json(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise PerceptionError(f"{path} cannot be read as a profile: {error}") from error


def _readable(folder: Path) -> Iterator[Profile]:
    for path in folder.glob("*.json"):
        try:
            yield _read(path)
        except PerceptionError:
            continue
