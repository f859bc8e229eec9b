"""What faces, their faults and their expressions are called in English and Russian."""

from collections.abc import Mapping

from insideout.perception.affect import Emotion

LANGUAGES = ("en", "ru")

SAYS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "none": "no face is to be seen",
        "size": "the face is too small ({pixels:.0f} pixels across; it takes {least:.0f})",
        "sharpness": "the face is too blurred",
        "light": "there is too little light on the face, or too much",
        "pose": "the face is turned away",
        "uncovered": "too much of the face is covered or out of the picture",
        "drawn": "the face looks drawn; only photographed faces are read",
        "not_largest": "only the largest face was asked for",
        "clear": "looks {emotion}",
        "faint": "looks a little {emotion}",
        "mixed": "looks {emotion}, perhaps {other}",
        "unsure": "an expression that is hard to read",
    },
    "ru": {
        "none": "лица не видно",
        "size": "лицо слишком мелкое ({pixels:.0f} пикс. в ширину, нужно {least:.0f})",
        "sharpness": "лицо слишком размыто",
        "light": "лицо освещено слишком слабо или слишком ярко",
        "pose": "лицо отвёрнуто",
        "uncovered": "слишком большая часть лица закрыта или за краем кадра",
        "drawn": "лицо похоже на рисунок; читаются только лица на фото",
        "not_largest": "просили прочитать только самое крупное лицо",
        "clear": "{emotion}",
        "faint": "{emotion}, слегка",
        "mixed": "{emotion}, возможно {other}",
        "unsure": "выражение трудно прочесть",
    },
}

LOOKS: Mapping[str, Mapping[Emotion, str]] = {
    "en": {
        Emotion.JOY: "happy",
        Emotion.SADNESS: "sad",
        Emotion.FEAR: "afraid",
        Emotion.ANGER: "angry",
        Emotion.DISGUST: "disgusted",
        Emotion.SURPRISE: "surprised",
        Emotion.CONTEMPT: "contemptuous",
        Emotion.NEUTRAL: "calm",
    },
    "ru": {
        Emotion.JOY: "радостное лицо",
        Emotion.SADNESS: "грустное лицо",
        Emotion.FEAR: "испуганное лицо",
        Emotion.ANGER: "сердитое лицо",
        Emotion.DISGUST: "лицо с отвращением",
        Emotion.SURPRISE: "удивлённое лицо",
        Emotion.CONTEMPT: "презрительное лицо",
        Emotion.NEUTRAL: "спокойное лицо",
    },
}

_CLEAR, _FAINT, _OTHER = 0.7, 0.4, 0.25  # of a probability; below _FAINT nothing is named


def expression_cue(emotions: Mapping[Emotion, float], language: str) -> str:
    """In words, what a recogniser made of a face: "looks sad, perhaps afraid".

    From 0.7 the emotion alone; from 0.4 with a second of 0.25, or as a little of it; below, that it is
    hard to read.
    """
    says, looks = SAYS[language], LOOKS[language]
    (first, most), (second, next_most), *_ = sorted(emotions.items(), key=lambda item: -item[1])
    if most >= _CLEAR:
        return says["clear"].format(emotion=looks[first])
    if most < _FAINT:
        return says["unsure"]
    if next_most >= _OTHER:
        return says["mixed"].format(emotion=looks[first], other=looks[second])
    return says["faint"].format(emotion=looks[first])
