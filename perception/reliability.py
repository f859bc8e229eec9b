"""Reliability: how far each modality is to be believed, about which emotion, and for how long.

The values of PRIORS are set by us after what the readers' own benchmarks say (docs/benchmarks.md) and
after what is known of the modalities: faces and words show valence better than voices, voices arousal
better than both (Russell, Bachorowski and Fernández-Dols 2003), a heart shows arousal and hardly any
valence (Kreibig 2010); contempt and disgust are rare and often mistaken. `insideout train fusion` fits
exponents, base rates, doubts and powers of quality on data; what it fitted is shipped as `fusion.json`,
which the data say nothing about keeps its prior.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from insideout.perception.affect import Emotion
from insideout.perception.errors import WeightsError
from insideout.perception.reading import Modality
from insideout.perception.weights import WeightsFile, locate

WEIGHTS = WeightsFile(
    name="fusion.json",
    package="insideout.perception.fusing",
    licence="research and non-commercial use, as the sets it is fitted on; see MODEL_CARD.md",
    trained_by="insideout train fusion",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """What is known of one modality before it says anything.

    exponents: by emotion, how much its log-probability counts, in [0, 1]; 1 is full belief. base: what
    its Readings say on average of people in general, summing to 1; a Reading that says the same tells
    nothing. doubt: how often a Reading is about something else than how the person feels (a
    politeness, a squint), whatever it says and however sure, in [0, 1); it counts where another
    modality can speak against it. quality_power: a Reading of
    quality q is believed to the share q ** quality_power. valence, arousal: precisions, 1 / variance
    of its error. half_life_secs: after which a Reading counts half.
    """

    exponents: Mapping[Emotion, float]
    base: Mapping[Emotion, float]
    valence: float
    arousal: float
    half_life_secs: float
    doubt: float = 0.1
    quality_power: float = 1.0


Reliabilities = Mapping[Modality, Reliability]
_FAINT = 0.5  # exponent for contempt and disgust, which are mistaken for anger more often than not


def _exponents(usual: float) -> dict[Emotion, float]:
    faint = {Emotion.CONTEMPT, Emotion.DISGUST}
    return {e: usual * (_FAINT if e in faint else 1.0) for e in Emotion}


def _base(neutral: float) -> dict[Emotion, float]:
    moved = [emotion for emotion in Emotion if emotion is not Emotion.NEUTRAL]
    return {Emotion.NEUTRAL: neutral, **dict.fromkeys(moved, (1.0 - neutral) / len(moved))}


PRIORS: Reliabilities = {
    Modality.TEXT: Reliability(
        exponents=_exponents(1.0), base=_base(0.4), valence=8.0, arousal=3.0, half_life_secs=120.0
    ),
    Modality.FACE: Reliability(
        exponents=_exponents(0.8), base=_base(0.3), valence=6.0, arousal=3.0, half_life_secs=5.0
    ),
    Modality.VOICE: Reliability(
        exponents=_exponents(0.6), base=_base(0.25), valence=3.0, arousal=8.0, half_life_secs=20.0
    ),
    Modality.HEART: Reliability(
        exponents=_exponents(0.4), base=_base(0.6), valence=0.05, arousal=4.0, half_life_secs=60.0
    ),
}


def to_json(reliabilities: Reliabilities) -> dict[str, Any]:
    """A JSON object by modality; `load_reliabilities` reads it back."""
    return {
        modality.value: {
            "exponents": {e.value: round(one.exponents[e], 4) for e in Emotion},
            "base": {e.value: round(one.base[e], 6) for e in Emotion},
            "valence": one.valence,
            "arousal": one.arousal,
            "half_life_secs": one.half_life_secs,
            "doubt": round(one.doubt, 4),
            "quality_power": round(one.quality_power, 4),
        }
        for modality, one in reliabilities.items()
    }


@lru_cache(maxsize=1)
def shipped_reliabilities() -> Reliabilities:
    """The fitted ones, read once; raises WeightsError where the file is missing or damaged."""
    return load_reliabilities(locate(WEIGHTS))


def load_reliabilities(path: Path) -> Reliabilities:
    """The fitted ones, PRIORS for a modality the file lacks; raises WeightsError for another file."""
    try:
        record = json.loads(path.read_text("utf-8"))
        found = {Modality(name): _one(value) for name, value in record.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(
            f"{path} holds no reliabilities ({type(error).__name__}: {error}); expected the JSON that "
            "`insideout train fusion` writes"
        ) from error
    return {**PRIORS, **found}


def _one(value: Mapping[str, Any]) -> Reliability:
    base = {e: float(value["base"][e.value]) for e in Emotion}
    exponents = {e: float(value["exponents"][e.value]) for e in Emotion}
    if min(base.values()) <= 0.0 or min(exponents.values()) < 0.0:
        raise ValueError("a base rate is not above 0, or an exponent is below 0")
    doubt, power = float(value["doubt"]), float(value["quality_power"])
    if not 0.0 <= doubt < 1.0 or power < 0.0:
        raise ValueError("a doubt is not in [0, 1), or a power of the quality is below 0")
    return Reliability(
        exponents=exponents,
        base=base,
        valence=float(value["valence"]),
        arousal=float(value["arousal"]),
        half_life_secs=float(value["half_life_secs"]),
        doubt=doubt,
        quality_power=power,
    )
