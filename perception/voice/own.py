"""A voice that is known: its recogniser adapted to the person, and how they usually sound."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from insideout.perception.errors import PerceptionError
from insideout.perception.expression import Expression
from insideout.perception.person import Profile
from insideout.perception.reading import Modality
from insideout.perception.voice.baseline import SpeakerBaseline
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.recognisers import EMBEDDED, voice_recogniser
from insideout.perception.voice.sound import Prosody, Sound, Transcriber, VoiceRecogniser

ADAPTED = "{}, adapted"
"""The id of a recogniser whose scores are shifted for a person."""


class OwnVoice:
    """A VoiceRecogniser that says what another says, shifted for one person.

    As for anybody where the profile does not know the voice.
    """

    def __init__(self, recogniser: VoiceRecogniser, profile: Profile) -> None:
        self._recogniser, self._profile = recogniser, profile
        known = recogniser.name in profile.shifts
        self.name = ADAPTED.format(recogniser.name) if known else recogniser.name
        self.space = recogniser.space

    def recognise(self, sounds: Sequence[Sound]) -> list[Expression]:
        """One Expression a sound, in the same order."""
        said = self._recogniser.recognise(sounds)
        return [self._profile.adapt(one, self._recogniser.name) for one in said]


def own_voice_reader(
    profile: Profile,
    model: str = EMBEDDED,
    *,
    transcriber: Transcriber | None = None,
    language: str = "en",
) -> VoiceReader:
    """A reader for the person of the profile; raises PerceptionError for an unknown model."""
    return VoiceReader(
        recogniser=OwnVoice(voice_recogniser(model), profile),
        transcriber=transcriber,
        language=language,
        baseline=usual(profile),
    )


def usual(profile: Profile) -> SpeakerBaseline:
    """How the person sounds at rest; empty where the profile does not know their voice.

    Raises PerceptionError where the profile is damaged.
    """
    kept: Mapping[str, Any] = profile.rest.get(Modality.VOICE.value, {})
    try:
        heard = [
            Prosody(**{k: _number(v) for k, v in one.items()}) for one in kept.get("heard", ())
        ]
    except (TypeError, ValueError, AttributeError) as error:
        raise PerceptionError(
            f"the profile {profile.name!r} is damaged: how its voice sounds cannot be read ({error}); "
            "make it again"
        ) from error
    return SpeakerBaseline(heard=tuple(heard))


def heard_json(heard: Sequence[Prosody]) -> list[dict[str, float | None]]:
    """How pieces of speech sounded, for a profile."""
    return [
        {name: None if value is None else round(value, 4) for name, value in asdict(one).items()}
        for one in heard
    ]


def _number(value: Any) -> Any:
    return None if value is None else float(value)
