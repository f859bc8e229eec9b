"""Any sound, whole or in pieces: a file of any kind, the sound track of a film, bytes, an array."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from insideout.perception.voice.array_sound import sound_of_array
from insideout.perception.voice.sound import Sound
from insideout.perception.voice.sound_file import PIECE_SECS, SoundFile, Watch

Source = Path | str | bytes | tuple[NDArray[Any], int] | Sound
"""A path, the bytes of a file, samples with their rate in Hz, or a Sound as it is."""


def load_sound(source: Source, watch: Watch | None = None) -> Sound:
    """The whole sound in memory, one channel at RATE_HZ: 230 MB an hour; see open_sound for long ones.

    A tuple holds samples of shape (n,), (n, channels) or (channels, n), integers or floats in
    [-1, 1], and their rate in Hz. Raises BadSignalError where there is no sound in it, PerceptionError
    where PyAV is needed and missing.
    """
    if isinstance(source, Sound):
        return source
    if isinstance(source, tuple):
        return sound_of_array(*source)
    return open_sound(source).sound(watch)


def open_sound(source: Path | str | bytes) -> SoundFile:
    """A file of any length, to be read piece by piece; raises BadSignalError where it is no sound.

    file = open_sound("interview.m4a")
    for piece in file.pieces():     # Sounds of up to 30 s, one after another
        ...
    file.damage                     # what was missing from it, known when it was read
    """
    return SoundFile(source)


def pieces_of(
    source: Source, secs: float = PIECE_SECS, watch: Watch | None = None
) -> Iterator[Sound]:
    """Any sound in pieces of that many seconds; what is in memory already is cut without copies."""
    if not isinstance(source, Sound | tuple):
        yield from open_sound(source).pieces(secs, watch)
        return
    sound = load_sound(source)
    start_secs = sound.start_secs
    while start_secs < sound.end_secs:
        piece = sound.between(start_secs, start_secs + secs)
        yield piece
        start_secs = piece.end_secs
        if watch is not None:
            watch(start_secs - sound.start_secs, sound.secs)
