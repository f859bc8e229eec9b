"""Voices for the simulation: clips of RAVDESS, as they are and drowned in noise.

Every clip is judged by a classifier of the embedded recipe that was fitted on the other speakers alone;
its features are those of the shipped file's encoder, which learnt nothing from RAVDESS.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from insideout.eval.fusion_said import EMOTIONS, Damage, Said, canonical_row
from insideout.eval.voice_folds import FOLDS
from insideout.perception.errors import PerceptionError
from insideout.perception.label_spaces import RAVDESS
from insideout.perception.voice.activity import speech_stretches
from insideout.perception.voice.datasets.clips import Clip
from insideout.perception.voice.datasets.corpora import CORPORA
from insideout.perception.voice.embedded import load_embedded
from insideout.perception.voice.faults import find_faults
from insideout.perception.voice.remarks import unreadable
from insideout.perception.voice.sound import Sound
from insideout.perception.voice.train.augment import Samples, Variant, in_room, with_noise
from insideout.perception.voice.train.examples import Examples, examples_of
from insideout.perception.voice.train.extract import Extraction
from insideout.perception.voice.train.fit import Options, calibrated, log_softmax, speaker_folds
from insideout.perception.voice.train.run import LEARNT_VARIANTS

Tick = Callable[[], None]
Track = Callable[[str, int], Tick]

_SNR_DB, _SNRS_DB = 5.0, (0.0, 20.0)
_DECAY_SECS = 1.0


def _drowned(samples: Samples, draw: np.random.Generator) -> Samples:
    return with_noise(samples, _SNR_DB, 1.0, draw)


def _graded(samples: Samples, draw: np.random.Generator) -> Samples:
    own = np.random.default_rng(crc32(samples.tobytes()))  # one strength for a clip, whoever asks
    return with_noise(samples, own.uniform(*_SNRS_DB), 1.0, draw)


def _echoing(samples: Samples, draw: np.random.Generator) -> Samples:
    return in_room(samples, _DECAY_SECS, draw)


DAMAGES: Mapping[Damage, Variant] = {
    Damage.NONE: LEARNT_VARIANTS[0],
    Damage.GRADED: Variant(name="graded", change=_graded),
    Damage.NOISY: Variant(name="drowned", change=_drowned),
    Damage.OTHER: Variant(name="echoing", change=_echoing),
}
"""Pink noise, 0 to 20 dB below the speech, or 5 dB; a hall whose echo lasts a second. No voice
classifier is fitted on them.
"""


def voices_said(folder: Path, cache: Path, track: Track) -> Said:
    """What classifiers say that have not heard the speaker.

    Raises PerceptionError where clips cannot be read, or for fewer than four speakers.
    """
    corpus = CORPORA["ravdess"]
    clips = corpus.clips(folder)
    changed = tuple(DAMAGES.values())
    variants = (*LEARNT_VARIANTS, *changed[1:])
    tick = track("listening to voices", len(clips) * len(variants))
    extraction = Extraction(encoder=load_embedded(), cache=cache)
    features = extraction.features(clips, variants, tick)
    if not np.isfinite(features).all():
        raise PerceptionError(f"{folder} has clips that cannot be read; fetch the data set again")
    own = [variants.index(variant) for variant in changed]
    learnt = examples_of(corpus, clips, features[:, : len(LEARNT_VARIANTS)], RAVDESS.labels)
    asked = examples_of(corpus, clips, features[:, own], RAVDESS.labels)
    answers = zip(DAMAGES, _left_out(learnt, asked, track), strict=True)
    tick = track("judging sounds", len(clips) * len(DAMAGES))
    return Said(
        gold=np.array([EMOTIONS.index(RAVDESS.canonical[clip.label]) for clip in clips], np.int64),
        groups=np.array(asked.speakers),
        rows={damage: _canonical(logs) for damage, logs in answers},
        qualities={damage: _qualities(clips, variant, tick) for damage, variant in DAMAGES.items()},
    )


def _left_out(learnt: Examples, asked: Examples, track: Track) -> list[NDArray[np.float64]]:
    """Log-probabilities (clips, labels) of each variant of `asked`."""
    options = Options()
    folds = speaker_folds(asked.speakers, FOLDS, options.seed)
    variants = range(asked.features.shape[1])
    found = [np.full((len(asked.gold), len(asked.labels)), np.nan) for _ in variants]
    tick = track("leaving speakers out", len(folds))
    for part in folds:
        inside = learnt.at(np.setdiff1d(np.arange(len(learnt.gold)), part))
        plain = calibrated(inside, inside.features, options)
        for number in variants:
            rows = asked.features[part, number]
            found[number][part] = log_softmax(plain.scores(rows, rows))
        tick()
    return found


def _canonical(logs: NDArray[np.float64]) -> NDArray[np.float64]:
    rows = [dict(zip(RAVDESS.labels, row, strict=True)) for row in np.exp(logs).tolist()]
    return np.array([canonical_row(RAVDESS, row) for row in rows])


def _qualities(clips: Sequence[Clip], variant: Variant, tick: Tick) -> NDArray[np.float64]:
    found = []
    for place, clip in enumerate(clips):
        found.append(_quality(variant.of(clip.load(), place)))
        tick()
    return np.array(found)


def _quality(sound: Sound) -> float:
    """As VoiceReader gives it; 0 where it would abstain."""
    faults = find_faults(sound, speech_stretches(sound))
    return 0.0 if unreadable(faults) else faults.quality
