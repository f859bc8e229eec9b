"""Apart: the rough transcriber in a process of its own.

PocketSphinx keeps Python's lock while it works, seconds on end: in our process every page would stand
still meanwhile.
"""

import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import IO

import numpy as np

from insideout.perception.errors import PerceptionError
from insideout.perception.voice.rough import RoughTranscriber
from insideout.perception.voice.sound import Sound, TimedWord, Transcript

_LENGTH = struct.Struct("<I")
_FULL_SCALE = 32_767
_NICER = 5  # the page and the camera come first


class ApartTranscriber:
    """RoughTranscriber's words from a child process, which begins with the first sound.

    It ends with our own process; one that died is begun anew. Visitors wait for one another.
    """

    name = RoughTranscriber.name
    english_alone = True

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def transcribe(self, sound: Sound, language: str | None = None) -> Transcript:
        """The words with their times; raises PerceptionError where the child dies."""
        del language
        pcm = (np.clip(sound.samples, -1.0, 1.0) * _FULL_SCALE).astype("<i2").tobytes()
        with self._lock:
            told = self._ask(pcm)
        words = tuple(
            TimedWord(
                text=text,
                start_secs=sound.start_secs + start,
                end_secs=sound.start_secs + end,
                probability=probability,
            )
            for text, start, end, probability in told
        )
        text = " ".join(word.text for word in words)
        return Transcript(text=text, language="en", model=self.name, words=words, rough=True)

    def start(self) -> None:
        """Begin the child, so that the first sound does not wait for its model."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _ask(self, pcm: bytes) -> list[tuple[str, float, float, float | None]]:
        child = self._running()
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(_LENGTH.pack(len(pcm)) + pcm)
            child.stdin.flush()
            told = json.loads(child.stdout.readline())
        except (OSError, ValueError) as error:
            self._end()
            raise PerceptionError(f"the rough recogniser broke off ({error}); try again") from error
        return [(text, start, end, probability) for text, start, end, probability in told]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is not None:
            self._end()
        if self._child is None:
            self._child = subprocess.Popen(  # noqa: S603  our own module, by our own interpreter
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what it was about to be told is lost
                    pipe.close()
        child.wait()


def _sounds(source: IO[bytes]) -> Iterator[Sound]:
    while len(head := source.read(_LENGTH.size)) == _LENGTH.size:
        (length,) = _LENGTH.unpack(head)
        pcm = np.frombuffer(source.read(length), dtype="<i2").astype(np.float32)
        yield Sound(samples=pcm / np.float32(_FULL_SCALE))


def main() -> None:
    """The child: sounds come on stdin, a line of JSON a sound goes to stdout, until stdin ends."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_NICER)
    scribe = RoughTranscriber()
    for sound in _sounds(sys.stdin.buffer):
        words = scribe.transcribe(sound).words
        told = [(one.text, one.start_secs, one.end_secs, one.probability) for one in words]
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
