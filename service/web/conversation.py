"""The conversation as messages of a Gradio chatbot, in which no text can become markup of its own."""

import re
from html import escape
from typing import Literal, TypedDict

from insideout.agents.crisis import CrisisKind
from insideout.service.web.texts import TEXTS
from insideout.service.web.visit import Exchange, Visit
from insideout.service.web.wordlist import Texts

_ANY_SIGN = re.compile(r"[^\w ]|_")
# What links, pictures, code and HTML are made of. A model's reply keeps its emphasis and lists; a
# picture in it would make the browser fetch an address that the model chose.
_RISKY_SIGN = re.compile(r"[<>&\[\]!\\:`|~$@]")
_INDENT = re.compile(r"^[ \t]{4,}", re.MULTILINE)


class Message(TypedDict):
    """One message as Gradio takes it."""

    role: Literal["user", "assistant"]
    content: str


def messages(visit: Visit, language: str) -> list[Message]:
    """The messages so far; the one under way says that it is being thought about."""
    texts = TEXTS[language]
    return [message for exchange in visit.exchanges for message in _said(exchange, texts)]


def _said(exchange: Exchange, texts: Texts) -> tuple[Message, Message]:
    """Message and answer, each after a word for those who cannot see the sides they stand on."""
    return (
        {
            "role": "user",
            "content": _heard(texts.you_said) + literal(exchange.said) + _beside(exchange, texts),
        },
        {"role": "assistant", "content": _heard(texts.it_said) + _answer(exchange, texts)},
    )


def _heard(word: str) -> str:
    return f'<span class="heard">{escape(word)}</span>'


def _beside(exchange: Exchange, texts: Texts) -> str:
    """What came with the message, under it."""
    if not exchange.beside:
        return ""
    said = literal(texts.beside.format(what=", ".join(exchange.beside)))
    return f'<span class="with">{said}</span>'


def _answer(exchange: Exchange, texts: Texts) -> str:
    crisis = exchange.turn.crisis if exchange.turn else None
    if crisis:
        return _help(exchange.reply, texts.crisis[CrisisKind(crisis)])
    if exchange.stopped:
        aside = f'<span class="aside">{escape(texts.stopped)}</span>'
        return f"\n\n{prose(exchange.reply)}\n\n{aside}"
    if exchange.reply:
        return f"\n\n{prose(exchange.reply)}"
    return f'<span class="aside waits">{escape(texts.thinking)}</span>'


def _help(reply: str, title: str) -> str:
    """The fixed help text: every line of it as it was written."""
    return f'<span class="help"><b>{escape(title)}</b>{literal(reply)}</span>'


def _entity(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};"


def literal(text: str) -> str:
    """Markdown that shows the text exactly as it is.

    >>> literal("<b>*hi*")
    '&#60;b&#62;&#42;hi&#42;'
    """
    return _ANY_SIGN.sub(_entity, text)


def prose(text: str) -> str:
    """Markdown of which only emphasis, lists, headings and paragraphs work.

    >>> prose("**so** [here](http://x)")
    '**so** &#91;here&#93;(http&#58;//x)'
    """
    return _RISKY_SIGN.sub(_entity, _INDENT.sub("   ", text))
