"""`insideout say` with a face, a voice and a heart beside the words."""

import threading
from collections.abc import Callable
from pathlib import Path

import neurokit2
import numpy as np
import pytest
from jsonschema import Draft202012Validator
from PIL import Image
from tests.perception.face.frames import Square, SquareReader, frame, write_film
from tests.perception.voice.speech import Loudness, Scribe, silence, speaking
from tests.service.conftest import REPLY, Cli, Ran, Scripter
from tests.service.test_perceive_voice import write
from tests.service.test_say_schema import SCHEMA

from insideout.agents.errors import BadInputError
from insideout.perception.face.loading import load_picture
from insideout.perception.policy import VARIABLE
from insideout.perception.reading import Reading
from insideout.perception.text.text_reader import TextReader
from insideout.perception.voice.reader import VoiceReader
from insideout.service.cli.seeing import Signals, notice

WORDS = "I lost my job today"
NEVER = {"task": "reply", "reply": "A model was asked."}
Say = Callable[..., Ran]


class Smiles(SquareReader):
    """A FaceReader of squares."""

    remarks = ()

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def read(self, path: Path) -> Reading:
        picture = load_picture(path)
        return self.seen(picture, self.detector.detect(picture))[0].reading


class Broken(Smiles):
    """One that does not work."""

    def read(self, path: Path) -> Reading:
        raise RuntimeError("no such tensor")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Option to file: a smile, a voice, a minute of a fast heart, two minutes of a calm one."""
    folder = tmp_path_factory.mktemp("signals")
    Image.fromarray(frame(Square())).save(folder / "face.png")
    write(folder / "voice.wav", silence(0.5), speaking(2.0), silence(0.5))
    for name, secs, pulse in (("ecg", 60, 95), ("rest", 120, 62)):
        heart = neurokit2.ecg_simulate(
            duration=secs, sampling_rate=250, heart_rate=pulse, random_state=3
        )
        table = np.column_stack([np.arange(len(heart)) / 250.0, heart])
        np.savetxt(folder / f"{name}.csv", table, "%.5f", ",", header="secs,ECG", comments="")
    names = {"--face": "face.png", "--voice": "voice.wav", "--ecg": "ecg.csv"}
    return {
        **{option: str(folder / name) for option, name in names.items()},
        "--ecg-baseline": str(folder / "rest.csv"),
    }


@pytest.fixture(autouse=True)
def readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Red squares smile; who is loud is angry."""

    def reader(**options: object) -> VoiceReader:
        return VoiceReader(recogniser=Loudness(), **options)  # type: ignore[arg-type]

    monkeypatch.setattr("insideout.service.cli.hearing.voice_reader", reader)
    monkeypatch.setattr("insideout.service.cli.hearing.transcriber", Scribe)
    monkeypatch.setattr("insideout.service.cli.seeing.transcriber", Scribe)
    monkeypatch.setattr("insideout.service.cli.seeing.FaceReader", Smiles)


@pytest.fixture
def say(cli: Cli, files: dict[str, str]) -> Say:
    """`insideout say --json` with the files of these options and whatever comes behind them."""

    def run(*options: str, more: tuple[str, ...] = (WORDS,)) -> Ran:
        given = [part for option in options for part in (option, files[option])]
        return cli("say", *more, *given, "--json")

    return run


def spoke(ran: Ran) -> dict[str, bool]:
    """By modality, whether it said something."""
    return {one["modality"]: one["abstained"] is None for one in ran.json["state"]["readings"]}


def test_all_four_make_one_state(say: Say, files: dict[str, str]) -> None:
    ran = say(*files)
    assert (ran.code, ran.json["reply"]) == (0, REPLY)
    assert spoke(ran) == {"text": True, "face": True, "voice": True, "heart": True}
    Draft202012Validator(SCHEMA).validate(ran.json)


def test_without_typed_words_those_of_the_voice_are_the_message(
    say: Say, files: dict[str, str]
) -> None:
    ran = say(*files, more=())
    assert ran.json["text"] == WORDS
    assert all(spoke(ran).values())


def test_a_smile_over_sad_words_is_a_conflict(say: Say) -> None:
    (conflict,) = say("--face").json["state"]["conflicts"]
    assert (conflict["pleasant"], conflict["unpleasant"]) == ("face", "text")


def test_a_film_is_read_as_a_face(say: Say, cli: Cli, tmp_path: Path) -> None:
    film = write_film(tmp_path / "a.mp4", [(n / 25, frame(Square())) for n in range(25)])
    assert spoke(cli("say", WORDS, "--face", str(film), "--json"))["face"]


