"""A film in the lab: its stills with the face marked, the course of its emotions, its sound."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from insideout.agents.errors import MissingLibraryError
from insideout.perception.errors import BadSignalError, PerceptionError
from insideout.perception.face.face import Picture
from insideout.perception.face.film import FilmReading, Watch
from insideout.perception.face.film_frames import Film, film_tracks
from insideout.perception.face.stream import FaceMoment
from insideout.service.cli import perceive_pulse
from insideout.service.cli.face_options import reader_for, stream_options
from insideout.service.cli.file_kinds import SOUND, imported
from insideout.service.cli.perceived import Asked
from insideout.service.web.lab.film_chart import film_chart
from insideout.service.web.lab.look import Kind, Look
from insideout.service.web.lab.pictures import marked
from insideout.service.web.lab.texts import TEXTS

_STILLS, _STILL_PIXELS = 8, 360
_UNTOLD_SECS = 60.0  # stills of a film that does not say how long it is are spread over a minute

Listen = Callable[[Path, str, Asked, Watch], tuple[Look, ...]]


def look(path: Path, name: str, asked: Asked, watch: Watch) -> tuple[Look, ...]:
    """Read the face and the voice of one film, and its pulse where that is asked for.

    A track that is missing is a remark; raises BadSignalError where both are.
    """
    texts = TEXTS[asked.language]
    tracks = film_tracks(path)
    if not tracks.pictures and not tracks.sound:
        raise BadSignalError(f"{path} has neither pictures nor sound; expected a film of a person")
    heard, why = _heard(path, name, asked, watch) if tracks.sound else ((), texts.no_sound)
    if not tracks.pictures:
        if not heard:
            raise BadSignalError(f"{path} has no pictures, and {why}")
        return tuple(_remarked(one, texts.no_pictures) for one in heard)
    face = _face(path, name, asked, watch)
    pulse, why_not = _pulse(path, name, asked) if asked.pulse else ((), None)
    for remark in filter(None, (why, why_not)):
        face = _remarked(face, remark)
    return (face, *heard, *pulse)


def _heard(
    path: Path, name: str, asked: Asked, watch: Watch
) -> tuple[tuple[Look, ...], str | None]:
    """What the sound track says, or why it is not read."""
    try:
        listen: Listen = imported("insideout.service.web.lab.sound", SOUND.name, SOUND.extra).look
        return listen(path, name, asked, watch), None
    except (PerceptionError, MissingLibraryError) as error:
        why = str(error).replace(str(path), name)
        return (), TEXTS[asked.language].sound_unread.format(why=why)


def _face(path: Path, name: str, asked: Asked, watch: Watch) -> Look:
    film = Film(path)
    reader = reader_for(asked)
    reading = FilmReading(film, reader, stream_options(asked))
    stills = _Stills(secs=film.tracks.secs or _UNTOLD_SECS, language=asked.language)
    for secs, picture, moment in reading.moments(watch):
        stills.look(secs, picture, moment)
    observation = reading.observation()
    observation = replace(observation, remarks=(*reader.remarks, *observation.remarks))
    kept = tuple(stills.kept)
    return Look(
        name=name,
        kind=Kind.FILM,
        reading=observation.reading,
        section="film",
        details={"file": name, **observation.to_json()},
        remarks=observation.remarks,
        draw=lambda language: film_chart(observation, kept, language),
    )


def _pulse(path: Path, name: str, asked: Asked) -> tuple[tuple[Look, ...], str | None]:
    """The pulse in the skin's colour, or why it could not be looked for."""
    try:
        found = perceive_pulse.perceive(path, asked)
    except PerceptionError as error:
        why = str(error).replace(str(path), name)
        return (), TEXTS[asked.language].pulse_unread.format(why=why)
    details = {**found.details, "file": name}

    def draw(language: str) -> str:
        texts = TEXTS[language]
        if details["bpm"] is None:
            return ""
        line = texts.film_pulse.format(bpm=details["bpm"], secs=details["window_secs"])
        return f'<p class="l-figure">{line}</p><p class="l-fine">{texts.film_pulse_note}</p>'

    pulse = Look(
        name=name,
        kind=Kind.PULSE,
        reading=found.reading,
        section=found.section,
        details=details,
        draw=draw,
    )
    return (pulse,), None


def _remarked(one: Look, remark: str) -> Look:
    """The same with one remark more."""
    told = [*one.details.get("remarks", []), remark]
    return replace(one, remarks=(*one.remarks, remark), details={**one.details, "remarks": told})


@dataclass(slots=True, kw_only=True)
class _Stills:
    """Keeps a few small pictures of a film of so many seconds, with its faces marked."""

    secs: float
    language: str
    kept: list[tuple[float, str]] = field(default_factory=list)

    def look(self, secs: float, picture: Picture, moment: FaceMoment) -> None:
        """Keep the picture where it is the next one's turn."""
        turn = (len(self.kept) + 0.5) * self.secs / _STILLS
        if len(self.kept) < _STILLS and secs >= turn:
            self.kept.append((secs, marked(picture, moment.faces, self.language, _STILL_PIXELS)))
