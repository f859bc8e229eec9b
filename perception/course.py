"""Course: one person's state as it moves through a conversation."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from insideout.perception.affect import Affect, Emotion
from insideout.perception.fusion import fuse
from insideout.perception.reading import Change, EmotionState, Modality, Reading
from insideout.perception.reliability import Reliabilities, shipped_reliabilities

_HALF_LIVES = 5.0  # after which a Reading counts 3 % and is forgotten
_MOST = 64  # Readings of one modality


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseOptions:
    """How fast the state may move.

    margin: an emotion becomes the tag at once where it leads the old one by so much. hold_secs: or
    after it led for so long. recent_secs, before_secs: the last while that is compared with the time
    before it, for a change. change: the least that is told, on the scale of -1 to 1; it must also be
    twice its standard error. step_secs: the course is noted down so often.
    """

    margin: float = 0.15
    hold_secs: float = 2.0
    recent_secs: float = 20.0
    before_secs: float = 60.0
    change: float = 0.25
    step_secs: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    secs: float
    affect: Affect


def ending_at(reading: Reading, secs: float) -> Reading:
    """The Reading, as long as it is, moved so that it ends at that second."""
    length = reading.end_secs - reading.start_secs
    return replace(reading, start_secs=secs - length, end_secs=secs)


class Course:
    """Readings go in as they come, in any order; the state of any later moment comes out.

    It keeps each modality's Readings for five of its half-lives and the course of valence and arousal
    for the last minute and a half: memory does not grow.

        course = Course()
        course.add(face)
        course.add(of_a_film, at_secs=12.0)
        course.state(now_secs=12.4).top
    """

    def __init__(
        self, reliabilities: Reliabilities | None = None, options: CourseOptions | None = None
    ) -> None:
        self._reliabilities = reliabilities or shipped_reliabilities()
        self._options = options or CourseOptions()
        self._readings: dict[Modality, deque[Reading]] = {
            modality: deque(maxlen=_MOST) for modality in Modality
        }
        self._spots: deque[_Spot] = deque()
        self._tag: Emotion | None = None
        self._rival: tuple[Emotion, float] | None = None  # and since when it leads

    def add(self, reading: Reading, at_secs: float | None = None) -> None:
        """One more Reading; one that abstains takes the place of what its modality said at that time.

        at_secs: the moment of the session it speaks of, where its own times are those of a file or of
        a stream that began at another time. It is then moved, as long as it is, to end there.
        """
        moved = reading if at_secs is None else ending_at(reading, at_secs)
        self._readings[reading.modality].append(moved)

    def state(self, now_secs: float, earlier: Sequence[EmotionState] = ()) -> EmotionState:
        """The state at that moment of the session's clock. earlier: of the turns before."""
        fused = fuse(
            self._current(now_secs), earlier, now_secs=now_secs, reliabilities=self._reliabilities
        )
        if fused.confidence == 0.0:
            return fused
        self._note(now_secs, fused.affect)
        tag = self._tagged(fused, now_secs)
        leader = max(fused.emotions, key=lambda emotion: fused.emotions[emotion])
        return replace(fused, tag=None if tag is leader else tag, change=self._change(now_secs))

    def _current(self, now_secs: float) -> list[Reading]:
        """What is not too old; a modality whose newest Reading abstains is silent."""
        found: list[Reading] = []
        for modality, readings in self._readings.items():
            oldest = now_secs - _HALF_LIVES * self._reliabilities[modality].half_life_secs
            fresh = [r for r in readings if oldest <= r.end_secs]
            newest = max(fresh, key=lambda r: r.end_secs, default=None)
            if newest is None:
                continue
            speaking = [r for r in fresh if r.abstained is None]
            found += speaking if newest.abstained is None else [newest]
        return found

    def _tagged(self, fused: EmotionState, now_secs: float) -> Emotion:
        """The emotion to show: the old one, until another leads clearly or for long enough."""
        leader = max(fused.emotions, key=lambda emotion: fused.emotions[emotion])
        if self._tag is None or leader is self._tag:
            self._tag, self._rival = leader, None
            return leader
        if self._rival is None or self._rival[0] is not leader:
            self._rival = (leader, now_secs)
        lead = fused.emotions[leader] - fused.emotions[self._tag]
        if lead >= self._options.margin or now_secs - self._rival[1] >= self._options.hold_secs:
            self._tag, self._rival = leader, None
        return self._tag

    def _note(self, now_secs: float, affect: Affect) -> None:
        if self._spots and now_secs - self._spots[-1].secs < self._options.step_secs:
            return
        self._spots.append(_Spot(secs=now_secs, affect=affect))
        kept = self._options.recent_secs + self._options.before_secs
        while self._spots[0].secs < now_secs - kept:
            self._spots.popleft()

    def _change(self, now_secs: float) -> Change | None:
        border = now_secs - self._options.recent_secs
        before = [spot.affect for spot in self._spots if spot.secs < border]
        recent = [spot.affect for spot in self._spots if spot.secs >= border]
        if min(len(before), len(recent)) < 3:
            return None
        valence = self._moved([a.valence for a in before], [a.valence for a in recent])
        arousal = self._moved([a.arousal for a in before], [a.arousal for a in recent])
        if not valence and not arousal:
            return None
        return Change(valence=valence, arousal=arousal, secs=self._options.before_secs)

    def _moved(self, before: Sequence[float], recent: Sequence[float]) -> float:
        """The change of the mean, 0.0 where it is small or no larger than chance (Welch's t below 2)."""
        change = float(np.mean(recent) - np.mean(before))
        error = np.sqrt(np.var(before, ddof=1) / len(before) + np.var(recent, ddof=1) / len(recent))
        return change if abs(change) >= max(self._options.change, 2.0 * error) else 0.0
