"""Policy: from which signals feelings may be read at all, and what a person agreed to.

This is the one place that decides. Every reader of a biometric signal asks `refusal` before it looks at
anything and abstains with the answer; nothing is computed then.

The EU's AI Act forbids AI systems that infer emotions from biometric data in workplaces and schools
(Regulation (EU) 2024/1689, Art. 5(1)(f)); words are not biometric data.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.reading import Modality

VARIABLE = "INSIDEOUT_POLICY"


class Policy(StrEnum):
    """OPEN: everything may be read. TEXT_ONLY: words that were typed, nothing else is opened.

    WORKPLACE: for workplaces and schools: feelings from words alone; speech may be written down, a
    pulse may be counted, but no feeling is read from face, voice or heart.
    """

    OPEN = "open"
    TEXT_ONLY = "text-only"
    WORKPLACE = "workplace"


_REFUSALS = {
    "en": "the policy {policy!r} reads no feelings from {modality}",
    "ru": "правило {policy!r} не позволяет читать чувства: {modality}",
}
_NAMES = {
    "en": {Modality.FACE: "faces", Modality.VOICE: "voices", Modality.HEART: "hearts"},
    "ru": {Modality.FACE: "лицо", Modality.VOICE: "голос", Modality.HEART: "сердце"},
}


def policy() -> Policy:
    """The policy in force, from INSIDEOUT_POLICY, else open; raises PerceptionError for another."""
    name = os.environ.get(VARIABLE) or Policy.OPEN.value
    if name not in {known.value for known in Policy}:
        raise PerceptionError(
            f"{VARIABLE}: {unknown_name('policy', name, [known.value for known in Policy])}"
        )
    return Policy(name)


def refusal(modality: Modality, language: str = "en") -> str | None:
    """Why no feeling may be read from that modality; None where it may."""
    now = policy()
    if modality is Modality.TEXT or now is Policy.OPEN:
        return None
    return _REFUSALS[language].format(policy=now.value, modality=_NAMES[language][modality])


def may_open(signal: Modality) -> bool:
    """Whether a camera, a microphone or a sensor may be opened at all."""
    return signal is Modality.TEXT or policy() is not Policy.TEXT_ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a person agreed to, and when.

    modalities: those that may be read. at: ISO 8601 with the zone. notice: the version of the text
    that was shown. Raises PerceptionError for another `at`.
    """

    modalities: frozenset[Modality]
    at: str
    notice: str

    def __post_init__(self) -> None:
        try:
            zoned = datetime.fromisoformat(self.at).tzinfo is not None
        except ValueError:
            zoned = False
        if not zoned:
            raise PerceptionError(
                f"consent was given at {self.at!r}; expected ISO 8601 with the zone, such as "
                "2026-01-31T10:00:00+01:00"
            )

    @classmethod
    def to(cls, modalities: Iterable[Modality], at: str, notice: str) -> "Consent":
        """Consent to these; words need none, since the person types them to us."""
        return cls(modalities=frozenset(modalities) | {Modality.TEXT}, at=at, notice=notice)

    def to_json(self) -> dict[str, Any]:
        """A JSON object; `from_json` reads it back."""
        names = [modality.value for modality in Modality if modality in self.modalities]
        return {"modalities": names, "at": self.at, "notice": self.notice}

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> "Consent":
        """The Consent that `to_json` wrote."""
        return cls(
            modalities=frozenset(Modality(name) for name in record["modalities"]),
            at=record["at"],
            notice=record["notice"],
        )