def test_the_readers_run_side_by_side(
    files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    both = threading.Barrier(2, timeout=10.0)  # broken where one waits for the other's end

    class Meeting(Smiles):
        def read(self, path: Path) -> Reading:
            both.wait()
            return super().read(path)

    class Meets(Scribe):
        def __init__(self) -> None:
            both.wait()
            super().__init__()

    monkeypatch.setattr("insideout.service.cli.seeing.FaceReader", Meeting)
    monkeypatch.setattr("insideout.service.cli.hearing.transcriber", Meets)
    signals = Signals(face=Path(files["--face"]), voice=Path(files["--voice"]))
    noticed = notice(signals, None, TextReader())
    assert [reading.abstained for reading in noticed.state.readings] == [None, None, None]


def test_a_reader_that_breaks_is_noted_and_the_turn_goes_on(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("insideout.service.cli.seeing.FaceReader", Broken)
    ran = say("--face", "--voice")
    assert (ran.code, ran.json["reply"]) == (0, REPLY)
    assert spoke(ran) == {"text": True, "face": False, "voice": True}
    assert "face.png: its reader failed: no such tensor" in ran.err


def test_a_heart_without_its_rest_abstains_and_says_so(say: Say) -> None:
    ran = say("--ecg")
    assert spoke(ran) == {"text": True, "heart": False}
    assert ran.json["state"]["readings"][0]["abstained"] in ran.err


@pytest.mark.parametrize(
    ("option", "name", "content", "message"),
    [
        ("--face", "gone.jpg", None, "there is no file"),
        ("--face", "a.jpg", b"no picture at all", "a.jpg"),
        ("--face", "a.mp4", b"no film at all", "cannot be read as a film"),
        ("--face", "a.csv", b"1\n2\n", "a.csv is a heart recording; expected a picture or a film"),
        ("--face", "a.xyz", b"1", "a file with the suffix .xyz holds is not known"),
        ("--voice", "gone.wav", None, "there is no file"),
        ("--voice", "a.wav", b"no sound at all", "a.wav"),
        ("--ecg", "gone.csv", None, "there is no file"),
        ("--ecg", "a.csv", b"ECG\n0.1\n0.2\n", "--rate HZ"),
    ],
)
def test_a_bad_file_is_refused_before_anything_is_asked(
    cli: Cli,
    scripted: Scripter,
    tmp_path: Path,
    option: str,
    name: str,
    content: bytes | None,
    message: str,
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    ran = cli("say", WORDS, option, str(path), "--json", "--model", scripted(NEVER))
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_a_rest_without_beats_is_refused(cli: Cli, files: dict[str, str], tmp_path: Path) -> None:
    rest = tmp_path / "rest.csv"
    np.savetxt(rest, np.zeros(5000), header="ECG", comments="")
    given = ("--ecg", files["--ecg"], "--ecg-baseline", str(rest), "--rate", "250")
    ran = cli("say", WORDS, *given)
    assert ran.code == 2
    assert "no usable beats in the recording of rest" in ran.err


@pytest.mark.parametrize("options", [("--ecg-baseline", "rest.csv"), ("--rate", "250")])
def test_what_belongs_to_an_ecg_needs_one(cli: Cli, options: tuple[str, str]) -> None:
    ran = cli("say", WORDS, *options)
    assert ran.code == 2
    assert "name it with --ecg FILE" in ran.err


@pytest.mark.parametrize("policy", ["workplace", "text-only"])
def test_the_policy_keeps_the_files_closed_and_says_so(
    say: Say, files: dict[str, str], monkeypatch: pytest.MonkeyPatch, policy: str
) -> None:
    monkeypatch.setenv(VARIABLE, policy)
    for reader in ("seeing.FaceReader", "hearing.voice_reader", "seeing.open_recording"):
        monkeypatch.delattr(f"insideout.service.cli.{reader}")
    ran = say(*files)
    assert spoke(ran) == {"text": True, "face": False, "voice": False, "heart": False}
    for modality in ("faces", "voices", "hearts"):
        assert f"the policy '{policy}' reads no feelings from {modality}" in ran.err


def test_at_work_speech_is_written_down_and_no_feeling_is_read_from_it(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "workplace")
    monkeypatch.delattr("insideout.service.cli.hearing.voice_reader")
    ran = say("--voice", more=())
    assert ran.json["text"] == WORDS
    assert spoke(ran) == {"text": True, "voice": False}
    assert f"heard: {WORDS}" in ran.err


def test_where_only_words_may_be_read_speech_without_them_is_no_message(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "text-only")
    monkeypatch.delattr("insideout.service.cli.seeing.transcriber")
    ran = say("--voice", more=())
    assert (ran.code, ran.out) == (2, "")
    assert "voice.wav is not opened, and no words were typed" in ran.err


def test_a_face_alone_is_no_message(files: dict[str, str]) -> None:
    with pytest.raises(BadInputError, match="there are no words; type them"):
        notice(Signals(face=Path(files["--face"])), None, TextReader())


def test_speech_is_written_down_where_its_reader_breaks(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**options: object) -> VoiceReader:
        raise RuntimeError("no such tensor")

    monkeypatch.setattr("insideout.service.cli.hearing.voice_reader", broken)
    ran = say("--voice", more=())
    assert (ran.code, ran.json["text"]) == (0, WORDS)
    assert "voice.wav: its reader failed: no such tensor" in ran.err


def test_speech_without_words_is_no_message_at_work_either(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "workplace")
    nothing = write(tmp_path / "nothing.wav", silence(3.0))
    ran = cli("say", "--voice", str(nothing), "--json")
    assert ran.code == 2
    assert "no words could be made out" in ran.err
