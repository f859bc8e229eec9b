"""The panel beside a saved result: a QR code for the phone, and the downloads."""

import ipaddress
from html import escape
from urllib.parse import urlsplit

import segno

from insideout.service.web.result.texts import RESULT_TEXTS, ResultTexts
from insideout.service.web.site import Site

# By ending: what a result can be fetched as.
KINDS = ("pdf", "png", "json")


def address(site: Site, key: str, page: str) -> str:
    """Where a phone finds the result.

    page: the address of the page, such as "http://kiosk.local:7860/kiosk"; the settings' public_url
    comes before it.
    """
    parts = urlsplit(page)
    base = site.settings.public_url or f"{parts.scheme}://{parts.netloc}"
    return f"{base.rstrip('/')}/result/{key}"


def reachable(address: str) -> bool:
    """Whether another machine can reach that address at all.

    >>> reachable("http://127.0.0.1:7860/result/x")
    False
    """
    host = urlsplit(address).hostname or ""
    try:
        found = ipaddress.ip_address(host)
        return not (found.is_loopback or found.is_unspecified)
    except ValueError:
        return host not in {"", "localhost"}


def kept_view(site: Site, key: str, page: str, language: str) -> str:
    """The panel of a result that was just saved; page as for `address`."""
    texts, link = RESULT_TEXTS[language], address(site, key, page)
    minutes = f"{site.settings.result_minutes:g}"
    code = (
        _code(link, texts) if reachable(link) else f'<p class="r-none">{escape(texts.no_phone)}</p>'
    )
    return (
        f'<section class="r-kept" aria-label="{escape(texts.save_title)}">{code}<div>'
        f"{downloads(key, texts)}<p><small>{escape(texts.kept_for.format(minutes=minutes))}</small></p>"
        "</div></section>"
    )


def _code(link: str, texts: ResultTexts) -> str:
    """Dark on light in both themes: a phone does not read it the other way round."""
    drawn = segno.make(link, error="m", micro=False).svg_inline(
        border=3, dark="#16181b", light="#ffffff", omitsize=True, svgclass="r-qr", lineclass=None
    )
    says = escape(texts.qr_says.format(address=link), quote=True)
    return (
        f'<figure class="r-code"><div role="img" aria-label="{says}">{drawn}</div>'
        f"<figcaption>{escape(texts.scan)}</figcaption></figure>"
    )


def downloads(key: str, texts: ResultTexts) -> str:
    """The three files as links."""
    names = {"pdf": texts.as_pdf, "png": texts.as_png, "json": texts.as_json}
    return (
        '<ul class="r-downloads">'
        + "".join(
            f'<li><a href="/result/{key}.{kind}" download>{escape(names[kind])}</a></li>'
            for kind in KINDS
        )
        + "</ul>"
    )
