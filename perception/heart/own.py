"""A heart that is known: its beats at rest as a profile keeps them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from insideout.perception.errors import BadSignalError, PerceptionError
from insideout.perception.heart.beats import Beats
from insideout.perception.heart.faults import Fault
from insideout.perception.heart.quality import Spoilt
from insideout.perception.heart.signal import SignalKind
from insideout.perception.heart.stress.features import Rest
from insideout.perception.person import Profile
from insideout.perception.reading import Modality


def check_rest(beats: Beats, where: str) -> Beats:
    """The beats themselves; raises BadSignalError where no stress can be read against them."""
    if Rest.of(beats.intervals) is None:
        raise BadSignalError(
            f"{where}: too few clean beats to know a heart at rest by ({len(beats.intervals_ms)} "
            f"intervals in {beats.secs:.0f} s); expected 80 quiet seconds or more, better five minutes"
        )
    return beats


def rest_json(beats: Beats) -> dict[str, Any]:
    """The beats of a rest, for a profile; `rest_of` reads them back."""
    return {
        "kind": beats.kind.value,
        "start_secs": round(beats.start_secs, 3),
        "end_secs": round(beats.end_secs, 3),
        "times_secs": np.round(beats.times_secs, 3).tolist(),
        "quality": np.round(beats.quality, 2).tolist(),
        "spoilt": [
            [part.fault.value, round(part.start_secs, 3), round(part.end_secs, 3)]
            for part in beats.spoilt
        ],
    }


def rest_of(profile: Profile) -> Beats | None:
    """The person's beats at rest, None where the profile does not know them.

    Raises PerceptionError where the profile is damaged.
    """
    kept: Mapping[str, Any] | None = profile.rest.get(Modality.HEART.value)
    if kept is None:
        return None
    try:
        return Beats(
            times_secs=np.array(kept["times_secs"], dtype=np.float64),
            quality=np.array(kept["quality"], dtype=np.float64),
            start_secs=float(kept["start_secs"]),
            end_secs=float(kept["end_secs"]),
            kind=SignalKind(kept["kind"]),
            spoilt=tuple(
                Spoilt(fault=Fault(fault), start_secs=float(start), end_secs=float(end))
                for fault, start, end in kept["spoilt"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PerceptionError(
            f"the profile {profile.name!r} is damaged: its beats at rest cannot be read ({error!r}); "
            "make it again"
        ) from error
