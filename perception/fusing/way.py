"""Way: how the probabilities of several modalities are joined."""

import os
from enum import StrEnum

from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.fusing.learned import LearnedFusion, shipped_network

VARIABLE = "INSIDEOUT_FUSION"


class Way(StrEnum):
    """POOLED: log-probabilities are added up. LEARNED: a small network has learnt to join them."""

    POOLED = "pooled"
    LEARNED = "learned"


def asked_way() -> Way:
    """That of INSIDEOUT_FUSION, else pooled; raises PerceptionError for another."""
    name = os.environ.get(VARIABLE) or Way.POOLED.value
    known = [way.value for way in Way]
    if name not in known:
        raise PerceptionError(f"{VARIABLE}: {unknown_name('way to fuse', name, known)}")
    return Way(name)


def network_of(way: Way | LearnedFusion | None) -> LearnedFusion | None:
    """The network that joins, None where log-probabilities are added up; raises WeightsError."""
    if isinstance(way, LearnedFusion):
        return way
    return shipped_network() if (way or asked_way()) is Way.LEARNED else None
