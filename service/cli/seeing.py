"""A message with signals beside it: a face, a voice and a heart, read side by side."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from insideout.agents.errors import BadInputError
from insideout.perception.errors import BadSignalError, InsideOutError
from insideout.perception.face.film import read_film
from insideout.perception.face.own import OwnFace
from insideout.perception.face.reader import FaceReader
from insideout.perception.face.recognisers import face_recogniser
from insideout.perception.face.stream import StreamOptions
from insideout.perception.fusion import fuse
from insideout.perception.heart.beats import Beats, find_in_blocks
from insideout.perception.heart.loading import open_recording
from insideout.perception.heart.own import rest_of
from insideout.perception.heart.reader import HeartReader
from insideout.perception.heart.recording import Recording, Wanted
from insideout.perception.perceiving import Perception, Sense
from insideout.perception.person import Profile
from insideout.perception.policy import may_open, refusal
from insideout.perception.reader import Reader
from insideout.perception.reading import EmotionState, Modality, Reading
from insideout.perception.text.dialogue import Dialogue
from insideout.perception.text.language import detect_language
from insideout.perception.voice.passage import Passage
from insideout.perception.voice.transcribing import transcriber
from insideout.perception.voice.words import NOTHING_SAID
from insideout.service.cli.file_kinds import FILM, PICTURE, kind_of
from insideout.service.cli.hearing import Heard, hear, progress
from insideout.service.cli.render import err, note

_LANGUAGES = ("en", "ru")
_LOOK_SECS = 0.2  # between two looks whether the readers are done; Ctrl-C is obeyed then


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """The files that come with a message; None where there is none.

    face: a photo or a film. voice: a recording of the message. ecg: of the last minutes, an ECG or a
    pulse wave. ecg_baseline: the same person at rest. rate: of both, in Hz, where they do not say.
    """

    face: Path | None = None
    voice: Path | None = None
    ecg: Path | None = None
    ecg_baseline: Path | None = None
    rate: float | None = None

    def __post_init__(self) -> None:
        if self.ecg is None and (self.ecg_baseline is not None or self.rate is not None):
            raise BadInputError("--ecg-baseline and --rate are for an ECG; name it with --ecg FILE")
        if self.face is not None and (kind := kind_of(self.face)) not in (PICTURE, FILM):
            raise BadInputError(
                f"--face: {self.face} is {kind.name}; expected a picture or a film of a face"
            )

    @property
    def files(self) -> dict[Modality, Path]:
        """The file of each modality that is there."""
        named = {Modality.FACE: self.face, Modality.VOICE: self.voice, Modality.HEART: self.ecg}
        return {modality: path for modality, path in named.items() if path is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """What the signals give a turn: fields of agents.turn.Request."""

    text: str
    state: EmotionState
    aside: str = ""


def notice(
    signals: Signals,
    words: str | None,
    reader: Reader[Dialogue],
    language: str = "auto",
    earlier: Dialogue = NOTHING_SAID,
    profile: Profile | None = None,
) -> Noticed:
    """Read the signals, each on a thread of its own; what they leave unsaid becomes a note on stderr.

    words: where the person typed them; else they are those of the voice. reader: of words. language: of
    the cues; "auto" is that of the words. earlier: the conversation so far. profile: of the person, None
    for a stranger. A reader that breaks is noted and its Reading abstains; what the policy forbids is
    not opened. Raises BadSignalError where a file is not what it was given as, BadInputError where
    there are no words.
    """
    cues_in = language if language in _LANGUAGES else detect_language(words or "")
    reading = _Reading(
        signals,
        cues_in,
        lambda path: hear(path, words, reader, language, earlier, profile),
        profile,
    )
    readings = reading.all()
    for remark in reading.remarks:
        note(err(), remark)
    heard = reading.heard
    text = words or (heard.text if heard else _written(signals.voice))
    return Noticed(text=text, state=fuse(readings), aside=heard.aside if heard else "")


def look(path: Path, language: str, profile: Profile | None = None) -> Sequence[Reading]:
    """What a photo or a film shows; what it leaves unsaid becomes a note on stderr.

    Raises BadInputError for another file and under a policy that reads no faces, BadSignalError where
    it is not what its name says.
    """
    if (why := refusal(Modality.FACE)) is not None:
        raise BadInputError(f"{why}, so {path} is not opened")
    reading = _Reading(Signals(face=path), language, profile=profile)
    readings = reading.all()
    for remark in reading.remarks:
        note(err(), remark)
    return readings


def _nothing_heard(path: Path) -> Heard:
    raise BadInputError(f"{path} was not asked to be heard")


@dataclass(slots=True)
class _Reading:
    """The reading of one message's signals. heard: what the voice gave; remarks: for the person."""

    signals: Signals
    language: str
    hear: Callable[[Path], Heard] = _nothing_heard
    profile: Profile | None = None
    heard: Heard | None = None
    remarks: list[str] = field(default_factory=list)
    faults: list[InsideOutError] = field(default_factory=list)

    def all(self) -> Sequence[Reading]:
        """What the signals say; raises InsideOutError where a file or a model cannot be read."""
        files = self.signals.files
        reads = {
            Modality.FACE: self._face,
            Modality.VOICE: self._voice,
            Modality.HEART: self._heart,
        }
        with Perception(
            [self._sense(modality, reads[modality]) for modality in files]
        ) as perception:
            begun = perception.now_secs
            for modality, path in files.items():
                perception.feed(modality, path, at_secs=begun)
            while not self.faults and perception.settle(_LOOK_SECS):
                pass
            readings = perception.state(begun).readings
        if self.faults:
            raise self.faults[0]
        self._remark_silence(readings)
        return readings

    def _sense(self, modality: Modality, read: Callable[[Path], Sequence[Reading]]) -> Sense:
        def take(path: Path, secs: float) -> Sequence[Reading]:
            del secs
            try:
                return read(path)
            except InsideOutError as error:  # the person's to mend, unlike a reader that breaks
                self.faults.append(error)
                return []

        return Sense(modality=modality, take=take, own_clock=True)

    def _voice(self, path: Path) -> Sequence[Reading]:
        self.heard = self.hear(path)
        return self.heard.state.readings

    def _face(self, path: Path) -> Sequence[Reading]:
        reader = watcher_for(self.profile, self.language)
        if kind_of(path) is PICTURE:
            self._remark(path, reader.remarks)
            return [reader.read(path)]
        options = StreamOptions(language=self.language)
        alone = self.signals.voice is None  # the voice has a bar of its own, and there is one line
        with progress(path, "watching") if alone else nullcontext() as watch:
            film = read_film(path, reader, options, watch)
        self._remark(path, (*reader.remarks, *film.remarks))
        return [film.reading]

    def _heart(self, path: Path) -> Sequence[Reading]:
        recording = open_recording(path, Wanted(rate=self.signals.rate))
        rest = self.signals.ecg_baseline
        if rest is not None:
            baseline: Beats | None = _rest(rest, recording, self.signals.rate)
        else:
            baseline = None if self.profile is None else rest_of(self.profile)
        reader = HeartReader(baseline=baseline, language=self.language)
        observation = reader.observe_blocks(recording.blocks())
        self._remark(path, (*recording.remarks, *observation.remarks))
        return [observation.reading]

    def _remark_silence(self, readings: Sequence[Reading]) -> None:
        for reading in readings:
            path = self.signals.files.get(reading.modality)
            if path is not None and reading.abstained is not None:
                self._remark(path, [reading.abstained])

    def _remark(self, path: Path, remarks: Sequence[str]) -> None:
        told = [f"{path}: {remark}" for remark in remarks]
        self.remarks += [remark for remark in told if remark not in self.remarks]


