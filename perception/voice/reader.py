"""VoiceReader: what a voice says about how a person feels."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.policy import refusal
from insideout.perception.reading import Modality, Reading
from insideout.perception.voice.baseline import SpeakerBaseline
from insideout.perception.voice.faults import SoundFaults, find_faults, without_offset
from insideout.perception.voice.loading import Source
from insideout.perception.voice.overlap.detector import overlap_detector
from insideout.perception.voice.overlap.wording import CUES, remark
from insideout.perception.voice.passage import Passage
from insideout.perception.voice.pooling import pool_prosody, pool_readings
from insideout.perception.voice.prosody import measure_prosody
from insideout.perception.voice.recognisers import voice_recogniser
from insideout.perception.voice.remarks import LANGUAGES, remarks, unreadable
from insideout.perception.voice.sound import (
    HeardUtterance,
    Sound,
    Stretch,
    Transcriber,
    VoiceObservation,
    VoiceRecogniser,
)
from insideout.perception.voice.sound_file import Watch
from insideout.perception.voice.wording import prosody_cues

AFFECT_ALONE = 0.5
"""Confidence of a model of valence and arousal alone: it has no label that could be right."""

TWO_VOICES = 0.5
"""Of the quality, where two people seem to speak at once: which of them is read cannot be told."""


@dataclass(slots=True, kw_only=True)
class VoiceReader:
    """Reads the voice of one person: which emotion it carries, and how it sounds in words.

    Reads files of sound and film, bytes, samples with their rate, Sounds; of any length, a piece at a
    time. Silence, noise, music, speech that is clipped or drowned beyond use or too short give a
    Reading that abstains and says why. One person is taken to speak: two in turn are read as one, and
    two at once as well, with a remark where that is noticed; the voices are not parted.

    recogniser: names the emotion. transcriber: writes down the words, None for none. language: "en" or
    "ru", of cues, remarks and reasons. baseline: how this person usually sounds; it grows with every
    utterance that is heard, so that the next can be "quieter than before". Another person, another
    reader; the recogniser may be shared.

        >>> VoiceReader().read("speech.wav").top()
        [('sad', 0.71)]
    """

    recogniser: VoiceRecogniser = field(default_factory=voice_recogniser)
    transcriber: Transcriber | None = None
    language: str = "en"
    baseline: SpeakerBaseline = field(default_factory=SpeakerBaseline)

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise PerceptionError(unknown_name("language", self.language, LANGUAGES))

    def read(self, signal: Source) -> Reading:
        """What a recording says about the person; raises BadSignalError where it is no sound."""
        return self.observe(signal).reading

    def observe(self, source: Source, watch: Watch | None = None) -> VoiceObservation:
        """The Reading with the utterances it rests on; raises BadSignalError where it is no sound.

        watch: is told how far the reading is.
        """
        before = self.baseline
        passage = Passage(source)
        heard = [self.hear(sound) for sound in passage.utterances(watch)]
        faults = passage.faults()
        said = [*remarks(faults, passage.damage, self.language)]
        why = unreadable(faults, self.language)
        if why is None and (overlap := remark(heard, self.language)) is not None:
            said.append(overlap)
        if why is not None:
            self.baseline = before
            heard = [replace(each, reading=_silenced(each.reading, why)) for each in heard]
        heard = [_within(utterance, faults) for utterance in heard]
        return VoiceObservation(
            reading=self._whole(heard, faults, before, passage.span),
            utterances=tuple(heard),
            secs=faults.secs,
            remarks=tuple(said),
        )

    def hear(self, sound: Sound) -> HeardUtterance:
        """One utterance; it becomes part of the baseline."""
        whole = Stretch(start_secs=sound.start_secs, end_secs=sound.end_secs)
        sound = without_offset(sound)
        faults = find_faults(sound, [whole])
        with ThreadPoolExecutor(1) as beside:  # openSMILE on one core, the recogniser on another
            measured = beside.submit(measure_prosody, sound)
            read = self._read(sound, whole, faults)
            prosody = measured.result()
        cues = prosody_cues(prosody, self.baseline, self.language)
        if overlap_detector().hears_two(prosody):
            cues = (CUES[self.language], *cues)
            read = replace(read, quality=TWO_VOICES * read.quality)
        else:
            self.baseline = self.baseline.updated(prosody)
        return HeardUtterance(
            stretch=whole,
            reading=replace(read, cues=cues),
            prosody=prosody,
            transcript=self.transcriber.transcribe(sound) if self.transcriber else None,
        )

    def _read(self, sound: Sound, whole: Stretch, faults: SoundFaults) -> Reading:
        why = refusal(Modality.VOICE, self.language) or unreadable(faults, self.language)
        if why is not None:
            return self._abstain(why, whole, faults)
        (expression,) = self.recogniser.recognise([sound])
        space, probabilities = self.recogniser.space, expression.probabilities
        emotions = space.emotions(probabilities) if probabilities else {}
        affect = expression.affect
        if affect is None and probabilities:
            affect = space.affect(probabilities)
        return Reading(
            modality=Modality.VOICE,
            model=self.recogniser.name,
            space=space.name,
            probabilities=probabilities,
            emotions=emotions,
            affect=affect,
            confidence=min(1.0, max(emotions.values())) if emotions else AFFECT_ALONE,
            quality=faults.quality,
            start_secs=sound.start_secs,
            end_secs=sound.end_secs,
        )

    def _abstain(self, why: str, over: Stretch, faults: SoundFaults) -> Reading:
        return Reading(
            modality=Modality.VOICE,
            model=self.recogniser.name,
            space=self.recogniser.space.name,
            quality=faults.quality,
            start_secs=over.start_secs,
            end_secs=over.end_secs,
            abstained=why,
        )

    def _whole(
        self,
        heard: list[HeardUtterance],
        faults: SoundFaults,
        before: SpeakerBaseline,
        span: Stretch,
    ) -> Reading:
        """The Reading of a recording, over all of it; the cues are against the baseline before it."""
        readings = [utterance.reading for utterance in heard]
        cues = prosody_cues(pool_prosody(heard), before, self.language)
        if remark(heard, self.language) is not None:
            cues = (CUES[self.language], *cues)
        if any(reading.abstained is None for reading in readings):
            whole = pool_readings(readings, cues)
        else:
            why = unreadable(faults, self.language) or _longest(readings).abstained
            assert why is not None
            whole = replace(self._abstain(why, span, faults), cues=cues)
        return replace(whole, start_secs=span.start_secs, end_secs=span.end_secs)


def _longest(readings: list[Reading]) -> Reading:
    return max(readings, key=lambda reading: reading.end_secs - reading.start_secs)


def _within(heard: HeardUtterance, faults: SoundFaults) -> HeardUtterance:
    """No better than the recording: how noisy it is shows only between utterances."""
    quality = min(heard.reading.quality, faults.quality)
    return replace(heard, reading=replace(heard.reading, quality=quality))


def _silenced(reading: Reading, why: str) -> Reading:
    return Reading(
        modality=reading.modality,
        model=reading.model,
        space=reading.space,
        quality=reading.quality,
        cues=reading.cues,
        start_secs=reading.start_secs,
        end_secs=reading.end_secs,
        abstained=why,
    )
