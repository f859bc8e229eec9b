"""People who speak, each judged by classifiers that have heard everybody but them.

The recipe is that of the weights that ship, with the two data sets they learn from; nothing of the
person, and nothing they are compared with, is heard by what judges them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np
from numpy.typing import NDArray

from insideout.perception.at_rest import AtRest
from insideout.perception.errors import PerceptionError
from insideout.perception.label_spaces import RAVDESS
from insideout.perception.voice.datasets.corpora import CORPORA
from insideout.perception.voice.embedded import WEIGHTS, load_embedded
from insideout.perception.voice.train.examples import Examples, examples_of, joined
from insideout.perception.voice.train.extract import Extraction
from insideout.perception.voice.train.fit import (
    Classifier,
    Fitted,
    Options,
    calibrated,
    fit,
    log_softmax,
    speaker_folds,
)
from insideout.perception.voice.train.run import LEARNT_VARIANTS, RENAMED
from insideout.perception.weights import locate
from insideout.perception.weights import sha256 as sha256_of

REST_SENTENCES = 3  # neutral ones that a person is known by
_INNER_FOLDS, _SHIPPED_FOLDS = 3, 10
_OF = "speakers of RAVDESS and EMO-DB, each by classifiers of the recipe fitted on the others"
_FORMAT = "1"  # raised when the same clips give other answers
_FEWEST_PEOPLE = 5

Rows = NDArray[np.float64]
Places = NDArray[np.int64]
Track = Callable[[str, int], Callable[[], None]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Speaker:
    """The n clips of one person, as log-probabilities over RAVDESS's k labels.

    gold: (n,). texts: (n,), what is said. rests: (m, REST_SENTENCES), places of neutral sentences that
    the person may be known by; rest: (n,), which of them a clip is judged with, never one that holds
    it. plain: (n, k). enrolled: (m, n, k), of the classifier for enrolled people, after each rest.
    others: (k,), the mean over other people's neutral sentences.
    """

    gold: Places
    texts: NDArray[np.str_]
    rests: Places
    rest: Places
    plain: Rows
    enrolled: Rows
    others: Rows

    def save(self, path: Path) -> None:
        """Write an npz file, whole or not at all."""
        arrays = {name: getattr(self, name) for name in self.__slots__}
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            np.savez_compressed(file, **arrays)
        Path(file.name).replace(path)

    @classmethod
    def load(cls, path: Path) -> "Speaker":
        """The file that `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(**{name: arrays[name] for name in cls.__slots__})


def clips_of(folders: Mapping[str, Path], cache: Path, track: Track) -> Examples:
    """Every clip of the data sets as features of the shipped encoder, which learnt from neither."""
    extraction = Extraction(encoder=load_embedded(), cache=cache)
    parts = []
    for name, folder in folders.items():
        clips = CORPORA[name].clips(folder)
        tick = track(f"listening to {name}", len(clips) * len(LEARNT_VARIANTS))
        features = extraction.features(clips, LEARNT_VARIANTS, tick)
        parts.append(examples_of(CORPORA[name], clips, features, RAVDESS.labels, RENAMED[name]))
    return joined(parts)


def speakers(
    found: Examples, asked: Sequence[str], cache: Path, track: Track
) -> dict[str, Speaker]:
    """The people of these data sets with enough neutral sentences, by name; kept in the cache.

    Raises PerceptionError for fewer than five people.
    """
    names = [
        name
        for name in dict.fromkeys(found.speakers)
        if name.split("/")[0] in asked and _rests(found, name) is not None
    ]
    if len(names) < _FEWEST_PEOPLE:
        raise PerceptionError(
            f"{len(names)} people have {REST_SENTENCES + 1} neutral sentences or more; leaving people "
            f"out needs at least {_FEWEST_PEOPLE}"
        )
    digest = _digest(found)
    tick = track("leaving people out", len(names))
    result = {}
    for name in names:
        path = cache / f"adaptation_{digest}_{name.replace('/', '_')}.npz"
        if not path.is_file():
            left_out(found, name).save(path)
        result[name] = Speaker.load(path)
        tick()
    return result


def left_out(found: Examples, name: str) -> Speaker:
    """One person, by classifiers fitted on all the others."""
    names = np.array(found.speakers)
    own, inside = found.at(np.flatnonzero(names == name)), found.at(np.flatnonzero(names != name))
    fitted = fit(inside, Options())
    rests = _rests(found, name)
    assert rests is not None
    return Speaker(
        gold=own.gold,
        texts=np.array(own.texts),
        rests=rests,
        rest=_which(own.neutral, len(rests)),
        plain=_told(fitted.plain, own),
        enrolled=np.stack([_enrolled(fitted, own, one) for one in rests]),
        others=at_rest(inside)[0],
    )


def at_rest(
    found: Examples, folds: int = _INNER_FOLDS, tick: Callable[[], None] = lambda: None
) -> tuple[Rows, int]:
    """(k,): what classifiers say of the neutral sentences of people they have not heard; of how many.

    Mean log-probabilities, every person counting alike. The tick comes after each fold.
    """
    means = []
    for part in speaker_folds(found.speakers, folds, Options().seed):
        inside = found.at(np.setdiff1d(np.arange(len(found.gold)), part))
        plain = calibrated(inside, inside.features, Options())
        names = np.array(found.speakers)[part]
        for name in np.unique(names):
            neutral = part[(names == name) & found.neutral[part]]
            if len(neutral):
                means.append(_told(plain, found.at(neutral)).mean(axis=0))
        tick()
    return np.mean(means, axis=0), len(means)


def voices_at_rest(found: Examples, track: Track) -> dict[str, AtRest]:
    """By id of the recogniser, for the file that ships: every speaker by models of the others."""
    folds = min(_SHIPPED_FOLDS, len(set(found.speakers)))
    tick = track("leaving speakers out", folds)
    mean, people = at_rest(found, folds, tick)
    logs = dict(zip(found.labels, mean.tolist(), strict=True))
    return {load_embedded().name: AtRest(logs=logs, n=people, of=_OF)}


def _told(classifier: Classifier, own: Examples) -> Rows:
    """(n, k) log-probabilities of the clips as they are."""
    rows = own.features[:, 0]
    return log_softmax(classifier.scores(rows, rows))


def _enrolled(fitted: Fitted, own: Examples, rest: Places) -> Rows:
    assert fitted.enrolled is not None
    rows = own.features[:, 0]
    middle = rows[rest].mean(axis=0)
    return log_softmax(fitted.enrolled.scores(rows - fitted.trust * middle, rows))


def _rests(found: Examples, name: str) -> Places | None:
    """(m, REST_SENTENCES) places among the person's clips; number j is for the neutral sentence j.

    None where there are not enough sentences to leave one out.
    """
    own = np.flatnonzero(np.array(found.speakers) == name)
    neutral = np.flatnonzero(found.neutral[own])
    if len(neutral) <= REST_SENTENCES:
        return None
    steps = np.arange(1, REST_SENTENCES + 1)
    return np.array([neutral[(j + steps) % len(neutral)] for j in range(len(neutral))])


def _which(neutral: NDArray[np.bool_], count: int) -> Places:
    """A neutral sentence is judged with the rest that leaves it out, the others in turn."""
    which = np.arange(len(neutral)) % count
    which[neutral] = np.arange(count)
    return which


def _digest(found: Examples) -> str:
    told = [_FORMAT, sha256_of(locate(WEIGHTS)), *found.speakers, *found.texts]
    digest = sha256("\n".join(told).encode())
    digest.update(found.features.tobytes())
    return digest.hexdigest()[:16]
