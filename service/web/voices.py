"""The voices: what each emotion makes of the message, as cards."""

from collections.abc import Sequence
from html import escape

from insideout.agents.thought import Thought
from insideout.perception.affect import Emotion
from insideout.perception.describe import label_words
from insideout.service.web.faces import face
from insideout.service.web.texts import TEXTS
from insideout.service.web.visit import Exchange


def voices_view(exchange: Exchange | None, team: Sequence[str], language: str) -> str:
    """A card for each emotion of the team: its thought, or that it thinks, or why it has none."""
    texts = TEXTS[language]
    turn = exchange.turn if exchange else None
    if turn is not None and turn.crisis:
        return f'<p class="rule">{escape(texts.voices_crisis)}</p>'
    intro = "" if exchange else f'<p class="rule">{escape(texts.voices_idle)}</p>'
    cards = "".join(_card(name, exchange, language) for name in team)
    return f'{intro}<ul class="voices">{cards}</ul>'


def _card(name: str, exchange: Exchange | None, language: str) -> str:
    thought = exchange.thoughts.get(name) if exchange else None
    colour = Emotion(name).value if name in set(Emotion) else Emotion.NEUTRAL.value
    looks, said = _said(thought, exchange, language)
    return (
        f'<li class="voice {colour} {looks}"><div class="who">{face(name)}'
        f"<b>{escape(label_words(name, language))}</b></div><div class='thought'>{said}</div></li>"
    )


def _said(thought: Thought | None, exchange: Exchange | None, language: str) -> tuple[str, str]:
    """The card's class and what stands on it."""
    texts = TEXTS[language]
    if exchange is None:
        return "idle", ""
    if thought is None:
        thinks = exchange.running and not exchange.reply
        word = texts.voice_thinking if thinks else texts.voice_quiet
        return ("thinks" if thinks else "idle"), f'<p class="quiet">{escape(word)}</p>'
    if not thought.ok:
        what = texts.voice_dropped.format(what=texts.outcomes[thought.outcome])
        raw = f' title="{escape(thought.why)}"' if thought.why else ""
        return "dropped", f'<p class="quiet"{raw}>{escape(what)}</p>'
    return "", _thought(thought, language)


def _thought(thought: Thought, language: str) -> str:
    texts = TEXTS[language]
    sees = (
        texts.voice_sees.format(label=label_words(thought.label, language)) if thought.label else ""
    )
    appraisal = " – ".join(part for part in (sees, thought.appraisal) if part)
    would_say = (
        f'<p class="would"><small>{escape(texts.voice_reply)}</small> {escape(thought.reply)}</p>'
        if thought.reply and not thought.label
        else ""
    )
    return f"<p>{escape(appraisal)}</p>{would_say}{'' if thought.label else _urgency(thought, language)}"


def _urgency(thought: Thought, language: str) -> str:
    share = round(100 * thought.urgency)
    return (
        f'<p class="urgency"><small>{escape(TEXTS[language].urgency)}</small>'
        f'<span class="bar" aria-hidden="true"><i style="width:{share}%"></i></span>'
        f"<small>{share}%</small></p>"
    )
