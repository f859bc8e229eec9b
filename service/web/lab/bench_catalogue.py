"""The benchmarks that the lab offers: `insideout eval` commands, with where their data usually lie."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from insideout.eval.sets.catalogue import SETS
from insideout.perception.text.corpora import SHARED_VARIABLE
from insideout.perception.text.readers import READERS
from insideout.service.cli.main import EVAL

_FACES = ("cv2", "PIL", "sklearn")
_VOICES = ("av", "opensmile", "sklearn")
_WORDS = ("sklearn",)
_HEARTS = ("neurokit2",)


class Group(StrEnum):
    """What a benchmark is about."""

    FACES = "faces"
    VOICES = "voices"
    WORDS = "words"
    HEARTS = "hearts"
    TOGETHER = "together"
    REPLIES = "replies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One command.

    name: of the command after `insideout eval`. data: where its data lie below INSIDEOUT_SHARED; empty
    where they are not there and a path must be typed, None where it needs none. needs: the libraries
    it is made with. always: arguments that it is run with here. data_option: that takes the data.
    limit, model: its options for how many items and which model, None where it has none. least: items.
    models: to choose from, the first by default, empty where the command's own default is best; others
    may be typed. keeps: whether it has --out and goes on where it was stopped.
    """

    name: str
    group: Group
    data: str | None
    needs: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    data_option: str = "--data"
    limit: str | None = None
    least: int = 1
    model: str | None = None
    models: tuple[str, ...] = ()
    keeps: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The libraries that are not installed."""
        return tuple(name for name in self.needs if find_spec(name) is None)

    @property
    def place(self) -> Path | None:
        """Where its data lie on this machine, None where they are not there."""
        if not self.data:
            return None
        path = Path(os.environ.get(SHARED_VARIABLE, "../shared")) / self.data
        return path if path.exists() else None


def _face(name: str, data: str) -> Bench:
    return Bench(
        name=name,
        group=Group.FACES,
        data=data,
        needs=_FACES,
        model="--model",
        models=("embedded",),
        keeps=True,
    )


def _set(name: str) -> Bench:
    return Bench(
        name=name,
        group=Group.WORDS,
        data="datasets",
        needs=_WORDS,
        limit="--limit",
        model="--reader",
        models=tuple(READERS),
    )


def _voice(name: str, data: str) -> Bench:
    """Without a model one is fitted, each speaker left out in turn: the embedded one knows them."""
    return Bench(name=name, group=Group.VOICES, data=data, needs=_VOICES, model="--model")


_ROWS = (
    _face("photos", "signals/face/photos"),
    _face("fer2013", "signals/face/fer2013/public_test.zip"),
    _face("afew", ""),
    _face("affectnet", ""),
    _voice("ravdess", "signals/voice/ravdess16"),
    _voice("emodb", "signals/voice/emodb_2s"),
    _voice("crema-d", ""),
    _voice("iemocap", ""),
    _voice("dusha", ""),
    _voice("ramas", ""),
    Bench(
        name="prosody",
        group=Group.VOICES,
        data="signals/voice/ravdess16",
        needs=("av", "opensmile"),
    ),
    Bench(
        name="asr",
        group=Group.VOICES,
        data="signals/voice/asr_clips",
        needs=("av",),
        model="--model",
        models=("rough", "whisper"),
    ),
    Bench(
        name="ed",
        group=Group.WORDS,
        data="datasets/empathetic_dialogues/moel_dev.jsonl.gz",
        needs=_WORDS,
        limit="--limit",
        model="--reader",
        models=tuple(READERS),
        keeps=True,
    ),
    *(_set(name) for name in SETS),
    Bench(name="crisis", group=Group.WORDS, data=None),
    Bench(name="beats", group=Group.HEARTS, data="signals/ecg", needs=_HEARTS),
    Bench(
        name="heart",
        group=Group.HEARTS,
        data="signals/ecg/stress_predict",
        needs=_HEARTS,
        always=("--dataset", "stress-predict"),
    ),
    Bench(
        name="rppg",
        group=Group.HEARTS,
        data="signals/face/photos",
        needs=(*_HEARTS, "cv2"),
        limit="--films",
        least=12,
    ),
    Bench(
        name="fusion",
        group=Group.TOGETHER,
        data="signals/face/fer2013/public_test.zip",
        data_option="--fer",
        needs=(*_FACES, *_VOICES),
    ),
    Bench(
        name="lm",
        group=Group.REPLIES,
        data="datasets/empathetic_dialogues/moel_dev.jsonl.gz",
        needs=("ctranslate2",),
        limit="--limit",
        keeps=True,
    ),
    Bench(
        name="warmth",
        group=Group.REPLIES,
        data=None,
        needs=("scipy",),
        limit="--limit",
        model="--model",
        models=("embedded",),
        keeps=True,
    ),
    Bench(
        name="ablation",
        group=Group.REPLIES,
        data="datasets/empathetic_dialogues/moel_dev.jsonl.gz",
        needs=("sklearn",),
        limit="--limit",
        model="--model",
        models=("embedded",),
        keeps=True,
    ),
)

_COMMANDS = {command.name for command in EVAL}

# By name, whether or not their libraries and data are there.
BENCHES: Mapping[str, Bench] = {bench.name: bench for bench in _ROWS if bench.name in _COMMANDS}


def offered() -> tuple[Bench, ...]:
    """Those that can run here: first the ones whose data are there, then those that ask for a path."""
    able = [bench for bench in BENCHES.values() if not bench.missing]
    ready = [bench for bench in able if bench.data is None or bench.place is not None]
    return (*ready, *(bench for bench in able if bench not in ready))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the person chose. data: the path, None for where they usually lie. items: None for all."""

    data: Path | None = None
    items: int | None = None
    model: str | None = None


def arguments(bench: Bench, choice: Choice, folder: Path) -> list[str]:
    """What stands after `insideout` on a command line. folder: where the run is kept.

    >>> arguments(BENCHES["crisis"], Choice(), Path("runs/1"))
    ['eval', 'crisis', '--json']
    """
    found = ["eval", bench.name, *bench.always]
    data = choice.data or bench.place
    if bench.data is not None and data is not None:
        found += [bench.data_option, str(data)]
    if bench.limit is not None and choice.items is not None:
        found += [bench.limit, str(choice.items)]
    model = choice.model or (bench.models[0] if bench.models else None)
    if bench.model is not None and model is not None:
        found += [bench.model, model]
    if bench.keeps:
        found += ["--out", str(folder)]
    return [*found, "--json"]
