"""The conversation as a strip: how pleasant each message seemed, and by which emotion."""

from html import escape

from insideout.perception.describe import label_words
from insideout.perception.reading import EmotionState
from insideout.service.web.texts import TEXTS
from insideout.service.web.visit import Visit
from insideout.service.web.wording import affect_words

TURNS = 12
_WIDTH, _HEIGHT = 320, 72
_SIDE, _SWING = 16, 24
_LEAST, _MORE = 4.0, 4.0  # radius of a dot, and what certainty adds


def history(visit: Visit, language: str) -> str:
    """The latest messages that were read, as a picture and in words; empty below two of them."""
    read = [(n, e.state) for n, e in enumerate(visit.exchanges, 1) if e.state is not None]
    if len(read) < 2:
        return ""
    shown, texts = read[-TURNS:], TEXTS[language]
    spots = [(_across(i, len(shown)), _up(state)) for i, (_, state) in enumerate(shown)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    dots = "".join(
        _dot(x, y, number, state, language)
        for (x, y), (number, state) in zip(spots, shown, strict=True)
    )
    said = "".join(f"<li>{escape(_words(number, state, language))}</li>" for number, state in shown)
    return (
        f'<div class="history"><h3>{escape(texts.history_title)}</h3>'
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true">'
        f'<path class="axes" d="M{_SIDE} {_HEIGHT / 2}H{_WIDTH - _SIDE}"/>'
        f'<polyline class="trail" points="{line}"/>{dots}</svg>'
        f'<div class="heard"><p>{escape(texts.history_says)}</p><ol>{said}</ol></div></div>'
    )


def _across(place: int, count: int) -> float:
    return _SIDE + place * (_WIDTH - 2 * _SIDE) / max(1, count - 1)


def _up(state: EmotionState) -> float:
    return _HEIGHT / 2 - state.affect.valence * _SWING


def _dot(x: float, y: float, number: int, state: EmotionState, language: str) -> str:
    radius = _LEAST + _MORE * state.confidence
    title = escape(_words(number, state, language))
    return (
        f'<circle class="was {state.top.value}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
        f"<title>{title}</title></circle>"
    )


def _words(number: int, state: EmotionState, language: str) -> str:
    valence, _ = affect_words(state.affect, language)
    return TEXTS[language].history_turn.format(
        n=number,
        emotion=label_words(state.top, language),
        share=f"{state.emotions[state.top]:.0%}",
        valence=valence,
    )
