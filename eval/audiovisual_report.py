"""How right each modality of filmed people is, and what joining them brings, by speaker."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.eval.audiovisual import FAILED, Seen
from insideout.eval.ed_scores import calibration_error, class_means, guesses
from insideout.eval.face_scores import ccc
from insideout.eval.fusion_scores import with_interval
from insideout.perception.affect import Affect, Emotion
from insideout.perception.audiovisual.clips import FilmClip
from insideout.perception.audiovisual.corpora import FilmCorpus
from insideout.perception.fusion import fuse
from insideout.perception.reading import Modality, Reading

Rows = NDArray[np.float64]
AVERAGE, FUSED = "average", "fused"
_NOWHERE = (0.0, 0.0)

PROTOCOL = (
    "{title}; each clip read by itself with the embedded models, none of which learnt from a speaker; "
    "emotions that the set does not have are left out of the probabilities, the rest made to sum to 1; "
    "where a modality says nothing it is wrong with confidence 0, its valence and arousal 0; average: "
    "the mean of what is said; accuracy, uar (mean recall), macro_f1, ece (15 equal bins); ccc: Lin's; "
    "interval: bootstrap over speakers, {draws} draws, paired for differences"
)


def report(
    corpus: FilmCorpus,
    clips: Sequence[FilmClip],
    seen: Sequence[Seen],
    draws: int,
    tick: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """The one object that `insideout eval audiovisual --json` prints."""
    there = [m for m in Modality if any(r.modality is m for one in seen for r in one.readings)]
    emotions = tuple(dict.fromkeys(corpus.emotions.values()))
    said = {m: [_of(one, m) for one in seen] for m in there}
    states = [fuse(one.readings) for one in seen]
    rows = {m.value: _rows([_said(r) for r in said[m]], emotions) for m in there}
    rows[AVERAGE] = _averaged([rows[m.value] for m in there])
    rows[FUSED] = _rows([s.emotions if s.confidence > 0.0 else {} for s in states], emotions)
    affects = {m.value: _affects([r.affect if r else None for r in said[m]]) for m in there}
    affects[AVERAGE] = _mean_affects(
        [[r.affect for r in one.readings if r.affect is not None] for one in seen]
    )
    affects[FUSED] = _affects([s.affect if s.confidence > 0.0 else None for s in states])
    gold = np.array([_place(clip, corpus, emotions) for clip in clips], np.int64)
    rated = _affects([clip.affect for clip in clips]) if corpus.affect else None
    speakers = np.array([clip.speaker for clip in clips])
    table = _table(rows, gold, affects, rated, speakers, draws)
    tick()
    return {
        "task": f"audiovisual_{corpus.name}",
        "n": len(clips),
        "speakers": len(set(speakers.tolist())),
        "n_by_emotion": {e.value: int((gold == i).sum()) for i, e in enumerate(emotions)},
        "protocol": PROTOCOL.format(title=corpus.title, draws=draws),
        "spoke": {m.value: _share(said[m], lambda r: r.abstained is None) for m in there},
        "failed": {m.value: _share(said[m], _failed) for m in there},
        "ways": table,
    }


def _of(one: Seen, modality: Modality) -> Reading | None:
    return next((r for r in one.readings if r.modality is modality), None)


def _said(reading: Reading | None) -> Mapping[Emotion, float]:
    return {} if reading is None or reading.abstained is not None else reading.emotions


def _failed(reading: Reading) -> bool:
    return (reading.abstained or "").startswith(FAILED)


def _share(readings: Sequence[Reading | None], holds: Callable[[Reading], bool]) -> float:
    return round(sum(r is not None and holds(r) for r in readings) / len(readings), 4)


def _place(clip: FilmClip, corpus: FilmCorpus, emotions: Sequence[Emotion]) -> int:
    return -1 if clip.label is None else emotions.index(corpus.emotions[clip.label])


def _rows(told: Sequence[Mapping[Emotion, float]], emotions: Sequence[Emotion]) -> Rows:
    """(n, emotions) that sum to 1; zeros where nothing is said of them."""
    rows = np.array([[one.get(emotion, 0.0) for emotion in emotions] for one in told])
    total = rows.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(rows, total, out=np.zeros_like(rows), where=total > 0.0))


def _averaged(several: Sequence[Rows]) -> Rows:
    rows = np.sum(several, axis=0)
    total = rows.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(rows, total, out=np.zeros_like(rows), where=total > 0.0))


def _affects(told: Sequence[Affect | None]) -> Rows:
    """(n, 2): valence, arousal."""
    return np.array([_NOWHERE if a is None else (a.valence, a.arousal) for a in told])


def _mean_affects(told: Sequence[Sequence[Affect]]) -> Rows:
    return np.array(
        [
            np.mean([(a.valence, a.arousal) for a in some], axis=0) if some else _NOWHERE
            for some in told
        ]
    )


def _table(
    rows: Mapping[str, Rows],
    gold: NDArray[np.int64],
    affects: Mapping[str, Rows],
    rated: Rows | None,
    speakers: NDArray[np.str_],
    draws: int,
) -> dict[str, dict[str, Any]]:
    """By way: metrics with intervals; "fused - average" and "fused - BEST" paired.

    BEST is the most accurate modality alone, chosen on what is reported, which favours it.
    """
    labelled = gold >= 0
    single = [way for way in rows if way not in (AVERAGE, FUSED)]
    hits = {way: float((guesses(rows[way]) == gold)[labelled].mean()) for way in single}
    best = max(hits, key=lambda way: hits[way])
    against = (AVERAGE, best)

    def statistic(places: NDArray[np.int64]) -> dict[str, float]:
        values: dict[str, float] = {}
        for way in rows:
            named = places[labelled[places]]
            values |= _named(way, rows[way][named], gold[named])
            if rated is not None:
                for column, name in enumerate(("valence", "arousal")):
                    told = affects[way][places, column]
                    values[f"{way}|ccc_{name}"] = ccc(told, rated[places, column])
        for other in against:
            for metric in [m for w, _, m in (v.partition("|") for v in values) if w == FUSED]:
                gain = values[f"{FUSED}|{metric}"] - values[f"{other}|{metric}"]
                values[f"{FUSED} - {other}|{metric}"] = gain
        return values

    table: dict[str, dict[str, Any]] = {}
    for name, cell in with_interval(statistic, speakers, draws).items():
        way, _, metric = name.partition("|")
        table.setdefault(way, {})[metric] = cell
    return table


def _named(way: str, rows: Rows, gold: NDArray[np.int64]) -> dict[str, float]:
    if not len(gold):
        return {}
    guess = guesses(rows)
    right = guess == gold
    return {
        f"{way}|accuracy": float(right.mean()),
        **{f"{way}|{name}": value for name, value in class_means(guess, gold).items()},
        f"{way}|ece": calibration_error(rows.max(axis=1), right),
    }
