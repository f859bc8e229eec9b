"""Films for `insideout perceive`: the face in the pictures and the voice in the sound."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.text import Text

from insideout.agents.errors import MissingLibraryError
from insideout.perception.affect import Emotion
from insideout.perception.errors import BadSignalError, PerceptionError
from insideout.perception.face.annotate import AnnotatedFilm
from insideout.perception.face.film import FilmObservation, FilmReading
from insideout.perception.face.film_frames import Film, film_tracks
from insideout.perception.face.plot import Stills, check_plot, plot
from insideout.service.cli import perceive_pulse
from insideout.service.cli.face_options import (
    print_remarks,
    progress,
    reader_for,
    reading_lines,
    stream_options,
)
from insideout.service.cli.perceived import Asked, Perceived
from insideout.service.cli.render import colour, printable

VOICE = "insideout.service.cli.perceive_voice"
_RIBBON_CELLS = 60
_NO_PICTURES = "the film has no picture track"
_NO_SOUND = "the film has no sound track"


def perceive(path: Path, asked: Asked) -> tuple[Perceived, ...]:
    """Read the face and the voice of one film; only the pulse where that is asked for.

    A track that is missing is a remark. Raises BadSignalError where both are, or where one is asked
    to be drawn that is not there.
    """
    if asked.pulse:
        return (perceive_pulse.perceive(path, asked),)
    if asked.plot is not None:
        check_plot(asked.plot)
    tracks = film_tracks(path)
    if not tracks.pictures and not tracks.sound:
        raise BadSignalError(f"{path} has neither pictures nor sound; expected a film of a person")
    if not tracks.pictures:
        if asked.annotate is not None:
            raise BadSignalError(f"{path} has no picture track, so --annotate has nothing to draw")
        return (_remarked(_listen(path, asked), _NO_PICTURES),)
    voice, why = _voice(path, asked) if tracks.sound else (None, _NO_SOUND)
    face = _face(path, asked, () if why is None else (why,))
    return (face,) if voice is None else (face, voice)


def _voice(path: Path, asked: Asked) -> tuple[Perceived | None, str | None]:
    """What the sound track says, or why it is not read; raises where the voice was asked for."""
    try:
        return _listen(path, replace(asked, plot=None)), None
    except (PerceptionError, MissingLibraryError) as error:
        if asked.transcribe or asked.voice_model or asked.baseline:
            raise
        return None, f"the sound track is not read: {error}"


def _listen(path: Path, asked: Asked) -> Perceived:
    """The voice's own door; raises MissingLibraryError where what it needs is not installed."""
    try:
        module = import_module(VOICE)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("insideout"):
            raise
        raise MissingLibraryError(
            f"voices need {error.name}, which is not installed; "
            'install it with: pip install "insideout-emotions[voice]"'
        ) from error
    heard: Perceived = module.perceive(path, asked)
    return heard


def _face(path: Path, asked: Asked, remarks: tuple[str, ...]) -> Perceived:
    film = Film(path)
    reader = reader_for(asked)
    reading = FilmReading(film, reader, stream_options(asked))
    stills = Stills(secs=film.tracks.secs)
    with ExitStack() as stack:
        watch = stack.enter_context(progress(path, "watching"))
        drawn = None
        if asked.annotate is not None:
            drawn = stack.enter_context(AnnotatedFilm(asked.annotate, path, asked.language))
        for secs, picture, moment in reading.moments(watch):
            if asked.plot is not None:
                stills.look(secs, picture, moment)
            if drawn is not None:
                drawn.write(picture, secs, moment)
    observation = reading.observation()
    observation = replace(observation, remarks=(*reader.remarks, *observation.remarks, *remarks))
    if asked.plot is not None:
        plot(observation, asked.plot, path.name, stills.kept, asked.language)
    shown = _Shown(path=path, observation=observation)
    return Perceived(
        reading=observation.reading,
        section="film",
        details={"file": str(path), **observation.to_json()},
        show=shown.print,
    )


def _remarked(perceived: Perceived, remark: str) -> Perceived:
    """The same with one remark more."""
    show = perceived.show

    def print_both(console: Console) -> None:
        show(console)
        print_remarks(console, (remark,))

    before = perceived.details.get("remarks", [])
    details = {**perceived.details, "remarks": [*before, remark]}
    return replace(perceived, details=details, show=print_both)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """One film as people read it."""

    path: Path
    observation: FilmObservation

    def print(self, console: Console) -> None:
        """Length, remarks, the course as a ribbon, the whole, the people where there are more."""
        console.print(Text(self._head(), style="bold"))
        print_remarks(console, self.observation.remarks)
        if self.observation.reading.abstained is None:
            console.print(self._ribbon(min(_RIBBON_CELLS, max(10, console.width - 4))))
            console.print(self._legend())
        for line in reading_lines(self.observation.reading):
            console.print(line)
        for line in self._people():
            console.print(line)

    def _head(self) -> str:
        minutes, secs = divmod(self.observation.secs, 60)
        return (
            f"{printable(self.path.name)}: {int(minutes)}:{secs:04.1f} min, "
            f"{self.observation.width}×{self.observation.height}, "
            f"{self.observation.read} of {self.observation.frames} frames read"
        )

    def _ribbon(self, cells: int) -> Text:
        """The course of the film, a cell for each equal part of its time."""
        line = Text("  ")
        for cell in range(cells):
            secs = (cell + 0.5) / cells * self.observation.secs
            inside = [e for e in self.observation.episodes if e.start_secs <= secs < e.end_secs]
            emotion = inside[0].emotion if inside else None
            line.append(
                "·" if emotion is None else "█", style="dim" if emotion is None else colour(emotion)
            )
        return line

    def _legend(self) -> Text:
        line = Text("  ")
        met = {episode.emotion for episode in self.observation.episodes}
        for emotion in (emotion for emotion in Emotion if emotion in met):
            line.append("█ ", style=colour(emotion)).append(f"{emotion.value}  ", style="dim")
        return line

    def _people(self) -> Iterator[Text]:
        people = self.observation.people
        for person in people if len(people) > 1 else ():
            said = "not seen well enough"
            if person.reading is not None:
                said = ", ".join(f"{label} {share:.0%}" for label, share in person.reading.top(2))
            yield Text(
                f"  face {person.number}: {person.first_secs:.1f}-{person.last_secs:.1f} s, {said}",
                style="dim",
            )
