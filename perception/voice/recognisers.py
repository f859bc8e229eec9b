"""The recognisers of voices by name, as `--voice-model` takes them."""

from functools import lru_cache

from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.voice.ca_ser.model import SCHEME as CA_SER
from insideout.perception.voice.ca_ser.model import ca_ser_recogniser
from insideout.perception.voice.embedded import Enrolment, embedded_recogniser
from insideout.perception.voice.sound import VoiceRecogniser
from insideout.perception.voice.transformers_recogniser import SCHEME, transformers_recogniser

EMBEDDED = "embedded"
NAMES = (EMBEDDED, f"{SCHEME}REPO", f"{CA_SER}FOLDER")


def voice_recogniser(name: str = EMBEDDED, speaker: Enrolment | None = None) -> VoiceRecogniser:
    """The recogniser of that name; its model is loaded once. Raises PerceptionError with the names.

    name: "embedded", "hf:REPO" of the Hugging Face hub, "hf:FOLDER", or "ca-ser:FOLDER" of a training.
    speaker: who was enrolled by two neutral sentences or more; the other models know nothing of that,
    and it is refused with them.
    """
    if name == EMBEDDED:
        return embedded_recogniser(speaker)
    if name.startswith(CA_SER) and name != CA_SER and speaker is None:
        return ca_ser_recogniser(name)
    if not name.startswith((SCHEME, CA_SER)) or name in (SCHEME, CA_SER):
        raise PerceptionError(unknown_name("voice model", name, NAMES))
    if speaker is not None:
        raise PerceptionError(
            f"{name} cannot be told how a person speaks when neutral; leave that out, or use {EMBEDDED}"
        )
    return _of_hub(name)


@lru_cache(maxsize=1)
def _of_hub(name: str) -> VoiceRecogniser:
    return transformers_recogniser(name)
