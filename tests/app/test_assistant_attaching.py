"""Attaching: each kind of file is read by its reader, and what cannot be read says so."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("gradio", reason="gradio is not installed (pip install -e '.[app]')")
pytest.importorskip("cv2", reason="OpenCV is not installed (pip install -e '.[camera]')")

from insideout.perception.heart.loading import open_recording  # needs gradio
from insideout.perception.heart.reader import HeartReader
from insideout.perception.reading import Modality
from insideout.service.web.assistant.attaching import (
    Attached,
    TakenAwayError,
    attach,
    figures_of,
)
from insideout.service.web.assistant.uploads import UploadError


def read(path: Path, language: str = "en") -> Attached:
    """The file as it is read."""
    return attach(path, language, lambda secs, total: None)


def test_a_photo_says_how_the_face_seems(shared: Path) -> None:
    found = read(shared / "signals/face/photos/faceapi_happy.jpg")
    assert "happy" in found.says
    assert [reading.modality for reading in found.readings] == [Modality.FACE]


def test_what_is_read_is_said_in_the_visitors_language(shared: Path) -> None:
    assert "лицо" in read(shared / "signals/face/photos/faceapi_happy.jpg", "ru").says


def test_a_picture_without_a_face_says_why_nothing_is_read(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    image.new("RGB", (200, 200), "grey").save(tmp_path / "wall.png")
    found = read(tmp_path / "wall.png")
    assert found.readings[0].abstained is not None
    assert "no face" in found.says


def test_an_ecg_says_its_pulse_with_its_unit(shared: Path) -> None:
    found = read(shared / "signals/ecg/biosppy/ecg.txt")
    assert "heart rate 60 bpm" in found.says
    assert found.readings[0].abstained is not None  # nothing to compare with: no rest


def timed(source: Path, out: Path, first: int, last: int) -> Path:
    """Part of a table of 100 Hz, with the column of times that a page needs."""
    table = np.genfromtxt(source, delimiter=",", names=True)
    rows = np.column_stack([np.arange(last - first) / 100.0, table["ECG"][first:last]])
    np.savetxt(out, rows, delimiter=",", header="time,ECG", comments="", fmt="%.5f")
    return out


def test_an_ecg_is_read_against_the_same_heart_at_rest(shared: Path, tmp_path: Path) -> None:
    source = shared / "signals/ecg/neurokit/bio_resting_5min_100hz.csv"
    rest = read(timed(source, tmp_path / "rest.csv", 0, 15_000))
    now = timed(source, tmp_path / "now.csv", 15_000, 29_000)
    found = attach(now, "en", lambda secs, total: None, rest.beats)
    assert found.readings[0].abstained is None
    assert "rest" in found.says
    assert "heart rate" in found.aside


def test_a_table_without_times_says_what_it_lacks(shared: Path) -> None:
    with pytest.raises(UploadError, match="add a column of times"):
        read(shared / "signals/ecg/neurokit/bio_resting_5min_100hz.csv")


def test_progress_is_told_and_can_break_it_off(shared: Path) -> None:
    def told(secs: float, total: float | None) -> None:
        raise TakenAwayError("x")

    with pytest.raises(TakenAwayError):
        attach(shared / "signals/ecg/biosppy/ecg.txt", "en", told)


@pytest.mark.parametrize("name", ["a.jpg", "a.mp4", "a.wav", "a.csv", "a.edf"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_damaged_file_is_refused_in_the_visitors_language(
    tmp_path: Path, name: str, language: str
) -> None:
    noise = np.random.default_rng(0).integers(0, 256, 4000, dtype=np.uint8)
    (tmp_path / name).write_bytes(noise.tobytes())
    said = {"en": "could not be read", "ru": "не получилось прочесть"}[language]
    with pytest.raises(UploadError, match=said):
        read(tmp_path / name, language)


def test_figures_carry_units_and_tell_what_is_approximate(shared: Path) -> None:
    recording = open_recording(shared / "signals/ecg/biosppy/ecg.txt")
    vitals = HeartReader().observe_blocks(recording.blocks()).vitals
    assert figures_of(vitals, "ru") == "пульс 60 уд/мин, RMSSD ≈ 47 мс"


@pytest.mark.slow
def test_a_sound_gives_its_words_and_how_they_were_said(shared: Path) -> None:
    pytest.importorskip("pocketsphinx", reason="pocketsphinx is not installed")
    clips = shared / "signals/voice/asr_clips"
    found = read(clips / "sense_and_sensibility_01_austen_64kb-0870.wav")
    assert "leisure" in found.words
    assert found.rough
    assert found.words.split()[-1] in found.aside


@pytest.mark.slow
def test_a_film_is_read_for_its_face(shared: Path) -> None:
    found = read(shared / "signals/face/video/single_face.mp4")
    assert Modality.FACE in {reading.modality for reading in found.readings}
