"""Pictures and recordings that come with a message, read on this machine."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from insideout.agents.errors import BadInputError
from insideout.perception.face.reader import FaceReader
from insideout.perception.policy import may_open, refusal
from insideout.perception.reading import Modality, Reading
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.readers import voice_reader
from insideout.perception.voice.transcribing import transcriber
from insideout.perception.voice.words import how_said, message
from insideout.service.http.asked import AudioPart, ImagePart, Part

_HEAD = "data:image/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """What came beside the words. words: heard in recordings; aside: how they were said."""

    words: str = ""
    readings: tuple[Reading, ...] = ()
    aside: str = ""


class Senses:
    """The readers of faces and voices, loaded when the first picture or recording comes."""

    @cached_property
    def face(self) -> FaceReader:
        """Reads pictures."""
        return FaceReader()

    @cached_property
    def voice(self) -> VoiceReader:
        """Reads recordings whose words were typed."""
        return voice_reader()

    def notice(self, parts: Sequence[Part], words: str, language: str) -> Noticed:
        """Read the pictures and recordings among the parts; may take seconds.

        Raises BadInputError for one that is none, BadSignalError for one that cannot be read, and
        PerceptionError where a library or a model is missing.
        """
        for kind, signal in ((ImagePart, Modality.FACE), (AudioPart, Modality.VOICE)):
            if any(isinstance(part, kind) for part in parts) and not may_open(signal):
                raise BadInputError(f"{refusal(signal, language)}; send the words alone")
        readings = [
            self.face.read(_picture(part.image_url.url))
            for part in parts
            if isinstance(part, ImagePart)
        ]
        sounds = [_bytes(part.input_audio.data) for part in parts if isinstance(part, AudioPart)]
        if not sounds:
            return Noticed(readings=tuple(readings))
        reader = self.voice if words else voice_reader(transcriber=transcriber(), language=language)
        observed = [reader.observe(sound) for sound in sounds]
        heard = [utterance for one in observed for utterance in one.utterances]
        return Noticed(
            words="" if words else message(heard),
            readings=(*readings, *(one.reading for one in observed)),
            aside=how_said(heard, language),
        )


def _picture(url: str) -> bytes:
    if not url.startswith(_HEAD):
        raise BadInputError(
            f"image_url: {url[:40]!r} is not read; expected a data URL (data:image/jpeg;base64,…), "
            "since addresses are not fetched"
        )
    return _bytes(url.partition(",")[2])


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise BadInputError(
            f"a picture or a recording is no base64 ({error}); expected the file's bytes in base64"
        ) from error
