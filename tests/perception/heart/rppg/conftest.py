"""The face detector, which is fetched in life, taken from the shared folder where that is there."""

from pathlib import Path

import pytest

from insideout.perception.face.detecting import DETECTOR
from insideout.perception.weights import OVERRIDE_VARIABLE


@pytest.fixture(autouse=True)
def _detector(shared_or_none: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if shared_or_none is not None:
        folder = shared_or_none / "models" / "yunet"
        if (folder / DETECTOR.name).is_file():
            monkeypatch.setenv(OVERRIDE_VARIABLE, str(folder))
