"""Golden tests of the words: what is measured, and what is said of it in both languages."""

from dataclasses import replace
from pathlib import Path

import pytest

from insideout.perception.errors import PerceptionError
from insideout.perception.voice.baseline import SpeakerBaseline
from insideout.perception.voice.loading import load_sound
from insideout.perception.voice.prosody import measure_prosody
from insideout.perception.voice.sound import Prosody
from insideout.perception.voice.wording import prosody_cues

USUAL = Prosody(
    secs=3.0,
    loudness_db=-25.0,
    pitch_hz=200.0,
    pitch_range_semitones=4.5,
    rate_per_sec=5.5,
    pause_share=0.1,
    jitter=0.018,
    shimmer_db=1.1,
    hnr_db=8.0,
)
BASELINE = SpeakerBaseline(heard=(USUAL,) * 12)


@pytest.mark.parametrize(
    ("now", "english", "russian"),
    [
        ({}, (), ()),
        (
            {"loudness_db": -29.5, "rate_per_sec": 4.1, "pitch_range_semitones": 2.5},
            ("quieter and slower than before", "flat pitch"),
            ("тише и медленнее, чем раньше", "ровный тон"),
        ),
        (
            {"loudness_db": -12.0, "rate_per_sec": 7.5, "pitch_hz": 290.0},
            ("faster and much louder than before", "higher voice than before"),
            ("быстрее и намного громче, чем раньше", "голос выше, чем раньше"),
        ),
        (
            {"loudness_db": -38.0, "rate_per_sec": 3.0},
            ("much quieter and slower than before",),
            ("намного тише и медленнее, чем раньше",),
        ),
        ({"pitch_hz": 160.0}, ("lower voice than before",), ("голос ниже, чем раньше",)),
        (
            {"pitch_range_semitones": 9.0},
            ("lively pitch",),
            ("живая интонация",),
        ),
        ({"pause_share": 0.3}, ("more pauses than before",), ("больше пауз, чем раньше",)),
        ({"hnr_db": 5.0}, ("rougher voice than before",), ("голос грубее, чем раньше",)),
        (
            {"jitter": 0.03},
            ("less steady voice than before",),
            ("голос менее твёрдый, чем раньше",),
        ),
        ({"hnr_db": 11.0, "jitter": 0.009}, (), ()),
    ],
)
def test_against_ones_own_usual(
    now: dict[str, float], english: tuple[str, ...], russian: tuple[str, ...]
) -> None:
    prosody = replace(USUAL, **now)
    assert prosody_cues(prosody, BASELINE, "en") == english
    assert prosody_cues(prosody, BASELINE, "ru") == russian


@pytest.mark.parametrize(
    ("now", "english", "russian"),
    [
        ({}, (), ()),
        ({"loudness_db": -60.0, "hnr_db": 1.0, "jitter": 0.06}, (), ()),
        ({"rate_per_sec": 3.5}, ("slow speech",), ("говорит медленно",)),
        ({"rate_per_sec": 8.5}, ("fast speech",), ("говорит быстро",)),
        ({"pitch_hz": 75.0}, ("low voice",), ("низкий голос",)),
        (
            {"pitch_hz": 330.0, "pitch_range_semitones": 9.0},
            ("high voice", "lively pitch"),
            ("высокий голос", "живая интонация"),
        ),
        ({"pitch_range_semitones": 2.0}, ("flat pitch",), ("ровный тон",)),
        ({"pause_share": 0.6}, ("many pauses",), ("много пауз",)),
    ],
)
def test_against_norms(
    now: dict[str, float], english: tuple[str, ...], russian: tuple[str, ...]
) -> None:
    prosody = replace(USUAL, **now)
    assert prosody_cues(prosody, None, "en") == english
    assert prosody_cues(prosody, SpeakerBaseline(), "ru") == russian


def test_a_flatter_pitch_that_is_not_flat_is_compared() -> None:
    lively = replace(USUAL, pitch_range_semitones=8.0)
    baseline = SpeakerBaseline(heard=(lively,) * 12)
    now = replace(USUAL, pitch_range_semitones=4.0)
    assert prosody_cues(now, baseline, "en") == ("flatter pitch than before",)
    assert prosody_cues(now, baseline, "ru") == ("тон ровнее, чем раньше",)


def test_a_person_who_varies_is_said_to_change_only_beyond_that() -> None:
    levels = (-35.0, -30.0, -25.0, -20.0, -15.0)
    baseline = SpeakerBaseline(heard=tuple(replace(USUAL, loudness_db=x) for x in levels))
    assert prosody_cues(replace(USUAL, loudness_db=-30.0), baseline) == ()
    assert prosody_cues(replace(USUAL, loudness_db=-30.0), BASELINE) == ("quieter than before",)


def test_a_change_must_be_larger_where_only_two_sentences_are_known() -> None:
    two, now = SpeakerBaseline(heard=(USUAL, USUAL)), replace(USUAL, loudness_db=-21.5)
    assert prosody_cues(now, BASELINE) == ("louder than before",)
    assert prosody_cues(now, two) == ()


def test_nothing_is_said_of_silence() -> None:
    assert prosody_cues(Prosody(secs=2.0), BASELINE) == ()
    assert prosody_cues(Prosody(secs=2.0)) == ()


def test_cues_fit_the_line_of_the_prompt() -> None:
    """`describe` cuts a cue at 40 letters."""
    outburst = replace(USUAL, loudness_db=-5.0, rate_per_sec=12.0, jitter=0.1, hnr_db=0.0)
    for language in ("en", "ru"):
        assert all(len(cue) <= 40 for cue in prosody_cues(outburst, BASELINE, language))


def test_another_language_is_refused() -> None:
    with pytest.raises(PerceptionError, match="unknown language 'de'"):
        prosody_cues(USUAL, BASELINE, "de")


@pytest.mark.parametrize(
    ("clip", "english", "russian"),
    [
        (
            "03-01-08-02-01-01-05",  # surprised
            ("higher voice than before", "louder than before"),
            ("голос выше, чем раньше", "громче, чем раньше"),
        ),
        (
            "03-01-04-01-01-01-05",  # sad
            ("flat pitch", "quieter than before", "lower voice than before"),
            ("ровный тон", "тише, чем раньше", "голос ниже, чем раньше"),
        ),
    ],
)
def test_an_actor_against_two_neutral_sentences_of_theirs(
    shared: Path, clip: str, english: tuple[str, ...], russian: tuple[str, ...]
) -> None:
    pytest.importorskip("opensmile", reason="needs the extra 'voice'")
    folder = shared / "signals/voice/ravdess16/Actor_05"
    if not folder.is_dir():
        pytest.skip(f"no RAVDESS at {folder}")
    baseline = SpeakerBaseline()
    for neutral in ("03-01-01-01-01-01-05", "03-01-01-01-01-02-05"):
        baseline = baseline.updated(measure_prosody(load_sound(folder / f"{neutral}.flac")))
    prosody = measure_prosody(load_sound(folder / f"{clip}.flac"))
    assert prosody_cues(prosody, baseline, "en") == english
    assert prosody_cues(prosody, baseline, "ru") == russian
