from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.perception.voice.sound_files import at_rate, likeness, write, write_film
from tests.perception.voice.speech import speaking

from insideout.perception.errors import BadSignalError
from insideout.perception.voice.loading import load_sound, open_sound
from insideout.perception.voice.sound import RATE_HZ
from insideout.perception.voice.sound_file import NoSoundTrackError

SPOKEN = speaking(2.0)


def planes(rate_hz: int, layout: str) -> NDArray[np.float32]:
    """The speech on every channel; of a film's six on the centre alone, beside music and a rumble."""
    spoken = at_rate(SPOKEN, rate_hz)
    if layout == "mono":
        return spoken[np.newaxis]
    if layout == "stereo":
        return np.stack([spoken, spoken])
    times = np.arange(len(spoken)) / rate_hz
    music, rumble = 0.02 * np.sin(2000.0 * times), 0.5 * np.sin(300.0 * times)
    return np.stack([music, music, spoken, rumble, music, music]).astype(np.float32)


@pytest.mark.parametrize(
    ("name", "codec", "rate_hz", "layout"),
    [
        ("a.wav", "pcm_s16le", 16_000, "mono"),
        ("8 bit.wav", "pcm_u8", 16_000, "mono"),
        ("24 bit.wav", "pcm_s24le", 96_000, "stereo"),
        ("double.wav", "pcm_f64le", 44_100, "mono"),
        ("5.1.wav", "pcm_s16le", 48_000, "5.1"),
        ("a.aiff", "pcm_s16be", 44_100, "stereo"),
        ("a.flac", "flac", 48_000, "stereo"),
        ("a.mp3", "libmp3lame", 44_100, "stereo"),
        ("a.ogg", "libopus", 48_000, "mono"),
        ("a.m4a", "aac", 44_100, "stereo"),
        ("5.1.m4a", "aac", 48_000, "5.1"),
        ("a.webm", "libopus", 48_000, "mono"),
        ("5.1.mkv", "ac3", 48_000, "5.1"),
    ],
)
def test_what_is_said_is_the_same_in_any_file(
    tmp_path: Path, name: str, codec: str, rate_hz: int, layout: str
) -> None:
    write(tmp_path / name, planes(rate_hz, layout), rate_hz, codec, layout=layout)
    file = open_sound(tmp_path / name)
    found = file.sound()
    assert (file.rate_hz, file.channels, file.damage) == (
        rate_hz,
        {"mono": 1, "stereo": 2, "5.1": 6}[layout],
        None,
    )
    assert found.secs == pytest.approx(len(SPOKEN) / RATE_HZ, abs=0.03)
    assert likeness(found, SPOKEN) > 0.97


def test_the_sound_track_of_a_film_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    write(path, planes(48_000, "stereo"), 48_000, "aac", None, "stereo", 0.5, 0.0, pictures=20)
    found = load_sound(path)
    assert found.start_secs == pytest.approx(0.5, abs=0.03)
    assert likeness(found, SPOKEN) > 0.97


def test_what_a_browser_records_does_not_say_how_long_it_is() -> None:
    class Sent(BytesIO):
        """What is sent as it comes cannot be gone back in."""

        def seekable(self) -> bool:
            return False

    sent = Sent()
    sent.seek = None  # type: ignore[assignment]  # PyAV looks for the method
    write(sent, planes(48_000, "mono"), 48_000, "libopus", "webm")
    file = open_sound(sent.getvalue())
    assert file.secs is None
    assert likeness(file.sound(), SPOKEN) > 0.97


def test_a_lost_part_of_a_recording_becomes_silence(tmp_path: Path) -> None:
    spoken = planes(16_000, "mono")
    write(tmp_path / "a.mkv", spoken, 16_000, "pcm_s16le", gap_secs=1.0)
    found = load_sound(tmp_path / "a.mkv")
    assert found.secs == pytest.approx(len(SPOKEN) / RATE_HZ + 1.0, abs=0.01)
    middle = found.between(len(SPOKEN) / 2 / RATE_HZ + 0.02, len(SPOKEN) / 2 / RATE_HZ + 0.98)
    assert not middle.samples.any()


