from collections import Counter

import numpy as np
import pytest
from tests.perception.voice.speech import silence, sound, speaking

from insideout.eval.bench_fusion import HEART_SECS, MESSAGES, heart
from insideout.eval.fusion_costs import Material, live_costs, signals_of, turn_costs
from insideout.perception.face import detecting
from insideout.perception.heart.beats import find_beats
from insideout.perception.reading import Modality
from insideout.perception.voice.sound import RATE_HZ


@pytest.fixture(autouse=True)
def cascade(monkeypatch: pytest.MonkeyPatch) -> None:
    """The detector that needs no file, whatever a test before this one found."""
    monkeypatch.setattr(detecting, "why_without_yunet", lambda: "it is not looked for")


@pytest.fixture(scope="module")
def material() -> Material:
    """Noise in place of a face, made-up speech, two minutes of heart for rest."""
    noise = np.random.default_rng(0).integers(0, 255, (2, 120, 160, 3)).astype(np.uint8)
    return Material(
        messages=MESSAGES,
        shots=list(noise),
        spoken=sound(speaking(4.0), silence(1.0), speaking(3.0, seed=1), silence(1.0)),
        hearts=[heart(HEART_SECS, 85)],
        rest=find_beats(heart(120, 62)),
    )


def test_what_a_turn_costs_is_told_with_its_parts(material: Material) -> None:
    told: list[float] = []
    figures = turn_costs(material, 1, told.append)
    assert (figures["n"], figures["spoke"]) == (1, 3)  # there is no face in the noise
    parts = {"turn", "turn_cpu", "after", "text", "face", "voice", "heart"}
    assert {f"{part}_ms_p50" for part in parts} <= set(figures)
    assert sum(told) == 3.0


def test_every_signal_of_a_stream_is_read_or_counted_as_lost(material: Material) -> None:
    told: list[float] = []
    figures = live_costs(material, 4.0, 4.0, told.append)
    assert figures["face_read"] + figures["face_lost"] == 20
    assert (figures["voice_read"], figures["heart_read"], figures["text_read"]) == (40, 20, 1)
    assert figures["voice_lost"] == figures["heart_lost"] == 0
    assert (figures["live_late"], figures["live_failures"]) == ([], {})
    assert sum(told) == pytest.approx(4.0)


def test_a_reader_of_a_stream_that_fails_is_told(
    material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(stream: object, samples: object) -> None:
        raise RuntimeError("no sensor")

    monkeypatch.setattr("insideout.perception.heart.stream.HeartStream.feed", broken)
    figures = live_costs(material, 1.0, 4.0, lambda secs: None)
    assert figures["live_failures"] == {"heart": "RuntimeError: no sensor"}


def test_no_two_turns_read_the_same(material: Material) -> None:
    first, second = material.turn(0), material.turn(1)
    assert first[Modality.TEXT] != second[Modality.TEXT]
    assert not np.array_equal(first[Modality.FACE], second[Modality.FACE])
    assert not np.array_equal(first[Modality.VOICE].samples, second[Modality.VOICE].samples)
    assert len(first[Modality.VOICE].samples) == 5 * RATE_HZ


def test_a_stream_comes_at_five_frames_a_second_in_the_order_of_time(material: Material) -> None:
    due = list(signals_of(material, 12.0))
    assert [one.secs for one in due] == sorted(one.secs for one in due)
    counts = Counter(one.modality for one in due)
    assert (counts[Modality.FACE], counts[Modality.HEART], counts[Modality.TEXT]) == (60, 60, 2)
    assert sum(len(o.signal) for o in due if o.modality is Modality.HEART) == 12 * 250
    heard = sum(len(o.signal[0]) for o in due if o.modality is Modality.VOICE)
    assert heard == pytest.approx(12 * RATE_HZ, abs=1600)


def test_the_heart_of_a_stream_goes_on_when_its_minute_is_over(material: Material) -> None:
    hearts = [one.signal for one in signals_of(material, 61.0) if one.modality is Modality.HEART]
    assert np.array_equal(hearts[300], hearts[0])
