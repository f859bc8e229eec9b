"""Expression: what a recogniser says of one face or one stretch of voice."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from insideout.perception.affect import Affect


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """Calibrated probabilities over the recogniser's label space, summing to 1.

    affect: valence and arousal where the model gives them itself; None where they follow from the
    labels. A model of valence and arousal alone has no probabilities.
    """

    probabilities: Mapping[str, float] = field(default_factory=dict)
    affect: Affect | None = None