def test_pieces_follow_one_another_without_gaps(tmp_path: Path) -> None:
    write(tmp_path / "a.wav", planes(44_100, "mono"), 44_100, "pcm_s16le")
    told: list[tuple[float, float | None]] = []
    file = open_sound(tmp_path / "a.wav")
    pieces = list(file.pieces(0.75, lambda done, total: told.append((done, total))))
    assert all(piece.secs == 0.75 for piece in pieces[:-1])
    assert [one.end_secs for one in pieces[:-1]] == [one.start_secs for one in pieces[1:]]
    assert np.array_equal(np.concatenate([piece.samples for piece in pieces]), file.sound().samples)
    done, total = told[-1]
    assert (round(done, 3), total) == (round(pieces[-1].end_secs, 3), file.secs)


@pytest.mark.parametrize(
    ("name", "codec", "container"),
    [("a.wav", "pcm_s16le", None), ("a.flac", "flac", None), ("a.webm", "libopus", None)],
)
def test_of_a_file_that_is_cut_off_what_there_is_is_read(
    tmp_path: Path, name: str, codec: str, container: str | None
) -> None:
    path = tmp_path / name
    spoken = np.tile(at_rate(SPOKEN, 48_000), 3)[np.newaxis]
    write(path, spoken, 48_000, codec, container)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    file = open_sound(path)
    assert file.sound().secs == pytest.approx(len(SPOKEN) * 1.5 / RATE_HZ, rel=0.2)
    assert file.damage == "cut"


def test_a_damaged_part_is_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    write(path, np.tile(planes(44_100, "mono"), 4), 44_100, "libmp3lame")
    whole = bytearray(path.read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 4_000] = bytes(4_000)
    path.write_bytes(bytes(whole))
    found = open_sound(path)
    assert found.sound().secs == pytest.approx(4 * len(SPOKEN) / RATE_HZ, rel=0.1)


def _text(path: Path) -> None:
    path.write_text("These are words and no sound. " * 100)


def _nothing(path: Path) -> None:
    path.write_bytes(b"")


def _chance(path: Path) -> None:
    path.write_bytes(np.random.default_rng(0).bytes(200_000))


def _playlist(path: Path) -> None:
    path.write_text("#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/secret.wav\n#EXT-X-ENDLIST\n")


def _script(path: Path) -> None:
    path.write_text("ffconcat version 1.0\nfile '/etc/passwd'\n")


@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.m3u8"])
@pytest.mark.parametrize("fill", [_text, _nothing, _chance, _playlist, _script])
def test_what_is_no_sound_is_refused_by_name(
    tmp_path: Path, name: str, fill: Callable[[Path], None]
) -> None:
    fill(tmp_path / name)
    with pytest.raises(BadSignalError, match=name):
        open_sound(tmp_path / name).sound()


def test_a_film_without_sound_is_told_from_a_broken_one(tmp_path: Path) -> None:
    write_film(tmp_path / "silent.mp4")
    with pytest.raises(NoSoundTrackError, match="no sound track"):
        open_sound(tmp_path / "silent.mp4")


def test_an_m4a_that_lost_its_end_says_that_it_may_be_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "a.m4a"
    write(path, planes(44_100, "mono"), 44_100, "aac")
    path.write_bytes(path.read_bytes()[:-3_000])
    with pytest.raises(BadSignalError, match="not cut off"):
        open_sound(path)


def test_a_folder_and_a_file_that_is_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadSignalError, match="is a folder"):
        open_sound(tmp_path)
    with pytest.raises(BadSignalError, match="there is no file"):
        open_sound(str(tmp_path / "gone.wav"))


def test_names_of_songs_in_an_old_encoding_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write(path, planes(16_000, "mono"), 16_000, "pcm_s16le")
    title = "Песня".encode("cp1251").ljust(6, b"\0")
    chunk = b"LIST" + (4 + 8 + len(title)).to_bytes(4, "little") + b"INFOINAM"
    chunk += len(title).to_bytes(4, "little") + title
    whole = path.read_bytes() + chunk
    path.write_bytes(whole[:4] + (len(whole) - 8).to_bytes(4, "little") + whole[8:])
    assert load_sound(path).secs == pytest.approx(len(SPOKEN) / RATE_HZ)
