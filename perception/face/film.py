"""Films of faces: the clip's Reading, its timeline, the people in it, its descriptors."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from insideout.perception.affect import Emotion
from insideout.perception.face.attention import FrameAttention
from insideout.perception.face.face import Picture
from insideout.perception.face.film_frames import Film
from insideout.perception.face.film_wording import course_words, says
from insideout.perception.face.leading import with_leading
from insideout.perception.face.statistics import Descriptors, DescriptorSum
from insideout.perception.face.stream import FaceMoment, FaceStream, PictureReader, StreamOptions
from insideout.perception.face.timeline import Episode, Row, cuts, episodes
from insideout.perception.reading import Modality, Reading

Watch = Callable[[float, float | None], None]
"""Told how many seconds of a film are read, of how many; None where that is unknown."""

_TOLD_EPISODES = 4  # the longest of a film are put into words
_MOST_CUES, _LASTING = 3, 0.25  # of the time in which the face was read
_MOST_AWAY = 0.1  # of the time; above it is worth a remark
_MOST_SHORT_SECS = 0.5  # between the length a film tells and its last frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One numbered face of a film.

    secs: how long it was read. reading: of all that time; None where it was never seen well enough.
    """

    number: int
    first_secs: float
    last_secs: float
    secs: float
    reading: Reading | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmObservation:
    """One film.

    reading: of the face in front, frames weighed by attention; or the Reading that abstains.
    descriptors: of the same, of the single frames before smoothing; None where nothing was read.
    people: the faces that were read, by number. frames, read: how many frames there were, and how many
    of them were read. remarks: what one should know about the film, in the options' language.
    """

    reading: Reading
    timeline: tuple[Row, ...] = ()
    episodes: tuple[Episode, ...] = ()
    people: tuple[Person, ...] = ()
    descriptors: Descriptors | None = None
    remarks: tuple[str, ...] = ()
    secs: float = 0.0
    frames: int = 0
    read: int = 0
    width: int = 0
    height: int = 0

    def to_json(self) -> dict[str, Any]:
        """Everything but the Reading, which has its own place in the state."""
        return {
            "secs": round(self.secs, 3),
            "frames": self.frames,
            "frames_read": self.read,
            "width": self.width,
            "height": self.height,
            "episodes": [episode.to_json() for episode in self.episodes],
            "cuts": [round(secs, 3) for secs in cuts(self.timeline)],
            "people": [_person_json(person) for person in self.people],
            "descriptors": None if self.descriptors is None else self.descriptors.to_json(),
            "timeline": [row.to_json() for row in self.timeline],
            "remarks": list(self.remarks),
        }


def read_film(
    path: Path,
    reader: PictureReader,
    options: StreamOptions | None = None,
    watch: Watch | None = None,
) -> FilmObservation:
    """The whole film; raises BadSignalError where it has no picture that can be decoded."""
    reading = FilmReading(Film(path), reader, options)
    for _ in reading.moments(watch):
        pass
    return reading.observation()


class FilmReading:
    """One film while it is read, for those who want its pictures too.

    reading = FilmReading(Film(path), reader)
    for secs, picture, moment in reading.moments():
        ...
    observation = reading.observation()
    """

    def __init__(
        self, film: Film, reader: PictureReader, options: StreamOptions | None = None
    ) -> None:
        self._film, self._options = film, options or StreamOptions()
        self._stream = FaceStream(reader, self._options)
        self._sums = _Sums(count_cues=reader.cues is not None)
        self._rows: list[Row] = []
        self._size = (0, 0)

    def moments(self, watch: Watch | None = None) -> Iterator[tuple[float, Picture, FaceMoment]]:
        """Seconds and picture of every frame, with the moment that is in force."""
        for secs, picture in self._film:
            before = self._stream.moment
            moment = self._stream.feed(picture, secs)
            if moment is not None and before is not None:
                self._keep(before, secs)
            self._size = (picture.shape[1], picture.shape[0])
            if watch is not None:
                watch(secs, self._film.tracks.secs)
            if self._stream.moment is not None:
                yield secs, picture, self._stream.moment
        if self._stream.moment is not None:
            self._keep(self._stream.moment, max(self._film.secs, self._stream.moment.secs))

    def _keep(self, moment: FaceMoment, end_secs: float) -> None:
        """Take a moment that lasted until then."""
        self._rows.append(Row.of(moment, end_secs))
        self._sums.add(moment, end_secs - moment.secs)

    def observation(self) -> FilmObservation:
        """What was read, once the film is through."""
        rows = with_leading(self._rows)
        found = episodes(rows)
        people = self._sums.persons()
        return FilmObservation(
            reading=self._reading(found),
            timeline=rows,
            episodes=found,
            people=people,
            descriptors=self._sums.front.descriptors(),
            remarks=tuple(self._remarks(people)),
            secs=self._film.secs,
            frames=self._stream.fed,
            read=self._stream.read,
            width=self._size[0],
            height=self._size[1],
        )

    def _reading(self, found: tuple[Episode, ...]) -> Reading:
        language = self._options.language
        course = _told(found)
        cues = (course_words(course, language), *self._sums.lasting_cues()) if course else ()
        reading = self._sums.attention.reading(0.0, self._film.secs, cues)
        if reading is not None:
            return reading
        seen = any(row.face for row in self._rows)
        return Reading(
            modality=Modality.FACE,
            model="face",
            quality=0.0,
            end_secs=self._film.secs,
            abstained=says(language, "too_little" if seen else "no_face_ever"),
        )

    def _remarks(self, people: tuple[Person, ...]) -> Iterator[str]:
        language, film = self._options.language, self._film
        total = sum(row.secs for row in self._rows) or 1.0
        away = sum(row.secs for row in self._rows if not row.face) / total
        unsure = sum(row.secs for row in self._rows if row.face and not row.shares) / total
        if _MOST_AWAY < away < 1.0:
            yield says(language, "away", share=away)
        if unsure > _MOST_AWAY:
            yield says(language, "unsure", share=unsure)
        if len(people) > 1:
            yield says(language, "people", n=len(people))
        if film.broken:
            yield says(language, "broken", n=film.broken)
        if film.tracks.secs is not None and film.tracks.secs - film.secs > _MOST_SHORT_SECS:
            yield says(language, "short", secs=film.secs, told=film.tracks.secs)
        if film.varies:
            yield says(language, "varies")


