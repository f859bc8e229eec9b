import pytest

from insideout.perception.errors import PerceptionError
from insideout.perception.face.cues.action_units import ACTION_UNITS, ActionUnit
from insideout.perception.face.cues.blendshapes import shown
from insideout.perception.face.cues.names import BLENDSHAPES, SUBSET
from insideout.perception.face.cues.wording import WORDS, said

STILL = dict.fromkeys(BLENDSHAPES, 0.0)


def _codes(**scores: float) -> list[str]:
    return [unit.code for unit in shown({**STILL, **scores})]


def test_the_networks_read_146_landmarks_and_name_52_blendshapes() -> None:
    assert (len(set(SUBSET)), max(SUBSET), len(set(BLENDSHAPES))) == (146, 477, 52)


def test_a_still_face_shows_nothing() -> None:
    assert _codes() == []


def test_a_smile_is_the_lip_corner_puller() -> None:
    assert _codes(mouthSmileLeft=0.8, mouthSmileRight=0.7) == ["AU12"]


def test_a_score_at_its_threshold_is_not_shown() -> None:
    jaw = next(unit for unit in ACTION_UNITS if unit.code == "AU26")
    assert _codes(jawOpen=jaw.threshold) == []


def test_the_movement_farthest_beyond_its_threshold_comes_first() -> None:
    assert _codes(jawOpen=0.3, browDownLeft=0.9, browDownRight=0.9) == ["AU4", "AU26"]


def test_left_and_right_are_averaged() -> None:
    brows = next(unit for unit in ACTION_UNITS if unit.code == "AU2")
    assert brows.score({**STILL, "browOuterUpLeft": 1.0}) == 0.5


@pytest.mark.parametrize("unit", ACTION_UNITS, ids=lambda unit: unit.code)
def test_every_unit_is_made_of_known_blendshapes(unit: ActionUnit) -> None:
    assert set(unit.shapes) <= set(BLENDSHAPES)


@pytest.mark.parametrize("language", WORDS)
def test_every_unit_has_words_and_every_word_a_unit(language: str) -> None:
    assert set(WORDS[language]) == {unit.code for unit in ACTION_UNITS}


def test_words_end_with_the_code() -> None:
    smile = next(unit for unit in ACTION_UNITS if unit.code == "AU12")
    assert said(smile, "en") == "lip corners pulled up (AU12)"
    assert said(smile, "ru") == "уголки губ подняты (AU12)"


def test_an_unknown_language_is_told_with_the_known_ones() -> None:
    with pytest.raises(PerceptionError, match=r"'de'.*en, ru"):
        said(ACTION_UNITS[0], "de")
