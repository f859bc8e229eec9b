"""Benchmarks from the lab: the commands are right, one runs at a time, reports are kept and shown."""

import asyncio
import json
import subprocess
import threading
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from insideout.eval.errors import RunError
from insideout.service.cli.lazy import load
from insideout.service.cli.main import EVAL
from insideout.service.web.lab import bench_running
from insideout.service.web.lab.bench_catalogue import BENCHES, Choice, arguments, offered
from insideout.service.web.lab.bench_page import Benches, _refusal, is_local
from insideout.service.web.lab.bench_parts import lay_out_benches
from insideout.service.web.lab.bench_running import BusyError, Runner, Running, progress_of
from insideout.service.web.lab.bench_runs import Note, Status, kept_runs, read_run
from insideout.service.web.lab.bench_texts import TEXTS
from insideout.service.web.lab.bench_views import headline, report_view
from insideout.service.web.shown import nothing

ATTACK = "<script>alert(1)</script>"
REPORT: dict[str, Any] = {
    "task": "face_photos",
    "model": ATTACK,
    "n": 35,
    "protocol": ATTACK,
    "metrics": {"top1": 0.657, "by_split": {"dev": {"value": 0.5, "n": 2}}, ATTACK: 1.0},
    "interval95": {"top1": [0.486, 0.8]},
    "labels": {"names": ["happy", ATTACK], "n": [2, 1], "confusion": [[2, 0, 0], [1, 0, 0]]},
    "detector": ATTACK,
}


def keep(folder: Path, report: object = REPORT, **more: Any) -> Path:
    """A run as the lab keeps it."""
    given: dict[str, Any] = {"name": "photos", "arguments": ("eval", "photos"), **more}
    Note(**{"started": "2026-01-31T10:00:00+00:00", "status": Status.DONE, **given}).write(folder)
    (folder / "report.json").write_text(json.dumps(report))
    return folder


@pytest.mark.parametrize("name", sorted(BENCHES))
def test_the_command_of_a_benchmark_exists_with_its_options(name: str, tmp_path: Path) -> None:
    bench = BENCHES[name]
    command = next(command for command in EVAL if command.name == name)
    try:
        known = {option for each in load(command).params for option in each.opts}
    except ImportError as error:
        pytest.skip(str(error))
    asked = arguments(bench, Choice(data=tmp_path, items=5, model="m"), tmp_path / "run")
    assert {one for one in asked if one.startswith("--")} <= known
    assert asked[:2] == ["eval", name]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_benchmark_is_told_in_words(language: str) -> None:
    texts = TEXTS[language]
    assert set(BENCHES) <= set(texts.lines)
    assert {bench.group for bench in BENCHES.values()} <= set(texts.groups)


def test_those_whose_data_are_here_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "signals/ecg").mkdir(parents=True)
    monkeypatch.setenv("INSIDEOUT_SHARED", str(tmp_path))
    names = [bench.name for bench in offered()]
    assert names.index("crisis") < names.index("meld")
    assert "beats" not in names or names.index("beats") < names.index("meld")


def test_all_items_are_asked_for_by_no_limit() -> None:
    assert "--limit" not in arguments(BENCHES["ed"], Choice(), Path("r"))


def test_voices_are_not_asked_about_speakers_that_the_model_was_trained_on() -> None:
    assert "--model" not in arguments(BENCHES["ravdess"], Choice(), Path("r"))


def test_a_path_where_nothing_is_is_refused_before_it_starts(tmp_path: Path) -> None:
    choice = Choice(data=tmp_path / "gone")
    why = _refusal(BENCHES["meld"], choice, None, TEXTS["ru"])
    assert why == f"По пути {tmp_path / 'gone'} ничего нет."


def test_fewer_items_than_a_benchmark_can_do_are_refused(tmp_path: Path) -> None:
    why = _refusal(BENCHES["rppg"], Choice(data=tmp_path, items=3), 3.0, TEXTS["en"])
    assert why == "3 items: expected a whole number, at least 12."


@pytest.mark.parametrize(
    ("host", "local"), [("127.0.0.1", True), ("::1", True), ("192.168.1.7", False), ("x", False)]
)
def test_only_the_computer_itself_starts_benchmarks(host: str, local: bool) -> None:
    class Client:
        def __init__(self) -> None:
            self.host = host

    class Asked:
        client = Client()

    assert is_local(gr.Request(request=Asked())) is local  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "share"),
    [("photos 7/35 0:00:04", 0.2), ("1,000/4,000", 0.25), ("reading 16% 0:01", 0.16), ("hm", None)],
)
def test_progress_is_what_the_command_shows(line: str, share: float | None) -> None:
    assert progress_of(line) == share


