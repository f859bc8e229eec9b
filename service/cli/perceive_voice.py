"""Voices for `insideout perceive`: recordings of speech, and the sound tracks of films."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from insideout.perception.describe import label_words
from insideout.perception.profiles import load_profile
from insideout.perception.reading import Modality, Reading
from insideout.perception.text.text_reader import TextReader
from insideout.perception.voice.as_json import observation_json
from insideout.perception.voice.loading import pieces_of
from insideout.perception.voice.own import own_voice_reader
from insideout.perception.voice.plot import plot
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.readers import voice_reader
from insideout.perception.voice.recognisers import EMBEDDED, voice_recogniser
from insideout.perception.voice.sound import HeardUtterance, VoiceObservation
from insideout.perception.voice.transcribing import transcriber
from insideout.perception.voice.words import read_words
from insideout.service.cli.hearing import progress
from insideout.service.cli.perceived import Asked, Perceived
from insideout.service.cli.render import bar, colour, err, note, printable

_NAME_CELLS = 14
_BAR_CELLS = 12
_LABELS, _NAMED = 3, 2
_IN_ALL = {"en": "in all", "ru": "в целом"}


def reader_for(asked: Asked) -> VoiceReader:
    """The reader that the options ask for; raises PerceptionError."""
    scribe = transcriber() if asked.transcribe else None
    model = asked.voice_model or EMBEDDED
    if asked.profile is not None and asked.baseline is None:
        person = load_profile(asked.profile)
        reader = own_voice_reader(person, model, transcriber=scribe, language=asked.language)
        if (doubt := person.doubt(Modality.VOICE, voice_recogniser(model).name)) is not None:
            note(err(), doubt)
        return reader
    return voice_reader(
        model,
        transcriber=scribe,
        language=asked.language,
        neutral=asked.baseline,
    )


def perceive(path: Path, asked: Asked) -> Perceived:
    """Read one recording; draw it where that is asked. Raises BadSignalError."""
    reader = reader_for(asked)
    with progress(path, "listening to") as watch:
        observation = reader.observe(path, watch)
    if asked.plot is not None:
        with progress(path, "drawing") as watch:
            plot(observation, pieces_of(path, watch=watch), asked.plot, path.name)
    words = read_words(observation.utterances, TextReader())
    shown = Shown(path=path, observation=observation, words=words, language=asked.language)
    return Perceived(
        reading=observation.reading,
        section="voice",
        more=() if words is None else (words,),
        details={
            "file": str(path),
            **observation_json(observation),
            "words": None if words is None else words.to_json(),
        },
        show=shown.print,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One recording as people read it. words: what its words say, None without a transcript."""

    path: Path
    observation: VoiceObservation
    words: Reading | None
    language: str

    def print(self, console: Console) -> None:
        """Where it comes from, its remarks, each utterance, the whole."""
        console.print(Text(self._head(), style="bold"))
        for remark in self.observation.remarks:
            console.print(Text(f"  {printable(remark)}", style="yellow"))
        for utterance in self.observation.utterances:
            for line in utterance_lines(utterance, self.language):
                console.print(line)
        for line in self._whole():
            console.print(line)

    def _head(self) -> str:
        count = len(self.observation.utterances)
        utterances = "1 utterance" if count == 1 else f"{count} utterances"
        return f"{printable(self.path.name)}: {clock(self.observation.secs)} min, {utterances}"

    def _whole(self) -> Iterator[Text]:
        """What the voice says in all, or why nothing is read from it."""
        reading = self.observation.reading
        if reading.abstained is not None:
            if reading.abstained not in self.observation.remarks:
                yield Text(f"  {printable(reading.abstained)}", style="dim")
            return
        if len(self.observation.utterances) > 1:
            cues = f"  {printable(', '.join(reading.cues))}"
            yield Text(f"  {_IN_ALL[self.language]}", style="bold").append(
                cues, style="not bold dim"
            )
        yield from _feelings(reading, self.language)


def utterance_lines(utterance: HeardUtterance, language: str = "en") -> Iterator[Text]:
    """One utterance: when it was, what is felt, how it sounds; and its words below that."""
    stretch, reading = utterance.stretch, utterance.reading
    line = Text(f"  {clock(stretch.start_secs)}-{clock(stretch.end_secs)}  ")
    if reading.abstained is not None:
        line.append(printable(reading.abstained), style="dim")
    else:
        line.append(_likeliest(reading, language), style=_style(reading))
    yield line.append(f"  {printable(', '.join(reading.cues))}", style="dim")
    if utterance.transcript is not None:
        rough = "  (roughly heard)" if utterance.transcript.rough else ""
        said = utterance.transcript.text or "…"
        yield Text(f"    “{printable(said)}”").append(rough, style="dim")


def _likeliest(reading: Reading, language: str) -> str:
    said = (f"{label_words(label, language)} {share:.0%}" for label, share in reading.top(_NAMED))
    return ", ".join(said) or _affect(reading)


def _feelings(reading: Reading, language: str) -> Iterator[Text]:
    """The likeliest labels as bars; of a reading without labels valence and arousal."""
    for label, share in reading.top(_LABELS):
        line = Text(f"    {label_words(label, language):<{_NAME_CELLS}}")
        line.append(bar(share, _BAR_CELLS), style=_style(reading))
        yield line.append(f" {share:4.0%}")
    if not reading.probabilities:
        yield Text(f"    {_affect(reading)}")


def _affect(reading: Reading) -> str:
    affect = reading.affect
    assert affect is not None  # a Reading without labels has it
    return f"valence {affect.valence:+.2f}, arousal {affect.arousal:+.2f}"


def _style(reading: Reading) -> str:
    if not reading.emotions:
        return "default"
    return colour(max(reading.emotions, key=lambda emotion: reading.emotions[emotion]))


def clock(secs: float) -> str:
    """
    >>> clock(75.4)
    '1:15'
    """
    minutes, rest = divmod(round(secs), 60)
    return f"{minutes}:{rest:02d}"
