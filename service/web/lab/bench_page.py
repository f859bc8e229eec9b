"""What the benchmarks' half of the lab shows, and what its buttons do."""

import ipaddress
import shlex
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from insideout.eval.errors import RunError
from insideout.service.web.header import Notice, hint
from insideout.service.web.lab.bench_catalogue import BENCHES, Bench, Choice, arguments, offered
from insideout.service.web.lab.bench_parts import BenchParts
from insideout.service.web.lab.bench_running import BusyError, Runner, Running
from insideout.service.web.lab.bench_runs import Kept, Status, kept_runs, runs_folder
from insideout.service.web.lab.bench_texts import TEXTS, BenchTexts
from insideout.service.web.lab.bench_views import headline, report_view
from insideout.service.web.lab.charts import clock
from insideout.service.web.shown import Shown, nothing


class Benches:
    """The handlers. One Runner stands behind all browsers."""

    def __init__(self, parts: BenchParts, runner: Runner) -> None:
        self.parts = parts
        self.runner = runner

    def words(self, ui: str, request: gr.Request) -> Shown:
        """All that depends on the language, and the state of things for a browser that has just come."""
        texts, parts = TEXTS[ui], self.parts
        names = [(_name(bench, texts), bench.name) for bench in offered()]
        first = names[0][1] if names else ""
        away = "" if is_local(request) else hint(texts.elsewhere)
        running = self.runner.running is not None
        return {
            parts.intro: f'<p class="l-lead">{escape(texts.intro)}</p>{away}',
            parts.bench: gr.Dropdown(names, value=first, label=texts.bench),
            parts.data: gr.Textbox(label=texts.data, placeholder=texts.data_hint),
            parts.run: gr.Button(texts.run, interactive=is_local(request)),
            parts.stop: gr.Button(texts.stop, interactive=running),
            parts.refresh: gr.Button(texts.refresh),
            parts.resume: gr.Button(texts.resume, interactive=False),
            parts.report: f'<div class="l-nothing"><p>{escape(texts.choose)}</p></div>',
            parts.status: self._status(ui),
            parts.timer: gr.Timer(active=running),
            **self.choose(first, ui),
            **self.look_again(ui),
        }

    def choose(self, name: str, ui: str) -> Shown:
        """Another benchmark: what it takes."""
        bench = BENCHES.get(name)
        if bench is None:
            return nothing()
        texts, parts = TEXTS[ui], self.parts
        default = bench.models[0] if bench.models else None
        return {
            parts.about: _about(bench, texts),
            parts.data: gr.Textbox(
                value=str(bench.place or ""),
                visible=bench.data is not None,
                label=texts.data,
                placeholder=texts.data_hint,
            ),
            parts.items: gr.Number(
                value=None,
                visible=bench.limit is not None,
                label=texts.items,
                info=texts.items_hint,
            ),
            parts.model: gr.Dropdown(
                list(bench.models),
                value=default,
                visible=bench.model is not None,
                label=texts.model,
                info=texts.model_hint,
            ),
            parts.command: self.command(name, str(bench.place or ""), None, default, ui),
        }

    def command(
        self, name: str, data: str | None, items: float | None, model: str | None, ui: str
    ) -> str:
        """The same as one would type it."""
        bench = BENCHES.get(name)
        if bench is None:
            return ""
        asked = arguments(bench, _choice(data, items, model), self.runner.runs / name)
        return (
            f'<p class="l-fine">{escape(TEXTS[ui].command)}</p>'
            f"<code>{escape(shlex.join(['insideout', *asked]))}</code>"
        )

    def run(
        self,
        name: str,
        data: str | None,
        items: float | None,
        model: str | None,
        ui: str,
        request: gr.Request,
    ) -> Shown:
        """Start it, or say why not."""
        texts = TEXTS[ui]
        bench = BENCHES.get(name)
        if bench is None or not is_local(request):
            return {self.parts.status: hint(texts.elsewhere, Notice.WRONG)}
        choice = _choice(data, items, model)
        why = _refusal(bench, choice, items, texts)
        if why is not None:
            return {self.parts.status: hint(why, Notice.WRONG)}
        folder = self.runner.folder_for(name)
        return self._started(name, arguments(bench, choice, folder), folder, ui)

    def resume(self, folder: str | None, ui: str, request: gr.Request) -> Shown:
        """Go on with a run that was stopped, in its folder."""
        kept = self._kept(folder)
        if kept is None or kept.note is None or not is_local(request):
            return {self.parts.status: hint(TEXTS[ui].elsewhere, Notice.WRONG)}
        return self._started(kept.note.name, kept.note.arguments, kept.folder, ui)

    def _started(self, name: str, asked: Any, folder: Path, ui: str) -> Shown:
        parts, texts = self.parts, TEXTS[ui]
        try:
            self.runner.start(name, asked, folder)
        except BusyError as error:
            busy = texts.lines.get(str(error), str(error))
            return {parts.status: hint(texts.busy.format(name=busy), Notice.WRONG)}
        except RunError as error:
            return {parts.status: hint(str(error), Notice.WRONG)}
        return {
            parts.status: self._status(ui),
            parts.run: gr.Button(interactive=False),
            parts.stop: gr.Button(interactive=True),
            parts.resume: gr.Button(interactive=False),
            parts.timer: gr.Timer(active=True),
        }

    def tick(self, ui: str, request: gr.Request) -> Shown:
        """How far the run is; its report once it is over."""
        parts = self.parts
        if self.runner.running is not None:
            return {parts.status: self._status(ui)}
        last = self.runner.last
        return {
            parts.status: "",
            parts.run: gr.Button(interactive=is_local(request)),
            parts.stop: gr.Button(interactive=False),
            parts.timer: gr.Timer(active=False),
            **self.look_again(ui, last),
            **self._report(None if last is None else str(last), ui),
        }

    def stop(self, ui: str, request: gr.Request) -> Shown:
        """End the run under way."""
        if not is_local(request):
            return {self.parts.status: hint(TEXTS[ui].elsewhere, Notice.WRONG)}
        self.runner.stop()
        return {**self.tick(ui, request), self.parts.status: hint(TEXTS[ui].stopping)}

    def look_again(self, ui: str, chosen: Path | None = None) -> Shown:
        """The runs that are kept; the one under way is none yet."""
        texts, running = TEXTS[ui], self.runner.running
        under_way = None if running is None else running.folder
        runs = [kept for kept in kept_runs(self.runner.runs) if kept.folder != under_way]
        names = [(_listed(kept, texts), str(kept.folder)) for kept in runs]
        said = texts.past_hint if names else texts.past_none
        return {
            self.parts.past: gr.Dropdown(
                names,
                value=None if chosen is None else str(chosen),
                label=texts.past,
                info=said.format(folder=self.runner.runs),
            )
        }

    def show(self, folder: str | None, ui: str) -> Shown:
        """A past report."""
        return self._report(folder, ui) or nothing()

    def _report(self, folder: str | None, ui: str) -> Shown:
        kept = self._kept(folder)
        if kept is None:
            return {}
        note = kept.note
        bench = None if note is None else BENCHES.get(note.name)
        broken = note is not None and note.status in (Status.STOPPED, Status.RUNNING, Status.FAILED)
        can_go_on = broken and bench is not None and bench.keeps and self.runner.running is None
        return {
            self.parts.report: report_view(kept, ui),
            self.parts.resume: gr.Button(interactive=can_go_on),
        }

    def _kept(self, folder: str | None) -> Kept | None:
        """One of the runs that are kept; a browser cannot name another folder."""
        known = {str(kept.folder): kept for kept in kept_runs(self.runner.runs)}
        return known.get(folder or "")

    def _status(self, ui: str) -> str:
        running = self.runner.running
        return "" if running is None else _doing(running, TEXTS[ui])


