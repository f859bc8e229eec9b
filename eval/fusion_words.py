"""Words for the simulation: how conversations open, as they are and with half of the words lost.

The emotional ones are the opening turns of EmpatheticDialogues, labelled as the whole conversation is;
neutral ones are utterances of DailyDialog that carry no emotion.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from insideout.eval import neutral
from insideout.eval.ed_data import load_data
from insideout.eval.fusion_said import EMOTIONS, Said, some_of_each
from insideout.perception.affect import Emotion
from insideout.perception.label_spaces import EMPATHETIC_DIALOGUES
from insideout.perception.reading import Reading
from insideout.perception.text.text_reader import TextReader

_LOST = 0.5
_FEWEST_WORDS = 3  # of a neutral utterance: "Yes." is neutral in every mouth


def words_said(ed: Path, datasets: Path, track: Callable[[str, int], Callable[[], None]]) -> Said:
    """What the embedded reader says of each text."""
    found = [*_openings(ed), *_neutral(datasets)]
    gold = [EMOTIONS.index(emotion) for _, emotion, _ in found]
    places = some_of_each(gold)
    texts = [found[place][0] for place in places]
    tick = track("reading words", 2 * len(texts))
    draw = np.random.default_rng(0)
    clean = _read(texts, tick)
    spoilt = _read([words_lost(text, draw) for text in texts], tick)
    return Said(
        gold=np.array(gold, np.int64)[places],
        groups=np.array([found[place][2] for place in places]),
        clean=_rows(clean),
        spoilt=_rows(spoilt),
        spoilt_quality=_qualities(spoilt),
    )


def words_lost(text: str, draw: np.random.Generator) -> str:
    """Each word is lost with probability 1/2; one at least is left.

    >>> words_lost("I lost my job today", np.random.default_rng(0))
    'I today'
    """
    words = text.split()
    left = [word for word in words if draw.random() >= _LOST]
    return " ".join(left or words[:1])


def _openings(ed: Path) -> list[tuple[str, Emotion, str]]:
    """Text, emotion and conversation; one of each conversation."""
    found: dict[str, tuple[str, Emotion, str]] = {}
    for item in load_data(ed).items:
        text = item.dialogue.person_turns[0]
        emotion = EMPATHETIC_DIALOGUES.canonical[item.emotion]
        found.setdefault(item.conversation, (text, emotion, f"ed/{item.conversation}"))
    return list(found.values())


def _neutral(datasets: Path) -> list[tuple[str, Emotion, str]]:
    """One utterance of each dialogue."""
    found: dict[str, tuple[str, Emotion, str]] = {}
    for text, felt, dialogue in neutral.load(datasets):
        if not felt and len(text.split()) >= _FEWEST_WORDS:
            found.setdefault(dialogue, (text, Emotion.NEUTRAL, f"daily_dialog/{dialogue}"))
    return list(found.values())


def _read(texts: Sequence[str], tick: Callable[[], None]) -> list[Reading]:
    reader = TextReader()
    readings = []
    for text in texts:
        readings.append(reader.read(text))
        tick()
    return readings


def _rows(readings: Sequence[Reading]) -> NDArray[np.float64]:
    return np.array([[r.emotions.get(emotion, 0.0) for emotion in EMOTIONS] for r in readings])


def _qualities(readings: Sequence[Reading]) -> NDArray[np.float64]:
    return np.array([0.0 if r.abstained else r.quality for r in readings])
