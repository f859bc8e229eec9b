import sys

import pytest

from insideout.perception.errors import PerceptionError
from insideout.perception.face.libraries import need


def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(PerceptionError, match=r'pip install "insideout-emotions\[camera\]"'):
        need("cv2")


def test_another_extra_is_named_where_it_brings_the_library() -> None:
    with pytest.raises(PerceptionError, match=r"\[tflite\]"):
        need("no_such_library.interpreter", "tflite")