def watcher_for(profile: Profile | None, language: str) -> FaceReader:
    """The reader of that person's face; of a stranger's without a profile."""
    if profile is None:
        return FaceReader(language=language)
    recogniser = face_recogniser()
    if (doubt := profile.doubt(Modality.FACE, recogniser.name)) is not None:
        note(err(), doubt)
    return FaceReader(recogniser=OwnFace(recogniser, profile), language=language)


def _rest(path: Path, recording: Recording, rate: float | None) -> Beats:
    """The beats at rest; the signal is taken to be of the other recording's kind."""
    wanted = Wanted(rate=rate, kind=recording.kind)
    rest = find_in_blocks(open_recording(path, wanted).blocks())
    if not len(rest.intervals_ms):
        raise BadSignalError(
            f"{path}: no usable beats in the recording of rest; expected five quiet minutes of the "
            "same signal"
        )
    return rest


def _written(voice: Path | None) -> str:
    """The words of a recording alone, where no feeling is read from it; raises BadInputError."""
    if voice is None:
        raise BadInputError("there are no words; type them, or give a recording with --voice FILE")
    if not may_open(Modality.VOICE):
        raise BadInputError(
            f"{refusal(Modality.VOICE)}, so {voice} is not opened, and no words were typed; type them"
        )
    scribe = transcriber()
    with progress(voice, "listening to") as watch:
        written = [scribe.transcribe(sound) for sound in Passage(voice).utterances(watch)]
    text = "\n".join(said for one in written if (said := one.text.strip()))
    if not text:
        raise BadInputError(
            f"{voice}: no words could be made out; expected a recording of somebody who speaks"
        )
    rough = any(one.rough for one in written)
    note(err(), f"heard{', roughly' if rough else ''}: {' '.join(text.split())}")
    return text
