import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from insideout.perception.errors import PerceptionError
from insideout.perception.voice.loading import load_sound
from insideout.perception.voice.rough import RoughTranscriber
from insideout.perception.voice.sound import Sound

pytest.importorskip("pocketsphinx", reason="the extra rough-asr is not installed")


@pytest.fixture(scope="module")
def rough() -> RoughTranscriber:
    """PocketSphinx with its own English model."""
    return RoughTranscriber()


def test_a_simple_command_is_written_down_and_marked_as_rough(
    rough: RoughTranscriber, shared: Path
) -> None:
    clip = load_sound(shared / "signals" / "voice" / "asr_clips" / "001.wav")
    found = rough.transcribe(Sound(samples=clip.samples, start_secs=3.0))
    assert (found.text, found.language, found.rough) == ("ten of clubs", "en", True)
    assert [word.text for word in found.words] == ["ten", "of", "clubs"]
    assert all(3.0 <= word.start_secs < word.end_secs <= 3.0 + clip.secs for word in found.words)
    assert all(word.probability is not None for word in found.words)


def test_silence_has_no_words(rough: RoughTranscriber) -> None:
    assert rough.transcribe(Sound(samples=np.zeros(8_000, np.float32))).words == ()


@pytest.mark.parametrize("count", [0, 1, 100])
def test_hardly_any_samples_have_no_words(rough: RoughTranscriber, count: int) -> None:
    assert rough.transcribe(Sound(samples=np.zeros(count, np.float32))).text == ""


def test_it_knows_no_other_language(rough: RoughTranscriber) -> None:
    with pytest.raises(PerceptionError, match=r"knows English \(en\) only, not 'ru'"):
        rough.transcribe(Sound(samples=np.zeros(8_000, np.float32)), "ru")


def test_it_writes_nothing_on_the_screen() -> None:
    code = "from insideout.perception.voice.rough import RoughTranscriber; RoughTranscriber()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
