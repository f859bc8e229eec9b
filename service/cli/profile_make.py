"""From files of a person at rest, and of moments whose feeling they name, to their profile."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from insideout.agents.errors import BadInputError
from insideout.perception.affect import Emotion
from insideout.perception.at_rest import others_at_rest
from insideout.perception.errors import BadSignalError, PerceptionError
from insideout.perception.face.film import FilmReading, read_film
from insideout.perception.face.film_frames import Film
from insideout.perception.face.reader import FaceReader
from insideout.perception.heart.loading import open_recording
from insideout.perception.heart.own import check_rest, rest_json
from insideout.perception.heart.reader import HeartReader
from insideout.perception.heart.recording import Wanted
from insideout.perception.person import Profile, Shift, learn_shift
from insideout.perception.policy import refusal
from insideout.perception.reading import Modality, Reading
from insideout.perception.voice.own import heard_json
from insideout.perception.voice.passage import Passage
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.remarks import unreadable
from insideout.perception.voice.sound import HeardUtterance, Sound
from insideout.service.cli.file_kinds import FILM, HEART, PICTURE, SOUND, FileKind, kind_of
from insideout.service.cli.hearing import progress
from insideout.service.cli.render import err, note

_FRAME_SECS = 1.0  # between two looks at a film; neighbouring frames are no news to each other
_PIECE_SECS = 5.0  # of speech; the recogniser learnt from sentences of two to five

Named = tuple[Reading, Emotion]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The files that a profile is made of.

    face, voice, ecg: the person at rest. rate: of the ECG in Hz, where it does not say. moments: what
    they felt, and a photo, a film or a sound of it. Raises BadInputError for none, for files of another
    kind, and for what the policy forbids.
    """

    face: tuple[Path, ...] = ()
    voice: tuple[Path, ...] = ()
    ecg: Path | None = None
    rate: float | None = None
    moments: tuple[tuple[Emotion, Path], ...] = ()

    def __post_init__(self) -> None:
        if not self.modalities:
            raise BadInputError(
                "there is nothing to make a profile of; name files with --face, --voice, --ecg or "
                "--moment emotion=FILE"
            )
        for path in self.face:
            _expect(path, "--face", PICTURE, FILM)
        for path in self.voice:
            _expect(path, "--voice", SOUND, FILM)
        if self.ecg is not None:
            _expect(self.ecg, "--ecg", HEART)
        elif self.rate is not None:
            raise BadInputError("--rate is for an ECG; name it with --ecg FILE")
        for modality in self.modalities:
            if why := refusal(modality):
                raise BadInputError(f"{why}, so no profile of them is made")

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """What the profile will know the person by."""
        there = {
            Modality.FACE: self.face or self.moments_of(Modality.FACE),
            Modality.VOICE: self.voice or self.moments_of(Modality.VOICE),
            Modality.HEART: self.ecg,
        }
        return tuple(modality for modality, files in there.items() if files)

    def moments_of(self, modality: Modality) -> tuple[tuple[Emotion, Path], ...]:
        """Those that show the face, or hold the voice."""
        return tuple(one for one in self.moments if _shows(one[1]) is modality)


@dataclass(slots=True, kw_only=True)
class _Learnt:
    """What is gathered. shifts, rest: as in Profile."""

    shifts: dict[str, Shift] = field(default_factory=dict)
    rest: dict[str, Any] = field(default_factory=dict)

    def learn(
        self,
        modality: Modality,
        rest: Sequence[Reading],
        moments: Sequence[Named],
        more: Mapping[str, Any],
    ) -> None:
        """Take in one recogniser's Readings; raises BadInputError where they are too few."""
        usable = [reading for reading in rest if reading.abstained is None]
        model = (usable or [reading for reading, _ in moments] or [*rest])[0].model
        try:
            self.shifts[model] = learn_shift(usable, moments, others_at_rest(modality, model))
        except PerceptionError as error:
            whys = {reading.abstained for reading in rest if reading.abstained is not None}
            reasons = f" ({'; '.join(sorted(whys))})" if whys else ""
            raise BadInputError(f"{modality.value}: {error}{reasons}") from error
        named = [emotion.value for _, emotion in moments]
        self.rest[modality.value] = {
            "readings": len(usable),
            "moments": {emotion: named.count(emotion) for emotion in dict.fromkeys(named)},
            **more,
        }


