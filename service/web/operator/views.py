"""What the operator sees: Health as HTML."""

from collections.abc import Iterator
from html import escape

from insideout.service.web.operator.health import Health, Present, Weights
from insideout.service.web.operator.mishaps import Mishap
from insideout.service.web.operator.texts import OPERATOR_TEXTS, OperatorTexts, duration

KIOSK = "kiosk"  # the only page with steps


def head(language: str) -> str:
    """The title of the page."""
    texts = OPERATOR_TEXTS[language]
    return (
        f'<header class="o-head"><h1>{escape(texts.title)}</h1><p>{escape(texts.lead)}</p></header>'
    )


def note(text: str, *, wrong: bool = False) -> str:
    """One line about what was done."""
    return f'<p class="{"wrong" if wrong else "well"}" role="status">{escape(text)}</p>'


def status(
    found: Health, language: str, *, waiting: int, running: int, phones: str | None, minutes: float
) -> str:
    """The whole panel. waiting, running: requests in Gradio's queue; phones: the address for them."""
    texts = OPERATOR_TEXTS[language]
    looks, says = ("well", texts.well) if found.well else ("unwell", texts.unwell)
    facts = {
        texts.model: f"{found.model}; {_fallback(found, texts)}",
        texts.policy: found.policy,
        texts.up: f"{duration(found.up_secs, texts)} (InsideOut {found.version})",
        texts.memory: texts.memory_says.format(used=found.used_mb, free=found.free_mb),
        texts.queue: texts.queue_says.format(waiting=waiting, running=running),
        texts.results: texts.results_say.format(n=found.results, minutes=f"{minutes:g}"),
        texts.phones: phones or texts.phones_no,
    }
    return (
        f'<div class="o-status"><p class="o-sum {looks}"><i></i>{escape(says)}</p>'
        f'<section class="o-card"><dl class="o-facts">{"".join(_rows(facts))}</dl></section>'
        f"{_guests(found, texts)}{_models(found, texts)}{_mishaps(found.mishaps, texts)}</div>"
    )


def _fallback(found: Health, texts: OperatorTexts) -> str:
    name = found.fallback
    return texts.no_fallback if name is None else texts.fallback.format(name=name)


def _rows(facts: dict[str, str]) -> Iterator[str]:
    for name, said in facts.items():
        yield f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>"


def _card(title: str, body: str) -> str:
    return f'<section class="o-card"><h2>{escape(title)}</h2>{body}</section>'


def _guests(found: Health, texts: OperatorTexts) -> str:
    if not found.guests:
        return _card(texts.guests, f'<p class="o-none">{escape(texts.guests_none)}</p>')
    heads = (texts.guest_page, texts.guest_step, texts.guest_idle)
    top = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    rows = "".join(_guest(guest, texts) for guest in found.guests)
    return _card(
        f"{texts.guests}: {len(found.guests)}",
        f"<table><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>",
    )


def _guest(guest: Present, texts: OperatorTexts) -> str:
    step = texts.steps[guest.step] if guest.page == KIOSK else "–"
    measured = f" <small>{escape(texts.measured)}</small>" if guest.measured else ""
    return (
        f"<tr><td>{escape(guest.page)}</td><td>{escape(step)}{measured}</td>"
        f"<td>{escape(duration(guest.idle_secs, texts))}</td></tr>"
    )


def _models(found: Health, texts: OperatorTexts) -> str:
    rows = [_weights(weights, found, texts) for weights in found.weights]
    for name, tool in ((texts.detector, found.detector), (texts.writer, found.writer)):
        rows.append(_model(name, tool or texts.not_yet, "ready" if tool else "later"))
    return _card(texts.models, f'<ul class="o-models">{"".join(rows)}</ul>')


def _weights(weights: Weights, found: Health, texts: OperatorTexts) -> str:
    said = texts.loaded if weights.name in found.loaded else texts.ready
    said = said if weights.ready else texts.missing.format(how=weights.how)
    return _model(weights.name, said, "ready" if weights.ready else "absent")


def _model(name: str, said: str, looks: str) -> str:
    return (
        f'<li class="{looks}"><i></i><span>{escape(name)}</span><small>{escape(said)}</small></li>'
    )


def _mishaps(mishaps: tuple[Mishap, ...], texts: OperatorTexts) -> str:
    if not mishaps:
        return _card(texts.mishaps, f'<p class="o-none">{escape(texts.mishaps_none)}</p>')
    rows = "".join(
        f"<dt>{escape(one.name)}</dt><dd>{escape(texts.mishap.format(n=one.count))}, "
        f"{escape(texts.last.format(ago=duration(one.ago_secs, texts)))}</dd>"
        for one in mishaps
    )
    return _card(texts.mishaps, f'<dl class="o-facts">{rows}</dl>')
