"""Single photos with a label: a folder with labels.csv, as one can make of one's own photos.

    file,label,also_acceptable
    park.jpg,happy,
    rain.jpg,sad,disgust;angry

Labels are those of FER-2013 in any of their common words. also_acceptable: other labels that a fair
judge would take, parted by semicolons; the column may be missing, and others may be there.
"""

from dataclasses import dataclass
from pathlib import Path

from insideout.perception.errors import BadSignalError
from insideout.perception.face.datasets.labels import label_of
from insideout.perception.face.datasets.tables import rows
from insideout.perception.label_spaces import FER_2013

TABLE = "labels.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPhoto:
    """also: labels that are accepted beside `label`."""

    path: Path
    label: str
    also: tuple[str, ...] = ()


def load_photos(folder: Path) -> tuple[LabelledPhoto, ...]:
    """The photos in the order of labels.csv; they are not opened.

    Raises BadSignalError where the table or a photo is missing, UnknownLabelError for a label that is
    not one of the seven.
    """
    table = folder / TABLE
    photos = []
    for line, row in rows(table, ("file", "label"), "labelled photos"):
        path, where = folder / row["file"], f"{table}, line {line}"
        if not path.is_file():
            raise BadSignalError(f"{where}: there is no {path}")
        words = (word for word in (row.get("also_acceptable") or "").split(";") if word.strip())
        photos.append(
            LabelledPhoto(
                path=path,
                label=label_of(row["label"], FER_2013, where),
                also=tuple(label_of(word, FER_2013, where) for word in words),
            )
        )
    return tuple(photos)
