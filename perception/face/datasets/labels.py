"""The names that copies of the data sets give their labels, and where a file name says which split."""

from collections.abc import Mapping
from pathlib import Path

from insideout.perception.errors import UnknownLabelError, unknown_name
from insideout.perception.label_spaces import LabelSpace

# Other words for the same label, as folders and tables of copies have them.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "angry": ("anger",),
    "anger": ("angry",),
    "disgust": ("disgusted",),
    "fear": ("fearful", "afraid"),
    "happy": ("happiness",),
    "happiness": ("happy",),
    "sad": ("sadness",),
    "sadness": ("sad",),
    "surprise": ("surprised",),
    "neutral": ("neutrality",),
    "contempt": ("contemptuous",),
}


def label_of(name: str, space: LabelSpace, where: Path | str) -> str:
    """The label that a word means, whatever its case; raises UnknownLabelError, which says where.

    >>> label_of("Happiness", FER_2013, "list.csv")
    'happy'
    """
    word = name.strip().lower()
    for label in space.labels:
        if word == label or word in _WORDS.get(label, ()):
            return label
    raise UnknownLabelError(f"{where}: {unknown_name(f'{space.name} label', name, space.labels)}")
