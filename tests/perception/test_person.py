"""One person's particulars: learnt from rest and named moments, applied, kept and deleted."""

import stat
from pathlib import Path

import numpy as np
import pytest

from insideout.perception.affect import Affect, Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.expression import Expression
from insideout.perception.label_spaces import FER_2013
from insideout.perception.person import Profile, learn_shift, log_mean
from insideout.perception.profiles import (
    damaged_profiles,
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


OTHERS = log_mean([face(neutral=0.7, sad=0.1).probabilities])
STERN = [face(neutral=0.4, angry=0.4)] * 20


def looks(reading: Reading) -> Expression:
    return Expression(probabilities=reading.probabilities)


def test_a_stern_resting_face_is_no_longer_angry() -> None:
    profile = Profile(name="a", made_at=MADE_AT, shifts={"face": learn_shift(STERN, (), OTHERS)})
    assert profile.adapt(looks(STERN[0]), "face").probabilities["angry"] < 0.2


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
    adapted = profile.adapt(looks(moment), "face")
    assert adapted.probabilities["sad"] > moment.probabilities["sad"]


def test_what_is_adapted_still_sums_to_one() -> None:
    profile = Profile(name="a", made_at=MADE_AT, shifts={"face": learn_shift(STERN, (), OTHERS)})
    adapted = profile.adapt(looks(STERN[0]), "face")
    assert np.isclose(sum(adapted.probabilities.values()), 1.0)


def test_what_another_recogniser_says_is_left_alone() -> None:
    profile = Profile(name="a", made_at=MADE_AT, shifts={"face": learn_shift(STERN, (), OTHERS)})
    other = looks(face("other", neutral=0.4))
    assert profile.adapt(other, "other") is other


def test_valence_that_a_model_gave_itself_stays() -> None:
    profile = Profile(name="a", made_at=MADE_AT, shifts={"face": learn_shift(STERN, (), OTHERS)})
    said = Expression(probabilities=STERN[0].probabilities, affect=Affect(valence=0.3, arousal=0.1))
    assert profile.adapt(said, "face").affect == said.affect


def test_too_little_rest_says_what_to_record() -> None:
    with pytest.raises(PerceptionError, match="20 to 60 seconds at rest"):
        learn_shift(STERN[:2], (), OTHERS)


def test_readings_of_two_recognisers_are_refused() -> None:
    with pytest.raises(PerceptionError, match="several recognisers"):
        learn_shift([*STERN, face("other", neutral=0.4)], (), OTHERS)


def profile(name: str = "anna") -> Profile:
    return Profile(
        name=name,
        made_at=MADE_AT,
        shifts={"face": {"sad": -0.5}},
        rest={"heart": {"times_secs": [1]}},
    )


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


def test_a_damaged_file_is_told_and_can_be_deleted(tmp_path: Path) -> None:
    save_profile(profile("anna"), tmp_path)
    (tmp_path / "boris.json").write_text("{")
    assert damaged_profiles(tmp_path) == ["boris"]
    assert [one.name for one in list_profiles(tmp_path)] == ["anna"]
    delete_profile("boris", tmp_path)
    assert damaged_profiles(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PerceptionError, match="INSIDEOUT_PROFILES"):
        save_profile(profile(), tmp_path / "file")


def test_a_profile_says_what_it_does_not_know() -> None:
    one = Profile(name="a", made_at=MADE_AT, shifts={"face": {}}, rest={"face": {}})
    assert one.doubt(Modality.FACE, "face") is None
    assert "does not know the voice" in str(one.doubt(Modality.VOICE, "voice"))
    assert "another recogniser than newer" in str(one.doubt(Modality.FACE, "newer"))


def test_what_a_profile_knows_is_told_in_the_order_of_modalities() -> None:
    one = Profile(name="a", made_at=MADE_AT, rest={"heart": {}, "face": {}})
    assert one.modalities == (Modality.FACE, Modality.HEART)


def test_an_emotion_that_a_recogniser_has_no_label_for_is_refused() -> None:
    with pytest.raises(PerceptionError, match="no label for contempt"):
        learn_shift(STERN, [(STERN[0], Emotion.CONTEMPT)], OTHERS)
