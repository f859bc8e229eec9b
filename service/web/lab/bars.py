"""Probabilities and shares as bars."""

from collections.abc import Iterable
from html import escape

from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.label_spaces import label_space

_EMOTIONS = frozenset(emotion.value for emotion in Emotion)


def bars(shares: Iterable[tuple[str, str, float]]) -> str:
    """A row for each (class of the colour, words, share in [0, 1]).

    >>> bars([("joy", "joy", 0.5)]).count("<li>")
    1
    """
    rows = "".join(
        f'<li><span class="name">{escape(words)}</span>'
        f'<span class="bar" aria-hidden="true"><i class="{name}" style="width:{share:.1%}"></i></span>'
        f'<span class="share">{percent(share)}</span></li>'
        for name, words, share in shares
    )
    return f'<ul class="l-bars">{rows}</ul>'


def meter(words: str, share: float) -> str:
    """One share under a name; weak ones are marked."""
    weak = " l-weak" if share < 0.5 else ""
    return (
        f'<li class="l-meter{weak}"><span class="name">{escape(words)}</span>'
        f'<span class="bar" aria-hidden="true"><i style="width:{share:.1%}"></i></span>'
        f'<span class="share">{share:.2f}</span></li>'
    )


def percent(share: float) -> str:
    """
    >>> percent(0.004), percent(0.126)
    ('<1%', '13%')
    """
    return "<1%" if 0.0 < share < 0.005 else f"{share:.0%}"


def colour(label: str, space: str) -> str:
    """The class that colours a label of a space: of the emotion that most of it is mapped to.

    >>> colour("happy", "ravdess"), colour("no stress", "stress")
    ('joy', 'l-other')
    """
    if label in _EMOTIONS:
        return label
    try:
        mapped = label_space(space).emotions({label: 1.0})
    except PerceptionError:  # the heart's stress and a model of somebody else's have no table
        return "l-other"
    return max(mapped, key=lambda emotion: mapped[emotion]).value
