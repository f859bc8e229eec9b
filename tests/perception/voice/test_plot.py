from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.perception.voice.speech import Loudness, Scribe, silence, sound, speaking

from insideout.perception.errors import PerceptionError
from insideout.perception.voice.plot import plot
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.sound import Sound

SPOKEN = sound(silence(0.5), speaking(2.0), silence(1.5), 0.1 * speaking(2.0, seed=1))
READER = VoiceReader(recogniser=Loudness(), transcriber=Scribe("It cost $5, and $6 more"))


def test_a_picture_is_written(tmp_path: Path) -> None:
    plot(READER.observe(SPOKEN), [SPOKEN], tmp_path / "out.png", "$speech$.wav")
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_of_silence_is_written(tmp_path: Path) -> None:
    nothing = Sound(samples=np.zeros(16_000, dtype=np.float32))
    plot(READER.observe(nothing), [nothing], tmp_path / "out.pdf", "nothing")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_a_recording_of_an_hour_is_drawn_in_minutes(tmp_path: Path) -> None:
    found = replace(READER.observe(SPOKEN), secs=3600.0)
    plot(found, [SPOKEN], tmp_path / "out.svg", "long")
    assert "time (min)" in (tmp_path / "out.svg").read_text()


def test_an_unknown_kind_of_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PerceptionError, match=r"name a \.png"):
        plot(READER.observe(SPOKEN), [SPOKEN], tmp_path / "out.docx", "speech")