def make_profile(name: str, given: Given) -> Profile:
    """The profile, not kept yet; bars on stderr while the files are gone through.

    Raises BadSignalError for a file that is not what it was given as, BadInputError for too little.
    """
    learnt = _Learnt()
    if Modality.FACE in given.modalities:
        _learn_face(learnt, given)
    if Modality.VOICE in given.modalities:
        _learn_voice(learnt, given)
    if given.ecg is not None:
        learnt.rest[Modality.HEART.value] = _heart(given.ecg, given.rate)
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    return Profile(name=name, made_at=now, shifts=learnt.shifts, rest=learnt.rest)


def _learn_face(learnt: _Learnt, given: Given) -> None:
    reader = FaceReader()
    for remark in reader.remarks:
        note(err(), remark)
    rest = [reading for path in given.face for reading in _faces(path, reader)]
    moments = [
        (_said(_face(path, reader), path), emotion)
        for emotion, path in given.moments_of(Modality.FACE)
    ]
    learnt.learn(Modality.FACE, rest, moments, {})


def _faces(path: Path, reader: FaceReader) -> Iterator[Reading]:
    """The face of a photo; of a film that at every second."""
    if kind_of(path) is PICTURE:
        yield reader.read(path)
        return
    last_secs = -math.inf
    with progress(path, "watching") as watch:
        for _, _, moment in FilmReading(Film(path), reader).moments(watch):
            if moment.secs >= last_secs + _FRAME_SECS:
                last_secs = moment.secs
                yield moment.raw


def _face(path: Path, reader: FaceReader) -> Reading:
    if kind_of(path) is PICTURE:
        return reader.read(path)
    with progress(path, "watching") as watch:
        return read_film(path, reader, watch=watch).reading


def _learn_voice(learnt: _Learnt, given: Given) -> None:
    heard = [one for path in given.voice for one in _speech(path)]
    moments = []
    for emotion, path in given.moments_of(Modality.VOICE):
        with progress(path, "listening to") as watch:
            reading = VoiceReader().observe(path, watch).reading
        moments.append((_said(reading, path), emotion))
    sounds = heard_json([one.prosody for one in heard])
    learnt.learn(Modality.VOICE, [one.reading for one in heard], moments, {"heard": sounds})


def _speech(path: Path) -> Sequence[HeardUtterance]:
    """Each piece of the speech in a recording, read and measured; raises BadSignalError."""
    passage, reader = Passage(path), VoiceReader()
    with progress(path, "listening to") as watch:
        found = [reader.hear(one) for sound in passage.utterances(watch) for one in _pieces(sound)]
    if (why := unreadable(passage.faults())) is not None:
        raise BadSignalError(f"{path}: {why}; expected 20 to 60 seconds of plain speech")
    return found


def _pieces(sound: Sound) -> Iterator[Sound]:
    """Parts of equal length, none over _PIECE_SECS."""
    count = max(1, math.ceil(sound.secs / _PIECE_SECS))
    edges = np.linspace(sound.start_secs, sound.end_secs, count + 1).tolist()
    return (sound.between(start, end) for start, end in pairwise(edges))


def _heart(path: Path, rate: float | None) -> dict[str, Any]:
    recording = open_recording(path, Wanted(rate=rate))
    observation = HeartReader().observe_blocks(recording.blocks())
    for remark in (*recording.remarks, *observation.remarks):
        note(err(), f"{path}: {remark}")
    return rest_json(check_rest(observation.beats, str(path)))


def _said(reading: Reading, path: Path) -> Reading:
    """The Reading of a moment; raises BadSignalError where it abstains."""
    if reading.abstained is not None:
        raise BadSignalError(f"{path}: {reading.abstained}; expected a moment that can be read")
    return reading


def _shows(path: Path) -> Modality:
    """What a moment is of, by its file; raises BadInputError for other files."""
    _expect(path, "--moment", PICTURE, FILM, SOUND)
    return Modality.VOICE if kind_of(path) is SOUND else Modality.FACE


def _expect(path: Path, option: str, *kinds: FileKind) -> None:
    kind = kind_of(path)
    if kind not in kinds:
        expected = " or ".join(one.name for one in kinds)
        raise BadInputError(f"{option}: {path} is {kind.name}; expected {expected}")
    if not path.is_file():
        raise BadInputError(f"{option}: there is no file {path}")
