"""What tests of the live measurement share: a page's packets, and readers that need no model."""

import json
import struct
from collections.abc import Iterable, Iterator
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from tests.perception.face.frames import Square, SquareReader, frame
from tests.perception.voice.speech import Loudness, Scribe

from insideout.perception.face.face import Picture
from insideout.perception.policy import Consent
from insideout.perception.reading import Modality
from insideout.service.web.live import models
from insideout.service.web.live.live import Live

_MADE: list[Live] = []  # by this test, to be closed after it
EVERYTHING = (Modality.FACE, Modality.VOICE, Modality.HEART)


class SharedScribe(Scribe):
    """Writes the same words whatever is said; as Whisper it knows every language."""

    english_alone = False


class RoughScribe(Scribe):
    """The same, but it knows English alone."""

    english_alone = True


def consent(*modalities: Modality) -> Consent:
    """To these; to all without any."""
    return Consent.to(modalities or EVERYTHING, "2026-01-31T10:00:00+01:00", "1")


class Visitor:
    """Somebody who may come to read another language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self) -> str:
        return self.language


def live(*modalities: Modality, language: str | Visitor = "en", measure_secs: float = 10.0) -> Live:
    """A measurement of these modalities; of all without any."""
    visitor = Visitor(language) if isinstance(language, str) else language
    made = Live(consent(*modalities), visitor, measure_secs)
    _MADE.append(made)
    return made


def jpeg(picture: Picture | None = None) -> bytes:
    """A picture as a page sends it; one with a happy face by default."""
    shown = frame(Square()) if picture is None else picture
    return bytes(cv2.imencode(".jpg", shown[:, :, ::-1])[1])


def pcm(samples: NDArray[np.float32]) -> bytes:
    """Samples as a page sends them."""
    return (np.clip(samples, -1.0, 1.0) * 32_767).astype("<i2").tobytes()


def packet(kind: int, secs: float, payload: bytes) -> bytes:
    """A packet of the socket."""
    return struct.pack("<Bd", kind, secs) + payload


def watch(measured: Live, pictures: Iterable[Picture], start: float = 0.0) -> None:
    """Show one picture after another, ten a second, each read before the next one comes."""
    for number, picture in enumerate(pictures):
        measured.feed_frame(jpeg(picture), start + number / 10)
        assert measured.settle()


def listen(measured: Live, samples: NDArray[np.float32]) -> None:
    """Let it hear them, in chunks of a tenth of a second."""
    for chunk in np.array_split(samples, max(1, len(samples) // 1_600)):
        measured.feed_sound(pcm(chunk))
    assert measured.settle()


def told(measured: Live, kind: str) -> list[dict[str, Any]]:
    """The messages of that kind that wait for the page; all others are taken, too."""
    return [message for message in measured.outbox.take() if message["type"] == kind]


def order(**record: Any) -> str:
    """What a page asks for."""
    return json.dumps(record)


@pytest.fixture
def small_models(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Bright squares are faces, loud speech is angry, and whatever is said is about a job."""
    camera = "insideout.service.web.live.camera.FaceReader"
    monkeypatch.setattr(camera, lambda **_: SquareReader())
    monkeypatch.setattr(models, "detector", lambda: SquareReader().detector)
    monkeypatch.setattr(models, "faces", lambda: None)
    monkeypatch.setattr(models, "voices", Loudness)
    monkeypatch.setattr(models, "scribe", SharedScribe)
    yield
    while _MADE:
        _MADE.pop().close()