def _doing(running: Running, texts: BenchTexts) -> str:
    """A line with a bar: what runs, what it said last, how far it is."""
    name = texts.lines.get(running.note.name, running.note.name)
    words = texts.running.format(name=name, line=running.line or texts.started)
    known = running.share is not None
    width = f' style="width:{running.share:.0%}"' if known else ""
    return (
        f'<div class="l-doing"><span>{escape(words)}</span>'
        f'<span class="bar{"" if known else " l-open"}" role="progressbar" '
        f'aria-label="{escape(name)}"><i{width}></i></span><small>{clock(running.secs)}</small></div>'
    )


def _name(bench: Bench, texts: BenchTexts) -> str:
    return f"{texts.groups[bench.group]} · {texts.lines.get(bench.name, bench.name)}"


def _about(bench: Bench, texts: BenchTexts) -> str:
    """Whether its data are here."""
    said = texts.data_here
    if bench.data is None:
        said = texts.data_none
    elif bench.place is None:
        said = texts.data_missing
    return f'<p class="l-fine">{escape(said)}</p>'


def _listed(kept: Kept, texts: BenchTexts) -> str:
    """A run as one line of the list."""
    when = kept.at.astimezone().strftime("%Y-%m-%d %H:%M")
    note = kept.note
    status = "" if note is None or note.status is Status.DONE else texts.statuses[note.status]
    figure = headline(kept.report) if kept.report else ""
    parts = (when, kept.name, kept.folder.name if note is None else "", figure, status)
    return " · ".join(part for part in parts if part)


