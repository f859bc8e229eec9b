"""FaceTracker: a face keeps its number from frame to frame.

Faces are matched by place while a shot lasts. After a cut, and where a face was away for a while, they
are matched by their looks at 24x24 pixels: of 35 photos and two groups, faces of one person correlate by
0.84 to 0.95, those of two people by less than 0.8. It is no recognition of people; one who comes back
looking otherwise gets a new number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from insideout.perception.face.face import DetectedFace, FaceBox, Picture
from insideout.perception.face.glance import Small, alike, face

SAME_LOOKS = 0.8
FORGOTTEN_SECS = 10.0
_AWAY_SECS = 1.0  # after which its place tells nothing
_REACH = 0.6  # face widths between two sights
_REACH_A_SEC = 1.0  # and more of them with the time between
_LARGEST_CHANGE = 1.7  # of the width between two sights


@dataclass(slots=True, kw_only=True)
class _Track:
    number: int
    box: FaceBox
    looks: Small
    seen_secs: float


class FaceTracker:
    """Numbers the faces of one film or camera, from 1, in the order in which they appear."""

    def __init__(self) -> None:
        self._tracks: list[_Track] = []
        self._next = 1
        self._cut_secs = -np.inf

    def follow(
        self, picture: Picture, faces: Sequence[DetectedFace], secs: float, *, cut: bool = False
    ) -> tuple[int, ...]:
        """The number of each face, in their order. cut: whether a new shot began since the last call."""
        if cut:
            self._cut_secs = secs
        self._tracks = [t for t in self._tracks if secs - t.seen_secs <= FORGOTTEN_SECS]
        looks = [face(picture, found.box) for found in faces]
        numbers = dict(self._matched(faces, looks, secs))
        for i, found in enumerate(faces):
            if i not in numbers:
                numbers[i] = self._next
                self._next += 1
                self._tracks.append(
                    _Track(number=numbers[i], box=found.box, looks=looks[i], seen_secs=secs)
                )
        return tuple(numbers[i] for i in range(len(faces)))

    def _matched(
        self, faces: Sequence[DetectedFace], looks: Sequence[Small], secs: float
    ) -> Iterator[tuple[int, int]]:
        """Which face is which track, the surest first; the track moves to where its face is."""
        scores = sorted(
            (
                (self._score(track, found.box, look, secs), i, track)
                for track in self._tracks
                for i, (found, look) in enumerate(zip(faces, looks, strict=True))
            ),
            key=lambda row: -row[0],
        )
        taken: set[int] = set()
        moved: set[int] = set()
        for score, i, track in scores:
            if score <= 0.0 or i in taken or track.number in moved:
                continue
            taken.add(i)
            moved.add(track.number)
            track.box, track.looks, track.seen_secs = faces[i].box, looks[i], secs
            yield i, track.number

    def _score(self, track: _Track, box: FaceBox, looks: Small, secs: float) -> float:
        """Above 0 where the face may be the track's; the higher, the surer."""
        same = alike(track.looks, looks)
        away = secs - track.seen_secs
        if track.seen_secs < self._cut_secs or away > _AWAY_SECS:
            return same if same >= SAME_LOOKS else 0.0
        change = max(box.width, track.box.width) / max(1.0, min(box.width, track.box.width))
        reach = _REACH + _REACH_A_SEC * away
        shift = moved_by(track.box, box)
        if shift > reach or change > _LARGEST_CHANGE:
            return 0.0
        return 2.0 - shift / reach + same  # any neighbour in place comes before likeness alone


def moved_by(before: FaceBox, now: FaceBox) -> float:
    """How far the middles lie apart, in widths of the first box."""
    across = now.left + now.width / 2 - before.left - before.width / 2
    down = now.top + now.height / 2 - before.top - before.height / 2
    return float(np.hypot(across, down) / max(before.width, 1.0))
