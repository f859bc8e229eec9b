"""Scene: what the browser itself must know of a step; kiosk.js is told it as JSON."""

import json
from dataclasses import asdict, dataclass

from insideout.perception.affect import Emotion
from insideout.perception.describe import label_words
from insideout.perception.reading import Modality
from insideout.service.settings import Settings
from insideout.service.web.guests import Guest, Step
from insideout.service.web.kiosk.asking import asked, opens_camera, opens_microphone
from insideout.service.web.kiosk.texts import KIOSK_TEXTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One step as the browser sees it.

    token: of the guest, None at the door. camera, microphone: whether they are to be open now; only
    after the visitor's consent, and once the server is ready to read them. asked: how many switches
    the consent has. heart: whether a recording may be brought.
    """

    step: Step
    language: str
    token: str | None = None
    camera: bool = False
    microphone: bool = False
    asked: int = 0
    heart: bool = False

    def to_json(self, settings: Settings) -> str:
        """The scene with the words and times that go with it."""
        texts = KIOSK_TEXTS[self.language]
        return json.dumps(
            {
                **asdict(self),
                "step": self.step.value,
                "title": texts.page_title,
                "names": {
                    "#k-light": texts.light_dark,
                    "#k-chat [role=log]": texts.chat,
                    "#k-ui": texts.ui_language,
                },
                "idle_secs": settings.kiosk_idle_secs,
                "measure_secs": settings.kiosk_measure_secs,
                "words": asdict(texts.live),
                "emotions": {e.value: label_words(e, self.language) for e in Emotion},
            },
            ensure_ascii=False,
        )


def scene_of(guest: Guest | None, language: str) -> Scene:
    """Where the guest stands; the door where there is none."""
    if guest is None:
        return Scene(step=Step.WELCOME, language=language)
    live = guest.live is not None and guest.step in (Step.MEASURE, Step.TALK)
    return Scene(
        step=guest.step,
        language=language,
        token=guest.token,
        camera=live and opens_camera(guest.consent),
        microphone=live and opens_microphone(guest.consent),
        asked=len(asked()),
        heart=live and guest.consent is not None and Modality.HEART in guest.consent.modalities,
    )
