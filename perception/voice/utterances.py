"""Utterances: stretches of speech that belong together, and where a turn ends."""

from collections.abc import Iterable, Sequence

from insideout.perception.voice.activity import WINDOW_SECS
from insideout.perception.voice.sound import Stretch

END_OF_TURN_SECS = 0.8
"""Silence after speech that ends an utterance, and with it the turn: longer than most people pause
within a sentence, shorter than they wait for an answer. A choice, not a measurement."""

MOST_SECS = 30.0
"""Of one utterance: the window of Whisper. Longer speech is parted at its longest pause."""


def utterances(
    stretches: Iterable[Stretch],
    end_of_turn_secs: float = END_OF_TURN_SECS,
    most_secs: float = MOST_SECS,
) -> list[Stretch]:
    """Stretches joined over pauses shorter than `end_of_turn_secs`, none longer than `most_secs`.

    Speech of more than `most_secs` without any pause is cut there.
    """
    found: list[Stretch] = []
    turn: list[Stretch] = []
    for stretch in stretches:
        if turn and stretch.start_secs - turn[-1].end_secs >= end_of_turn_secs:
            found += parted(turn, most_secs)
            turn = []
        turn.append(stretch)
    return found + parted(turn, most_secs)


def parted(turn: Sequence[Stretch], most_secs: float = MOST_SECS) -> list[Stretch]:
    """One turn as utterances of at most `most_secs`, parted at the longest pause and so on."""
    if not turn:
        return []
    whole = Stretch(start_secs=turn[0].start_secs, end_secs=turn[-1].end_secs)
    if whole.secs <= most_secs + WINDOW_SECS:
        return [whole]
    if len(turn) == 1:
        return _cut(whole, most_secs)
    place = longest_pause(turn)
    return parted(turn[:place], most_secs) + parted(turn[place:], most_secs)


def longest_pause(turn: Sequence[Stretch]) -> int:
    """The number of the stretch that follows the longest pause; two stretches at least."""
    return max(range(1, len(turn)), key=lambda at: turn[at].start_secs - turn[at - 1].end_secs)


def _cut(whole: Stretch, most_secs: float) -> list[Stretch]:
    count = -int(-whole.secs // most_secs)
    width = whole.secs / count
    return [
        Stretch(
            start_secs=whole.start_secs + number * width,
            end_secs=whole.start_secs + (number + 1) * width,
        )
        for number in range(count)
    ]
