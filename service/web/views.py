"""What the page says about the person: the EmotionState as HTML, and the figures of the turn."""

from collections.abc import Iterable, Sequence
from html import escape

from insideout.perception.affect import Emotion
from insideout.perception.describe import label_words
from insideout.perception.reading import EmotionState, Modality, Reading
from insideout.service.web.circumplex import circumplex
from insideout.service.web.history import history
from insideout.service.web.texts import TEXTS
from insideout.service.web.visit import Visit
from insideout.service.web.wording import band, headline, percents, rule, trend_words

SHADES = 3
SHADE_FROM = 0.05
CUES = 6
SIGNS = 3  # of each of the other modalities


def state_view(visit: Visit, language: str, now: EmotionState | None = None) -> str:
    """The panel "How you seem": the latest state, with the way the mood came.

    now: as the person is seen while nothing is said; None where nobody looks.
    """
    texts = TEXTS[language]
    states = visit.states if now is None else (*visit.states, now)
    turn = visit.last.turn if visit.last else None
    if turn is not None and turn.crisis:
        body = f'<p class="quiet">{escape(texts.not_read_crisis)}</p>'
    elif states:
        body = _seen(states, language, live=now is not None)
    else:
        body = _nothing_yet(language)
    return (
        f'<section class="state" aria-label="{escape(texts.state_title)}">'
        f"<h2>{escape(texts.state_title)}</h2>{body}{history(visit, language)}</section>"
    )


def _nothing_yet(language: str) -> str:
    texts = TEXTS[language]
    return (
        f'<p class="top quiet">{escape(texts.nothing_yet)}</p>'
        f'<p class="rule">{escape(texts.nothing_yet_more)}</p>'
        f'<div class="look">{bars(None, language)}{circumplex((), language)}</div>'
    )


def _seen(states: Sequence[EmotionState], language: str, *, live: bool) -> str:
    state = states[-1]
    likely = band(state.emotions[state.top], language)
    return (
        f'<p class="top"><i class="dot {state.top.value}"></i>{escape(headline(state, language))} '
        f"<small>{escape(likely)}</small></p>"
        f'<p class="rule">{escape(rule(state, language))}</p>'
        f'<div class="look">{bars(state, language)}{circumplex(states, language)}</div>'
        f"{_details(state, language, live=live)}"
    )


def bars(state: EmotionState | None, language: str) -> str:
    """The canonical probabilities as bars, in one order always, so that the eye finds them again."""
    shares = percents(state.emotions) if state else dict.fromkeys(Emotion, 0)
    rows = (
        f'<li><span class="name">{escape(label_words(emotion, language))}</span>'
        f'<span class="bar" aria-hidden="true"><i class="{emotion.value}" '
        f'style="width:{shares.get(emotion, 0)}%"></i></span>'
        f'<span class="share">{f"{shares.get(emotion, 0)}%" if state else "–"}</span></li>'
        for emotion in Emotion
    )
    return f'<ul class="bars">{"".join(rows)}</ul>'


def _details(state: EmotionState, language: str, *, live: bool) -> str:
    texts = TEXTS[language]
    rows = [
        (texts.shades, ", ".join(_shades(state, language))),
        (texts.cues, _quoted(cue for said, cue in _cues(state) if said)),
        (texts.seen_and_heard, _quoted(cue for said, cue in _cues(state) if not said)),
        (texts.sureness, f"{state.confidence:.0%}"),
        (texts.trend, "" if live else escape(trend_words(state.trend, language))),
    ]
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{said}</dd>" for name, said in rows if said)
    silent = "".join(
        f'<p class="rule">{escape(texts.not_read.format(why=why))}</p>' for why in _silent(state)
    )
    return f"<dl>{listed}</dl>{silent}"


def _silent(state: EmotionState) -> list[str]:
    """Why each modality that said nothing was silent."""
    spoke = {reading.modality for reading in _spoken(state)}
    whys = [
        reading.abstained
        for reading in state.readings
        if reading.abstained is not None and reading.modality not in spoke
    ]
    return list(dict.fromkeys(whys))


def _spoken(state: EmotionState) -> list[Reading]:
    return [reading for reading in state.readings if reading.abstained is None]


def _shades(state: EmotionState, language: str) -> list[str]:
    """The most probable fine labels of the words."""
    return [
        f"{escape(label_words(label, language))} {probability:.0%}"
        for reading in _spoken(state)
        if reading.modality is Modality.TEXT
        for label, probability in reading.top(SHADES)
        if probability >= SHADE_FROM
    ]


def _cues(state: EmotionState) -> list[tuple[bool, str]]:
    """The cues, each once, the newest of each modality: whether it is of the words, what it says."""
    newest = sorted(_spoken(state), key=lambda reading: -reading.end_secs)
    found: list[tuple[bool, str]] = []
    for modality in Modality:
        cues = (cue for reading in newest if reading.modality is modality for cue in reading.cues)
        own = list(dict.fromkeys(cues))[: CUES if modality is Modality.TEXT else SIGNS]
        found += [(modality is Modality.TEXT, cue) for cue in own]
    return found


def _quoted(cues: Iterable[str]) -> str:
    return "".join(f"<q>{escape(cue)}</q>" for cue in cues)


def facts_view(visit: Visit, model: str, language: str) -> str:
    """The small line: mode, model, seconds, calls and tokens of the last turn, and what went wrong.

    model: the one that answers, named until a turn is complete.
    """
    texts = TEXTS[language]
    turn = visit.last.turn if visit.last else None
    if turn is None or not turn.model:  # a turn that was reopened does not know what it took
        return f'<p class="facts">{escape(texts.ready.format(model=model))}</p>'
    if turn.crisis:
        return ""  # no model took part
    line = texts.facts.format(
        mode=turn.mode.value,
        model=turn.model.get("answered_by") or "–",
        seconds=f"{turn.total_secs:.1f}",
        calls=turn.usage.calls,
        prompt=turn.usage.prompt_tokens,
        completion=turn.usage.completion_tokens,
    )
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in turn.notes)
    return f'<p class="facts">{escape(line)}</p>{notes}'
