"""The small page that a phone opens: the result in a line, three downloads, and the way to delete it."""

from collections.abc import Mapping
from html import escape

from insideout.service.web.faces import face
from insideout.service.web.result.content import Content
from insideout.service.web.result.kept import downloads
from insideout.service.web.result.texts import RESULT_TEXTS
from insideout.service.web.theme import DARK, LIGHT

_STYLE = """
*{box-sizing:border-box}
body{margin:0;min-height:100dvh;display:grid;place-items:center;padding:24px 20px;
background:var(--c-page);color:var(--c-ink);line-height:1.5;font-size:18px;
font-family:Inter,system-ui,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
main{width:100%;max-width:24rem;text-align:center}
h1{font-size:1.5rem;letter-spacing:-.02em;line-height:1.25;margin:.4em 0}
p{margin:.5em 0}form{margin:1.2em 0}.quiet{color:var(--c-quiet);font-size:.9rem}
.face{width:84px;height:84px}
.face>circle{fill:color-mix(in srgb,var(--own) 18%,var(--c-card));stroke:var(--own);stroke-width:1.6}
.face path{fill:none;stroke:var(--own);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.face .eyes circle{fill:var(--own)}
.help{border-left:4px solid var(--c-help);padding-left:14px;text-align:left;white-space:pre-wrap}
.help h2{font-size:1.1rem;margin:0;color:var(--c-help)}
ul{list-style:none;margin:1.6em 0;padding:0;display:grid;gap:12px}
a,button{display:block;width:100%;min-height:56px;padding:14px 18px;border-radius:14px;font:inherit;
font-weight:600;text-decoration:none;cursor:pointer}
a{background:var(--c-accent);color:var(--c-on-accent);border:0}
button{background:none;border:1px solid var(--c-line);color:var(--c-quiet);font-weight:500}
a:focus-visible,button:focus-visible{outline:3px solid var(--c-accent);outline-offset:3px}
"""


def phone_page(result: Content, key: str, left_secs: float) -> str:
    """The page of a result that is there."""
    texts = result.texts
    minutes = int(left_secs // 60)
    left = texts.phone_left.format(minutes=minutes) if minutes else texts.phone_last
    return _page(
        result.language,
        texts.phone_title,
        f"<h1>{escape(texts.phone_title)}</h1>"
        f"<p>{escape(result.headline)}</p>{_help(result)}"
        f"{downloads(key, texts)}"
        f'<p class="quiet">{escape(left)}</p>'
        f'<form method="post" action="/result/{key}/forget"><button>{escape(texts.forget)}</button>'
        f'</form><p class="quiet">{escape(texts.medical)} {escape(texts.machine)}</p>',
        emotion=result.top.value if result.top else "neutral",
    )


def _help(result: Content) -> str:
    if result.help is None:
        return ""
    return (
        f'<section class="help"><h2>{escape(result.help.name)}</h2>'
        f"<p>{escape(result.help.said)}</p></section>"
    )


def forgotten_page(language: str) -> str:
    """The page after the visitor deleted a result."""
    texts = RESULT_TEXTS[language]
    body = f"<h1>{escape(texts.forgotten_title)}</h1><p>{escape(texts.forgotten)}</p>"
    return _page(language, texts.forgotten_title, body)


def gone_page(language: str, minutes: float) -> str:
    """The page of a result that is not there, or not any more."""
    texts = RESULT_TEXTS[language]
    gone = texts.gone.format(minutes=f"{minutes:g}")
    return _page(
        language, texts.gone_title, f"<h1>{escape(texts.gone_title)}</h1><p>{escape(gone)}</p>"
    )


def _page(language: str, title: str, body: str, emotion: str = "neutral") -> str:
    own = f":root{{--own:var(--c-{emotion})}}"
    dark = f"@media (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
        f"<title>{escape(title)} · InsideOut</title>"
        f"<style>:root{{{_variables(LIGHT)}}}{dark}{own}{_STYLE}</style></head>"
        f"<body><main>{face(emotion)}{body}</main></body></html>"
    )


def _variables(palette: Mapping[str, str]) -> str:
    return "".join(f"--c-{name}:{colour};" for name, colour in palette.items())
