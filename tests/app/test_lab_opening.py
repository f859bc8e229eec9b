"""Files in the lab: read by the same readers as `insideout perceive`, with the same JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.perception.face.frames import Square, SquareReader, frame, steady, write_film
from tests.perception.voice.speech import Scribe, silence, speaking
from tests.service.test_perceive_voice import write
from typer.testing import CliRunner

from insideout.perception.errors import WeightsError
from insideout.perception.face.face import FaceObservation, Picture
from insideout.service.cli import perceive_face, perceive_film, perceive_pulse, perceive_voice
from insideout.service.cli.main import app
from insideout.service.cli.perceived import Asked
from insideout.service.web.lab import film, photo
from insideout.service.web.lab.as_json import table_json
from insideout.service.web.lab.look import Kind, Table
from insideout.service.web.lab.opening import Opened, Progress, open_all
from insideout.service.web.lab.views import table_view

neurokit2 = pytest.importorskip("neurokit2")
Open = Callable[..., Opened]


class Squares(SquareReader):
    """The same for single pictures."""

    remarks = ("squares are no faces",)

    def observe(self, picture: Picture) -> FaceObservation:
        """The squares of one picture."""
        faces = self.seen(picture, self.detector.detect(picture))
        height, width = picture.shape[:2]
        return FaceObservation(reading=faces[0].reading, faces=faces, width=width, height=height)


@pytest.fixture(autouse=True)
def square_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces are bright squares, which need no model."""
    for module in (perceive_face, perceive_film, photo, film):
        monkeypatch.setattr(module, "reader_for", lambda _: Squares())


@pytest.fixture
def open_file(tmp_path: Path) -> Open:
    """Reads copies of files as if they were dropped; says afterwards that nothing is left of them."""

    def open_one(*paths: Path, progress: Progress | None = None, **asked: object) -> Opened:
        folder = tmp_path / "uploads"
        folder.mkdir(exist_ok=True)
        dropped = []
        for number, path in enumerate(paths):
            own = folder / str(number)
            own.mkdir()
            (own / path.name).write_bytes(path.read_bytes())
            dropped.append(str(own / path.name))
        found = open_all(dropped, folder, Asked(**asked), progress or Progress())  # type: ignore[arg-type]
        assert list(folder.iterdir()) == []
        return found

    return open_one


def printed(path: Path, *more: str) -> dict[str, object]:
    """What the command prints of the same file, under the name that a visitor knows it by."""
    ran = CliRunner().invoke(app, ["perceive", str(path), *more, "--json"])
    found: dict[str, object] = json.loads(ran.stdout.replace(str(path), path.name))
    return found


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    Image.fromarray(frame(Square(happy=0.9))).save(tmp_path / "face.png")
    return tmp_path / "face.png"


@pytest.fixture
def ecg(tmp_path: Path) -> Path:
    samples = neurokit2.ecg_simulate(duration=40, sampling_rate=250, heart_rate=70, random_state=3)
    np.savetxt(tmp_path / "ecg.csv", samples, fmt="%.5f", header="ECG", comments="")
    return tmp_path / "ecg.csv"


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    return write(tmp_path / "speech.wav", silence(0.4), speaking(1.6), silence(0.4))


def test_a_photo_is_shown_with_its_face_and_as_the_command_prints_it(
    open_file: Open, picture: Path
) -> None:
    [look] = open_file(picture).looks
    assert "data:image/jpeg;base64," in look.draw("ru")
    assert table_json(Table(looks=(look,))) == printed(picture)


def test_a_heart_is_shown_with_its_beats_and_as_the_command_prints_it(
    open_file: Open, ecg: Path
) -> None:
    [look] = open_file(ecg, rate=250.0).looks
    drawn = look.draw("en")
    assert drawn.count('class="l-beat') > 8
    assert "70 bpm" in drawn
    assert table_json(Table(looks=(look,))) == printed(ecg, "--rate", "250")


def test_a_voice_is_shown_and_as_the_command_prints_it(open_file: Open, speech: Path) -> None:
    [look] = open_file(speech).looks
    assert look.draw("ru").count("<li>") == 1
    assert table_json(Table(looks=(look,))) == printed(speech)


def test_words_that_were_heard_reach_the_prompt(
    open_file: Open, speech: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(perceive_voice, "transcriber", Scribe)
    [look] = open_file(speech, transcribe=True).looks
    assert look.said
    assert look.said in look.aside
    assert [reading.modality.value for reading in look.readings] == ["text", "voice"]


def test_a_film_is_shown_as_it_went_and_as_the_command_prints_it(
    open_file: Open, tmp_path: Path
) -> None:
    path = write_film(tmp_path / "film.mp4", steady(1.5, Square(happy=0.95)))
    [look] = open_file(path).looks
    assert look.kind is Kind.FILM
    assert look.draw("en").count("<img") == 8
    assert table_json(Table(looks=(look,))) == printed(path)


def test_a_pulse_that_cannot_be_looked_for_is_a_remark(
    open_file: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def perceive(path: Path, _: Asked) -> None:
        raise WeightsError(f"{path}: no detector")

    monkeypatch.setattr(perceive_pulse, "perceive", perceive)
    path = write_film(tmp_path / "film.mp4", steady(0.5, Square(happy=0.95)))
    [look] = open_file(path, pulse=True).looks
    assert look.kind is Kind.FILM
    assert look.remarks[-1] == "no pulse was looked for: film.mp4: no detector"


def test_a_bad_file_does_not_spoil_the_others(
    open_file: Open, picture: Path, tmp_path: Path
) -> None:
    bad, letter = tmp_path / "bad.jpg", tmp_path / "letter.docx"
    bad.write_bytes(b"no picture")
    letter.write_bytes(b"PK")
    opened = open_file(bad, letter, picture, language="ru")
    assert [look.name for look in opened.looks] == ["face.png"]
    assert "Прочитать не удалось. bad.jpg is no picture" in opened.faults[0]
    assert "letter.docx: такие файлы не читаются" in opened.faults[1]


def test_no_message_tells_where_files_lie(open_file: Open, tmp_path: Path) -> None:
    for name in ("a.jpg", "a.wav", "a.mp4", "a.csv", "a.edf", "a.hea"):
        path = tmp_path / name
        path.write_bytes(b"\x00nothing")
        [fault] = open_file(path).faults
        assert str(tmp_path) not in fault
        assert name in fault


def test_a_missing_rate_leads_to_its_field(open_file: Open, ecg: Path) -> None:
    [fault] = open_file(ecg).faults
    assert "“How files are read”" in fault


def test_options_of_other_kinds_do_no_harm(open_file: Open, picture: Path) -> None:
    opened = open_file(picture, rate=250.0, kind="ecg", column="2", transcribe=True, pulse=True)
    assert not opened.faults


def test_a_reader_that_breaks_is_told_without_its_reason(
    open_file: Open, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo, "load_picture", lambda _: 1 / 0)
    [fault] = open_file(picture).faults
    assert fault == "Something broke on our side while reading face.png. Please report it."


def test_what_is_stopped_is_not_read_on(open_file: Open, picture: Path) -> None:
    progress = Progress()
    progress.stop()
    opened = open_file(picture, picture, progress=progress)
    assert opened.stopped
    assert not opened.looks


def test_a_file_s_name_is_not_rendered(open_file: Open, picture: Path, tmp_path: Path) -> None:
    odd = tmp_path / "<b onclick=x>.png"
    odd.write_bytes(picture.read_bytes())
    opened = open_file(odd)
    assert "<b onclick" not in table_view(Table(looks=opened.looks), "en")
