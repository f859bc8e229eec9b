"""Frames of a webcam through OpenCV; the newest one, however slowly they are read."""

import time
from collections.abc import Callable, Generator, Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Any, Protocol

import numpy as np

from insideout.perception.errors import BadSignalError
from insideout.perception.face.face import Picture
from insideout.perception.face.libraries import need

FRONT = "0"
_MOST_EMPTY = 30  # reads one after another without a picture: the camera is gone
_EMPTY_PAUSE_SECS = 0.02
_QUIET_SECS = 5.0  # without a frame, after which a camera that hangs is given up


class FrameSource(Protocol):
    """Where frames come from: a camera, a film, a robot. It ends, or raises BadSignalError.

    def black_frames() -> Iterator[tuple[float, Picture]]:
        for n in range(100):
            yield n / 25, np.zeros((480, 640, 3), dtype=np.uint8)
    """

    def __iter__(self) -> Iterator[tuple[float, Picture]]:
        """Seconds and RGB picture of each frame; the seconds rise."""
        ...


class Camera:
    """A camera by its number or a stream by its address; opened when it is gone through.

    Raises BadSignalError where it cannot be opened or stops sending pictures. clock: for seconds.
    """

    def __init__(self, which: str = FRONT, clock: Callable[[], float] = time.monotonic) -> None:
        self.which, self._clock = which, clock

    def __iter__(self) -> Iterator[tuple[float, Picture]]:
        """From now on, in seconds since the camera was opened."""
        capture = _opened(self.which)
        start, secs, empty = self._clock(), -1.0, 0
        try:
            while empty < _MOST_EMPTY:
                there, frame = capture.read()
                if not there or frame is None:
                    empty += 1
                    time.sleep(_EMPTY_PAUSE_SECS if self.which.isdecimal() else 0.0)
                    continue
                empty = 0
                secs = max(self._clock() - start, secs + 1e-6)
                yield secs, np.ascontiguousarray(frame[:, :, ::-1])
        finally:
            capture.release()
        raise BadSignalError(
            f"camera {self.which} stopped sending pictures after {max(secs, 0.0):.1f} s; "
            "is it still plugged in, and does another program use it?"
        )


def _opened(which: str) -> Any:
    cv: Any = need("cv2")
    log = cv.utils.logging
    level = log.setLogLevel(log.LOG_LEVEL_SILENT)  # it would write to stderr what the error says
    try:
        capture = cv.VideoCapture(int(which) if which.isdecimal() else which)
        opened = capture.isOpened()
    finally:
        log.setLogLevel(level)
    if not opened:
        capture.release()
        raise BadSignalError(
            f"there is no camera {which}, or it may not be used; expected a number from 0, or the "
            "address of a stream, with --camera"
        )
    return capture


def newest(
    source: FrameSource, quiet_secs: float = _QUIET_SECS
) -> Generator[tuple[float, Picture]]:
    """The newest frame each time one is asked for; those in between are dropped.

    The source is read in a thread of its own. What it raises is raised here. Raises BadSignalError
    where it sends nothing for `quiet_secs`.
    """
    slot: Queue[tuple[float, Picture] | BaseException | None] = Queue(maxsize=1)
    left = Event()
    thread = Thread(target=_pump, args=(source, slot, left), daemon=True, name="camera")
    thread.start()
    try:
        while True:
            try:
                item = slot.get(timeout=quiet_secs)
            except Empty:
                raise BadSignalError(
                    f"the camera has sent no picture for {quiet_secs:.0f} s; is it still plugged in?"
                ) from None
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        left.set()
        thread.join(timeout=1.0)


def _pump(source: FrameSource, slot: Queue[Any], left: Event) -> None:
    """Put each frame into the slot, in the place of one that nobody took; the end waits its turn."""
    last: Any = None
    try:
        for frame in source:
            if left.is_set():
                return
            _replace(slot, frame)
    except Exception as error:  # noqa: BLE001 - it is raised where the frames are taken
        last = error
    while not left.is_set():
        try:
            slot.put(last, timeout=0.1)
        except Full:
            continue
        return


def _replace(slot: Queue[Any], item: Any) -> None:
    while True:
        try:
            slot.put_nowait(item)
        except Full:
            try:
                slot.get_nowait()
            except Empty:
                continue
        else:
            return
