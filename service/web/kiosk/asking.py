"""Asking: what a visitor is asked to agree to, and what follows from the answer."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from insideout.perception.policy import Consent, Policy, policy
from insideout.perception.reading import Modality
from insideout.service.web.guests import Step
from insideout.service.web.kiosk.texts import KIOSK_TEXTS
from insideout.service.web.kiosk.wording import Asked

# In the order of the page. Words need no consent: the person types them to us.
MODALITIES = (Modality.FACE, Modality.HEART, Modality.VOICE)
_ASKED: dict[Policy, tuple[Modality, ...]] = {
    Policy.OPEN: MODALITIES,
    Policy.WORKPLACE: (Modality.VOICE,),  # speech may be written down
    Policy.TEXT_ONLY: (),
}
ORDER = (Step.WELCOME, Step.CONSENT, Step.MEASURE, Step.TALK, Step.RESULT)


def asked() -> tuple[Modality, ...]:
    """The modalities that the policy in force lets a visitor agree to."""
    return _ASKED[policy()]


def wording(modality: Modality, language: str) -> Asked:
    """What the visitor is told about it; where the policy is not open, a voice is only written down."""
    texts = KIOSK_TEXTS[language]
    if modality is Modality.VOICE and policy() is not Policy.OPEN:
        return texts.only_written
    return texts.asked[modality]


def notice(language: str) -> str:
    """The version of the text that was shown: it changes with every word of it.

    >>> notice("en").startswith("kiosk-en-")
    True
    """
    texts = KIOSK_TEXTS[language]
    lines = [texts.consent_title, texts.consent, texts.kept, texts.machine, texts.not_medical]
    lines += [texts.policies.get(policy(), ""), texts.words_here, texts.words_sent]
    for modality in asked():
        line = wording(modality, language)
        lines += [line.name, line.what]
    return f"kiosk-{language}-{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:8]}"


def consent_to(modalities: Iterable[Modality], language: str) -> Consent:
    """The consent given now, to what may be asked and no more."""
    allowed = [modality for modality in modalities if modality in asked()]
    return Consent.to(allowed, at=datetime.now().astimezone().isoformat(), notice=notice(language))


def is_measured(consent: Consent | None) -> bool:
    """Whether there is anything to measure before the talk: a face, or a pulse."""
    if consent is None or policy() is not Policy.OPEN:
        return False
    return bool(consent.modalities & {Modality.FACE, Modality.HEART})


def opens_camera(consent: Consent | None) -> bool:
    """Whether the camera is used: for the face, or for the pulse that shows in it."""
    return is_measured(consent)


def opens_microphone(consent: Consent | None) -> bool:
    """Whether the visitor may speak instead of typing."""
    return consent is not None and Modality.VOICE in consent.modalities & set(asked())


def before(step: Step, consent: Consent | None) -> Step:
    """The step that "back" leads to.

    >>> before(Step.TALK, None)
    <Step.CONSENT: 'consent'>
    """
    earlier = ORDER[max(0, ORDER.index(step) - 1)]
    if earlier is Step.MEASURE and not is_measured(consent):
        return Step.CONSENT
    return earlier