def finished(running: Running) -> Note:
    """The note of a run that is over."""
    assert running.over.wait(60)
    note = Note.read(running.folder)
    assert note is not None
    return note


def python(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs a script in place of `insideout`, by the same way."""
    real = subprocess.Popen

    def popen(command: list[str], **options: Any) -> Any:
        return real([command[0], "-c", script], **options)

    monkeypatch.setattr(subprocess, "Popen", popen)


def test_a_report_is_kept_and_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python(
        f"import sys; sys.stderr.write('a remark\\n'); print({json.dumps(REPORT)!r})", monkeypatch
    )
    runner = Runner(tmp_path)
    note = finished(runner.start("photos", ["eval", "photos"], tmp_path / "one"))
    [kept] = kept_runs(tmp_path)
    assert (note.status, kept.report, runner.running) == (Status.DONE, REPORT, None)
    assert "a remark" in report_view(kept, "en")


def test_a_second_one_has_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python("import time; time.sleep(60)", monkeypatch)
    runner = Runner(tmp_path)
    running = runner.start("photos", [], tmp_path / "one")
    with pytest.raises(BusyError, match="photos"):
        runner.start("ed", [], tmp_path / "two")
    runner.stop()
    assert finished(running).status is Status.STOPPED


def test_one_that_does_not_listen_is_ended_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_running, "_PATIENCE_SECS", 0.2)
    deaf = "import signal, sys, time; signal.signal(2, signal.SIG_IGN); signal.signal(15, "
    python(f"{deaf}signal.SIG_IGN); sys.stderr.write('deaf\\n'); sys.stderr.flush(); time.sleep(60)",
           monkeypatch)  # fmt: skip
    runner = Runner(tmp_path)
    running = runner.start("photos", [], tmp_path / "one")
    threading.Thread(target=runner.stop).start()
    assert finished(running).status is Status.STOPPED


async def test_the_run_under_way_is_not_listed_among_the_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with gr.Blocks():
        parts = lay_out_benches()
    python("import time; time.sleep(60)", monkeypatch)
    runner = Runner(tmp_path)
    benches = Benches(parts, runner)
    keep(tmp_path / "before")
    running = runner.start("photos", [], tmp_path / "now")
    [listed] = benches.look_again("en")[parts.past].choices
    assert listed[1] == str(tmp_path / "before")
    await asyncio.to_thread(runner.stop)
    assert finished(running).status is Status.STOPPED
    assert len(benches.look_again("en")[parts.past].choices) == 2


async def test_a_browser_cannot_open_another_folder(tmp_path: Path) -> None:
    with gr.Blocks():
        parts = lay_out_benches()
    keep(tmp_path / "secret" / "run")
    benches = Benches(parts, Runner(tmp_path / "runs"))
    assert benches.show(str(tmp_path / "secret" / "run"), "en") == nothing()


def test_a_failure_keeps_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python("import sys; sys.stderr.write('insideout: no folder\\n'); sys.exit(2)", monkeypatch)
    runner = Runner(tmp_path)
    note = finished(runner.start("photos", [], tmp_path / "one"))
    assert (note.status, note.why) == (Status.FAILED, "insideout: no folder")
    assert "Отчёта нет: insideout: no folder" in report_view(read_run(tmp_path / "one"), "ru")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(RunError, match="INSIDEOUT_RUNS"):
        Runner(tmp_path / "runs").start("photos", [], tmp_path / "runs" / "one")


@pytest.mark.slow
def test_a_real_benchmark_runs(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    folder = tmp_path / "crisis"
    note = finished(runner.start("crisis", arguments(BENCHES["crisis"], Choice(), folder), folder))
    report = read_run(folder).report
    assert note.status is Status.DONE
    assert report is not None
    assert report["metrics"]["recall"] > 0.9


def test_nothing_of_a_report_is_rendered(tmp_path: Path) -> None:
    shown = report_view(read_run(keep(tmp_path / "one")), "en")
    assert "<script" not in shown
    for figure in ("0.657", "0.486 – 0.800", "by_split · dev", "n = 35"):
        assert figure in shown


def test_a_damaged_run_says_so_and_spoils_no_other(tmp_path: Path) -> None:
    keep(tmp_path / "good")
    (keep(tmp_path / "bad") / "report.json").write_text("{")
    runs = {kept.folder.name: kept for kept in kept_runs(tmp_path)}
    assert runs["good"].report == REPORT
    assert "cannot be read" in report_view(runs["bad"], "en")


def test_a_run_of_the_command_line_is_opened_too(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "report.json").write_text(json.dumps(REPORT))
    [kept] = kept_runs(tmp_path)
    assert (kept.name, headline(kept.report or {})) == ("face_photos", "top1 0.657")


def test_other_folders_are_no_runs(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    assert kept_runs(tmp_path) == kept_runs(tmp_path / "gone") == []
