"""Films of people, read clip by clip: what the face, the voice and the words of each say.

What was read is kept, so that a broken run goes on and the fusion is measured anew without reading. One
line of `readings.jsonl`, a Reading a modality, those that abstain with their reason:

    {"name": "01-01-06-01-02-01-12", "readings": [{"modality": "face", …}, {"modality": "voice", …}]}
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from insideout.eval.errors import DataSetError
from insideout.eval.kept_lines import KeptLines
from insideout.perception.audiovisual.clips import FilmClip
from insideout.perception.audiovisual.corpora import FilmCorpus
from insideout.perception.audiovisual.part import FilmPart
from insideout.perception.errors import BadSignalError
from insideout.perception.face.film import FilmReading
from insideout.perception.face.reader import FaceReader
from insideout.perception.reading import Modality, Reading
from insideout.perception.text.text_reader import TextReader
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.recognisers import voice_recogniser
from insideout.perception.voice.sound import VoiceRecogniser

READINGS = "readings.jsonl"
FAILED = "failed: "  # what the reason begins with where a file could not be read at all

Read = Callable[[FilmClip], Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipReaders:
    """The embedded readers. Each clip's voice is heard by a reader of its own, without a baseline."""

    face: FaceReader = field(default_factory=FaceReader)
    voice: VoiceRecogniser = field(default_factory=voice_recogniser)
    text: TextReader = field(default_factory=TextReader)

    def read(self, clip: FilmClip) -> tuple[Reading, ...]:
        """What the face and the voice say, and the words where the data set tells them."""
        found = [
            _told(Modality.FACE, self._face, clip),
            _told(Modality.VOICE, self._voice, clip),
        ]
        if clip.words is not None and clip.words.strip():
            found.append(self.text.read(clip.words))
        return tuple(found)

    def _face(self, clip: FilmClip) -> Reading:
        reading = FilmReading(FilmPart(clip.path, clip.start_secs, clip.end_secs), self.face)
        for _ in reading.moments():
            pass
        return reading.observation().reading

    def _voice(self, clip: FilmClip) -> Reading:
        return VoiceReader(recogniser=self.voice).read(clip.load_sound())

    @property
    def names(self) -> dict[str, str]:
        """The recognisers, by modality."""
        text = self.text.read("I passed my exam!").model
        return {"face": self.face.recogniser.name, "voice": self.voice.name, "text": text}


def _told(modality: Modality, read: Read, clip: FilmClip) -> Reading:
    try:
        return read(clip)
    except BadSignalError as error:
        return Reading(modality=modality, model="none", quality=0.0, abstained=f"{FAILED}{error}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The Readings of one clip."""

    name: str
    readings: tuple[Reading, ...]

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Seen":
        """What a line holds."""
        return cls(name=row["name"], readings=tuple(map(Reading.from_json, row["readings"])))

    def to_json(self) -> dict[str, Any]:
        """A line."""
        return {"name": self.name, "readings": [one.to_json() for one in self.readings]}


def unheard(corpus: FilmCorpus, clips: Sequence[FilmClip]) -> tuple[FilmClip, ...]:
    """The clips of speakers whom no embedded model learnt from; raises DataSetError for none."""
    found = tuple(clip for clip in clips if clip.speaker not in corpus.learnt)
    if not found:
        raise DataSetError(
            f"all {len(clips)} clips are of speakers whom the embedded models learnt from "
            f"({', '.join(sorted(corpus.learnt))}); expected others as well"
        )
    return found


def seen(
    clips: Sequence[FilmClip],
    readers: ClipReaders,
    run: Mapping[str, Any],
    folder: Path | None = None,
    tick: Callable[[], None] = lambda: None,
) -> list[Seen]:
    """The Readings of each clip, in their order; those in the folder are taken from there.

    run: of what beside the clips. Raises RunError where the folder holds another run.
    """
    what = {**run, **readers.names, "clips": _digest(clips)}
    kept = KeptLines(folder, what, READINGS, Seen.from_json)
    known = {one.name: one for one in kept.there}
    for clip in clips:
        if clip.name not in known:
            known[clip.name] = Seen(name=clip.name, readings=readers.read(clip))
            kept.keep(known[clip.name].to_json())
        tick()
    return [known[clip.name] for clip in clips]


def _digest(clips: Sequence[FilmClip]) -> str:
    return hashlib.sha256("\n".join(clip.name for clip in clips).encode()).hexdigest()
