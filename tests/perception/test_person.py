"""One person's particulars: learnt from rest and named moments, applied, kept and deleted."""

import stat
from pathlib import Path

import numpy as np
import pytest

from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.label_spaces import FER_2013
from insideout.perception.person import Profile, learn_shift, rest_of
from insideout.perception.profiles import (
    delete_profile,
    list_profiles,
    load_profile,
    save_profile,
)
from insideout.perception.reading import Modality, Reading

MADE_AT = "2026-01-01T10:00:00+01:00"


def face(model: str = "face", **p: float) -> Reading:
    rest = (1.0 - sum(p.values())) / (len(FER_2013.labels) - len(p))
    probabilities = {label: p.get(label, rest) for label in FER_2013.labels}
    return Reading(
        modality=Modality.FACE,
        model=model,
        space=FER_2013.name,
        probabilities=probabilities,
        emotions=FER_2013.emotions(probabilities),
        affect=FER_2013.affect(probabilities),
        confidence=max(probabilities.values()),
    )


OTHERS = rest_of([face(neutral=0.7, sad=0.1)])
STERN = [face(neutral=0.4, angry=0.4)] * 20


def test_a_stern_resting_face_is_no_longer_angry() -> None:
    profile = Profile(name="a", made_at=MADE_AT, shifts={"face": learn_shift(STERN, (), OTHERS)})
    adapted = profile.adapt(STERN[0])
    assert adapted.probabilities["angry"] < 0.2


def test_a_person_who_rests_like_others_is_not_shifted() -> None:
    shift = learn_shift([face(neutral=0.7, sad=0.1)] * 20, (), OTHERS)
    assert np.allclose(list(shift.values()), 0.0, atol=1e-6)


def test_little_rest_shifts_less_than_much() -> None:
    little, much = (learn_shift(STERN[:n], (), OTHERS)["angry"] for n in (3, 20))
    assert much < little < 0.0


def test_named_moments_pull_towards_what_was_named() -> None:
    moment = face(neutral=0.5, sad=0.3)
    shift = learn_shift(STERN, [(moment, Emotion.SADNESS)] * 4, OTHERS)
    profile = Profile(name="a", made_at=MADE_AT, shifts={"face": shift})
    assert profile.adapt(moment).probabilities["sad"] > moment.probabilities["sad"]


def test_an_adapted_reading_still_sums_to_one() -> None:
    profile = Profile(name="a", made_at=MADE_AT, shifts={"face": learn_shift(STERN, (), OTHERS)})
    assert np.isclose(sum(profile.adapt(STERN[0]).emotions.values()), 1.0)


def test_another_recognisers_reading_is_left_alone() -> None:
    profile = Profile(name="a", made_at=MADE_AT, shifts={"face": learn_shift(STERN, (), OTHERS)})
    other = face("other", neutral=0.4)
    assert profile.adapt(other) is other


def test_too_little_rest_says_what_to_record() -> None:
    with pytest.raises(PerceptionError, match="20 to 60 seconds at rest"):
        learn_shift(STERN[:2], (), OTHERS)


def test_readings_of_two_recognisers_are_refused() -> None:
    with pytest.raises(PerceptionError, match="several recognisers"):
        learn_shift([*STERN, face("other", neutral=0.4)], (), OTHERS)


def profile(name: str = "anna") -> Profile:
    return Profile(name=name, made_at=MADE_AT, shifts={"face": {"sad": -0.5}}, rest={"heart": [1]})


def test_a_profile_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    save_profile(profile(), tmp_path)
    assert load_profile("anna", tmp_path) == profile()


def test_only_its_owner_can_read_the_file(tmp_path: Path) -> None:
    assert stat.S_IMODE(save_profile(profile(), tmp_path).stat().st_mode) == 0o600


def test_profiles_are_listed_by_name(tmp_path: Path) -> None:
    for name in ("boris", "anna"):
        save_profile(profile(name), tmp_path)
    assert [one.name for one in list_profiles(tmp_path)] == ["anna", "boris"]


def test_a_deleted_profile_is_gone(tmp_path: Path) -> None:
    path = save_profile(profile(), tmp_path)
    delete_profile("anna", tmp_path)
    assert not path.exists()


def test_an_unknown_profile_names_the_known_ones(tmp_path: Path) -> None:
    save_profile(profile(), tmp_path)
    with pytest.raises(PerceptionError, match="did you mean 'anna'"):
        load_profile("ana", tmp_path)


@pytest.mark.parametrize("name", ["../x", "", ".hidden", "a/b"])
def test_a_name_cannot_leave_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(PerceptionError, match="no name for a profile"):
        load_profile(name, tmp_path)


def test_a_damaged_file_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "anna.json").write_text('{"name": "anna"}')
    with pytest.raises(PerceptionError, match="no profile"):
        load_profile("anna", tmp_path)
