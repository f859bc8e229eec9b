from pathlib import Path

import numpy as np
import pytest
from tests.perception.voice.speech import silence, sound, speaking

from insideout.eval.bench_voice import chunks, short, speech_file, stream
from insideout.eval.errors import EvalError

SPEECH = sound(speaking(4.0), silence(1.0), speaking(3.0, seed=1), silence(1.0))


def test_what_five_seconds_cost_is_told_with_its_parts() -> None:
    figures = short(SPEECH, 1, "embedded")
    assert figures["n"] == 1
    assert {f"{part}_ms_p50" for part in ("read", "speech_found", "prosody", "emotion")} <= set(
        figures
    )


def test_a_stream_is_heard_and_measured() -> None:
    told: list[float] = []
    figures = stream(SPEECH, 20.0 / 3600, "embedded", told.append)
    assert figures["stream_utterances"] >= 3
    assert sum(told) == pytest.approx(20.0, abs=0.2)
    assert figures["grown_mb"] >= 0


def test_the_speech_comes_again_in_chunks_and_is_never_the_same() -> None:
    found = np.concatenate(list(chunks(SPEECH, 2 * SPEECH.secs / 3600)))
    first, again = np.array_split(found, 2)
    assert len(found) == 2 * len(SPEECH.samples)
    assert not np.allclose(first, again, atol=1e-2)


def test_speech_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="--sound FILE"):
        speech_file(tmp_path / "none.wav")
