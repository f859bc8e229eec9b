"""A message that was spoken: its words, how it was said, and what both say about the person."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from insideout.agents.errors import BadInputError
from insideout.perception.fusion import fuse
from insideout.perception.person import Profile
from insideout.perception.reader import Reader
from insideout.perception.reading import EmotionState, Modality
from insideout.perception.text.dialogue import Dialogue
from insideout.perception.text.language import detect_language
from insideout.perception.voice.embedded import load_embedded
from insideout.perception.voice.own import own_voice_reader
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.readers import voice_reader
from insideout.perception.voice.sound import Transcriber
from insideout.perception.voice.sound_file import Watch
from insideout.perception.voice.transcribing import transcriber
from insideout.perception.voice.words import NOTHING_SAID, how_said, message, read_words
from insideout.service.cli.render import err, note, printable

_LANGUAGES = ("en", "ru")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a recording gives a turn: fields of agents.turn.Request.

    text: the words. state: what they and the voice say about the person; of the voice alone where the
    words were typed. aside: how each utterance was said, for the agents.
    """

    text: str
    state: EmotionState
    aside: str


def hear(
    path: Path,
    words: str | None,
    reader: Reader[Dialogue],
    language: str = "auto",
    earlier: Dialogue = NOTHING_SAID,
    profile: Profile | None = None,
) -> Heard:
    """Hear a recording. words: where the person typed them as well; then nothing is transcribed.

    reader: of words. language: of the cues; "auto" is that of the words. earlier: the conversation so
    far. profile: of the person, None for a stranger. Raises BadSignalError where the file is no sound,
    BadInputError where no words are in it.
    """
    cues_in = language if language in _LANGUAGES else detect_language(words or "")
    listener = listener_for(profile, None if words else transcriber(), cues_in)
    with progress(path, "listening to") as watch:
        observation = listener.observe(path, watch)
    for remark in observation.remarks:
        note(err(), f"{path}: {remark}")
    heard = observation.utterances
    text = words or message(heard)
    if not text:
        why = observation.reading.abstained if not heard else "no words could be made out"
        raise BadInputError(f"{path}: {why}; expected a recording of somebody who speaks")
    if not words:
        rough = any(u.transcript is not None and u.transcript.rough for u in heard)
        note(err(), f"heard{', roughly' if rough else ''}: {' '.join(text.split())}")
    said = None if words else read_words(heard, reader, earlier)
    readings = [reading for reading in (said, observation.reading) if reading is not None]
    told_in = language if language in _LANGUAGES else detect_language(text)
    return Heard(text=text, state=fuse(readings), aside=how_said(heard, told_in))


def listener_for(profile: Profile | None, scribe: Transcriber | None, language: str) -> VoiceReader:
    """The reader of that person's voice; of a stranger's without a profile."""
    if profile is None:
        return voice_reader(transcriber=scribe, language=language)
    if (doubt := profile.doubt(Modality.VOICE, load_embedded().name)) is not None:
        note(err(), doubt)
    return own_voice_reader(profile, transcriber=scribe, language=language)


@contextmanager
def progress(path: Path, what: str) -> Iterator[Watch]:
    """A bar on stderr while a file is gone through."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True) as bars:
        task = bars.add_task(f"{what} {printable(path.name)}", total=None)
        yield lambda secs, total: bars.update(task, completed=secs, total=total)
