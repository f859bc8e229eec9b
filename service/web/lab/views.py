"""What lies in one place of the lab, as HTML: all of it together, then one thing after another."""

import json
from html import escape
from pathlib import Path

from insideout.agents.briefing import Briefing
from insideout.perception.affect import Emotion
from insideout.perception.describe import BUDGET, Show, describe, label_words, tokens_in
from insideout.perception.reading import EmotionState
from insideout.perception.text.dialogue import Dialogue
from insideout.perception.words import MODALITIES, SENTENCES
from insideout.prompts.loader import load_prompts
from insideout.service.web.circumplex import circumplex
from insideout.service.web.lab.as_json import table_json
from insideout.service.web.lab.bars import bars, percent
from insideout.service.web.lab.cards import affect_line, reading_card
from insideout.service.web.lab.look import Kind, Look, Table
from insideout.service.web.lab.texts import TEXTS
from insideout.service.web.wording import NAMED_FROM

_JSON_SHOWN = 20_000  # characters; a long film's timeline would make the page heavy
_TITLE_LETTERS = 160
_REMARK_LETTERS = 100


def table_view(table: Table, language: str) -> str:
    """Everything that was read in one place."""
    texts = TEXTS[language]
    if not table.looks:
        return (
            f'<div class="l-nothing"><b>{escape(texts.nothing_yet)}</b>'
            f"<p>{escape(texts.nothing_yet_more)}</p></div>"
        )
    looks = "".join(look_view(look, language) for look in table.looks)
    return f"{_together(table.state, language)}{looks}"


def _together(state: EmotionState, language: str) -> str:
    """The fused state, which the agents get."""
    texts = TEXTS[language]
    if state.confidence == 0.0:
        return ""
    share = state.emotions[state.top]
    known = share >= NAMED_FROM
    top = f"{label_words(state.top, language)} {percent(share)}" if known else texts.hard_to_tell
    tone = (state.top if known else Emotion.NEUTRAL).value
    rows = sorted(state.emotions.items(), key=lambda item: -item[1])
    drawn = bars((e.value, label_words(e.value, language), p) for e, p in rows)
    return (
        f'<section class="l-together" aria-label="{escape(texts.together)}">'
        f'<h3>{escape(texts.together)}</h3><p class="l-headline"><i class="dot {tone}"></i>'
        f'{escape(top)}</p><div class="l-look-bars">{drawn}{circumplex([state], language)}</div>'
        f"{affect_line(state.affect, language)}{_standing(state, language)}</section>"
    )


def _standing(state: EmotionState, language: str) -> str:
    """How the modalities stand to each other."""
    texts, names, says = TEXTS[language], MODALITIES[language], SENTENCES[language]
    lines = (
        [] if state.agreement is None else [texts.agreement.format(share=percent(state.agreement))]
    )
    lines += [
        says["conflict"].format(
            pleasant=names[one.pleasant],
            unpleasant=names[one.unpleasant].lower(),
            emotion=label_words(one.emotion, language),
        )
        for one in state.conflicts
    ]
    if state.compound:
        first, second = (label_words(emotion, language) for emotion in state.compound)
        lines.append(says["compound"].format(first=first, second=second))
    return "".join(f'<p class="l-fine">{escape(line)}</p>' for line in lines)


def look_view(look: Look, language: str) -> str:
    """One thing: its name, what one should know, its picture, its Readings."""
    texts = TEXTS[language]
    name = look.name if len(look.name) <= _TITLE_LETTERS else f"{look.name[:_TITLE_LETTERS]}…"
    remarks = "".join(f"<li>{_remark(remark)}</li>" for remark in _remarks(look))
    told = f'<ul class="l-remarks" aria-label="{escape(texts.remarks)}">{remarks}</ul>'
    cards = "".join(reading_card(reading, language) for reading in look.readings)
    return (
        f'<section class="l-thing"><h3><small>{escape(texts.kinds[look.kind])}</small>'
        f"{escape(name)}</h3>{told if remarks else ''}{look.draw(language)}{cards}</section>"
    )


def _remark(remark: str) -> str:
    """A long one is folded: its beginning says what it is about."""
    if len(remark) <= _REMARK_LETTERS:
        return escape(remark)
    head = remark[:_REMARK_LETTERS].rsplit(" ", 1)[0]
    return f"<details><summary>{escape(head)} …</summary>{escape(remark)}</details>"


def _remarks(look: Look) -> list[str]:
    """Without what the Reading says anyway."""
    said = {reading.abstained for reading in look.readings}
    return [remark for remark in dict.fromkeys(look.remarks) if remark not in said]


def told_view(
    table: Table, show: Show, prompt: str, language: str, folder: Path | None = None
) -> str:
    """The text that goes to a language model. prompt: its language; folder: of own prompts."""
    texts = TEXTS[language]
    if not table.looks:
        return ""
    signs = describe(table.state, prompt, show=show)
    told = f'<pre class="l-told">{escape(signs)}</pre>' if signs else ""
    count = texts.told_note.format(tokens=tokens_in(signs), budget=BUDGET)
    note = count if signs else texts.told_nothing
    whole = briefing(table, show, prompt, folder).shared
    return (
        f'{told}<p class="l-fine">{escape(note)}</p><details><summary>{escape(texts.told_whole)}'
        f'</summary><pre class="l-told">{escape(whole)}</pre></details>'
    )


def briefing(table: Table, show: Show, prompt: str, folder: Path | None = None) -> Briefing:
    """What every agent would be told of it, were it one turn of a conversation."""
    said = "\n".join(look.name for look in table.looks if look.kind is Kind.WORDS)
    said = said or "\n".join(look.said for look in table.looks if look.said)
    return Briefing(
        prompts=load_prompts(prompt, folder),
        dialogue=Dialogue.of(said or TEXTS[prompt].told_no_words),
        state=table.state,
        aside=table.aside,
        show=show,
    )


def json_text(table: Table) -> str:
    """What `insideout perceive --json` prints of it; empty where nothing was read."""
    return json.dumps(table_json(table), ensure_ascii=False, indent=1) if table.looks else ""


def json_view(text: str, language: str) -> str:
    """The JSON, its beginning where it is long."""
    texts = TEXTS[language]
    if not text:
        return ""
    left = len(text) - _JSON_SHOWN
    rest = (
        f'<p class="l-fine">{escape(texts.json_cut.format(n=f"{left:,}"))}</p>' if left > 0 else ""
    )
    return f'<pre class="l-json" tabindex="0">{escape(text[:_JSON_SHOWN])}</pre>{rest}'
