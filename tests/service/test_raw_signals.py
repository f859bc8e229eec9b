"""After a session with all four signals, the disk is searched for anything raw."""

import base64
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import neurokit2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from tests.perception.voice.speech import Scribe, silence, speaking
from tests.service.conftest import Cli
from tests.service.faces import DETECTOR, PHOTOS
from tests.service.test_perceive_voice import write

from insideout.agents.memory import Sessions
from insideout.perception.face import detecting
from insideout.perception.voice.sound_file import SoundFile
from insideout.perception.weights import OVERRIDE_VARIABLE

WORDS = "I lost my job today"
_BYTES = 48  # of a piece that is looked for; a multiple of 3, so that base64 cuts where we do
_PIECES = 40


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything that a program may take for a place to write to, all in one folder."""
    folder = tmp_path / "home"
    places = {name: folder / name.lower() for name in ("TMPDIR", "TEMP", "TMP", "XDG_STATE_HOME")}
    places |= {f"XDG_{name}_HOME": folder / name.lower() for name in ("CACHE", "DATA", "CONFIG")}
    places["XDG_RUNTIME_DIR"] = folder / "run"
    for variable, place in places.items():
        place.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(place))
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("INSIDEOUT_SESSIONS", str(folder / "sessions.sqlite"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    (folder / "here").mkdir()
    monkeypatch.chdir(folder / "here")
    return folder


@pytest.fixture(scope="module")
def hearts() -> list[NDArray[np.float64]]:
    """One minute, and two minutes of rest, at 250 Hz."""
    return [
        neurokit2.ecg_simulate(duration=secs, sampling_rate=250, random_state=seed)
        for seed, secs in enumerate((60, 120))
    ]


@pytest.fixture
def signals(
    tmp_path: Path,
    shared_or_none: Path | None,
    hearts: list[NDArray[np.float64]],
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, Path]:
    """Option to file. The photo is a face where there are photos, else noise."""
    given = tmp_path / "given"
    given.mkdir()
    files = {
        "--face": given / "face.png",
        "--voice": write(given / "voice.wav", silence(0.5), speaking(3.0), silence(0.5)),
        "--ecg": given / "ecg.csv",
        "--ecg-baseline": given / "rest.csv",
    }
    without = "it is not looked for" if shared_or_none is None else None
    monkeypatch.setattr(detecting, "why_without_yunet", lambda: without)
    if shared_or_none is None:
        noise = np.random.default_rng(0).integers(0, 255, (120, 160, 3)).astype(np.uint8)
        Image.fromarray(noise).save(files["--face"])
    else:
        monkeypatch.setenv(OVERRIDE_VARIABLE, str(shared_or_none / DETECTOR))
        with Image.open(shared_or_none / PHOTOS / "faceapi_happy.jpg") as photo:
            photo.save(files["--face"])
    for option, heart in zip(("--ecg", "--ecg-baseline"), hearts, strict=True):
        np.savetxt(files[option], heart, "%.5f", header="ECG", comments="")
    return files


def pieces(signals: dict[str, Path]) -> Iterator[bytes]:
    """Pieces of every signal in every shape in which it might be written down."""
    with Image.open(signals["--face"]) as photo:
        picture = np.asarray(photo.convert("RGB"))
    voice = SoundFile(signals["--voice"]).sound().samples
    shapes = [path.read_bytes() for path in signals.values()]
    shapes += [
        picture.tobytes(),
        picture[:, :, ::-1].tobytes(),
        picture.transpose(2, 0, 1).tobytes(),
    ]
    shapes += [voice.tobytes(), np.round(32_767 * voice).astype("<i2").tobytes()]
    for option in ("--ecg", "--ecg-baseline"):
        rows = signals[option].read_text().split()[1:]
        heart = np.array(rows, dtype=np.float64)
        shapes += [heart.tobytes(), heart.astype(np.float32).tobytes()]
        shapes += [gap.join(_numbers(heart)).encode() for gap in (",", ", ", " ")]
    for raw in shapes:
        yield from _pieces(raw)


def _numbers(samples: NDArray[np.float64]) -> list[str]:
    return [str(float(sample)) for sample in samples]


def _pieces(raw: bytes) -> Iterator[bytes]:
    """Some of it from everywhere, as it is and in base64; no piece that anything else could be."""
    whole = max(1, len(raw) // _BYTES)
    for number in sorted({round(n * (whole - 1) / _PIECES) for n in range(_PIECES + 1)}):
        piece = raw[number * _BYTES : (number + 1) * _BYTES]
        if len(set(piece)) > 8:
            yield piece
            yield base64.b64encode(piece)


def found(folder: Path, signals: dict[str, Path]) -> list[Path]:
    """The files under the folder that hold a piece of a signal."""
    wanted = list(pieces(signals))
    written = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return [path for path, raw in written.items() if any(piece in raw for piece in wanted)]


def test_nothing_raw_is_written_anywhere(cli: Cli, home: Path, signals: dict[str, Path]) -> None:
    given = [part for option, path in signals.items() for part in (option, str(path))]
    ran = cli("say", WORDS, *given, "--rate", "250", "--session", "ann", "--json")
    assert ran.code == 0, ran.err
    readings = ran.json["state"]["readings"]
    assert {one["modality"] for one in readings} == {"text", "face", "voice", "heart"}
    assert len(Sessions(home / "sessions.sqlite").export("ann")["messages"]) == 2
    assert found(home, signals) == []


def test_the_words_of_a_recording_are_kept_and_its_sound_is_not(
    cli: Cli, home: Path, signals: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("insideout.service.cli.hearing.transcriber", Scribe)
    ran = cli("say", "--voice", str(signals["--voice"]), "--session", "ann", "--json")
    kept = Sessions(home / "sessions.sqlite").export("ann")["messages"]
    assert (ran.code, kept[0]["text"]) == (0, WORDS)
    assert found(home, signals) == []


@pytest.mark.parametrize("option", ["--face", "--voice", "--ecg", "--ecg-baseline"])
def test_what_was_written_would_be_found(home: Path, signals: dict[str, Path], option: str) -> None:
    copy = Path(shutil.copy(signals[option], home))
    coded = home / "coded.txt"
    coded.write_bytes(base64.b64encode(signals[option].read_bytes()))
    assert found(home, signals) == sorted([coded, copy])


def test_decoded_samples_would_be_found(home: Path, signals: dict[str, Path]) -> None:
    np.save(home / "voice.npy", SoundFile(signals["--voice"]).sound().samples)
    with Image.open(signals["--face"]) as photo:
        np.save(home / "face.npy", np.asarray(photo.convert("RGB")))
    assert {path.name for path in found(home, signals)} == {"voice.npy", "face.npy"}


def test_the_search_looks_where_programs_write(home: Path) -> None:
    assert Path(tempfile.gettempdir()).is_relative_to(home)
    assert Path.home() == home
    assert Path.cwd().is_relative_to(home)
