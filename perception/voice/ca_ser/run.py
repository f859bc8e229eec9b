"""Trains CA-SER on a data set of speech: frames, speakers held out in turn, then all speakers.

Importing this needs no torch; training does, and says which extra brings it.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.voice.ca_ser.frames import KeptFrames, load_extractor
from insideout.perception.voice.ca_ser.model import ABOUT, about_of, save, softmax
from insideout.perception.voice.ca_ser.options import Options
from insideout.perception.voice.datasets.clips import Clip
from insideout.perception.voice.datasets.corpora import CORPORA
from insideout.perception.voice.libraries import need

Watch = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""

PLAN = "plan.json"

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A model, and what it says of speakers that it was not trained on.

    labels: of the columns. gold: (clips,) places among them. speakers: whose each clip is.
    probabilities: (clips, labels), each speaker's by a network of the other folds, with a temperature of
    the other folds. temperature: of the model in the folder.
    """

    folder: Path
    labels: tuple[str, ...]
    gold: Places
    speakers: tuple[str, ...]
    probabilities: Floats
    temperature: float


def train(options: Options, watch: Watch = lambda what, done, of: None) -> Trained:
    """Write the model of all speakers into `options.out`; goes on where an earlier run was broken off.

    Raises PerceptionError where the data set is unknown, has one speaker, or the folder was begun with
    other options; BadSignalError and WeightsError where the data or the base cannot be read.
    """
    if options.corpus not in CORPORA:
        raise PerceptionError(unknown_name("data set", options.corpus, CORPORA))
    need("torch", "train")
    need("transformers", "train")
    labels = CORPORA[options.corpus].space.labels
    clips = CORPORA[options.corpus].clips(options.data)
    _begin(options, clips)
    extractor = load_extractor(options.base, options.layer, extra="train")
    frames = KeptFrames(clips, extractor, options.out / "frames")
    frames.prepare(lambda done, of: watch("frames", done, of))
    gold = np.array([labels.index(clip.label) for clip in clips], dtype=np.int64)
    speakers = tuple(clip.speaker for clip in clips)
    held = folds(speakers, options)
    scores = _held_out(frames, gold, len(labels), held, options, watch)
    temperature = fit_temperature(scores, gold)
    if not (options.out / ABOUT).is_file():
        _finish(frames, gold, temperature, options, watch)
    return Trained(
        folder=options.out,
        labels=labels,
        gold=gold,
        speakers=speakers,
        probabilities=_calibrated(scores, gold, held),
        temperature=temperature,
    )


def folds(speakers: Sequence[str], options: Options) -> list[Places]:
    """The places that each fold holds out: whole speakers, in a random order, dealt round."""
    names = np.unique(np.array(speakers))
    if len(names) < 2:
        raise PerceptionError(
            f"{options.data} has {len(names)} speaker; training holds speakers out, so it needs two"
        )
    order = np.random.default_rng(options.seed).permutation(names)
    count = min(options.folds, len(names))
    whose = np.array(speakers)
    return [np.flatnonzero(np.isin(whose, order[fold::count])) for fold in range(count)]


def fit_temperature(scores: Floats, gold: Places) -> float:
    """The divisor of scores with the lowest negative log-likelihood (Guo et al. 2017), 0.1 to 20."""
    candidates = np.geomspace(0.1, 20.0, 200)
    rows = np.arange(len(gold))

    def loss(temperature: float) -> float:
        return -float(np.log(softmax(scores / temperature)[rows, gold] + 1e-12).mean())

    return float(min(candidates, key=loss))


def _begin(options: Options, clips: Sequence[Clip]) -> None:
    """Refuse a folder that holds another run; write down this one."""
    plan = {**options.to_json(), "clips": len(clips), "first": clips[0].path.name}
    path = options.out / PLAN
    if path.is_file():
        begun = json.loads(path.read_text("utf-8"))
        if begun != json.loads(json.dumps(plan)):
            differs = ", ".join(name for name in plan if begun.get(name) != plan[name])
            raise PerceptionError(
                f"{options.out} was begun with another {differs}; take the same, or another folder"
            )
        return
    options.out.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(plan, indent=1) + "\n", "utf-8")


def _held_out(
    frames: KeptFrames,
    gold: Places,
    count: int,
    held: Sequence[Places],
    options: Options,
    watch: Watch,
) -> Floats:
    """(clips, labels) scores, each clip's by a network that has not heard its speaker."""
    from insideout.perception.voice.ca_ser.fit import fit, scores

    found = np.zeros((len(gold), count))
    for number, places in enumerate(held, start=1):
        kept = options.out / f"fold-{number}.npy"
        if not kept.is_file():
            what = f"fold {number} of {len(held)}"
            others = np.setdiff1d(np.arange(len(gold)), places)
            network = fit(frames, others, gold, count, options, _step(watch, what))
            _write(kept, scores(network, (frames[int(place)] for place in places)))
        found[places] = np.load(kept)
    return found


def _finish(
    frames: KeptFrames, gold: Places, temperature: float, options: Options, watch: Watch
) -> None:
    from insideout.perception.voice.ca_ser.fit import fit

    count = len(CORPORA[options.corpus].space.labels)
    everything = np.arange(len(gold))
    network = fit(frames, everything, gold, count, options, _step(watch, "all speakers"))
    save(network, about_of(options, frames[0].learned.shape[1], temperature), options.out)


def _calibrated(scores: Floats, gold: Places, held: Sequence[Places]) -> Floats:
    """Probabilities whose temperature was fitted on the other folds."""
    found = np.zeros_like(scores)
    for places in held:
        others = np.setdiff1d(np.arange(len(gold)), places)
        found[places] = softmax(scores[places] / fit_temperature(scores[others], gold[others]))
    return found


def _step(watch: Watch, what: str) -> Any:
    return lambda done, of, loss: watch(what, done, of)


def _write(path: Path, scores: Floats) -> None:
    """Whole or not at all."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.save(file, scores)
    part.replace(path)
