"""Are the words for prosody right: how often is something said of neutral speech, and of felt speech?

Two ways, as people are met: against norms, with nobody known; and against the speaker's own first two
neutral sentences. Thresholds come from the literature named in `perception/voice/norms.py` and, for the
four figures it names, from the spread of neutral sentences that this measures.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.eval.ed import interval
from insideout.perception.errors import BadSignalError
from insideout.perception.voice.baseline import LEAST_UTTERANCES, SpeakerBaseline
from insideout.perception.voice.changes import Change, changes, stands_out
from insideout.perception.voice.datasets.corpora import Corpus
from insideout.perception.voice.level import speech_level
from insideout.perception.voice.norms import FIGURES, Figure
from insideout.perception.voice.prosody import measure_prosody
from insideout.perception.voice.sound import Prosody

Watch = Callable[[int, int], None]

_SYLLABLES = {"Kids are talking by the door": 7, "Dogs are sitting by the door": 7}
_PROTOCOL = (
    "norms: every clip; own usual: each speaker's first two neutral clips are the baseline, the other "
    "clips are compared with it; interval: bootstrap over speakers"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One clip. spoken_secs: without silence and pauses; None where all is silent."""

    speaker: str
    label: str
    text: str
    prosody: Prosody
    spoken_secs: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stands out in a clip: the figures, each with "+" where it is high and "-" where low."""

    speaker: str
    label: str
    found: frozenset[str]


def measured(
    corpus: Corpus, folder: Path, watch: Watch = lambda done, of: None
) -> tuple[Spoken, ...]:
    """Every clip of the data set; raises BadSignalError where it is not there."""
    clips = corpus.clips(folder)
    found = []
    for number, clip in enumerate(clips, start=1):
        sound = clip.load()
        level = speech_level(sound)
        found.append(
            Spoken(
                speaker=clip.speaker,
                label=clip.label,
                text=clip.text,
                prosody=measure_prosody(sound),
                spoken_secs=None if level is None else level.spoken_secs,
            )
        )
        watch(number, len(clips))
    return tuple(found)


def report(spoken: Sequence[Spoken], corpus: Corpus) -> dict[str, Any]:
    """What is said of each label's clips, the spread of neutral speech, and how well syllables count."""
    by_norms = [_told(each, stands_out(each.prosody)) for each in spoken]
    compared = list(_compared(spoken, corpus.neutral))
    if not compared:
        raise BadSignalError(f"{corpus.name}: no speaker has {LEAST_UTTERANCES} neutral clips")
    return {
        "task": "prosody",
        "set": corpus.name,
        "n": len(spoken),
        "speakers": len({each.speaker for each in spoken}),
        "protocol": _PROTOCOL,
        "norms": _said(by_norms, corpus.neutral),
        "own_usual": _said(compared, corpus.neutral),
        "neutral": _neutral(spoken, corpus.neutral),
        "syllables": _syllables(spoken),
    }


def _told(spoken: Spoken, found: Iterable[Change]) -> Told:
    names = (f"{change.figure.name}{'+' if change.by > 0.0 else '-'}" for change in found)
    return Told(speaker=spoken.speaker, label=spoken.label, found=frozenset(names))


def _compared(spoken: Sequence[Spoken], neutral: str) -> Iterable[Told]:
    for own in _by_speaker(spoken).values():
        calm = [each for each in own if each.label == neutral]
        baseline = SpeakerBaseline(heard=tuple(c.prosody for c in calm[:LEAST_UTTERANCES]))
        if baseline.ready:
            rest = [*calm[LEAST_UTTERANCES:], *(each for each in own if each.label != neutral)]
            yield from (_told(each, changes(each.prosody, baseline)) for each in rest)


def _by_speaker(spoken: Sequence[Spoken]) -> Mapping[str, list[Spoken]]:
    found = defaultdict(list)
    for each in spoken:
        found[each.speaker].append(each)
    return found


def _said(told: Sequence[Told], neutral: str) -> dict[str, Any]:
    """Shares of clips of which something is said, and of which what."""
    calm = np.array([each.label == neutral for each in told])
    striking = np.array([bool(each.found) for each in told])

    def shares(places: NDArray[np.int64]) -> dict[str, float]:
        parts = {"neutral": calm[places], "other": ~calm[places]}
        return {name: float(striking[places][at].mean()) for name, at in parts.items() if at.any()}

    bounds = interval(shares, [each.speaker for each in told])
    return {
        "n": len(told),
        "told": {name: round(share, 4) for name, share in shares(np.arange(len(told))).items()},
        "interval95": {name: [round(a, 4), round(b, 4)] for name, (a, b) in bounds.items()},
        "labels": {label: _shares(told, label) for label in sorted({t.label for t in told})},
    }


def _shares(told: Sequence[Told], label: str) -> dict[str, float]:
    of_label = [each.found for each in told if each.label == label]
    counts = Counter(name for found in of_label for name in found)
    return {name: round(count / len(of_label), 4) for name, count in counts.most_common()}


def _neutral(spoken: Sequence[Spoken], neutral: str) -> dict[str, Any]:
    """Of neutral clips, for each figure: percentiles over all, and one speaker's typical spread."""
    own = _by_speaker([each for each in spoken if each.label == neutral])
    found: dict[str, Any] = {}
    for name, figure in FIGURES.items():
        plain = [getattr(each.prosody, name) for clips in own.values() for each in clips]
        known = [value for value in plain if value is not None]
        spreads = [
            spread for clips in own.values() if (spread := _spread(clips, figure)) is not None
        ]
        if known and spreads:
            found[name] = {
                "percentiles_2.5_50_97.5": np.percentile(known, [2.5, 50, 97.5]).round(4).tolist(),
                "own_spread": round(float(median(spreads)), 4),
            }
    return found


def _spread(clips: Iterable[Spoken], figure: Figure) -> float | None:
    """The standard deviation on the figure's scale; None below three clips that have it."""
    found = [figure.of(each.prosody) for each in clips]
    values = [value for value in found if value is not None]
    return float(np.std(values, ddof=1)) if len(values) > 2 else None


def _syllables(spoken: Sequence[Spoken]) -> dict[str, Any] | None:
    """Syllables counted against those of the sentence, where it is known; None where it is not."""
    known = [
        (_SYLLABLES[each.text], each.prosody.rate_per_sec, each.spoken_secs)
        for each in spoken
        if each.text in _SYLLABLES and each.prosody.rate_per_sec and each.spoken_secs
    ]
    if not known:
        return None
    true, rate, secs = (np.array(column, dtype=np.float64) for column in zip(*known, strict=True))
    counted = rate * secs
    logs = np.log([rate, true / secs])
    varied = bool((np.ptp(logs, axis=1) > 0.0).all())
    return {
        "n": len(known),
        "said": round(float(np.median(true)), 2),
        "counted_percentiles_5_50_95": np.percentile(counted, [5, 50, 95]).round(2).tolist(),
        "correlation_of_log_rates": round(float(np.corrcoef(logs)[0, 1]), 4) if varied else None,
    }
