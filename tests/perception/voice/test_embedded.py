"""The embedded recogniser as it ships."""

from pathlib import Path

import numpy as np
import pytest

from insideout.perception.errors import PerceptionError, WeightsError
from insideout.perception.voice.embedded import (
    WEIGHTS,
    Enrolment,
    embedded_recogniser,
    enrol,
    load_embedded,
)
from insideout.perception.voice.sound import RATE_HZ, Sound
from insideout.perception.weights import OVERRIDE_VARIABLE


def _sound(secs: float = 2.0, seed: int = 0) -> Sound:
    noise = np.random.default_rng(seed).standard_normal(round(secs * RATE_HZ))
    return Sound(samples=(0.1 * np.cumsum(noise) / 50.0).astype(np.float32))


def test_it_gives_every_label_a_probability() -> None:
    recogniser = embedded_recogniser()
    found = recogniser.recognise([_sound()])[0].probabilities
    assert tuple(found) == recogniser.space.labels
    assert sum(found.values()) == pytest.approx(1.0)


def test_the_same_sound_gets_the_same_answer() -> None:
    recogniser = embedded_recogniser()
    assert recogniser.recognise([_sound()]) == recogniser.recognise([_sound()])


def test_louder_is_no_other_answer() -> None:
    quiet, loud = (Sound(samples=_sound().samples * np.float32(level)) for level in (0.05, 1.0))
    first, second = embedded_recogniser().recognise([quiet, loud])
    for label, value in first.probabilities.items():
        assert second.probabilities[label] == pytest.approx(value, abs=0.01)


@pytest.mark.parametrize("secs", [0.02, 0.3, 8.0, 21.0])
def test_any_length_is_read(secs: float) -> None:
    found = embedded_recogniser().recognise([_sound(secs)])[0].probabilities
    assert sum(found.values()) == pytest.approx(1.0)


def test_an_enrolled_person_is_read_by_the_other_classifier() -> None:
    enrolment = enrol([_sound(seed=1), _sound(seed=2)])
    assert enrolment.sentences == 2
    plain, own = embedded_recogniser(), embedded_recogniser(enrolment)
    assert own.name == f"{plain.name}, enrolled"
    assert own.recognise([_sound()]) != plain.recognise([_sound()])


def test_too_little_speech_enrols_nobody() -> None:
    with pytest.raises(PerceptionError, match=r"1 sentences of 0\.4 s in all"):
        enrol([_sound(0.4)])


def test_an_enrolment_by_another_model_is_refused() -> None:
    other = Enrolment(neutral=np.zeros(1536, np.float32), sentences=2, model="other")
    with pytest.raises(PerceptionError, match="enrolled for the model other"):
        embedded_recogniser(other).recognise([_sound()])


def test_a_file_that_is_no_model_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / WEIGHTS.name).write_bytes(b"nothing of the kind")
    monkeypatch.setenv(OVERRIDE_VARIABLE, str(tmp_path))
    with pytest.raises(WeightsError, match="is not a voice recogniser of format"):
        load_embedded()


def test_it_is_at_most_five_megabytes_and_says_whom_it_heard() -> None:
    assert WEIGHTS.shipped.stat().st_size <= 5_000_000
    speakers = load_embedded().speakers
    assert {f"ravdess/{actor:02d}" for actor in range(1, 17)} < speakers
    assert not speakers & {f"ravdess/{actor:02d}" for actor in range(17, 25)}
