"""The camera and the microphone that `insideout chat` is asked for, opened with the person's consent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

import typer

from insideout.agents.errors import BadInputError
from insideout.perception.errors import PerceptionError
from insideout.perception.face.webcam import FRONT, Camera
from insideout.perception.policy import may_open, policy, refusal
from insideout.perception.reading import Modality
from insideout.perception.voice.libraries import need
from insideout.perception.voice.microphone import Microphone
from insideout.perception.voice.sound import Transcriber
from insideout.perception.voice.transcribing import transcriber
from insideout.service.cli.consenting import agreed, nobody_to_ask
from insideout.service.cli.hearing import listener_for
from insideout.service.cli.live import Listening, Live, LiveSound, Watching
from insideout.service.cli.render import note
from insideout.service.cli.seeing import watcher_for
from insideout.service.cli.talk import Talk

T = TypeVar("T")

Webcam = Annotated[
    bool, typer.Option("--webcam", help="Watch the face beside the words; --camera says by what.")
]
CameraName = Annotated[
    str | None,
    typer.Option("--camera", help="Its number, from 0, or the address of a stream.", metavar="N"),
]
Mic = Annotated[
    bool,
    typer.Option("--mic", help="Listen: what is said comes into the line, to be changed and sent."),
]
MicName = Annotated[
    str | None,
    typer.Option("--microphone", help="Its number, or part of its name.", metavar="N"),
]
Yes = Annotated[
    bool, typer.Option("--yes", "-y", help="The person has agreed to camera and microphone.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Devices:
    """What was asked for; raises BadInputError for what does not go together or the policy forbids."""

    webcam: bool = False
    camera: str | None = None
    mic: bool = False
    microphone: str | None = None

    def __post_init__(self) -> None:
        if self.camera is not None and not self.webcam:
            raise BadInputError(f"--camera {self.camera} is for --webcam, which is missing")
        if self.microphone is not None and not self.mic:
            raise BadInputError(f"--microphone {self.microphone} is for --mic, which is missing")
        if self.modalities and not may_open(Modality.FACE):
            raise BadInputError(
                f"the policy {policy().value!r} opens no camera and no microphone; chat without them"
            )
        if self.webcam and (why := refusal(Modality.FACE)) is not None:
            raise BadInputError(f"{why}; chat without --webcam")

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """What is to be read."""
        asked = ((Modality.FACE, self.webcam), (Modality.VOICE, self.mic))
        return tuple(modality for modality, wanted in asked if wanted)


def open_live(
    talk: Talk,
    devices: Devices,
    *,
    yes: bool,
    tell: Callable[[str], None],
    on_words: Callable[[str], None],
    terminal: bool,
) -> Live | None:
    """What was asked for, with consent; None where the person does not give it.

    tell, on_words: as Live takes them. A library or model that is missing is told, and the rest goes on.
    """
    language = "ru" if (talk.language or talk.assistant.setup.language) == "ru" else "en"
    consent = agreed(
        talk.assistant.sessions,
        talk.session,
        devices.modalities,
        language=language,
        ask=None if yes else talk.confirm if terminal else nobody_to_ask,
        tell=lambda text: note(talk.notes, text),
    )
    if consent is None:
        note(talk.notes, "the camera and the microphone stay off")
        return None
    return Live(
        consent,
        tell=tell,
        on_words=on_words,
        watching=_or_none(lambda: _watching(talk, devices, language), tell, devices.webcam),
        listening=_or_none(lambda: _listening(talk, devices, language), tell, devices.mic),
        language=language,
    )


def _or_none(make: Callable[[], T], tell: Callable[[str], None], wanted: bool) -> T | None:
    """What could be made; where a library or a model is missing that is told."""
    if not wanted:
        return None
    try:
        return make()
    except PerceptionError as error:
        tell(f"{error}; the conversation goes on without it")
        return None


def _watching(talk: Talk, devices: Devices, language: str) -> Watching:
    reader = watcher_for(talk.profile, language)
    for remark in reader.remarks:
        note(talk.notes, remark)
    return Watching(source=Camera(devices.camera or FRONT), reader=reader)


def _listening(talk: Talk, devices: Devices, language: str) -> Listening:
    need("sounddevice")
    name = devices.microphone
    which = int(name) if name is not None and name.isdecimal() else name

    def open_() -> LiveSound:
        return Microphone(which)

    reader = listener_for(talk.profile, _scribe(talk), language)
    return Listening(open=open_, reader=reader)


def _scribe(talk: Talk) -> Transcriber | None:
    """Who writes down what is said; None where nobody can, which is told."""
    try:
        return transcriber()
    except PerceptionError as error:
        note(talk.notes, f"what you say is not written down, only how it sounds is read: {error}")
        return None
