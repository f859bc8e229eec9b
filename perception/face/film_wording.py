"""The words of films and live streams, in English and Russian."""

from collections.abc import Mapping, Sequence

from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError, unknown_name

LANGUAGES = ("en", "ru")

LOOKS: Mapping[str, Mapping[Emotion, str]] = {
    "en": {
        Emotion.JOY: "happy",
        Emotion.SADNESS: "sad",
        Emotion.FEAR: "afraid",
        Emotion.ANGER: "angry",
        Emotion.DISGUST: "disgusted",
        Emotion.SURPRISE: "surprised",
        Emotion.CONTEMPT: "contemptuous",
        Emotion.NEUTRAL: "neutral",
    },
    "ru": {
        Emotion.JOY: "радость",
        Emotion.SADNESS: "грусть",
        Emotion.FEAR: "страх",
        Emotion.ANGER: "злость",
        Emotion.DISGUST: "отвращение",
        Emotion.SURPRISE: "удивление",
        Emotion.CONTEMPT: "презрение",
        Emotion.NEUTRAL: "спокойствие",
    },
}

SAYS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "no_face": "no face in sight",
        "no_face_ever": "no face in the film",
        "too_little": "no face could be seen well enough in the film",
        "brighter": "the face is getting more pleasant",
        "darker": "the face is getting more unpleasant",
        "livelier": "the face is getting livelier",
        "calmer": "the face is getting calmer",
        "looks": "looks",
        "then": "then",
        "for": "{emotion} for {secs:.0f} s",
        "briefly": "{emotion} for a moment",
        "away": "no face for {share:.0%} of the time",
        "unsure": "the face is not seen well enough for {share:.0%} of the time",
        "people": "{n} faces are seen; the reading is of the one in front at each moment",
        "broken": "{n} damaged parts of the film are left out",
        "short": "the film breaks off at {secs:.1f} s; it says it is {told:.1f} s long",
        "varies": "the film's frame rate varies; the times of its frames are used",
    },
    "ru": {
        "no_face": "лица не видно",
        "no_face_ever": "в фильме нет лица",
        "too_little": "ни одно лицо в фильме не видно достаточно хорошо",
        "brighter": "выражение лица становится приятнее",
        "darker": "выражение лица становится неприятнее",
        "livelier": "лицо оживляется",
        "calmer": "лицо успокаивается",
        "looks": "на лице",
        "then": "затем",
        "for": "{emotion} {secs:.0f} с",
        "briefly": "{emotion} на мгновение",
        "away": "{share:.0%} времени лица не видно",
        "unsure": "{share:.0%} времени лицо видно недостаточно хорошо",
        "people": "лиц в кадре: {n}; прочитано то, что в каждый момент впереди",
        "broken": "повреждённых мест в фильме: {n}, они пропущены",
        "short": "фильм обрывается на {secs:.1f} с, хотя в нём заявлено {told:.1f} с",
        "varies": "частота кадров меняется; взято собственное время кадров",
    },
}

PLOT: Mapping[str, Mapping[str, str]] = {
    "en": {
        "probability": "probability",
        "valence": "valence",
        "arousal": "arousal",
        "face": "face",
        "no_face": "no face",
        "cut": "cut",
        "seconds": "time (s)",
        "minutes": "time (min)",
        "nothing": "nothing could be read",
        "note": "expressions are cues, not facts about what a person feels",
    },
    "ru": {
        "probability": "вероятность",
        "valence": "валентность",
        "arousal": "возбуждение",
        "face": "лицо",
        "no_face": "лица нет",
        "cut": "склейка",
        "seconds": "время (с)",
        "minutes": "время (мин)",
        "nothing": "ничего не удалось прочитать",
        "note": "выражение лица — подсказка, а не факт о чувствах человека",
    },
}


def check_language(language: str) -> None:
    """Raises PerceptionError that lists the languages where it is none of them."""
    if language not in LANGUAGES:
        raise PerceptionError(unknown_name("language", language, LANGUAGES))


def says(language: str, what: str, **blanks: float) -> str:
    """One of the sentences above, its blanks filled."""
    return SAYS[language][what].format(**blanks)


def course_words(episodes: Sequence[tuple[Emotion, float]], language: str) -> str:
    """What was seen one after another: emotion and seconds of each.

    >>> course_words([(Emotion.SADNESS, 9.3), (Emotion.JOY, 10.1)], "en")
    'looks sad for 9 s, then happy for 10 s'
    """
    words = SAYS[language]
    parts = [
        words["for" if secs >= 1.0 else "briefly"].format(
            emotion=LOOKS[language][emotion], secs=secs
        )
        for emotion, secs in episodes
    ]
    joined = parts[0] + "".join(f", {words['then']} {part}" for part in parts[1:])
    return f"{words['looks']}{':' if language == 'ru' else ''} {joined}"
