"""Photos of faces for `insideout perceive`."""

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from insideout.perception.face.age_gender import AgeGender
from insideout.perception.face.annotate import annotate_photo
from insideout.perception.face.as_json import observation_json
from insideout.perception.face.face import FaceObservation
from insideout.perception.face.loading import load_picture
from insideout.service.cli.face_options import (
    age_gender_line,
    age_gender_model,
    print_remarks,
    reader_for,
    reading_lines,
)
from insideout.service.cli.perceived import Asked, Perceived
from insideout.service.cli.render import printable


def perceive(path: Path, asked: Asked) -> Perceived:
    """Read one photo; write it with its faces marked where that is asked. Raises BadSignalError."""
    picture = load_picture(path)
    reader = reader_for(asked)
    observation = reader.observe(picture)
    model = age_gender_model(asked)
    read = observation.faces if asked.all_faces else observation.faces[:1]
    looks = () if model is None else tuple(model.describe(picture, [one.face for one in read]))
    if asked.annotate is not None:
        annotate_photo(picture, observation, asked.annotate, asked.language)
    details = observation_json(observation, all_faces=asked.all_faces)
    for face, found in zip(details["faces"], looks, strict=False):
        face["age_gender"] = found.to_json()
    shown = _Shown(
        path=path,
        observation=observation,
        all_faces=asked.all_faces,
        looks=looks,
        remarks=reader.remarks,
    )
    return Perceived(
        reading=observation.reading,
        section="face",
        details={"file": str(path), **details, "remarks": list(reader.remarks)},
        show=shown.print,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """One photo as people read it. looks: of the faces that were read, where that was asked for."""

    path: Path
    observation: FaceObservation
    all_faces: bool
    looks: tuple[AgeGender, ...]
    remarks: tuple[str, ...]

    def print(self, console: Console) -> None:
        """Its size and number of faces, remarks, what the faces say."""
        console.print(Text(self._head(), style="bold"))
        print_remarks(console, self.remarks)
        faces = self.observation.faces
        if not self.all_faces or not faces:
            for line in reading_lines(self.observation.reading):
                console.print(line)
            for found in self.looks:
                console.print(age_gender_line(found))
            return
        for number, seen in enumerate(faces, start=1):
            box = seen.face.box
            place = f"{box.width:.0f}×{box.height:.0f} at {box.left:.0f}, {box.top:.0f}"
            console.print(Text(f"  face {number}, {place}"))
            for line in reading_lines(seen.reading, "    "):
                console.print(line)
            if self.looks:
                console.print(age_gender_line(self.looks[number - 1], "    "))

    def _head(self) -> str:
        count = len(self.observation.faces)
        faces = {0: "no face", 1: "1 face"}.get(count, f"{count} faces")
        size = f"{self.observation.width}×{self.observation.height}"
        return f"{printable(self.path.name)}: {size}, {faces}"
