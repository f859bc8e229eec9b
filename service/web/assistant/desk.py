"""Desk: what lies beside one guest's next message, and which of their devices are on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from insideout.perception.fusion import fuse
from insideout.perception.heart.beats import Beats
from insideout.perception.reading import EmotionState, Modality, Reading
from insideout.service.web.assistant.attaching import Attached, unsaid
from insideout.service.web.assistant.texts import AssistantTexts
from insideout.service.web.guests import Guest
from insideout.service.web.live.live import Live

CAMERA, MICROPHONE = "camera", "microphone"
_BY = {CAMERA: (Modality.FACE, Modality.HEART), MICROPHONE: (Modality.VOICE,)}


@dataclass(slots=True, kw_only=True, eq=False)
class Waiting:
    """A file that is being read. done: share of it, None where that is not known."""

    name: str
    done: float | None = None
    taken_away: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What goes with a turn. state, aside: see agents.turn.Request; beside: what it came from."""

    state: EmotionState | None = None
    aside: str = ""
    beside: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True, eq=False)
class Desk:
    """attached: read files. waiting: those being read. on: devices. asked: the device that waits for
    consent. model: spec of the model chosen, empty for the assistant's own. told_secs: on the clock of
    the measurement, until when turns have been told of it. begun: how many
    measurements have begun. rest: their heart at rest.
    """

    attached: list[Attached] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    on: set[str] = field(default_factory=set)
    asked: str | None = None
    model: str = ""
    told_secs: float = 0.0
    begun: int = 0
    rest: Beats | None = None

    def take_away(self, name: str) -> None:
        """Without the file of that name, whether it is read by now or not."""
        self.attached = [one for one in self.attached if one.name != name]
        for one in self.waiting:
            one.taken_away = one.taken_away or one.name == name

    def cleared(self) -> None:
        """Without any files."""
        for one in self.waiting:
            one.taken_away = True
        self.attached = []


def gathered(desk: Desk, guest: Guest, texts: AssistantTexts) -> Gathered:
    """What was seen and heard since the turn before, by files and devices; the devices' part once."""
    live = live_of(guest)
    asides = [one.aside for one in desk.attached if one.aside]
    lately: list[Reading] = []
    if live is not None:
        lately = _since(live, desk.told_secs)
        desk.told_secs = live.now_secs
        asides += [how for how in [live.aside()] if how]
    came = {reading.modality for reading in lately}
    said = ((CAMERA, texts.by_camera), (MICROPHONE, texts.by_voice))
    beside = [one.name for one in desk.attached]
    beside += [word for device, word in said if came.intersection(_BY[device])]
    readings = [*(reading for one in desk.attached for reading in unsaid(one.readings)), *lately]
    return Gathered(
        state=fuse(readings) if readings else None,
        aside="\n".join(asides),
        beside=tuple(beside),
    )


def _since(live: Live, secs: float) -> list[Reading]:
    """What the camera and the microphone gave after that."""
    state = live.state()
    readings = unsaid(state.readings) if state is not None else []
    return [one for one in readings if one.abstained is None and one.end_secs > secs]


def live_of(guest: Guest) -> Live | None:
    """The guest's measurement, while it goes on."""
    return guest.live if isinstance(guest.live, Live) and not guest.live.closed else None


def read_by(device: str) -> Sequence[Modality]:
    """What a device is good for."""
    return _BY[device]
