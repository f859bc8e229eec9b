import sys
from pathlib import Path

import pytest

from insideout.eval.bench_fusion import film_file, main
from insideout.eval.errors import EvalError


def test_a_film_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="--film FILE"):
        film_file(tmp_path / "none.mp4")


@pytest.mark.parametrize("option", ["--turns", "--secs", "--speed"])
def test_nothing_cannot_be_measured(
    option: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench_fusion", option, "0"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    assert "--speed is above 0" in capsys.readouterr().err
