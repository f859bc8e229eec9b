"""A report of a benchmark as HTML: its figures with their intervals, its pictures, the rest folded."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from insideout.service.web.lab.bench_runs import LOG, Kept, Status
from insideout.service.web.lab.bench_texts import TEXTS, BenchTexts
from insideout.service.web.lab.charts import clock

_MOST_PICTURES, _MOST_BYTES = 6, 3_000_000
_MOST_JSON, _MOST_LOG = 20_000, 8_000  # characters
_MOST_ITEMS = 12  # of a list that is told in words
_TOLD = {"task", "model", "n", "protocol", "metrics", "interval95", "labels", "n_by_turns"}


def report_view(kept: Kept, language: str) -> str:
    """One run: what it was, its figures, or why there are none."""
    texts = TEXTS[language]
    title = escape(_title(kept, texts))
    head = f'<div class="l-report-head"><h3>{title}</h3>{_facts(kept, texts)}</div>'
    if kept.report is None:
        note = kept.note
        status = "" if note is None else texts.statuses[note.status]
        why = kept.fault or (note.why if note is not None else "") or status
        return f'{head}<p class="wrong">{escape(texts.no_report.format(why=why))}</p>{_log(kept, texts)}'
    report = kept.report
    return (
        f'<article class="l-report">{head}{_protocol(report, texts)}{_metrics(report, texts)}'
        f"{_confusion(report, texts)}{_pictures(kept.folder)}{_more(report, texts)}"
        f"{_whole(report, texts)}{_log(kept, texts)}</article>"
    )


def _title(kept: Kept, texts: BenchTexts) -> str:
    return texts.lines.get(kept.name, kept.name)


def _facts(kept: Kept, texts: BenchTexts) -> str:
    """Model, items, time, and the command."""
    report, note = kept.report or {}, kept.note
    facts = [kept.at.astimezone().strftime("%Y-%m-%d %H:%M")]
    if report.get("model"):
        facts.append(f"{texts.model_used} {report['model']}")
    if isinstance(report.get("n"), int):
        facts.append(f"{texts.items_read} = {report['n']:,}")
    if note is not None and note.status is not Status.RUNNING:
        facts.append(f"{texts.statuses[note.status]}, {texts.took} {clock(note.secs, note.secs)}")
    command = "" if note is None else f"<code>insideout {escape(' '.join(note.arguments))}</code>"
    return f'<p class="l-fine">{escape(" · ".join(facts))}</p>{command}'


def _protocol(report: Mapping[str, Any], texts: BenchTexts) -> str:
    if not report.get("protocol"):
        return ""
    said = escape(str(report["protocol"]))
    return f'<p class="l-protocol"><b>{escape(texts.protocol)}</b> {said}</p>'


def headline(report: Mapping[str, Any]) -> str:
    """The first figure of a report, for a list of them."""
    first = next(_rows(report), None)
    return "" if first is None else f"{first[0]} {_number(first[1])}"


Interval = tuple[float, float] | None


def _rows(report: Mapping[str, Any]) -> Iterator[tuple[str, float, Interval]]:
    """Name, value and interval of each figure; those of parts are named "by_split · dev · recall"."""
    metrics, bounds = report.get("metrics"), report.get("interval95")
    if isinstance(metrics, dict):
        yield from _flat(metrics, bounds if isinstance(bounds, dict) else {})


def _flat(
    metrics: Mapping[str, Any], bounds: Mapping[str, Any], before: str = ""
) -> Iterator[tuple[str, float, Interval]]:
    for name, value in metrics.items():
        bound = bounds.get(name)
        if _is_number(value):
            yield before + name, float(value), _interval(bound)
        elif isinstance(value, dict) and _is_number(value.get("value")):
            yield before + name, float(value["value"]), _interval(value.get("interval95") or bound)
        elif isinstance(value, dict):
            inner = bound if isinstance(bound, dict) else {}
            yield from _flat(value, inner, f"{before}{name} · ")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _interval(bound: object) -> Interval:
    if isinstance(bound, list | tuple) and len(bound) == 2 and all(map(_is_number, bound)):
        return float(bound[0]), float(bound[1])
    return None


def _metrics(report: Mapping[str, Any], texts: BenchTexts) -> str:
    """The table of figures, a bar beside each share with its interval on it."""
    rows = "".join(_metric(*row, texts) for row in _rows(report))
    if not rows:
        return ""
    heads = (texts.metric, texts.value, texts.interval, "")
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    return (
        f'<div class="l-scroll"><table class="l-table l-figures"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _metric(name: str, value: float, interval: Interval, texts: BenchTexts) -> str:
    told = texts.without_interval
    if interval is not None:
        told = f"{_number(interval[0])} – {_number(interval[1])}"
    return (
        f'<tr><th scope="row">{escape(name)}</th><td>{_number(value)}</td><td>{told}</td>'
        f"<td>{_whisker(value, interval)}</td></tr>"
    )


def _number(value: float) -> str:
    """
    >>> _number(0.65714), _number(1064.0)
    ('0.657', '1,064')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3f}"


