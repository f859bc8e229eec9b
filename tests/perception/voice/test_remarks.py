from dataclasses import replace
from pathlib import Path

import pytest

from insideout.perception.voice.activity import speech_stretches
from insideout.perception.voice.faults import SoundFaults, find_faults
from insideout.perception.voice.loading import load_sound
from insideout.perception.voice.remarks import LANGUAGES, SAYS, remarks, unreadable

GOOD = SoundFaults(
    secs=5.0,
    speech_secs=3.0,
    peak=0.5,
    offset=0.0,
    clipped=0.001,
    speech_db=-20.0,
    noise_db=-60.0,
    tonal=0.1,
)


def test_good_speech_is_read_without_a_word() -> None:
    assert unreadable(GOOD) is None
    assert list(remarks(GOOD)) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"secs": 0.02}, "it lasts 0.02 s"),
        ({"speech_secs": 0.0, "peak": 0.0}, "muted"),
        ({"speech_secs": 0.0, "peak": 0.001}, "louder than -60 dB"),
        ({"speech_secs": 0.0, "tonal": 0.9}, "music"),
        ({"speech_secs": 0.0, "tonal": None}, "noise only"),
        ({"speech_secs": 0.3}, r"only 0\.3 s of speech"),
        ({"clipped": 0.4}, "40% of the speech is clipped"),
        ({"noise_db": -21.0}, "only 1 dB above the noise"),
    ],
)
def test_speech_that_cannot_be_read_has_its_reason(
    changes: dict[str, float | None], reason: str
) -> None:
    found = unreadable(replace(GOOD, **changes))  # type: ignore[arg-type]  # a row changes what it likes
    assert found is not None
    assert reason.replace("\\", "") in found


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({"offset": -0.05}, "offset of -5.0%"),
        ({"clipped": 0.02}, "clipped in 2.0%"),
        ({"noise_db": -26.0}, "only 6 dB"),
        ({"tonal": 0.9, "noise_db": -35.0}, "music or tones behind"),
    ],
)
def test_what_spoils_speech_a_little_is_remarked(changes: dict[str, float], remark: str) -> None:
    (found,) = remarks(replace(GOOD, **changes))
    assert remark in found


def test_a_file_that_breaks_off_is_remarked_in_russian_too() -> None:
    assert "обрывается" in next(remarks(GOOD, "cut", "ru"))


def test_both_languages_say_the_same_things() -> None:
    keys = {language: set(SAYS[language]) for language in LANGUAGES}
    assert keys["en"] == keys["ru"]


def test_clean_recordings_are_read_without_a_word(shared: Path) -> None:
    for path in sorted((shared / "signals" / "voice" / "asr_clips").glob("*-*.wav")):
        sound = load_sound(path)
        found = find_faults(sound, speech_stretches(sound))
        assert (unreadable(found), list(remarks(found))) == (None, [])
