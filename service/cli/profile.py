"""`insideout profile`: what is particular to one person, made, shown and deleted where they ask for it.

The one place that makes profiles: nothing else of the project keeps anything of a person's rest.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from insideout.agents.errors import BadInputError
from insideout.perception.affect import Emotion
from insideout.perception.errors import unknown_name
from insideout.perception.heart.own import rest_of
from insideout.perception.person import Profile
from insideout.perception.profiles import (
    damaged_profiles,
    delete_profile,
    list_profiles,
    load_profile,
    path_of,
    save_profile,
)
from insideout.perception.reading import Modality
from insideout.service.cli import options
from insideout.service.cli.profile_make import Given, make_profile
from insideout.service.cli.render import err, note, out

NOTICE = (
    "A profile keeps how you are at rest, as numbers: by how much a recogniser's scores for your face "
    "and your voice are shifted, how high, loud and fast each piece of your speech was, when your heart "
    "beat. No picture, no sound and no signal is kept. It goes to {path}, readable for you alone, is "
    "used only where --profile {name} is said, and stays until: insideout profile delete {name}"
)
_MOST_SHIFTS = 3  # labels that are shown, the most shifted first
_LEAST_SHIFT = 0.1  # nats; less changes nothing that could be seen

Name = Annotated[str, typer.Argument(help="Of the profile; `profile list` shows them.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)


def register(parent: typer.Typer) -> None:
    """Add `profile` with its commands."""
    parent.add_typer(
        app,
        name="profile",
        help="What is particular to one person: make, show, list and delete it.",
    )


@app.command("list")
def list_(json_: options.Json = False) -> None:
    """The profiles that are kept, by name."""
    options.settings_from()
    found = list_profiles()
    for name in damaged_profiles():
        note(
            err(),
            f"{path_of(name)} cannot be read as a profile; `profile delete {name}` deletes it",
        )
    if json_:
        rows = [
            {"name": p.name, "made_at": p.made_at, "knows": [m.value for m in p.modalities]}
            for p in found
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    if not found:
        note(err(), "no profile is kept; `insideout profile make` makes one")
        return
    table = Table("profile", "made", "knows", box=None)
    for one in found:
        knows = ", ".join(modality.value for modality in one.modalities)
        table.add_row(one.name, one.made_at[:16].replace("T", " "), knows)
    out().print(table)


@app.command("show")
def show(name: Name, json_: options.Json = False) -> None:
    """What a profile holds; with --json all of it."""
    options.settings_from()
    profile = load_profile(name)
    if json_:
        typer.echo(json.dumps(profile.to_json(), ensure_ascii=False))
        return
    _print(profile)


@app.command("make")
def make(
    name: Annotated[str, typer.Argument(help="How the profile is to be called.")],
    face: Annotated[
        list[Path] | None,
        typer.Option(help="Photos or films of the face at rest.", metavar="FILE"),
    ] = None,
    voice: Annotated[
        list[Path] | None,
        typer.Option(help="Plain speech, as reading aloud, 20 to 60 s.", metavar="FILE"),
    ] = None,
    ecg: Annotated[
        Path | None,
        typer.Option(help="ECG or pulse wave at rest, 80 s, better 5 minutes.", metavar="FILE"),
    ] = None,
    rate: Annotated[
        float | None,
        typer.Option(help="Samples a second of --ecg, where the file does not say.", metavar="HZ"),
    ] = None,
    moment: Annotated[
        list[str] | None,
        typer.Option(
            help="A photo, film or sound of a moment, and what was felt.", metavar="EMOTION=FILE"
        ),
    ] = None,
    yes: Yes = False,
    json_: options.Json = False,
) -> None:
    """Learn how a person looks, sounds and beats at rest, so that they are judged against themselves.

    It says what is kept and where, and asks. Options may be given several times. A profile of that name
    is replaced.
    """
    options.settings_from()
    path = path_of(name)
    given = Given(
        face=tuple(face or ()),
        voice=tuple(voice or ()),
        ecg=ecg,
        rate=rate,
        moments=tuple(_moment(one) for one in moment or ()),
    )
    note(err(), NOTICE.format(path=path, name=name))
    replaced = ", in place of the one of that name" if path.is_file() else ""
    if not yes:
        _ask(f"making the profile {name}", f"Make it{replaced}?")
    profile = make_profile(name, given)
    save_profile(profile)
    if json_:
        typer.echo(json.dumps({"path": str(path), **_told(profile)}, ensure_ascii=False))
        return
    _print(profile)
    note(err(), f"written to {path}")


@app.command("delete")
def delete(name: Name, yes: Yes = False, json_: options.Json = False) -> None:
    """Delete a profile for good."""
    options.settings_from()
    if not path_of(name).is_file():
        load_profile(name)  # an unknown name is said before anything is asked
    if not yes:
        _ask(f"deleting the profile {name}", f"Delete the profile {name} for good?")
    delete_profile(name)
    if json_:
        typer.echo(json.dumps({"deleted": name}, ensure_ascii=False))
    else:
        note(err(), f"deleted: {name}")


def _ask(what: str, question: str) -> None:
    if not sys.stdin.isatty():
        raise BadInputError(f"{what} needs --yes where nobody can be asked")
    typer.confirm(question, abort=True, err=True)


def _moment(text: str) -> tuple[Emotion, Path]:
    """From EMOTION=FILE; raises BadInputError."""
    name, equals, file = text.partition("=")
    if not equals or not file:
        raise BadInputError(f"--moment {text!r}; expected EMOTION=FILE, such as joy=laugh.wav")
    known = [emotion.value for emotion in Emotion]
    if name not in known:
        raise BadInputError(f"--moment: {unknown_name('emotion', name, known)}")
    return Emotion(name), Path(file)


def _print(profile: Profile) -> None:
    console = out()
    made = profile.made_at[:16].replace("T", " ")
    console.print(Text(f"{profile.name}, made {made}", style="bold"))
    for modality in profile.modalities:
        console.print(Text(f"  {modality.value:<6}{_summary(profile, modality)}"))
    for model, shift in profile.shifts.items():
        if told := ", ".join(_shifted(shift)):
            console.print(Text(f"  {model} is shifted by {told}", style="dim"))


def _summary(profile: Profile, modality: Modality) -> str:
    if modality is Modality.HEART and (beats := rest_of(profile)) is not None:
        minutes, secs = divmod(round(beats.secs), 60)
        return f"{len(beats.times_secs)} beats at rest, {minutes}:{secs:02d} min"
    kept = profile.rest[modality.value]
    what = "looks" if modality is Modality.FACE else "pieces of speech"
    named = ", ".join(f"{n} of {emotion}" for emotion, n in kept.get("moments", {}).items())
    return f"{kept.get('readings', 0)} {what} at rest" + (f"; moments: {named}" if named else "")


def _shifted(shift: Mapping[str, float]) -> Iterator[str]:
    most = sorted(shift.items(), key=lambda item: -abs(item[1]))[:_MOST_SHIFTS]
    return (f"{label} {value:+.1f}" for label, value in most if abs(value) >= _LEAST_SHIFT)


def _told(profile: Profile) -> dict[str, Any]:
    """A profile without its long rows of numbers."""
    record = profile.to_json()
    rest = {
        name: {k: v for k, v in kept.items() if not isinstance(v, list)}
        for name, kept in record["rest"].items()
    }
    return {**record, "rest": rest}
