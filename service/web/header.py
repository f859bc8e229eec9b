"""The page's name, the way to the other pages, the greeting and the one-line notices."""

from collections.abc import Mapping
from enum import StrEnum
from html import escape

from insideout.service.web.faces import face
from insideout.service.web.wordlist import Texts

_FACES = ("joy", "sadness", "fear", "anger")
_CURRENT = ' aria-current="page"'


def header(texts: Texts, pages: Mapping[str, str] | None = None, here: str = "") -> str:
    """The name of the page beside the faces of the four, and links to the pages that are served.

    pages: their addresses by name; no links where there is but one. here: the page itself.
    """
    faces = "".join(f'<span class="{name}">{face(name)}</span>' for name in _FACES)
    return (
        f'<div class="brand"><span class="faces" aria-hidden="true">{faces}</span>'
        f"<h1>InsideOut</h1><p>{escape(texts.tagline)}</p>{_links(texts, pages or {}, here)}</div>"
    )


def _links(texts: Texts, pages: Mapping[str, str], here: str) -> str:
    if len(pages) < 2:
        return ""
    links = "".join(
        f'<a href="{escape(address)}"{_CURRENT if name == here else ""}>{escape(texts.pages[name])}</a>'
        for name, address in pages.items()
    )
    return f'<nav class="pages" aria-label="{escape(texts.pages_title)}">{links}</nav>'


def greeting(texts: Texts, kept: str) -> str:
    """What stands in the conversation before anything is said; kept: where words go."""
    return (
        f'<div class="greeting"><b>{escape(texts.welcome_title)}</b>'
        f"<p>{escape(texts.welcome)}</p><p>{escape(kept)}</p></div>"
    )


class Notice(StrEnum):
    """What a notice is for, and its class in the style sheet."""

    WELL = "well"  # something was done
    WRONG = "wrong"  # something has to be put right
    HEARD = "heard"  # what the eye sees anyway, for screen readers


def hint(text: str, notice: Notice = Notice.WELL) -> str:
    """A notice under the message box."""
    return f'<p class="{notice.value}">{escape(text)}</p>'
