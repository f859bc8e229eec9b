"""A face, a voice and a heart that are known: what a profile changes in their readers."""

from collections.abc import Sequence

import numpy as np
import pytest
from tests.perception.voice.speech import Loudness, sound, speaking

from insideout.perception.errors import BadSignalError, PerceptionError
from insideout.perception.expression import Expression
from insideout.perception.face.face import DetectedFace, Picture
from insideout.perception.face.own import OwnFace
from insideout.perception.heart.beats import Beats
from insideout.perception.heart.own import check_rest, rest_json, rest_of
from insideout.perception.label_spaces import FER_2013
from insideout.perception.person import Profile
from insideout.perception.voice.own import OwnVoice, heard_json, own_voice_reader, usual
from insideout.perception.voice.sound import Prosody

MADE_AT = "2026-01-01T10:00:00+01:00"
STERN = {"angry": 0.6, "neutral": 0.4}
HEARD = Prosody(secs=2.0, loudness_db=-30.0, pitch_hz=120.0)


class Stern:
    """Everybody looks stern."""

    name = "stern"
    space = FER_2013

    def recognise(self, picture: Picture, faces: Sequence[DetectedFace]) -> list[Expression]:
        return [Expression(probabilities=STERN) for _ in faces]

    def recognise_cut(self, faces: Sequence[Picture]) -> list[Expression]:
        return [Expression(probabilities=STERN) for _ in faces]


def known(**fields: object) -> Profile:
    return Profile(name="anna", made_at=MADE_AT, **fields)  # type: ignore[arg-type]


def test_a_known_face_is_judged_against_itself() -> None:
    own = OwnFace(Stern(), known(shifts={"stern": {"angry": -2.0, "neutral": 0.0}}))
    (said,) = own.recognise_cut([np.zeros((8, 8, 3), dtype=np.uint8)])
    assert said.probabilities["neutral"] > 0.7
    assert own.name == "stern, adapted"


def test_a_profile_without_the_face_changes_nothing() -> None:
    own = OwnFace(Stern(), known())
    (said,) = own.recognise_cut([np.zeros((8, 8, 3), dtype=np.uint8)])
    assert (own.name, said.probabilities) == ("stern", STERN)


def test_a_known_voice_is_judged_against_itself() -> None:
    own = OwnVoice(Loudness(), known(shifts={"loudness": {"angry": -4.0}}))
    (said,) = own.recognise([sound(speaking(1.0))])
    assert said.probabilities["angry"] < 0.2
    assert own.name == "loudness, adapted"


def test_the_reader_of_a_known_voice_compares_with_how_they_usually_sound() -> None:
    profile = known(rest={"voice": {"heard": heard_json([HEARD, HEARD])}})
    assert own_voice_reader(profile).baseline.heard == (HEARD, HEARD)
    assert usual(profile).ready


def test_a_profile_without_the_voice_has_no_usual() -> None:
    assert usual(known()).heard == ()


def test_beats_come_back_as_they_were_kept() -> None:
    beats = Beats.at(np.arange(0.0, 120.0, 0.8))
    found = rest_of(known(rest={"heart": rest_json(beats)}))
    assert found is not None
    assert np.allclose(found.times_secs, beats.times_secs)
    assert found.kind is beats.kind
    assert found.end_secs == pytest.approx(beats.end_secs)


def test_a_profile_without_the_heart_has_no_beats() -> None:
    assert rest_of(known()) is None


def test_too_short_a_rest_says_how_long_it_takes() -> None:
    with pytest.raises(BadSignalError, match="80 quiet seconds"):
        check_rest(Beats.at(np.arange(0.0, 30.0, 0.8)), "rest.csv")


@pytest.mark.parametrize("kept", [{"heart": {"times_secs": "x"}}, {"heart": {}}])
def test_damaged_beats_say_to_make_the_profile_again(kept: dict[str, object]) -> None:
    with pytest.raises(PerceptionError, match="make it again"):
        rest_of(known(rest=kept))


def test_damaged_speech_says_to_make_the_profile_again() -> None:
    with pytest.raises(PerceptionError, match="make it again"):
        usual(known(rest={"voice": {"heard": [{"volume": 1}]}}))
