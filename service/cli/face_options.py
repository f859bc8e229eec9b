"""The readers of faces that the options of `perceive` ask for, and how faces look in a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from insideout.perception.face.age_gender import AgeGender, AgeGenderModel
from insideout.perception.face.cues.blendshapes import BlendshapeCues
from insideout.perception.face.detecting import face_detector
from insideout.perception.face.film import Watch
from insideout.perception.face.own import OwnFace
from insideout.perception.face.reader import FaceReader
from insideout.perception.face.recognisers import EMBEDDED, face_recogniser
from insideout.perception.face.stream import StreamOptions
from insideout.perception.profiles import load_profile
from insideout.perception.reading import Modality, Reading
from insideout.service.cli.perceived import Asked
from insideout.service.cli.render import bar, colour, err, note, printable

_NAME_CELLS = 14
_BAR_CELLS = 24
_LABELS = 3


def reader_for(asked: Asked) -> FaceReader:
    """The reader of pictures, made once for all files of a command; raises PerceptionError."""
    return _reader(
        asked.face_model or EMBEDDED,
        asked.language,
        asked.profile,
        cues=asked.face_cues,
        every=asked.all_faces,
    )


@lru_cache(maxsize=1)
def _reader(
    model: str, language: str, profile: str | None, *, cues: bool, every: bool
) -> FaceReader:
    recogniser = face_recogniser(model)
    if profile is not None:
        person = load_profile(profile)
        if (doubt := person.doubt(Modality.FACE, recogniser.name)) is not None:
            note(err(), doubt)
        recogniser = OwnFace(recogniser, person)
    return FaceReader(
        detector=face_detector(closely=every),
        recogniser=recogniser,
        cues=BlendshapeCues(language=language) if cues else None,
        language=language,
        all_faces=every,
    )


def stream_options(asked: Asked) -> StreamOptions:
    """How films and cameras are read."""
    return StreamOptions(all_faces=asked.all_faces, language=asked.language)


def age_gender_model(asked: Asked) -> AgeGenderModel | None:
    """The model the user named, None where nobody asked; raises WeightsError."""
    return None if asked.age_gender is None else _age_gender(asked.age_gender)


@lru_cache(maxsize=1)
def _age_gender(path: Path) -> AgeGenderModel:
    return AgeGenderModel(path)


@contextmanager
def progress(path: Path, what: str) -> Iterator[Watch]:
    """A bar on stderr while a film is gone through."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True) as shown:
        task = shown.add_task(f"{what} {printable(path.name)}", total=None)
        yield lambda secs, total: shown.update(task, completed=secs, total=total)


def reading_lines(reading: Reading, indent: str = "  ") -> Iterator[Text]:
    """The likeliest labels as bars, valence and arousal, the cues; or why there is nothing."""
    if reading.abstained is not None:
        yield Text(f"{indent}{printable(reading.abstained)}", style="yellow")
        return
    style = "default"
    if reading.emotions:
        style = colour(max(reading.emotions, key=lambda emotion: reading.emotions[emotion]))
    for label, share in reading.top(_LABELS):
        line = Text(f"{indent}{label:<{_NAME_CELLS}}")
        line.append(bar(share, _BAR_CELLS), style=style)
        yield line.append(f" {share:4.0%}")
    if reading.affect is not None:
        affect = reading.affect
        yield Text(
            f"{indent}valence {affect.valence:+.2f}, arousal {affect.arousal:+.2f}, "
            f"quality {reading.quality:.2f}",
            style="dim",
        )
    if reading.cues:
        yield Text(f"{indent}{printable(', '.join(reading.cues))}", style="dim")


def age_gender_line(found: AgeGender, indent: str = "  ") -> Text:
    """What the model the user named says; it is often wrong."""
    parts = [
        f"{label} {share:.0%}"
        for shares in (found.gender, found.age_group)
        for label, share in sorted(shares.items(), key=lambda item: -item[1])[:1]
    ]
    if found.age_years is not None:
        parts.append(f"{found.age_years:.0f} years")
    return Text(f"{indent}{printable(found.model)}: {', '.join(parts)}", style="dim")


def print_remarks(console: Console, remarks: tuple[str, ...]) -> None:
    """What one should know about a file."""
    for remark in remarks:
        console.print(Text(f"  {printable(remark)}", style="yellow"))
