from dataclasses import replace

from insideout.perception.voice.baseline import KEPT, SpeakerBaseline
from insideout.perception.voice.norms import FIGURES
from insideout.perception.voice.sound import Prosody

USUAL = Prosody(secs=3.0, loudness_db=-25.0, pitch_hz=200.0, rate_per_sec=5.0)
LOUDNESS = FIGURES["loudness_db"]


def heard(*prosodies: Prosody) -> SpeakerBaseline:
    baseline = SpeakerBaseline()
    for prosody in prosodies:
        baseline = baseline.updated(prosody)
    return baseline


def test_two_sentences_make_a_baseline_and_one_does_not() -> None:
    assert not heard(USUAL).ready
    assert heard(USUAL, USUAL).ready


def test_two_grunts_do_not() -> None:
    assert not heard(*[replace(USUAL, secs=0.3)] * 2).ready


def test_silence_changes_nothing() -> None:
    baseline = heard(USUAL)
    assert baseline.updated(Prosody(secs=5.0)) is baseline


def test_one_outburst_does_not_move_it() -> None:
    baseline = heard(USUAL, USUAL, replace(USUAL, loudness_db=-5.0), USUAL)
    assert baseline.typical(LOUDNESS) == -25.0


def test_the_oldest_are_forgotten() -> None:
    baseline = heard(*[USUAL] * KEPT, *[replace(USUAL, loudness_db=-15.0)] * KEPT)
    assert len(baseline.heard) == KEPT
    assert baseline.typical(LOUDNESS) == -15.0


def test_a_figure_that_was_never_told_has_no_usual() -> None:
    assert heard(USUAL, USUAL).typical(FIGURES["hnr_db"]) is None


def test_the_spread_is_told_from_five_utterances_on() -> None:
    levels = [replace(USUAL, loudness_db=-25.0 + step) for step in (-4.0, -2.0, 0.0, 2.0, 4.0)]
    assert heard(*levels[:4]).spread(LOUDNESS) == 0.0
    assert 2.0 < heard(*levels).spread(LOUDNESS) < 4.0
