"""How speech sounds: the figures of openSMILE's eGeMAPSv02 that people name, and the speech's level.

eGeMAPS is the Geneva Minimalistic Acoustic Parameter Set (Eyben et al. 2016, IEEE Transactions on
Affective Computing 7(2)). Of its 88 functionals the ten in `prosody.conf` are measured, without the
formants and spectra that cost half the time.
"""

import math
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from insideout.perception.errors import BadSignalError
from insideout.perception.voice.level import SpeechLevel, speech_level
from insideout.perception.voice.libraries import need
from insideout.perception.voice.sound import RATE_HZ, Prosody, Sound

LEAST_SECS = 0.06  # one frame of eGeMAPS' pitch; openSMILE gives nothing for less
LEAST_VOICED_SECS = 0.1  # ten frames; the figures of fewer are chance

_LOUDEST = 32767.0 / 32768.0  # openSMILE takes 16 bits, in which 1.0 would turn into -1.0
_CONFIG = "prosody.conf"
_PITCH = "F0semitoneFrom27.5Hz_sma3nz_"
_PEAKS = "loudness_sma3_numPeaks"  # a second; eGeMAPS calls it loudnessPeaksPerSec
_SEGMENTS = f"{_PITCH}numSegments"  # a second; VoicedSegmentsPerSec
_SEGMENT_SECS = f"{_PITCH}meanSegLen"  # MeanVoicedSegmentLengthSec
_BASE_HZ = 27.5


def measure_prosody(sound: Sound) -> Prosody:
    """How one utterance sounds; about 9 ms a second of it. Figures that cannot be told are None.

    All are None in silence and below 0.06 s, all but loudness and pauses without a voice. Raises
    BadSignalError where samples are missing, PerceptionError where openSMILE is not installed.

    >>> measure_prosody(sound)
    Prosody(secs=3.3, loudness_db=-31.2, pitch_hz=118.4, pitch_range_semitones=3.9, ...)
    """
    if not np.isfinite(sound.samples).all():
        raise BadSignalError("samples are missing (NaN) or infinite; expected numbers in [-1, 1]")
    level = speech_level(sound)
    if level is None or sound.secs < LEAST_SECS:
        return Prosody(secs=sound.secs)
    found = _functionals(sound)
    plain = Prosody(secs=sound.secs, loudness_db=level.loudness_db, pause_share=level.pause_share)
    if found[_SEGMENTS] * sound.secs * found[_SEGMENT_SECS] < LEAST_VOICED_SECS:
        return plain
    return Prosody(
        secs=plain.secs,
        loudness_db=plain.loudness_db,
        pause_share=plain.pause_share,
        pitch_hz=_BASE_HZ * 2.0 ** (found[f"{_PITCH}percentile50.0"] / 12.0),
        pitch_range_semitones=found[f"{_PITCH}pctlrange0-2"],
        rate_per_sec=_rate(found, sound.secs, level),
        jitter=found["jitterLocal_sma3nz_amean"],
        shimmer_db=found["shimmerLocaldB_sma3nz_amean"],
        hnr_db=found["HNRdBACF_sma3nz_amean"],
    )


def _rate(found: Mapping[str, float], secs: float, level: SpeechLevel) -> float:
    """Peaks of loudness a second of speech, pauses left out, as a count of syllables.

    Nearer to the syllables than voiced segments, of which "Kids are talking by the door" has five.
    """
    return found[_PEAKS] * secs / level.spoken_secs


def _functionals(sound: Sound) -> Mapping[str, float]:
    """By openSMILE's names; 0 where it gives no number."""
    smile = _smile()
    values = smile(np.clip(sound.samples, -1.0, _LOUDEST), RATE_HZ)[0, :, 0].tolist()
    pairs = zip(smile.feature_names, values, strict=True)
    return {name: value if math.isfinite(value) else 0.0 for name, value in pairs}


@lru_cache(maxsize=1)
def _smile() -> Any:
    config = files("insideout.perception.voice") / _CONFIG
    return need("opensmile").Smile(str(config), "func", num_workers=1)
