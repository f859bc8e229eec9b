from pathlib import Path

import numpy as np
import pytest
from tests.perception.face.frames import Square, frame, steady, write_film

from insideout.perception.errors import BadSignalError
from insideout.perception.face.film_frames import LONGEST_SIDE, Film, film_tracks


def test_frames_come_upright_with_their_seconds(tmp_path: Path) -> None:
    film = Film(write_film(tmp_path / "a.mp4", steady(1.0, Square())))
    times = [secs for secs, _ in film]
    assert times == pytest.approx([n / 25 for n in range(25)], abs=2e-3)
    assert (film.frames, film.broken, film.varies) == (25, 0, False)
    assert film.secs == pytest.approx(1.0, abs=0.01)


def test_a_varying_rate_is_read_by_its_times_and_told(tmp_path: Path) -> None:
    given = [0.0, 0.04, 0.08, 0.5, 0.54, 1.2]
    film = Film(write_film(tmp_path / "a.mp4", [(secs, frame(Square())) for secs in given]))
    assert [secs for secs, _ in film] == pytest.approx(given, abs=2e-3)
    assert film.varies


def test_the_tracks_are_told(tmp_path: Path) -> None:
    film = write_film(tmp_path / "a.mp4", steady(1.0), sound_secs=1.0)
    tracks = film_tracks(film)
    assert (tracks.pictures, tracks.sound) == (True, True)
    assert tracks.secs == pytest.approx(1.0, abs=0.1)


def test_a_film_without_pictures_is_refused(tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mp4", [], sound_secs=1.0)
    with pytest.raises(BadSignalError, match="no picture track"):
        Film(path)


def test_the_cover_of_a_song_is_no_film(tmp_path: Path) -> None:
    import av

    path = tmp_path / "song.mp4"
    write_film(tmp_path / "plain.mp4", [], sound_secs=1.0)
    with av.open(str(tmp_path / "plain.mp4")) as source, av.open(str(path), "w") as song:
        track = song.add_stream_from_template(source.streams.audio[0])
        cover = song.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 64, 64, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), dtype=np.uint8), format="rgb24")
        song.mux(cover.encode(picture))
        song.mux(cover.encode(None))
        for packet in source.demux(audio=0):
            if packet.dts is not None:
                packet.stream = track
                song.mux(packet)
    assert not film_tracks(path).pictures


def test_a_large_film_is_made_smaller(tmp_path: Path) -> None:
    large = np.zeros((1600, 900, 3), dtype=np.uint8)
    film = Film(write_film(tmp_path / "a.mp4", [(0.0, large)]))
    assert next(iter(film))[1].shape == (LONGEST_SIDE, 720, 3)


def test_a_film_of_a_phone_held_upright_is_turned(tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mp4", [(0.0, frame(Square(left=0, top=0)))])
    path.write_bytes(_turned(path.read_bytes()))
    _, picture = next(iter(Film(path)))
    assert picture.shape == (320, 180, 3)
    assert picture[30, 150, 1] > 150  # the upper left corner has gone to the upper right


def _turned(film: bytes) -> bytes:
    """The track's matrix of an mp4, that of a phone: a quarter turn clockwise."""
    place = film.index(b"tkhd") + 4 + 40
    one = (1 << 16).to_bytes(4, "big")
    zero, minus = bytes(4), ((1 << 32) - (1 << 16)).to_bytes(4, "big")
    unit = (1 << 30).to_bytes(4, "big")
    width = (180 << 16).to_bytes(4, "big")
    matrix = zero + one + zero + minus + zero + zero + width + zero + unit
    return film[:place] + matrix + film[place + len(matrix) :]


@pytest.mark.parametrize("content", [b"", b"\x00" * 500, b"a film it is not" * 100])
def test_what_is_no_film_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(content)
    with pytest.raises(BadSignalError, match="cannot be read as a film"):
        Film(path)


def test_a_film_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSignalError, match="there is no film"):
        Film(tmp_path / "gone.mp4")


def test_of_a_film_that_breaks_off_the_rest_is_read(tmp_path: Path) -> None:
    pictures = [(n / 25, frame(Square(left=n))) for n in range(100)]
    path = write_film(tmp_path / "a.mkv", pictures)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    film = Film(path)
    assert 20 < len(list(film)) < 80


def test_a_film_cut_before_its_index_is_refused(tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mp4", steady(1.0, Square()))
    path.write_bytes(path.read_bytes()[:-600])
    with pytest.raises(BadSignalError, match="expected"):
        list(Film(path))


def test_damage_in_the_middle_costs_only_that(tmp_path: Path) -> None:
    pictures = [(n / 25, frame(Square(left=n))) for n in range(100)]
    path = write_film(tmp_path / "a.mp4", pictures)
    whole = bytearray(path.read_bytes())
    middle = len(whole) // 3
    whole[middle : middle + 300] = bytes(300)
    path.write_bytes(bytes(whole))
    assert len(list(Film(path))) > 50
