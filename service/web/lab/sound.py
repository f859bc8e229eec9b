"""A sound in the lab: its outline with the emotion of each utterance, its pitch, its words."""

from pathlib import Path

from insideout.perception.text.text_reader import TextReader
from insideout.perception.voice.as_json import observation_json
from insideout.perception.voice.contour import contour
from insideout.perception.voice.loading import pieces_of
from insideout.perception.voice.sound_file import Watch
from insideout.perception.voice.words import how_said, message, read_words
from insideout.service.cli.perceive_voice import reader_for
from insideout.service.cli.perceived import Asked
from insideout.service.web.lab.look import Kind, Look
from insideout.service.web.lab.sound_chart import sound_chart, thinned


def look(path: Path, name: str, asked: Asked, watch: Watch) -> tuple[Look, ...]:
    """Read one recording; raises BadSignalError where it is no sound."""
    observation = reader_for(asked).observe(path, watch)
    outline = thinned(contour(pieces_of(path), observation.secs))
    words = read_words(observation.utterances, TextReader())
    return (
        Look(
            name=name,
            kind=Kind.SOUND,
            reading=observation.reading,
            more=() if words is None else (words,),
            section="voice",
            details={
                "file": name,
                **observation_json(observation),
                "words": None if words is None else words.to_json(),
            },
            remarks=observation.remarks,
            draw=lambda language: sound_chart(observation, outline, language),
            aside=how_said(observation.utterances, asked.language),
            said=message(observation.utterances),
        ),
    )
