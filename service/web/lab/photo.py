"""A photo in the lab: the picture with its faces marked, and what each of them says."""

from html import escape
from pathlib import Path

from insideout.perception.face.as_json import observation_json
from insideout.perception.face.face import FaceQuality, SeenFace
from insideout.perception.face.film import Watch
from insideout.perception.face.loading import load_picture
from insideout.service.cli.face_options import reader_for
from insideout.service.cli.perceived import Asked
from insideout.service.web.lab.bars import meter
from insideout.service.web.lab.cards import reading_card
from insideout.service.web.lab.look import Kind, Look
from insideout.service.web.lab.pictures import marked
from insideout.service.web.lab.texts import TEXTS

_MOST_PIXELS = 1100
_MOST_CARDS = 12  # faces of a crowd beyond it are marked in the picture alone


def look(path: Path, name: str, asked: Asked, watch: Watch) -> tuple[Look, ...]:
    """Read one photo; raises BadSignalError where it is none."""
    watch(0.0, None)
    picture = load_picture(path)
    reader = reader_for(asked)
    observation = reader.observe(picture)
    faces = observation.faces if asked.all_faces else observation.faces[:1]
    shown = marked(picture, observation.faces, asked.language, _MOST_PIXELS)
    width, height, found = observation.width, observation.height, len(observation.faces)

    def draw(language: str) -> str:
        texts = TEXTS[language]
        says = f"{width} × {height}, {texts.faces.format(n=found)}"
        cards = faces[1:_MOST_CARDS] if len(faces) > 1 else ()
        return (
            f'<figure class="l-photo"><img src="{shown}" alt="{escape(texts.photo_says)}">'
            f"<figcaption>{escape(says)}</figcaption></figure>"
            f"{_quality(faces[0].quality, language) if faces else ''}{_others(cards, language)}"
        )

    return (
        Look(
            name=name,
            kind=Kind.PHOTO,
            reading=observation.reading,
            section="face",
            details={
                "file": name,
                **observation_json(observation, all_faces=asked.all_faces),
                "remarks": list(reader.remarks),
            },
            remarks=reader.remarks,
            draw=draw,
        ),
    )


def _quality(quality: FaceQuality, language: str) -> str:
    """How well the face can be seen, part by part."""
    texts = TEXTS[language]
    parts = "".join(
        meter(words, float(getattr(quality, name))) for name, words in texts.face_quality.items()
    )
    return f'<h4>{escape(texts.face_quality_title)}</h4><ul class="l-meters">{parts}</ul>'


def _others(faces: tuple[SeenFace, ...], language: str) -> str:
    """The faces beside the one that counts."""
    words = TEXTS[language].face_number
    return "".join(
        f"<details><summary>{escape(words.format(n=number))}</summary>"
        f"{reading_card(seen.reading, language)}</details>"
        for number, seen in enumerate(faces, start=2)
    )
