"""`insideout perceive --mic`: a voice as it speaks, utterance by utterance."""

import json
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console

from insideout.perception.fusion import fuse
from insideout.perception.text.dialogue import Dialogue
from insideout.perception.text.text_reader import TextReader
from insideout.perception.voice.as_json import utterance_json
from insideout.perception.voice.microphone import Microphone
from insideout.perception.voice.passage import MOST_SECS
from insideout.perception.voice.sound import HeardUtterance
from insideout.perception.voice.stream import StreamOptions, VoiceStream
from insideout.perception.voice.words import NOTHING_SAID, readings, said
from insideout.service.cli.perceive_voice import reader_for, utterance_lines
from insideout.service.cli.perceived import Asked
from insideout.service.cli.render import err, note, out, state_line


class LiveSound(Protocol):
    """Where chunks of sound come from while they are spoken; a Microphone is one."""

    rate_hz: int

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: Any) -> None: ...

    def __iter__(self) -> Iterator[NDArray[np.float32]]:
        """Chunks as VoiceStream takes them; raises BadSignalError where no more come."""
        ...


def listen(asked: Asked, source: LiveSound | None = None) -> None:
    """Tell each utterance when it is over, until `--secs` are over, Ctrl-C or the microphone's end.

    With --json a line of JSON an utterance. No sound is kept. source: another one than the system's
    microphone. What was being said at the end is told before the error of a microphone that vanished.
    Raises BadSignalError where there is none, or where it stops.
    """
    stream = VoiceStream(reader_for(asked), StreamOptions(most_secs=MOST_SECS))
    teller = _Teller(asked=asked)
    with source or Microphone() as live:
        note(err(), "listening; Ctrl-C ends")
        try:
            with closing(_until(live, stream, asked.secs)) as chunks:
                for chunk in chunks:
                    teller.tell(stream.feed(chunk, live.rate_hz))
        finally:
            teller.tell(stream.finish())
            note(err(), f"{stream.heard_secs:.0f} s heard; no sound was kept")


def _until(
    live: LiveSound, stream: VoiceStream, secs: float | None
) -> Generator[NDArray[np.float32], None, None]:
    """The chunks, until enough was heard."""
    for chunk in live:
        yield chunk
        if secs is not None and stream.heard_secs >= secs:
            return


@dataclass(slots=True, kw_only=True)
class _Teller:
    """Tells utterances as they come. spoken: the words so far, which those that follow go on from."""

    asked: Asked
    console: Console = field(default_factory=out)
    words: TextReader = field(default_factory=TextReader)
    spoken: Dialogue = NOTHING_SAID

    def tell(self, heard: Iterable[HeardUtterance]) -> None:
        """One object or a few lines an utterance."""
        for utterance in heard:
            state = fuse(readings(utterance, self.words, self.spoken))
            self.spoken = Dialogue((*self.spoken.turns, *said([utterance]).turns))
            if self.asked.json_:
                record = {"utterance": utterance_json(utterance), "state": state.to_json()}
                typer.echo(json.dumps(record, ensure_ascii=False))
                continue
            for line in utterance_lines(utterance, self.asked.language):
                self.console.print(line)
            if utterance.transcript is not None and state.confidence > 0.0:
                self.console.print(state_line(state, self.asked.language))
