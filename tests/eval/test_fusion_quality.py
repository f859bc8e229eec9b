"""How often a modality is right by its quality: every item in one band, small bands left out."""

import numpy as np
from tests.eval.fusion_samples import said_by

from insideout.eval.fusion_quality import by_quality
from insideout.eval.fusion_said import Damage
from insideout.perception.reading import Modality


def test_every_item_is_in_one_band() -> None:
    said = said_by(2.0, 0)
    found = by_quality({Modality.FACE: said}, 10)["face"]
    assert sum(one["n"] for one in found.values()) == len(said)
    assert set(found) == {"abstains", "0 to 0.5", "0.9 to 1"}
    right = said.rows[Damage.GRADED].argmax(axis=1) == said.gold
    silent = said.qualities[Damage.GRADED] == 0.0
    assert found["abstains"]["accuracy"]["value"] == round(float(np.mean(right[silent])), 4)


def test_a_small_band_is_left_out() -> None:
    assert by_quality({Modality.TEXT: said_by(2.0, 0, each=3)}, 10) == {"text": {}}
