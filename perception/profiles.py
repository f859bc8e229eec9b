"""Profiles: where the particulars of people are kept, listed and deleted; none is made unasked.

`insideout profile` is the door to them.
"""

import json
import os
import re
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
    """Write it, readable for its owner alone; one of the same name is replaced.

    Raises PerceptionError where it cannot be written.
    """
    path = path_of(profile.name, folder)
    part = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        part.write_text(json.dumps(profile.to_json(), ensure_ascii=False) + "\n", "utf-8")
        part.replace(path)
    except OSError as error:
        raise PerceptionError(
            f"{path} cannot be written ({error.strerror}); name another folder in {VARIABLE}"
        ) from error
    return path


def load_profile(name: str, folder: Path | None = None) -> Profile:
    """The profile of that name; raises PerceptionError with the known ones, or where it is damaged."""
    path = path_of(name, folder)
    if not path.is_file():
        known = [profile.name for profile in list_profiles(folder)]
        if not known:
            raise PerceptionError(
                f"there is no profile {name!r}, nor any other; `insideout profile make` makes one"
            )
        raise PerceptionError(unknown_name("profile", name, known))
    return _read(path)


def list_profiles(folder: Path | None = None) -> list[Profile]:
    """All of them by name; damaged files are left out."""
    found = map(_profile_at, (folder or profiles_folder()).glob("*.json"))
    return sorted((one for one in found if one is not None), key=lambda profile: profile.name)


def damaged_profiles(folder: Path | None = None) -> list[str]:
    """The names of the files that are no profiles; `delete_profile` deletes them too."""
    files = (folder or profiles_folder()).glob("*.json")
    return sorted(path.stem for path in files if _profile_at(path) is None)


def path_of(name: str, folder: Path | None = None) -> Path:
    """Where the profile of that name lies or would lie; raises PerceptionError for what is no name."""
    if not _NAME.fullmatch(name) or name.startswith("."):
        raise PerceptionError(
            f"{name[:80]!r} is no name for a profile; expected up to 64 letters, digits or . _ @ + -"
        )
    return (folder or profiles_folder()) / f"{name}.json"


def delete_profile(name: str, folder: Path | None = None) -> None:
    """Delete the file; raises PerceptionError where there is none."""
    path = path_of(name, folder)
    if not path.is_file():
        load_profile(name, folder)
    path.unlink()


def _read(path: Path) -> Profile:
    try:
        return Profile.from_json(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise PerceptionError(f"{path} cannot be read as a profile: {error}") from error


def _profile_at(path: Path) -> Profile | None:
    """None where the file is damaged."""
    try:
        return _read(path)
    except PerceptionError:
        return None
