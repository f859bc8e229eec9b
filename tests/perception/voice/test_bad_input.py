"""What a VoiceReader makes of sounds that it should not believe, from the file to the Reading."""

import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.perception.voice.speech import Loudness, silence, sound, speaking

from insideout.perception.errors import BadSignalError
from insideout.perception.voice.overlap.detector import FIGURES, OverlapDetector
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.sound import RATE_HZ, Sound, VoiceObservation

SPOKEN = sound(silence(0.8), speaking(3.0), silence(0.8))


def observe(source: Sound | Path | bytes, language: str = "en") -> VoiceObservation:
    return VoiceReader(recogniser=Loudness(), language=language).observe(source)


def wav(
    path: Path, samples: NDArray[np.float32], rate_hz: int = RATE_HZ, channels: int = 1
) -> Path:
    """A 16-bit file; every channel holds the same."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        whole = np.repeat(np.round(32_767 * samples).astype("<i2"), channels)
        file.writeframes(whole.tobytes())
    return path


def music(secs: float) -> NDArray[np.float32]:
    """Chords, one a second."""
    times = np.arange(RATE_HZ) / RATE_HZ
    chords = [(220.0, 277.2, 329.6), (196.0, 246.9, 293.7), (174.6, 220.0, 261.6)]
    seconds = [
        sum(np.sin(2.0 * np.pi * hz * n * times) / n for hz in chord for n in (1, 2, 3))
        * np.exp(-2.0 * times)
        for chord in chords
    ]
    whole = np.concatenate([seconds[n % 3] for n in range(round(secs))])
    return np.asarray(0.3 * whole / np.abs(whole).max(), dtype=np.float32)


def noise(secs: float, level: float = 0.1) -> NDArray[np.float32]:
    return np.random.default_rng(1).normal(0.0, level, round(secs * RATE_HZ)).astype(np.float32)


@pytest.mark.parametrize(
    ("samples", "reason"),
    [
        (np.zeros(48_000, dtype=np.float32), "muted"),
        (silence(3.0), "silence"),
        (noise(4.0), "noise"),
        (music(6.0), "music"),
        (speaking(1.0)[8_000:8_320], "it lasts 0.02 s"),
        (np.clip(60.0 * SPOKEN.samples, -1.0, 1.0), "clipped"),
        (SPOKEN.samples + noise(SPOKEN.secs, 0.2)[: len(SPOKEN.samples)], "noise"),
    ],
    ids=["muted", "silence", "noise", "music", "20 ms", "clipped beyond use", "drowned"],
)
def test_it_abstains_and_says_why(samples: NDArray[np.float32], reason: str) -> None:
    found = observe(Sound(samples=samples))
    assert found.reading.abstained is not None
    assert reason in found.reading.abstained
    assert found.reading.confidence == 0.0


def test_the_reason_is_said_in_russian() -> None:
    reason = observe(Sound(samples=silence(3.0)), "ru").reading.abstained
    assert reason is not None
    assert "тишина" in reason


@pytest.mark.parametrize(
    ("samples", "remark"),
    [
        (np.clip(2.5 * SPOKEN.samples, -0.6, 0.6), "clipped"),
        (SPOKEN.samples + np.float32(0.1), "offset"),
        (SPOKEN.samples + noise(SPOKEN.secs, 0.05)[: len(SPOKEN.samples)], "noisy"),
    ],
    ids=["clipped here and there", "DC offset", "noise behind the speech"],
)
def test_it_is_read_with_a_remark(samples: NDArray[np.float32], remark: str) -> None:
    found = observe(Sound(samples=samples.astype(np.float32)))
    assert found.reading.abstained is None
    assert any(remark in said for said in found.remarks)


@pytest.mark.parametrize(("rate_hz", "channels"), [(96_000, 1), (8_000, 1), (48_000, 6)])
def test_any_rate_and_channels_give_the_same_reading(
    tmp_path: Path, rate_hz: int, channels: int
) -> None:
    times = np.arange(round(SPOKEN.secs * rate_hz)) / rate_hz
    samples = np.interp(times, np.arange(len(SPOKEN.samples)) / RATE_HZ, SPOKEN.samples)
    path = wav(tmp_path / "speech.wav", samples.astype(np.float32), rate_hz, channels)
    found = observe(path)
    assert found.reading.top()[0][0] == observe(SPOKEN).reading.top()[0][0]
    assert found.secs == pytest.approx(SPOKEN.secs, abs=0.05)


def test_eight_bits_are_enough(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "old.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE_HZ)
        file.writeframes(np.round(127.0 * SPOKEN.samples + 128.0).astype(np.uint8).tobytes())
    assert observe(tmp_path / "old.wav").reading.abstained is None


def test_of_a_file_that_breaks_off_what_there_is_is_read(tmp_path: Path) -> None:
    path = wav(tmp_path / "speech.wav", SPOKEN.samples)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    found = observe(path)
    assert found.reading.abstained is None
    assert any("breaks off" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"RIFF\x24\x08\x00\x00WAVE", "cannot be read as sound"),
        (b"These are words and no sound. " * 50, "cannot be read as sound"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 20, "cannot be read as sound"),
    ],
    ids=["empty", "a header alone", "words", "a PDF"],
)
def test_what_is_no_sound_is_an_error_that_says_so(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "speech.wav"
    path.write_bytes(content)
    with pytest.raises(BadSignalError, match=message):
        observe(path)


def test_two_people_in_turn_are_read_as_one_speaker_with_all_their_utterances() -> None:
    man, woman = speaking(2.0, pitch_hz=105.0), speaking(2.0, pitch_hz=220.0, seed=1)
    found = observe(sound(man, silence(1.2), woman, silence(0.5)))
    assert len(found.utterances) == 2
    assert found.reading.abstained is None


def test_two_people_at_once_are_remarked_on_and_the_signal_is_worse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    figures = len(FIGURES)
    sure = OverlapDetector(
        mean=(0.0,) * figures, scale=(1.0,) * figures, weights=(0.0,) * 27, bias=9.0, threshold=0.9
    )
    monkeypatch.setattr("insideout.perception.voice.reader.overlap_detector", lambda: sure)
    found = observe(SPOKEN)
    assert "two people may be speaking at once (1-4 s)" in found.remarks[0]
    assert found.utterances[0].reading.cues[0] == "two voices at once"
    assert found.reading.cues[0] == "two voices at once"
    assert found.reading.quality <= 0.5
    assert any("двое сразу" in remark for remark in observe(SPOKEN, "ru").remarks)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_three_hours_are_read_in_pieces(tmp_path: Path) -> None:
    hour = np.concatenate([speaking(4.0), np.tile(silence(12.0), 299), silence(8.0)])
    path = wav(tmp_path / "long.wav", np.tile(hour, 3))
    told: list[float] = []
    reader = VoiceReader(recogniser=Loudness())
    found = reader.observe(path, lambda secs, _: told.append(secs))
    assert len(found.utterances) == 3
    assert found.secs == pytest.approx(3 * len(hour) / RATE_HZ)
    assert told == sorted(told)