def _whisker(value: float, interval: Interval) -> str:
    """A share between 0 and 1 as a bar with its interval; nothing for other figures."""
    ends = (value, *(interval or ()))
    if min(ends) < 0.0 or max(ends) > 1.0:
        return ""
    span = ""
    if interval is not None:
        low, high = interval
        span = f'<b style="left:{low:.1%};width:{high - low:.1%}"></b>'
    return (
        f'<span class="l-whisker" aria-hidden="true"><i style="width:{value:.1%}"></i>{span}</span>'
    )


def _confusion(report: Mapping[str, Any], texts: BenchTexts) -> str:
    """The table of what was taken for what, darker where it was often."""
    labels = report.get("labels")
    if not isinstance(labels, dict) or not isinstance(labels.get("confusion"), list):
        return ""
    names = [str(name) for name in labels.get("names", [])]
    heads = [*names, texts.no_answer]
    rows = "".join(
        _confused(name, counts) for name, counts in zip(names, labels["confusion"], strict=False)
    )
    width = max((len(counts) for counts in labels["confusion"]), default=0)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads[:width])
    return (
        f'<h4>{escape(texts.confusion)}</h4><p class="l-fine">{escape(texts.confusion_says)}</p>'
        f'<div class="l-scroll"><table class="l-table l-confusion"><thead><tr><td></td>{head}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _confused(name: str, counts: Sequence[int]) -> str:
    total = sum(counts) or 1
    cells = "".join(
        f'<td style="--share:{100 * count / total:.0f}%">{count or ""}</td>' for count in counts
    )
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def _pictures(folder: Path) -> str:
    """The pictures that lie in the run's folder."""
    found = [path for path in sorted(folder.glob("*.png")) if path.stat().st_size <= _MOST_BYTES]
    shown = "".join(
        f'<figure><img src="data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}" '
        f'alt="{escape(path.stem)}"></figure>'
        for path in found[:_MOST_PICTURES]
    )
    return f'<div class="l-pictures">{shown}</div>' if shown else ""


def _more(report: Mapping[str, Any], texts: BenchTexts) -> str:
    """What a report says besides, as far as that can be told in a line."""
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>"
        for name, value in report.items()
        if name not in _TOLD and (said := _said(value))
    )
    if not rows:
        return ""
    return f"<details><summary>{escape(texts.more)}</summary><dl>{rows}</dl></details>"


def _said(value: object) -> str:
    """One line; empty for what is no line."""
    if value is None or isinstance(value, bool) or _is_number(value) or isinstance(value, str):
        return "–" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)
    if isinstance(value, dict) and all(not isinstance(v, dict | list) for v in value.values()):
        return ", ".join(f"{name}: {_said(v)}" for name, v in list(value.items())[:_MOST_ITEMS])
    return ""


def _whole(report: Mapping[str, Any], texts: BenchTexts) -> str:
    text = json.dumps(report, ensure_ascii=False, indent=1)
    cut = text if len(text) <= _MOST_JSON else f"{text[:_MOST_JSON]}\n…"
    return _folded(texts.whole, cut)


def _log(kept: Kept, texts: BenchTexts) -> str:
    """What the command said while it ran."""
    path = kept.folder / LOG
    text = path.read_text("utf-8", errors="replace")[-_MOST_LOG:] if path.is_file() else ""
    return _folded(texts.log, text) if text.strip() else ""


def _folded(title: str, text: str) -> str:
    return (
        f"<details><summary>{escape(title)}</summary>"
        f'<pre class="l-json" tabindex="0">{escape(text)}</pre></details>'
    )
