"""Perception: signals read side by side, failures, consent and policy."""

import asyncio
import threading
from collections.abc import Sequence
from typing import Any

import pytest

from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.label_spaces import CANONICAL
from insideout.perception.perceiving import Perception, Sense
from insideout.perception.policy import VARIABLE, Consent, may_open, policy, refusal
from insideout.perception.reading import Modality, Reading

SECS = 10.0


def says(modality: Modality, label: str, secs: float) -> Reading:
    probabilities = {label: 1.0}
    return Reading(
        modality=modality,
        model="test",
        probabilities=probabilities,
        emotions=CANONICAL.emotions(probabilities),
        affect=CANONICAL.affect(probabilities),
        confidence=0.9,
        start_secs=secs,
        end_secs=secs,
    )


def sense(modality: Modality, **options: Any) -> Sense:
    def take(signal: Any, secs: float) -> Sequence[Reading]:
        return [says(modality, signal, secs)]

    return Sense(modality=modality, take=take, **options)


def failing(modality: Modality) -> Sense:
    def take(signal: Any, secs: float) -> Sequence[Reading]:
        raise ValueError("no camera")

    return Sense(modality=modality, take=take)


class Gate:
    """A sense that waits until it is let go on."""

    def __init__(self, modality: Modality, **options: Any) -> None:
        self.go = threading.Event()
        self.began = threading.Event()
        self.seen: list[Any] = []
        self._modality = modality
        self.sense = Sense(modality=modality, take=self._take, **options)

    def _take(self, signal: Any, secs: float) -> Sequence[Reading]:
        self.began.set()
        self.go.wait(SECS)
        self.seen.append(signal)
        return [says(self._modality, signal, secs)]


def test_signals_of_two_modalities_become_one_state() -> None:
    with Perception([sense(Modality.TEXT), sense(Modality.FACE)]) as perception:
        state = perception.perceive({Modality.TEXT: "sadness", Modality.FACE: "sadness"})
    assert {reading.modality for reading in state.readings} == {Modality.TEXT, Modality.FACE}
    assert state.top is Emotion.SADNESS


def test_a_slow_reader_does_not_hold_up_the_others() -> None:
    slow = Gate(Modality.FACE)
    with Perception([sense(Modality.TEXT), slow.sense]) as perception:
        perception.feed(Modality.FACE, "joy")
        slow.began.wait(SECS)
        state = perception.perceive({Modality.TEXT: "sadness"}, deadline_secs=0.05)
        slow.go.set()
    assert [reading.modality for reading in state.readings] == [Modality.TEXT]


def test_who_is_late_is_named() -> None:
    slow = Gate(Modality.FACE)
    with Perception([slow.sense]) as perception:
        perception.feed(Modality.FACE, "joy")
        assert perception.settle(0.01) == (Modality.FACE,)
        slow.go.set()


def test_a_reader_that_fails_is_marked_and_the_others_go_on() -> None:
    with Perception([sense(Modality.TEXT), failing(Modality.FACE)]) as perception:
        state = perception.perceive({Modality.FACE: b"", Modality.TEXT: "joy"})
        assert perception.failures == {Modality.FACE: "ValueError: no camera"}
    assert state.top is Emotion.JOY


def test_a_reader_that_works_again_is_no_longer_marked() -> None:
    faults = [ValueError("once")]

    def take(signal: Any, secs: float) -> Sequence[Reading]:
        if faults:
            raise faults.pop()
        return [says(Modality.TEXT, signal, secs)]

    with Perception([Sense(modality=Modality.TEXT, take=take)]) as perception:
        perception.perceive({Modality.TEXT: "joy"})
        perception.perceive({Modality.TEXT: "joy"})
        assert perception.failures == {}


def test_of_the_frames_that_wait_only_the_newest_is_read() -> None:
    camera = Gate(Modality.FACE, latest_only=True)
    with Perception([camera.sense]) as perception:
        perception.feed(Modality.FACE, "joy")
        camera.began.wait(SECS)
        for label in ("fear", "anger", "sadness"):
            perception.feed(Modality.FACE, label)
        camera.go.set()
        perception.settle(SECS)
    assert camera.seen == ["joy", "sadness"]


