from pathlib import Path

import pytest
from tests.perception.voice import tiny_whisper
from tests.perception.voice.speech import sound, speaking

from insideout.perception.errors import PerceptionError, WeightsError
from insideout.perception.voice.sound import Sound
from insideout.perception.voice.whisper import Whisper, model_folder

SPOKEN = sound(speaking(1.0))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small Whisper in the format that faster-whisper loads."""
    return tiny_whisper.write(tmp_path_factory.mktemp("models") / "faster-whisper-base")


@pytest.fixture(scope="module")
def whisper(folder: Path) -> Whisper:
    """It, loaded."""
    return Whisper(str(folder))


def test_words_come_with_their_times_on_the_clock_of_the_sound(whisper: Whisper) -> None:
    found = whisper.transcribe(Sound(samples=SPOKEN.samples, start_secs=20.0), "ru")
    assert found.text == tiny_whisper.TEXT
    assert [word.text for word in found.words] == tiny_whisper.TEXT.split()
    assert all(20.0 <= word.start_secs <= word.end_secs <= 22.0 for word in found.words)
    assert all(word.probability is not None and word.probability > 0.9 for word in found.words)


def test_the_language_is_recognised_where_none_is_given(whisper: Whisper) -> None:
    found = whisper.transcribe(SPOKEN)
    assert (found.language, found.rough) == (tiny_whisper.LANGUAGE, False)
    assert found.model == "faster-whisper faster-whisper-base"


def test_an_unknown_language_lists_the_known_ones(whisper: Whisper) -> None:
    with pytest.raises(PerceptionError, match=r"unknown language of Whisper 'klingon'.*ru"):
        whisper.transcribe(SPOKEN, "klingon")


def test_a_model_may_lie_in_the_folder_of_weights(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSIDEOUT_WEIGHTS_DIR", str(folder.parent))
    assert model_folder("base") == folder


def test_without_network_it_says_what_to_put_where() -> None:
    with pytest.raises(WeightsError) as raised:
        model_folder("small")
    told = str(raised.value)
    assert "Systran/faster-whisper-small, 486 MB" in told
    assert "model.bin" in told
    assert "whisper:FOLDER" in told
    assert "INSIDEOUT_WEIGHTS_DIR" in told


def test_an_unknown_size_lists_the_known_ones() -> None:
    with pytest.raises(WeightsError, match="unknown Whisper model 'smal'; did you mean 'small'"):
        model_folder("smal")


def test_a_folder_without_a_model_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(
        WeightsError, match=r"model\.bin, tokenizer\.json, vocabulary\.json missing"
    ):
        Whisper(str(tmp_path))


def test_a_broken_model_is_named(tmp_path: Path) -> None:
    for name in ("config.json", "model.bin", "tokenizer.json", "vocabulary.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(WeightsError, match="holds no Whisper that faster-whisper can load"):
        Whisper(str(tmp_path))
