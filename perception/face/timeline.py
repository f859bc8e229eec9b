"""The timeline of a film: what its face said at each read, and the episodes that makes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from insideout.perception.affect import Emotion
from insideout.perception.face.stream import FaceMoment

SHORTEST_EPISODE_SECS = (
    0.4  # a shorter one is joined to its neighbours; expressions last half a second
)
_EMOTIONS = tuple(Emotion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The face in front from one read to the next; kept small, for a long film has many.

    shares: of the canonical emotions in their order; empty where nothing was read. face: whether there
    was one. cut: whether a new shot begins here. leading: the emotion that leads in view of the whole
    film; None while that is not known.
    """

    start_secs: float
    end_secs: float
    number: int | None
    face: bool
    shares: tuple[float, ...] = ()
    valence: float | None = None
    arousal: float | None = None
    confidence: float = 0.0
    quality: float = 0.0
    cut: bool = False
    leading: Emotion | None = None

    @classmethod
    def of(cls, moment: FaceMoment, end_secs: float) -> "Row":
        """The moment, which lasted until `end_secs`."""
        reading = moment.reading
        affect = reading.affect
        shares = tuple(reading.emotions.get(emotion, 0.0) for emotion in _EMOTIONS)
        return cls(
            start_secs=moment.secs,
            end_secs=end_secs,
            number=moment.number,
            face=moment.number is not None,
            shares=shares if reading.emotions else (),
            valence=None if affect is None else affect.valence,
            arousal=None if affect is None else affect.arousal,
            confidence=reading.confidence,
            quality=reading.quality,
            cut=moment.cut,
        )

    @property
    def secs(self) -> float:
        """How long it lasted."""
        return self.end_secs - self.start_secs

    @property
    def emotions(self) -> Mapping[Emotion, float]:
        """Canonical probabilities; empty where nothing was read."""
        return dict(zip(_EMOTIONS, self.shares, strict=False))

    @property
    def emotion(self) -> Emotion | None:
        """The one that leads, else the most probable one; None where nothing was read."""
        if self.leading is not None:
            return self.leading
        if not self.shares:
            return None
        return _EMOTIONS[max(range(len(self.shares)), key=self.shares.__getitem__)]

    def to_json(self) -> dict[str, Any]:
        """One JSON object; `emotion` and the figures are null where nothing was read."""
        emotion = self.emotion
        return {
            "start_secs": round(self.start_secs, 3),
            "end_secs": round(self.end_secs, 3),
            "face": self.number,
            "emotion": None if emotion is None else emotion.value,
            "probabilities": {e.value: round(p, 3) for e, p in self.emotions.items()},
            "valence": None if self.valence is None else round(self.valence, 3),
            "arousal": None if self.arousal is None else round(self.arousal, 3),
            "confidence": round(self.confidence, 3),
            "quality": round(self.quality, 3),
            "cut": self.cut,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A stretch in which one emotion leads. emotion: None while nothing was read."""

    start_secs: float
    end_secs: float
    emotion: Emotion | None

    @property
    def secs(self) -> float:
        """How long it lasted."""
        return self.end_secs - self.start_secs

    def to_json(self) -> dict[str, Any]:
        """`emotion` is null while nothing was read."""
        return {
            "start_secs": round(self.start_secs, 3),
            "end_secs": round(self.end_secs, 3),
            "emotion": None if self.emotion is None else self.emotion.value,
        }


def at(rows: Sequence[Row], secs: float) -> Row | None:
    """The row in force at that time; None before the first and after the last."""
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        if rows[middle].start_secs <= secs:
            low = middle + 1
        else:
            high = middle
    if low == 0 or secs >= rows[low - 1].end_secs:
        return None
    return rows[low - 1]


def episodes(
    rows: Sequence[Row], shortest_secs: float = SHORTEST_EPISODE_SECS
) -> tuple[Episode, ...]:
    """The film in stretches; one that is too short goes to the longer of its neighbours."""
    found = _joined(
        [
            Episode(start_secs=row.start_secs, end_secs=row.end_secs, emotion=row.emotion)
            for row in rows
        ]
    )
    kept: list[Episode] = []
    for i, episode in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        if episode.secs >= shortest_secs or not (kept or after):
            kept = _with(kept, episode)
        elif after is not None and (not kept or after.secs > kept[-1].secs):
            found[i + 1] = replace(after, start_secs=episode.start_secs)
        else:
            kept[-1] = replace(kept[-1], end_secs=episode.end_secs)
    return tuple(kept)


def _joined(found: Iterable[Episode]) -> list[Episode]:
    joined: list[Episode] = []
    for episode in found:
        joined = _with(joined, episode)
    return joined


def _with(found: list[Episode], episode: Episode) -> list[Episode]:
    """The same list with one episode more, or the last one longer where the emotion is the same."""
    if found and found[-1].emotion is episode.emotion:
        found[-1] = replace(found[-1], end_secs=episode.end_secs)
    else:
        found.append(episode)
    return found


def cuts(rows: Sequence[Row]) -> tuple[float, ...]:
    """When new shots begin."""
    return tuple(row.start_secs for row in rows if row.cut)


def gaps(rows: Sequence[Row]) -> tuple[tuple[float, float], ...]:
    """The stretches without a face, as start and end."""
    found: list[tuple[float, float]] = []
    for before, row in pairwise([None, *rows]):
        if row is None or row.face:
            continue
        if found and before is not None and not before.face:
            found[-1] = (found[-1][0], row.end_secs)
        else:
            found.append((row.start_secs, row.end_secs))
    return tuple(found)