def _choice(data: str | None, items: float | None, model: str | None) -> Choice:
    path = (data or "").strip()
    return Choice(
        data=Path(path).expanduser() if path else None,
        items=None if items is None else int(items),
        model=(model or "").strip() or None,
    )


def _refusal(bench: Bench, choice: Choice, items: float | None, texts: BenchTexts) -> str | None:
    """Why it cannot be run like that; None where it can."""
    if bench.data is not None and choice.data is None:
        return texts.data_missing
    if bench.data is not None and choice.data is not None and not choice.data.exists():
        return texts.no_such_data.format(path=choice.data)
    if bench.limit is not None and items is not None and items < bench.least:
        return texts.bad_items.format(found=f"{items:g}", least=bench.least)
    return None


def is_local(request: gr.Request) -> bool:
    """Whether the browser runs on this computer: what a benchmark reads and costs is its owner's."""
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except (AttributeError, ValueError):
        return False


def benches_of(parts: BenchParts) -> Benches:
    """The handlers over the folder of runs."""
    return Benches(parts, Runner(runs_folder()))


def wire_benches(benches: Benches, ui: gr.Radio, quiet: dict[str, Any]) -> None:
    """Which event calls which handler, and what that may change."""
    parts = benches.parts
    asked = [parts.bench, parts.data, parts.items, parts.model, ui]
    ran = [parts.status, parts.run, parts.stop, parts.resume, parts.timer]
    over = [*ran, parts.past, parts.report]
    takes = [parts.about, parts.data, parts.items, parts.model, parts.command]
    parts.bench.input(benches.choose, [parts.bench, ui], takes, **quiet)
    for changed in (parts.data.input, parts.items.input, parts.model.input):
        changed(benches.command, asked, parts.command, **quiet)
    parts.run.click(benches.run, asked, ran, trigger_mode="once", **quiet)
    parts.stop.click(benches.stop, ui, over, trigger_mode="once", **quiet)
    parts.timer.tick(benches.tick, ui, over, **quiet)
    parts.past.input(benches.show, [parts.past, ui], [parts.report, parts.resume], **quiet)
    parts.refresh.click(benches.look_again, ui, parts.past, **quiet)
    parts.resume.click(benches.resume, [parts.past, ui], ran, trigger_mode="once", **quiet)
