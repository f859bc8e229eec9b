import json
from collections.abc import Iterator
from typing import Any, Self

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.perception.voice.speech import Scribe, silence, speaking

from insideout.perception.errors import BadSignalError
from insideout.perception.voice.sound import RATE_HZ
from insideout.service.cli.perceive_mic import listen
from insideout.service.cli.perceived import Asked

TRANSCRIBER = "insideout.service.cli.perceive_voice.transcriber"
SPOKEN = np.concatenate(
    [silence(0.5), speaking(2.0), silence(1.5), speaking(1.5, seed=1), silence(0.2)]
)


class Line:
    """A microphone at the end of a line that says this, and then breaks or is hung up."""

    rate_hz = RATE_HZ

    def __init__(self, samples: NDArray[np.float32], breaks: bool = False) -> None:
        self.samples, self.breaks, self.open = samples, breaks, False

    def __enter__(self) -> Self:
        self.open = True
        return self

    def __exit__(self, *error: Any) -> None:
        self.open = False

    def __iter__(self) -> Iterator[NDArray[np.float32]]:
        yield from np.array_split(self.samples, len(self.samples) // 1600)
        if self.breaks:
            raise BadSignalError("the microphone is gone")


def lines(capsys: pytest.CaptureFixture[str]) -> list[Any]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_utterance_is_a_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    listen(Asked(json_=True), Line(SPOKEN))
    first, second = lines(capsys)
    assert first["utterance"]["start_secs"] == pytest.approx(0.5, abs=0.15)
    assert [reading["modality"] for reading in second["state"]["readings"]] == ["voice"]


def test_people_see_each_utterance_and_that_nothing_is_kept(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listen(Asked(), Line(SPOKEN))
    shown = capsys.readouterr()
    assert "0:00-0:0" in shown.out
    assert "no sound was kept" in shown.err


def test_words_and_voice_make_one_state(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TRANSCRIBER, Scribe)
    listen(Asked(transcribe=True, json_=True), Line(SPOKEN))
    first, _ = lines(capsys)
    assert [reading["modality"] for reading in first["state"]["readings"]] == ["text", "voice"]


def test_it_stops_after_the_seconds_that_were_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = Line(SPOKEN)
    listen(Asked(secs=3.0, json_=True), line)
    assert len(lines(capsys)) == 1
    assert not line.open


def test_what_was_said_before_the_microphone_vanished_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = Line(SPOKEN, breaks=True)
    with pytest.raises(BadSignalError, match="the microphone is gone"):
        listen(Asked(json_=True), line)
    assert len(lines(capsys)) == 2
    assert not line.open
