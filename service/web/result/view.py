"""The result on the screen: Content as HTML."""

from collections.abc import Iterator
from html import escape

from insideout.service.web.faces import face
from insideout.service.web.live.measured import Measured
from insideout.service.web.result.content import Content, Source, content
from insideout.service.web.result.drawing import curve, duration, mood_map, strip, unread
from insideout.service.web.result.figures import Figure
from insideout.service.web.visit import Visit


def result_view(
    measured: Measured, visit: Visit, language: str, *, conversation: bool = False
) -> str:
    """The whole result of a guest; conversation: with what was talked about."""
    return shown(content(measured, visit, language, conversation=conversation))


def shown(result: Content) -> str:
    """A result as one section."""
    texts = result.texts
    parts = (
        _head(result),
        _help(result),
        _pair(result),
        _card("r-heart", texts.figures_title, _figures(result)),
        _card("r-remarks", texts.remarks_title, _remarks(result)) if result.remarks else "",
        _card("r-talk", texts.conversation_title, "".join(_conversation(result)))
        if result.conversation
        else "",
    )
    note = f'<p class="r-note">{escape(texts.medical)} {escape(texts.machine)}</p>'
    return (
        f'<section class="result" lang="{result.language}" aria-label="{escape(texts.title)}">'
        f"{''.join(parts)}{note}</section>"
    )


def _pair(result: Content) -> str:
    """The map, and beside it, where there is room, what belongs to it."""
    texts = result.texts
    mood = _card("r-mood", texts.map_title, mood_map(result) + _legend(result))
    time = _card("r-time", texts.time_title, _time(result)) if result.course else ""
    sources = _card("r-sources", texts.sources_title, _sources(result))
    return f'<div class="r-pair">{mood}<div class="r-stack">{time}{sources}</div></div>'


def _card(name: str, title: str, body: str) -> str:
    return f'<section class="r-card {name}"><h3>{escape(title)}</h3>{body}</section>'


def _head(result: Content) -> str:
    emotion = result.top.value if result.top else "neutral"
    likely = f'<p class="r-likely">{escape(result.likely)}</p>' if result.likely else ""
    facts = "".join(
        f"<div><dt>{escape(fact.name)}</dt><dd>{escape(fact.said)}</dd></div>"
        for fact in result.facts
    )
    listed = f"<dl>{facts}</dl>" if facts else ""
    rule = f'<p class="r-rule">{escape(result.texts.rule)}</p>' if result.top else ""
    return (
        f'<header class="r-head {emotion}">{face(emotion)}<div>'
        f'<h2 tabindex="-1">{escape(result.headline)}</h2>{likely}{listed}'
        f"{rule}</div></header>"
    )


def _help(result: Content) -> str:
    if result.help is None:
        return ""
    return (
        f'<section class="r-help"><h3>{escape(result.help.name)}</h3>'
        f"<p>{escape(result.help.said)}</p></section>"
    )


def _legend(result: Content) -> str:
    texts, rows = result.texts, []
    if result.course:
        rows.append(f'<li><i class="r-ring"></i>{escape(texts.began)}</li>')
        rows.append(f'<li><i class="r-dot"></i>{escape(texts.ended)}</li>')
    if result.turns:
        rows.append(f'<li><i class="r-square">1</i>{escape(texts.legend_turns)}</li>')
    empty = "" if rows else f'<p class="r-none">{escape(texts.nothing_read)}</p>'
    return f'<ul class="r-legend">{"".join(rows)}</ul>{empty}'


def _time(result: Content) -> str:
    whole = max(result.secs, result.course[-1].secs)
    shares = "".join(
        f'<li class="{share.emotion.value}"><i class="dot"></i>{escape(share.name)} '
        f"<b>{share.percent}%</b></li>"
        for share in result.shares
    )
    if unread(result):
        shares += f'<li class="r-unread"><i class="dot"></i>{escape(result.texts.unread)}</li>'
    return (
        f'{strip(result)}<p class="r-ticks" aria-hidden="true"><span>0</span>'
        f"<span>{escape(duration(whole, result))}</span></p>"
        f'<ul class="r-shares">{shares}</ul>'
    )


def _figures(result: Content) -> str:
    return f'<ul class="r-figures">{"".join(map(_figure, result.figures))}</ul>'


def _figure(figure: Figure) -> str:
    absent = figure.number is None
    unit = "" if absent else f" <span>{escape(figure.unit)}</span>"
    notes = "".join(
        f"<small>{escape(said)}</small>" for said in (figure.quality, figure.note) if said
    )
    return (
        f'<li data-figure="{figure.key}" class="{"r-absent" if absent else ""}">'
        f"<h4>{escape(figure.name)}</h4><p><b>{escape(figure.value)}</b>{unit}</p>"
        f"{curve(figure.course)}{notes}</li>"
    )


def _sources(result: Content) -> str:
    rows = "".join(map(_source, result.sources))
    return f'<dl class="r-list">{rows}</dl>'


def _source(source: Source) -> str:
    looks = "" if source.measured else ' class="r-absent"'
    return f"<dt{looks}>{escape(source.name)}</dt><dd{looks}>{escape(source.said)}</dd>"


def _remarks(result: Content) -> str:
    rows = "".join(f"<li>{escape(remark)}</li>" for remark in result.remarks)
    return f'<ul class="r-plain">{rows}</ul>'


def _conversation(result: Content) -> Iterator[str]:
    for one in result.conversation:
        yield (
            f'<p class="r-you"><b>{escape(result.texts.you)}</b>{escape(one.said)}</p>'
            f'<p class="r-reply"><b>{escape(result.texts.reply)}</b>{escape(one.reply)}</p>'
        )
