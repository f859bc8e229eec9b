"""What each modality says on its own: of FER-2013's images, RAVDESS's clips and a conversation's words.

Each set is asked as it is and damaged in three ways (`Damage`): images blurred and darkened, sound
drowned in noise, words lost; and otherwise, images from far away, speech in a hall, mistyped words.
Answers are kept in a folder, so that a second run is a matter of seconds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from insideout.eval.fusion_faces import faces_said
from insideout.eval.fusion_said import Said
from insideout.eval.fusion_voices import voices_said
from insideout.eval.fusion_words import words_said
from insideout.perception.face.embedded import WEIGHTS as FACE_WEIGHTS
from insideout.perception.reading import Modality
from insideout.perception.text.text_reader import ENCODER_WEIGHTS, LINEAR_WEIGHTS
from insideout.perception.voice.embedded import WEIGHTS as VOICE_WEIGHTS
from insideout.perception.weights import WeightsFile, locate

_FORMAT = "2"  # raised when the same files give other answers

Tick = Callable[[], None]
Track = Callable[[str, int], Tick]
"""Opens a bar of progress, by words for people and how often it will be moved on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets:
    """Where the sets lie.

    fer: FER-2013's public test. ravdess: the folder of actors. ed: EmpatheticDialogues, a file or folder
    with conversations that the text reader was not trained on. datasets: the folder that holds
    `daily_dialog`, for neutral words. cache: where answers are kept.
    """

    fer: Path
    ravdess: Path
    ed: Path
    datasets: Path
    cache: Path


def said(sets: Sets, track: Track) -> dict[Modality, Said]:
    """What each modality says, from the cache where that has it."""
    return {
        Modality.FACE: _kept(
            sets,
            "face",
            [sets.fer],
            [FACE_WEIGHTS],
            lambda: faces_said(sets.fer, track),
        ),
        Modality.VOICE: _kept(
            sets,
            "voice",
            sorted(sets.ravdess.rglob("*.wav")),
            [VOICE_WEIGHTS],
            lambda: voices_said(sets.ravdess, sets.cache, track),
        ),
        Modality.TEXT: _kept(
            sets,
            "text",
            [sets.ed, sets.datasets / "daily_dialog" / "validation.jsonl.gz"],
            [ENCODER_WEIGHTS, LINEAR_WEIGHTS["en"]],
            lambda: words_said(sets.ed, sets.datasets, track),
        ),
    }


def _kept(
    sets: Sets,
    name: str,
    inputs: Sequence[Path],
    weights: Sequence[WeightsFile],
    make: Callable[[], Said],
) -> Said:
    digest = _digest([*inputs, *(locate(one) for one in weights)])
    path = sets.cache / f"fusion_{name}_{digest}.npz"
    if path.is_file():
        return Said.load(path)
    found = make()
    sets.cache.mkdir(parents=True, exist_ok=True)
    found.save(path)
    return found


def _digest(paths: Sequence[Path]) -> str:
    """Of the files' places, sizes and times of change."""
    told = [_FORMAT]
    for path in paths:
        state = path.stat() if path.exists() else None
        told.append(f"{path.resolve()} {state and (state.st_size, state.st_mtime_ns)}")
    return sha256("\n".join(told).encode()).hexdigest()[:16]
