import json
from pathlib import Path

import numpy as np
import pytest

from insideout.eval import face_cues
from insideout.eval.face_cues import norms, sample, shares
from insideout.perception.face.cues.names import BLENDSHAPES
from insideout.perception.face.datasets.fer2013 import FerSet

STILL = dict.fromkeys(BLENDSHAPES, 0.0)
SMILE = {**STILL, "mouthSmileLeft": 0.9, "mouthSmileRight": 0.9}


def _images(*labels: int) -> FerSet:
    return FerSet(
        images=np.zeros((len(labels), 48, 48), dtype=np.uint8),
        labels=np.array(labels, dtype=np.int64),
        names=tuple(f"Training_{place}.jpg" for place in range(len(labels))),
    )


def test_a_sample_of_one_label_holds_that_label_alone() -> None:
    found = sample(_images(6, 3, 6, 6, 0), limit=2, seed=0, only="neutral")
    assert list(found.labels) == [6, 6]


def test_a_limit_above_what_there_is_takes_all() -> None:
    assert len(sample(_images(0, 1), limit=9, seed=0)) == 2


def test_a_threshold_is_what_most_neutral_faces_stay_below() -> None:
    faces = [{**STILL, "jawOpen": place / 100} for place in range(101)]
    found = norms([*faces, None])
    assert (found["n"], found["unseen"], found["thresholds"]["AU26"]) == (101, 1, 0.95)


def test_a_threshold_is_never_below_the_noise() -> None:
    assert norms([STILL, STILL])["thresholds"]["AU12"] == 0.1


def test_shares_are_told_label_by_label_with_their_interval() -> None:
    found = shares([SMILE, STILL, None, STILL], ["happy", "happy", "happy", "neutral"])
    assert (found["happy"]["n"], found["happy"]["unseen"]) == (2, 1)
    assert found["happy"]["shown"]["AU12"] == 0.5
    low, high = found["happy"]["interval95"]["AU12"]
    assert low < 0.5 < high
    assert found["neutral"]["shown"]["AU12"] == 0.0


def test_the_command_measures_real_images(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("ai_edge_litert", reason="the extra `blendshapes` is not installed")
    model = shared / "models" / "mediapipe_face_landmarker" / "face_landmarker.task"
    data = shared / "signals" / "face" / "fer2013" / "public_test.zip"
    face_cues.main(["--data", str(data), "--model", str(model), "--limit", "4", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert sum(one["n"] + one["unseen"] for one in found.values()) == 4
