"""AFEW and other folders of clips."""

from pathlib import Path

import pytest

from insideout.perception.errors import BadSignalError, UnknownLabelError
from insideout.perception.face.datasets.afew import load_clips


def _clip(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")


def test_the_folder_is_the_label(tmp_path: Path) -> None:
    _clip(tmp_path / "Val_AFEW" / "Angry" / "000149120.avi")
    _clip(tmp_path / "Val_AFEW" / "Happy" / "b.mp4")
    found = load_clips(tmp_path)
    assert [(one.label, one.name) for one in found] == [
        ("angry", "Val_AFEW/Angry/000149120.avi"),
        ("happy", "Val_AFEW/Happy/b.mp4"),
    ]


def test_a_clip_outside_a_label_is_refused(tmp_path: Path) -> None:
    _clip(tmp_path / "misc" / "a.avi")
    with pytest.raises(UnknownLabelError, match=r"a\.avi.*'misc'"):
        load_clips(tmp_path)


def test_no_clips_and_no_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSignalError, match="holds no films"):
        load_clips(tmp_path)
    with pytest.raises(BadSignalError, match="not a folder"):
        load_clips(tmp_path / "nowhere")
