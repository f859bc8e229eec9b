from collections.abc import Iterator
from dataclasses import replace

import pytest

from insideout.eval.prosody import Spoken, report
from insideout.perception.errors import BadSignalError
from insideout.perception.voice.datasets.corpora import CORPORA
from insideout.perception.voice.sound import Prosody

USUAL = Prosody(
    secs=3.0, loudness_db=-25.0, pitch_hz=200.0, pitch_range_semitones=4.5, rate_per_sec=5.0
)
SENTENCE = "Kids are talking by the door"


def spoken(speaker: str, label: str, prosody: Prosody) -> Spoken:
    return Spoken(speaker=speaker, label=label, text=SENTENCE, prosody=prosody, spoken_secs=1.4)


def everyone() -> Iterator[Spoken]:
    """Four speakers, each at a level of their own, louder by 8 dB when angry."""
    for number in range(4):
        calm = replace(USUAL, loudness_db=-30.0 + 5.0 * number)
        angry = replace(calm, loudness_db=-22.0 + 5.0 * number, pitch_hz=300.0)
        for _ in range(3):
            yield spoken(f"{number}", "neutral", calm)
        yield spoken(f"{number}", "angry", angry)


def test_louder_is_told_against_ones_own_usual_and_not_against_norms() -> None:
    found = report(tuple(everyone()), CORPORA["ravdess"])
    assert found["own_usual"]["labels"]["angry"]["loudness_db+"] == 1.0
    assert found["norms"]["labels"]["angry"] == {"pitch_hz+": 1.0}


def test_the_sentences_that_enrol_are_not_counted() -> None:
    found = report(tuple(everyone()), CORPORA["ravdess"])
    assert found["n"] == 16
    assert found["own_usual"]["n"] == 8
    assert found["own_usual"]["told"] == {"neutral": 0.0, "other": 1.0}


def test_figures_carry_intervals_over_speakers() -> None:
    found = report(tuple(everyone()), CORPORA["ravdess"])
    assert found["speakers"] == 4
    assert found["own_usual"]["interval95"] == {"neutral": [0.0, 0.0], "other": [1.0, 1.0]}


def test_counted_syllables_stand_beside_those_of_the_sentence() -> None:
    varied = [replace(each, spoken_secs=1.0 + 0.1 * place) for place, each in enumerate(everyone())]
    found = report(varied, CORPORA["ravdess"])["syllables"]
    assert found["said"] == 7.0
    assert found["counted_percentiles_5_50_95"][1] == pytest.approx(8.75)


def test_without_neutral_speech_there_is_nothing_to_compare_with() -> None:
    angry = [each for each in everyone() if each.label == "angry"]
    with pytest.raises(BadSignalError, match="no speaker has 2 neutral clips"):
        report(angry, CORPORA["ravdess"])
