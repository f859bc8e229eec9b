"""What the action units are called in English and Russian, as a person would say it."""

from collections.abc import Mapping

from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.face.cues.action_units import ActionUnit

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "AU1": "inner brows raised",
        "AU2": "outer brows raised",
        "AU4": "brows lowered",
        "AU5": "eyes opened wide",
        "AU7": "eyelids tightened",
        "AU10": "upper lip raised",
        "AU12": "lip corners pulled up",
        "AU15": "lip corners pulled down",
        "AU16": "lower lip pulled down",
        "AU17": "chin raised",
        "AU20": "lips stretched",
        "AU24": "lips pressed together",
        "AU26": "jaw dropped",
        "AU43": "eyes closed",
    },
    "ru": {
        "AU1": "внутренние края бровей подняты",
        "AU2": "внешние края бровей подняты",
        "AU4": "брови опущены",
        "AU5": "глаза широко раскрыты",
        "AU7": "веки напряжены",
        "AU10": "верхняя губа поднята",
        "AU12": "уголки губ подняты",
        "AU15": "уголки губ опущены",
        "AU16": "нижняя губа опущена",
        "AU17": "подбородок поднят",
        "AU20": "губы растянуты",
        "AU24": "губы сжаты",
        "AU26": "челюсть опущена",
        "AU43": "глаза закрыты",
    },
}


def words_in(language: str) -> Mapping[str, str]:
    """Code to words; raises PerceptionError with the languages there are."""
    if language not in WORDS:
        raise PerceptionError(unknown_name("language of cues", language, WORDS))
    return WORDS[language]


def said(unit: ActionUnit, language: str) -> str:
    """The unit in words with its code: "lip corners pulled up (AU12)"."""
    return f"{words_in(language)[unit.code]} ({unit.code})"
