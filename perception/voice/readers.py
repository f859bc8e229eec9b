"""A VoiceReader by the names that the command line takes, for a person who may be known."""

from insideout.perception.errors import BadSignalError
from insideout.perception.voice.baseline import SpeakerBaseline
from insideout.perception.voice.embedded import enrol
from insideout.perception.voice.loading import Source
from insideout.perception.voice.passage import Passage
from insideout.perception.voice.prosody import measure_prosody
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.recognisers import EMBEDDED, voice_recogniser
from insideout.perception.voice.remarks import unreadable
from insideout.perception.voice.sound import Sound, Transcriber


def voice_reader(
    model: str = EMBEDDED,
    *,
    neutral: Source | None = None,
    transcriber: Transcriber | None = None,
    language: str = "en",
) -> VoiceReader:
    """The reader of that name; raises PerceptionError with the names there are.

    neutral: this person speaking as they usually do, two sentences or more. What they say later is then
    compared with it, and the embedded model allows for their way of speaking. Raises BadSignalError
    where no speech is in it.
    """
    if neutral is None:
        recogniser = voice_recogniser(model)
        return VoiceReader(recogniser=recogniser, transcriber=transcriber, language=language)
    sentences = _sentences(neutral, language)
    baseline = SpeakerBaseline()
    for sentence in sentences:
        baseline = baseline.updated(measure_prosody(sentence))
    return VoiceReader(
        recogniser=voice_recogniser(model, enrol(sentences) if model == EMBEDDED else None),
        transcriber=transcriber,
        language=language,
        baseline=baseline,
    )


def _sentences(neutral: Source, language: str) -> list[Sound]:
    passage = Passage(neutral)
    sentences = list(passage.utterances())
    why = unreadable(passage.faults(), language)
    if why is not None:
        raise BadSignalError(
            f"the recording of how the person usually speaks cannot be used: {why}; expected two "
            "sentences or more, said without feeling"
        )
    return sentences