def test_every_chunk_of_sound_is_read() -> None:
    sound = Gate(Modality.VOICE)
    with Perception([sound.sense]) as perception:
        for label in ("fear", "anger", "sadness"):
            perception.feed(Modality.VOICE, label)
        sound.go.set()
        perception.settle(SECS)
    assert sound.seen == ["fear", "anger", "sadness"]


def test_a_modality_without_a_sense_is_a_clear_error() -> None:
    with (
        Perception([sense(Modality.TEXT)]) as perception,
        pytest.raises(PerceptionError, match="nothing here reads heart"),
    ):
        perception.feed(Modality.HEART, [])


def test_what_was_not_agreed_to_is_never_read() -> None:
    camera = Gate(Modality.FACE)
    consent = Consent.to([Modality.VOICE], "2026-01-01T10:00:00+01:00", "1")
    with Perception([camera.sense], consent=consent) as perception:
        state = perception.perceive({Modality.FACE: "joy"})
    assert not camera.began.is_set()
    assert state.readings[0].abstained == "the person did not agree to it"


@pytest.mark.parametrize("name", ["workplace", "text-only"])
def test_the_policy_keeps_every_biometric_reader_from_running(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, name)
    gates = [Gate(modality) for modality in (Modality.FACE, Modality.VOICE, Modality.HEART)]
    with Perception([gate.sense for gate in gates]) as perception:
        perception.perceive({gate.sense.modality: "joy" for gate in gates})
    assert not any(gate.began.is_set() for gate in gates)


def test_words_may_be_read_under_every_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "text-only")
    assert refusal(Modality.TEXT) is None


def test_only_typed_words_are_opened_under_text_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "text-only")
    assert not may_open(Modality.VOICE)


def test_speech_may_be_opened_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "workplace")
    assert may_open(Modality.VOICE)


def test_an_unknown_policy_names_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "opn")
    with pytest.raises(PerceptionError, match="did you mean 'open'"):
        policy()


def test_consent_comes_back_as_it_was_kept() -> None:
    consent = Consent.to([Modality.FACE], "2026-01-01T10:00:00+01:00", "1")
    assert Consent.from_json(consent.to_json()) == consent


async def test_the_event_loop_goes_on_while_readers_work() -> None:
    slow = Gate(Modality.FACE)
    with Perception([slow.sense]) as perception:
        task = asyncio.create_task(perception.aperceive({Modality.FACE: "joy"}))
        await asyncio.to_thread(slow.began.wait, SECS)
        slow.go.set()
        state = await task
    assert state.top is Emotion.JOY


async def test_a_stream_gives_the_state_as_it_comes() -> None:
    with Perception([sense(Modality.TEXT)]) as perception:
        tops = []
        perception.perceive({Modality.TEXT: "joy"})
        async for state in perception.astream(0.0):
            tops.append(state.top)
            if len(tops) == 2:
                break
    assert tops == [Emotion.JOY, Emotion.JOY]


def test_a_reading_of_a_file_counts_from_when_the_file_was_handed_over() -> None:
    def take(signal: Any, secs: float) -> Sequence[Reading]:
        return [says(Modality.FACE, signal, 3.0)]

    film = Sense(modality=Modality.FACE, take=take, own_clock=True)
    with Perception([film]) as perception:
        perception.feed(Modality.FACE, "joy", at_secs=500.0)
        perception.settle(SECS)
        (reading,) = perception.state(now_secs=500.0).readings
    assert reading.end_secs == 500.0


def test_what_takes_long_to_read_is_no_older_for_that(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 100))  # each look at the clock is a hundred seconds later
    monkeypatch.setattr(Perception, "now_secs", property(lambda self: float(next(clock))))
    with Perception([sense(Modality.FACE)]) as perception:
        state = perception.perceive({Modality.FACE: "joy"})
    assert state.confidence == 0.9


@pytest.mark.parametrize("at", ["yesterday", "2026-01-01T10:00:00"])
def test_consent_names_a_moment_with_its_zone(at: str) -> None:
    with pytest.raises(PerceptionError, match="with the zone"):
        Consent.to([Modality.FACE], at, "1")
