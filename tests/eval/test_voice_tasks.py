"""Folds, another data set's model and both together, from folders to the report."""

from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.perception.voice.layouts import ravdess, tone
from tests.perception.voice.train.test_graph import backbone

from insideout.eval.voice_tasks import Asked, fitted_report
from insideout.perception.voice.datasets.corpora import CORPORA
from insideout.perception.voice.sound import Sound
from insideout.perception.voice.train.augment import PLAIN, TRIMMED
from insideout.perception.voice.train.extract import Extraction, Tick, nothing
from insideout.perception.voice.train.run import Plan

EMOTIONS = {"W": 1, "E": 2, "A": 3, "F": 4, "T": 5, "N": 6, "L": 7}


class Pitch:
    """Tells a sound by its pitch; the layouts give each emotion its own."""

    def features(self, sound: Sound) -> NDArray[np.float32]:
        """Twelve numbers, one of which stands out."""
        spectrum = np.abs(np.fft.rfft(sound.samples))
        hz = float(np.argmax(spectrum)) * 16_000 / len(sound.samples)
        draw = np.random.default_rng(crc32(sound.samples.tobytes()))
        row = 0.1 * draw.normal(size=12)
        row[round(hz / 100.0) % 12] += 1.0
        return row.astype(np.float32)


def plan(folder: Path) -> Plan:
    """A plan whose encoder is the pitch."""
    return Plan(
        backbone=backbone(),
        extraction=Extraction(encoder=Pitch(), cache=folder / "cache"),
        variants=(PLAIN, TRIMMED),
    )


def emodb(folder: Path) -> Path:
    """Four speakers, each emotion once and neutral three times."""
    for speaker in ("03", "08", "09", "10"):
        for letter, place in EMOTIONS.items():
            tone(folder / f"{speaker}a01{letter}a.wav", hz=100.0 * place)
        for text in ("a02", "b01"):
            tone(folder / f"{speaker}{text}Na.wav", hz=600.0)
    return folder


def quiet(what: str, total: int) -> Tick:
    """Watches nothing."""
    del what, total
    return nothing


def test_folds_report_every_way(tmp_path: Path) -> None:
    asked = Asked(corpus=CORPORA["emodb"], folder=emodb(tmp_path / "emodb"))
    found = fitted_report(asked, plan(tmp_path), quiet, 4)
    assert (found["task"], found["n"], found["speakers"]) == ("voice_emodb", 36, 4)
    assert set(found["n_by_way"]) == {"plain", "enrolled", "all_clips", "trimmed"}
    assert found["metrics"]["uar"] > 0.9
    assert set(found["metrics"]) == set(found["interval95"])


@pytest.mark.parametrize(
    ("own", "labels", "n"),
    [(False, ["joy", "sadness", "fear", "anger", "disgust", "neutral"], 36), (True, None, 32)],
)
def test_other_data_sets_are_fitted_on(
    tmp_path: Path, own: bool, labels: list[str] | None, n: int
) -> None:
    """In the emotions both have; with its own speakers in RAVDESS's labels, without boredom."""
    others = {"ravdess": ravdess(tmp_path / "ravdess", actors=4)}
    folder = emodb(tmp_path / "emodb")
    asked = Asked(corpus=CORPORA["emodb"], folder=folder, others=others, own=own)
    found = fitted_report(asked, plan(tmp_path), quiet, 4)
    assert found["n"] == n
    assert "all_clips" not in found["n_by_way"]
    assert labels is None or found["labels"] == labels
    assert "ravdess" in found["protocol"]
