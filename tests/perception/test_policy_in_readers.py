"""Under a policy that forbids it, no reader of a biometric signal computes anything."""

from collections.abc import Sequence

import numpy as np
import pytest

from insideout.perception.expression import Expression
from insideout.perception.face.face import DetectedFace, FaceBox, Picture
from insideout.perception.face.reader import FaceReader
from insideout.perception.heart.beats import find_beats
from insideout.perception.heart.reader import HeartReader
from insideout.perception.heart.signal import HeartSignal, SignalKind
from insideout.perception.label_spaces import FER_2013, RAVDESS
from insideout.perception.policy import VARIABLE
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.sound import RATE_HZ, Sound

FACE = DetectedFace(box=FaceBox(left=10, top=10, width=80, height=80), score=0.9)


class OneFace:
    """A detector that finds one face in the middle."""

    name = "one"

    def detect(self, picture: Picture) -> list[DetectedFace]:
        return [FACE]


class Forbidden:
    """A recogniser that must not be asked."""

    name = "forbidden"
    space = FER_2013

    def recognise(self, picture: Picture, faces: Sequence[DetectedFace]) -> list[Expression]:
        raise AssertionError("the recogniser was asked")


@pytest.fixture(autouse=True)
def workplace(monkeypatch: pytest.MonkeyPatch) -> None:
    """The policy of workplaces."""
    monkeypatch.setenv(VARIABLE, "workplace")


def test_no_feeling_is_read_from_a_face() -> None:
    pytest.importorskip("cv2")
    noise = np.random.default_rng(0).integers(0, 255, (100, 100, 3)).astype(np.uint8)
    reading = FaceReader(detector=OneFace(), recogniser=Forbidden()).read(noise)
    assert reading.abstained == "the policy 'workplace' reads no feelings from faces"


class Deaf:
    """A recogniser of voices that must not be asked."""

    name = "deaf"
    space = RAVDESS

    def recognise(self, sounds: Sequence[Sound]) -> list[Expression]:
        raise AssertionError("the recogniser was asked")


def test_no_feeling_is_read_from_a_voice() -> None:
    pytest.importorskip("opensmile")
    noise = np.random.default_rng(0).normal(0, 0.1, RATE_HZ).astype(np.float32)
    heard = VoiceReader(recogniser=Deaf()).hear(Sound(samples=noise))
    assert heard.reading.abstained == "the policy 'workplace' reads no feelings from voices"


def test_no_feeling_is_read_from_a_heart() -> None:
    nk = pytest.importorskip("neurokit2")
    ecg = nk.ecg_simulate(duration=120, sampling_rate=250, heart_rate=70, random_state=1)
    signal = HeartSignal(samples=np.asarray(ecg), rate=250.0, kind=SignalKind.ECG)
    reading = HeartReader(baseline=find_beats(signal)).read(signal)
    assert reading.abstained == "the policy 'workplace' reads no feelings from hearts"
