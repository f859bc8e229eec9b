"""Prompting: a dialogue and the person's state as the pieces that the model goes on from."""

from collections.abc import Iterable

from insideout.agents.embedded import markers
from insideout.agents.embedded.vocabulary import Vocabulary
from insideout.perception.affect import Emotion
from insideout.perception.reading import EmotionState
from insideout.perception.text.dialogue import Dialogue, Speaker

MOST_PIECES = 200  # of the dialogue; the network has 320 places, the reply needs some of them
SURE_ENOUGH = 0.4  # probability from which the perceived emotion is told to the model
# The training data have no neutral and no contemptuous person; the model knows nothing of them.
_TAUGHT = frozenset({*markers.TONES, Emotion.DISGUST.value, Emotion.SURPRISE.value})


def feeling(state: EmotionState | None) -> str | None:
    """The perceived emotion to tell the model, or None where it is weak or unknown to it."""
    if state is None or state.top.value not in _TAUGHT:
        return None
    return state.top.value if state.emotions[state.top] >= SURE_ENOUGH else None


def prompt(
    vocabulary: Vocabulary,
    dialogue: Dialogue,
    *,
    felt: str | None = None,
    tone: str | None = None,
    kind: str = markers.EMPATHETIC,
    before: Iterable[str] = (),
    most: int = MOST_PIECES,
) -> list[str]:
    """The pieces after which the assistant's next words in that tone follow.

    felt: the person's emotion. before: pieces that the reply must begin with. most: pieces of the
    dialogue; its oldest turns are left out where it is longer.
    """
    turns: list[list[str]] = []
    room = most
    for mine, text in reversed(_merged(dialogue)):
        pieces = vocabulary.pieces(text)[-room:]
        turns.append([markers.speaks(mine), *pieces, markers.END])
        room -= len(pieces) + 2
        if room < 8:
            break
    told = [piece for turn in reversed(turns) for piece in turn]
    return [kind, markers.feels(felt), *told, markers.speaks(True, tone), *before]


def alone(tone: str | None = None, felt: str | None = None) -> list[str]:
    """The prompt of words said out of the blue: what a reply's likelihood is compared with."""
    return [markers.EMPATHETIC, markers.feels(felt), markers.speaks(True, tone)]


def _merged(dialogue: Dialogue) -> list[tuple[bool, str]]:
    """(is it the assistant, text), neighbouring turns of one speaker joined, empty ones left out."""
    merged: list[tuple[bool, str]] = []
    for turn in dialogue.turns:
        mine, text = turn.speaker is Speaker.ASSISTANT, " ".join(turn.text.split())
        if not text:
            continue
        if merged and merged[-1][0] == mine:
            merged[-1] = (mine, f"{merged[-1][1]} {text}")
        else:
            merged.append((mine, text))
    return merged
