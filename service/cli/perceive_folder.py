"""A folder of photos for `insideout perceive FOLDER --out FILE`: a row a photo, or a row a face."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from insideout.agents.errors import BadInputError
from insideout.perception.affect import Emotion
from insideout.perception.errors import BadSignalError
from insideout.perception.face.age_gender import AgeGender
from insideout.perception.face.face import FaceObservation, SeenFace
from insideout.perception.face.loading import load_picture
from insideout.perception.reading import Reading
from insideout.service.cli.face_options import age_gender_model, print_remarks, reader_for
from insideout.service.cli.perceived import Asked
from insideout.service.cli.photo_table import PhotoTable, Row, Tally
from insideout.service.cli.render import bar, colour, err, out, printable

_BAR_CELLS = 24
_NAME_CELLS = 10


def perceive(folder: Path, asked: Asked, suffixes: tuple[str, ...]) -> None:
    """Read every photo below the folder into the table; one that cannot be read is a row with its error.

    A table that is there already is continued. Raises BadInputError where no table is named or no photo
    is found, BadSignalError where not one could be read.
    """
    if asked.out is None:
        raise BadInputError(
            f"{folder} is a folder of photos; name the table with --out FILE.csv, .jsonl or .parquet"
        )
    photos = list(_photos(folder, suffixes))
    if not photos:
        raise BadInputError(f"{folder} holds no photo; expected files of {', '.join(suffixes)}")
    reader = reader_for(asked)
    table = PhotoTable(asked.out, reader.recogniser.name)
    before = len(table.done)
    left = [path for path in photos if str(path.relative_to(folder)) not in table.done]
    with table:
        for path in _watched(left, folder, len(photos)):
            table.add(list(_rows(path, folder, asked)))
    tally = Tally.of(table.rows())
    table.finish()
    if not tally.read and not tally.abstained:
        raise BadSignalError(
            f"not one of the {tally.photos} photos in {folder} could be read; {asked.out} says why"
        )
    _show(folder, asked, tally, before, reader.remarks)


def _photos(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """The photos at any depth, in the order of their names; hidden ones are left out."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in suffixes and not hidden and path.is_file():
            yield path


def _watched(paths: list[Path], folder: Path, total: int) -> Iterator[Path]:
    """The photos, with a bar on stderr."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err(), transient=True) as progress:
        task = progress.add_task(printable(folder.name), total=total, completed=total - len(paths))
        for path in paths:
            yield path
            progress.advance(task)


def _rows(path: Path, folder: Path, asked: Asked) -> Iterator[Row]:
    """A row of the largest face, or of each; or of the error."""
    reader, model = reader_for(asked), age_gender_model(asked)
    head: dict[str, Any] = {
        "file": str(path.relative_to(folder)),
        "model": reader.recogniser.name,
    }
    try:
        picture = load_picture(path)
        observation = reader.observe(picture)
    except BadSignalError as error:
        yield {**head, "error": str(error)}
        return
    head |= {
        "width": observation.width,
        "height": observation.height,
        "faces": len(observation.faces),
    }
    faces = observation.faces if asked.all_faces else observation.faces[:1]
    looks: list[AgeGender | None] = [None] * len(faces)
    if model is not None:
        looks = [*model.describe(picture, [seen.face for seen in faces])]
    if not faces:
        yield {**head, **_said(observation.reading)}
    for number, (seen, found) in enumerate(zip(faces, looks, strict=True), start=1):
        yield {
            **head,
            "face": number,
            **_place(seen),
            **_face(seen, observation, asked),
            **_looks(found),
        }


def _face(seen: SeenFace, observation: FaceObservation, asked: Asked) -> Row:
    return _said(seen.reading if asked.all_faces else observation.reading)


def _place(seen: SeenFace) -> Row:
    box = seen.face.box
    return {
        "left": round(box.left, 1),
        "top": round(box.top, 1),
        "face_width": round(box.width, 1),
        "face_height": round(box.height, 1),
    }


def _said(reading: Reading) -> Row:
    row: dict[str, Any] = {"abstained": reading.abstained, "quality": round(reading.quality, 4)}
    if reading.abstained is not None:
        return row
    if reading.emotions:
        top = max(reading.emotions, key=lambda emotion: reading.emotions[emotion])
        row["emotion"] = top.value
        row |= {f"p_{e.value}": round(reading.emotions.get(e, 0.0), 4) for e in Emotion}
    if reading.affect is not None:
        row["valence"] = round(reading.affect.valence, 4)
        row["arousal"] = round(reading.affect.arousal, 4)
    return {**row, "confidence": round(reading.confidence, 4), "cues": "; ".join(reading.cues)}


def _looks(found: AgeGender | None) -> Row:
    if found is None:
        return {}
    return {
        "gender": max(found.gender, key=lambda k: found.gender[k], default=None),
        "age_group": max(found.age_group, key=lambda k: found.age_group[k], default=None),
        "age_years": None if found.age_years is None else round(found.age_years, 1),
    }


def _show(folder: Path, asked: Asked, tally: Tally, before: int, remarks: tuple[str, ...]) -> None:
    if asked.json_:
        record = {
            "folder": str(folder),
            "out": str(asked.out),
            "photos": tally.photos,
            "read": tally.read,
            "abstained": tally.abstained,
            "unreadable": tally.unreadable,
            "continued": before,
            "emotions": dict(tally.emotions),
            "remarks": list(remarks),
        }
        typer.echo(json.dumps(record, ensure_ascii=False))
        return
    console = out()
    console.print(Text(f"{printable(str(folder))}: {tally.photos} photos", style="bold"))
    print_remarks(console, remarks)
    faces = sum(tally.emotions.values())
    for emotion, count in tally.emotions.items():
        line = Text(f"  {emotion:<{_NAME_CELLS}}")
        line.append(bar(count / faces, _BAR_CELLS), style=colour(emotion))
        console.print(line.append(f" {count}"))
    console.print(
        Text(f"  read {tally.read}, abstained {tally.abstained}, unreadable {tally.unreadable}")
    )
    if before:
        console.print(Text(f"  {before} of them were there already", style="dim"))
    console.print(Text(f"  written to {printable(str(asked.out))}", style="dim"))
