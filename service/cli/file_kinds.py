"""Which files, folders and devices `insideout perceive` reads, by what, and with which options."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from insideout.agents.errors import BadInputError, MissingLibraryError
from insideout.service.cli.perceived import Asked

_FACES = ("--all-faces", "--face-model", "--face-cues", "--profile")
_VOICES = ("--transcribe", "--voice-model", "--baseline", "--profile")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """One kind of file.

    name: as said to people. module: the one whose `perceive(path, asked)` reads it, into one Perceived
    or several. extra: which brings what that needs. takes: the options that it understands.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    extra: str
    takes: tuple[str, ...]


HEART = FileKind(
    name="a heart recording",
    suffixes=(".csv", ".txt", ".tsv", ".hea", ".dat", ".edf", ".bdf", ".npy", ".gz"),
    module="insideout.service.cli.perceive_heart",
    extra="heart",
    takes=("--rate", "--kind", "--column", "--baseline", "--profile", "--plot"),
)
PICTURE = FileKind(
    name="a picture",
    suffixes=(".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif"),
    module="insideout.service.cli.perceive_face",
    extra="camera",
    takes=(*_FACES, "--age-gender", "--annotate"),
)
FILM = FileKind(
    name="a film",
    suffixes=(".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v", ".mpg", ".mpeg", ".3gp"),
    module="insideout.service.cli.perceive_film",
    extra="camera",
    takes=(*_FACES, *_VOICES, "--annotate", "--plot", "--pulse"),
)
SOUND = FileKind(
    name="a sound",
    suffixes=(".wav", ".mp3", ".flac", ".ogg", ".oga", ".m4a", ".aac", ".opus", ".wma"),
    module="insideout.service.cli.perceive_voice",
    extra="voice",
    takes=(*_VOICES, "--plot"),
)
FILE_KINDS = (HEART, PICTURE, FILM, SOUND)
FOLDER_TAKES = (*_FACES, "--age-gender", "--out")
WEBCAM_TAKES = (*_FACES, "--camera", "--secs")
MIC_TAKES = (*_VOICES, "--secs")


def kind_of(path: Path) -> FileKind:
    """What the suffix says the file is; raises BadInputError that lists what is read."""
    kind = next((kind for kind in FILE_KINDS if path.suffix.lower() in kind.suffixes), None)
    if kind is None:
        known = "; ".join(f"{kind.name} ({', '.join(kind.suffixes)})" for kind in FILE_KINDS)
        raise BadInputError(
            f"{path}: what a file with the suffix {path.suffix or '(none)'} holds is not known; "
            f"expected {known}"
        )
    return kind


def refuse(asked: Asked, takes: tuple[str, ...], what: str) -> None:
    """Raises BadInputError that names the options which were given and are not for this."""
    alien = [name for name in asked.given if name not in takes]
    if alien:
        raise BadInputError(f"{what}, for which {', '.join(alien)} is not meant")


def imported(module: str, what: str, extra: str) -> Any:
    """The module; raises MissingLibraryError that names the extra which brings what it needs."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("insideout"):
            raise
        raise MissingLibraryError(
            f"{what} needs {error.name}, which is not installed; "
            f'install it with: pip install "insideout-emotions[{extra}]"'
        ) from error