def _told(found: tuple[Episode, ...]) -> list[tuple[Emotion, float]]:
    """The longest episodes in their order, those of one emotion that follow each other as one."""
    speaking = [episode for episode in found if episode.emotion is not None]
    longest = sorted(speaking, key=lambda episode: -episode.secs)[:_TOLD_EPISODES]
    course: list[tuple[Emotion, float]] = []
    for episode in sorted(longest, key=lambda episode: episode.start_secs):
        if episode.emotion is None:
            continue
        if course and course[-1][0] is episode.emotion:
            course[-1] = (episode.emotion, course[-1][1] + episode.secs)
        else:
            course.append((episode.emotion, episode.secs))
    return course


@dataclass(slots=True, kw_only=True)
class _Sums:
    """What is gathered of a film moment by moment.

    count_cues: where a face's own movements are told; otherwise the course of the film says it all.
    """

    count_cues: bool
    attention: FrameAttention = field(default_factory=FrameAttention)
    front: DescriptorSum = field(default_factory=DescriptorSum)
    people: dict[int, "_PersonSum"] = field(default_factory=dict)
    cue_secs: dict[str, float] = field(default_factory=dict)
    read_secs: float = 0.0

    def add(self, moment: FaceMoment, secs: float) -> None:
        self.attention.add(moment.raw, secs)
        self.front.add(moment.raw, secs)
        if self.count_cues and moment.raw.abstained is None:
            self.read_secs += secs
            for cue in moment.raw.cues:
                self.cue_secs[cue] = self.cue_secs.get(cue, 0.0) + secs
        for seen in moment.faces:
            if seen.number is not None:
                one = self.people.setdefault(seen.number, _PersonSum(first_secs=moment.secs))
                one.last_secs = moment.secs + secs
                one.secs += secs
                one.attention.add(seen.reading, secs)

    def lasting_cues(self) -> tuple[str, ...]:
        """The movements that a good part of the film shows, the longest first."""
        longest = sorted(self.cue_secs.items(), key=lambda item: -item[1])[:_MOST_CUES]
        return tuple(cue for cue, secs in longest if secs >= _LASTING * self.read_secs)

    def persons(self) -> tuple[Person, ...]:
        return tuple(
            Person(
                number=number,
                first_secs=one.first_secs,
                last_secs=one.last_secs,
                secs=one.secs,
                reading=one.attention.reading(one.first_secs, one.last_secs),
            )
            for number, one in sorted(self.people.items())
        )


@dataclass(slots=True, kw_only=True)
class _PersonSum:
    first_secs: float
    last_secs: float = 0.0
    secs: float = 0.0
    attention: FrameAttention = field(default_factory=FrameAttention)


def _person_json(person: Person) -> dict[str, Any]:
    return {
        "face": person.number,
        "first_secs": round(person.first_secs, 3),
        "last_secs": round(person.last_secs, 3),
        "secs": round(person.secs, 3),
        "reading": None if person.reading is None else person.reading.to_json(),
    }
