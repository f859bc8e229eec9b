"""The browser's scripts: each is short, and finds what it asks the others for."""

import re
from pathlib import Path

import pytest

pytest.importorskip("gradio", reason="gradio is not installed (pip install -e '.[app]')")

from insideout.service.web.server import ASSETS, SCRIPTS

KIOSK = sorted(ASSETS.glob("kiosk*.js"))
_ASKS = re.compile(r"^(?:import|export) (?:\{([^}]*)\} from )?'\./([\w-]+\.js)';", re.MULTILINE)
_GIVES = re.compile(r"^export (?:async )?(?:function|const|let) ([\w$]+)", re.MULTILINE)


def asked(script: Path) -> dict[str, set[str]]:
    """By script: what of it is imported."""
    found: dict[str, set[str]] = {}
    for names, name in _ASKS.findall(script.read_text("utf-8")):
        found.setdefault(name, set()).update(re.findall(r"[\w$]+", names))
    return found


def reached(name: str, seen: set[str]) -> set[str]:
    """The script and all that it brings along."""
    if name not in seen:
        seen.add(name)
        for other in asked(ASSETS / name):
            reached(other, seen)
    return seen


@pytest.mark.parametrize("script", KIOSK, ids=lambda script: script.name)
def test_what_a_script_imports_is_there(script: Path) -> None:
    for name, names in asked(script).items():
        assert names <= set(_GIVES.findall((ASSETS / name).read_text("utf-8"))), name


def test_the_page_brings_every_script_of_the_kiosk_along() -> None:
    assert "kiosk.js" in SCRIPTS
    assert reached("kiosk.js", set()) == {script.name for script in KIOSK}


@pytest.mark.parametrize("script", KIOSK, ids=lambda script: script.name)
def test_a_script_is_short(script: Path) -> None:
    assert len(script.read_text("utf-8").splitlines()) < 250


def test_no_two_scripts_wait_for_each_other() -> None:
    for script in KIOSK:
        for name in asked(script):
            assert script.name not in reached(name, set())
