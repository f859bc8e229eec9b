"""Asking a person, once a session, whether a camera and a microphone may be read; keeping the answer."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from insideout.agents.errors import BadInputError
from insideout.agents.memory import Sessions
from insideout.perception.policy import Consent, refusal
from insideout.perception.reading import Modality

_ASKED: Mapping[str, Mapping[str, str]] = {
    "en": {
        "head": "A machine will guess how you feel, and can be wrong about you.",
        "face": "The camera: your face is read on this machine; no picture is kept.",
        "voice": "The microphone: your voice is read and what you say is written down, on this machine; "
        "no sound is kept.",
        "written": "The microphone: what you say is written down on this machine; no sound is kept, and "
        "no feeling is read from your voice.",
        "kept": "Your words and what was guessed go to the model that answers, and stay in the session "
        "until it is deleted. /consent no takes your consent back.",
        "question": "Do you agree?",
    },
    "ru": {
        "head": "Машина будет догадываться, что вы чувствуете, и может ошибаться.",
        "face": "Камера: лицо читается на этом компьютере; изображения не хранятся.",
        "voice": "Микрофон: голос читается, а слова записываются на этом компьютере; звук не хранится.",
        "written": "Микрофон: слова записываются на этом компьютере; звук не хранится, и чувства по "
        "голосу не читаются.",
        "kept": "Ваши слова и догадки идут модели, которая отвечает, и хранятся в сессии, пока её не "
        "удалят. /consent no отзывает согласие.",
        "question": "Вы согласны?",
    },
}


def notice(modalities: Collection[Modality], language: str) -> str:
    """What the person is told before they are asked about these modalities."""
    says = _ASKED[language]
    lines = [says["head"]]
    if Modality.FACE in modalities:
        lines.append(says["face"])
    if Modality.VOICE in modalities:
        lines.append(says["voice" if refusal(Modality.VOICE) is None else "written"])
    return "\n".join([*lines, says["kept"]])


def version(modalities: Collection[Modality], language: str) -> str:
    """Of that text: it changes with every word of it.

    >>> version([Modality.FACE], "en").startswith("chat-en-")
    True
    """
    digest = hashlib.sha256(notice(modalities, language).encode()).hexdigest()
    return f"chat-{language}-{digest[:8]}"


def agreed(
    sessions: Sessions,
    session: str,
    modalities: Collection[Modality],
    *,
    language: str,
    ask: Callable[[str], bool] | None,
    tell: Callable[[str], None],
) -> Consent | None:
    """The person's consent to these modalities, kept with the session; None where they do not agree.

    What was agreed to before, under the same text, is not asked again. ask: whether they agree; None
    where they have said so already, by --yes. Raises SessionStoreError where it cannot be kept.
    """
    shown = version(modalities, language)
    before = sessions.consent(session)
    if before is not None and before.notice == shown and before.modalities >= set(modalities):
        return before
    tell(notice(modalities, language))
    if ask is not None and not ask(_ASKED[language]["question"]):
        return None
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    consent = Consent.to(modalities, at=now, notice=shown)
    sessions.set_consent(session, consent)
    return consent


def taken_back(sessions: Sessions, session: str, before: Consent) -> Consent:
    """Keep that the person agrees to nothing but words any more."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    consent = Consent.to((), at=now, notice=before.notice)
    sessions.set_consent(session, consent)
    return consent


def nobody_to_ask(question: str) -> bool:
    """Where no terminal is: raises BadInputError that names --yes."""
    raise BadInputError(
        f"{question} Nobody can be asked here; --yes says that the person agreed to the text above"
    )
