"""Words for the simulation: how conversations open, as they are and damaged.

The emotional ones are the opening turns of EmpatheticDialogues, labelled as the whole conversation is;
neutral ones are utterances of DailyDialog that carry no emotion.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from insideout.eval import neutral
from insideout.eval.ed_data import load_data
from insideout.eval.fusion_said import EMOTIONS, Damage, Said, some_of_each
from insideout.perception.affect import Emotion
from insideout.perception.label_spaces import EMPATHETIC_DIALOGUES
from insideout.perception.reading import Reading
from insideout.perception.text.text_reader import TextReader

_LOST, _LOSSES = 0.5, (0.1, 0.7)
_MISTYPED = 0.5
_FEWEST_WORDS = 3  # of a neutral utterance: "Yes." is neutral in every mouth


def words_lost(text: str, draw: np.random.Generator, share: float = _LOST) -> str:
    """Each word is lost with that probability; one at least is left.

    >>> words_lost("I lost my job today", np.random.default_rng(0))
    'I today'
    """
    words = text.split()
    left = [word for word in words if draw.random() >= share]
    return " ".join(left or words[:1])


def mistyped(text: str, draw: np.random.Generator) -> str:
    """Two neighbouring letters change places in every second word of at least three.

    >>> mistyped("I lost my job today", np.random.default_rng(0))
    'I lots my obj today'
    """
    return " ".join(
        _swapped(word, draw) if len(word) > 2 and draw.random() < _MISTYPED else word
        for word in text.split()
    )


def _swapped(word: str, draw: np.random.Generator) -> str:
    at = int(draw.integers(0, len(word) - 1))
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _as_it_is(text: str, draw: np.random.Generator) -> str:
    del draw
    return text


def _graded(text: str, draw: np.random.Generator) -> str:
    return words_lost(text, draw, draw.uniform(*_LOSSES))


DAMAGES: Mapping[Damage, Callable[[str, np.random.Generator], str]] = {
    Damage.NONE: _as_it_is,
    Damage.GRADED: _graded,
    Damage.NOISY: words_lost,
    Damage.OTHER: mistyped,
}


def words_said(ed: Path, datasets: Path, track: Callable[[str, int], Callable[[], None]]) -> Said:
    """What the embedded reader says of each text."""
    found = [*_openings(ed), *_neutral(datasets)]
    gold = [EMOTIONS.index(emotion) for _, emotion, _ in found]
    places = some_of_each(gold)
    texts = [found[place][0] for place in places]
    tick = track("reading words", len(DAMAGES) * len(texts))
    draw = np.random.default_rng(0)
    read = {
        damage: _read([change(text, draw) for text in texts], tick)
        for damage, change in DAMAGES.items()
    }
    return Said(
        gold=np.array(gold, np.int64)[places],
        groups=np.array([found[place][2] for place in places]),
        rows={damage: _rows(readings) for damage, readings in read.items()},
        qualities={damage: _qualities(readings) for damage, readings in read.items()},
    )


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
