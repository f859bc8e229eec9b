import pytest

from insideout.perception.affect import Emotion
from insideout.perception.face.wording import LANGUAGES, LOOKS, SAYS, expression_cue


def _emotions(**given: float) -> dict[Emotion, float]:
    rest = (1.0 - sum(given.values())) / len(Emotion)
    return {emotion: given.get(emotion.value, 0.0) + rest for emotion in Emotion}


@pytest.mark.parametrize(
    ("emotions", "cue"),
    [
        (_emotions(joy=0.9), "looks happy"),
        (_emotions(sadness=0.5), "looks a little sad"),
        (_emotions(sadness=0.5, fear=0.4), "looks sad, perhaps afraid"),
        (_emotions(), "an expression that is hard to read"),
    ],
)
def test_the_surer_the_plainer(emotions: dict[Emotion, float], cue: str) -> None:
    assert expression_cue(emotions, "en") == cue


def test_cues_are_said_in_russian_too() -> None:
    assert expression_cue(_emotions(anger=0.9), "ru") == "сердитое лицо"


def test_both_languages_say_the_same_things() -> None:
    english, russian = (SAYS[language].keys() for language in LANGUAGES)
    assert english == russian
    assert all(set(LOOKS[language]) == set(Emotion) for language in LANGUAGES)
