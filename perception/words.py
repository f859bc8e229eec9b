"""How labels, modalities and bands are said in English and Russian."""

from collections.abc import Mapping

from insideout.perception.reading import Modality

RUSSIAN_LABELS: Mapping[str, str] = {
    # the canonical set
    "joy": "радость",
    "sadness": "грусть",
    "fear": "страх",
    "anger": "гнев",
    "disgust": "отвращение",
    "surprise": "удивление",
    "contempt": "презрение",
    "neutral": "спокойствие",
    # the heart
    "stress": "стресс",
    "no stress": "без стресса",
    # FER-2013, AffectNet, RAVDESS, EMO-DB
    "boredom": "скука",
    "calm": "умиротворённость",
    "bored": "скука",
    "enthusiasm": "воодушевление",
    "fearful": "страх",
    "frustrated": "раздражение",
    "happiness": "радость",
    "happy": "радость",
    "positive": "радость",
    "scared": "испуг",
    # EmpatheticDialogues
    "afraid": "боязнь",
    "angry": "злость",
    "annoyed": "раздражение",
    "anticipating": "ожидание",
    "anxious": "тревога",
    "apprehensive": "опасение",
    "ashamed": "стыд",
    "caring": "забота",
    "confident": "уверенность",
    "content": "удовлетворённость",
    "devastated": "опустошённость",
    "disappointed": "разочарование",
    "disgusted": "отвращение",
    "embarrassed": "смущение",
    "excited": "воодушевление",
    "faithful": "верность",
    "furious": "ярость",
    "grateful": "благодарность",
    "guilty": "вина",
    "hopeful": "надежда",
    "impressed": "восхищение",
    "jealous": "ревность или зависть",
    "joyful": "радость",
    "lonely": "одиночество",
    "nostalgic": "ностальгия",
    "prepared": "готовность",
    "proud": "гордость",
    "sad": "грусть",
    "sentimental": "растроганность",
    "surprised": "удивление",
    "terrified": "ужас",
    "trusting": "доверие",
    # GoEmotions
    "admiration": "восхищение",
    "amusement": "веселье",
    "annoyance": "раздражение",
    "approval": "одобрение",
    "confusion": "растерянность",
    "curiosity": "любопытство",
    "desire": "желание",
    "disappointment": "разочарование",
    "disapproval": "неодобрение",
    "embarrassment": "смущение",
    "excitement": "воодушевление",
    "gratitude": "благодарность",
    "grief": "горе",
    "love": "любовь",
    "nervousness": "волнение",
    "optimism": "надежда",
    "pride": "гордость",
    "realization": "прозрение",
    "relief": "облегчение",
    "remorse": "раскаяние",
}

MODALITIES: Mapping[str, Mapping[Modality, str]] = {
    "en": {
        Modality.TEXT: "Words",
        Modality.FACE: "Face",
        Modality.VOICE: "Voice",
        Modality.HEART: "Heart",
    },
    "ru": {
        Modality.TEXT: "Слова",
        Modality.FACE: "Лицо",
        Modality.VOICE: "Голос",
        Modality.HEART: "Сердце",
    },
}

# Lower ends of the bands of probability and what they are called; the ranges are shown beside the
# words, because people and models read "likely" as anything from 50 to 90 % (Wallsten et al. 1986).
BANDS: tuple[tuple[float, Mapping[str, str]], ...] = (
    (0.85, {"en": "very likely, over 85%", "ru": "почти наверняка, более 85%"}),
    (0.60, {"en": "likely, 60-85%", "ru": "вероятно, 60-85%"}),
    (0.30, {"en": "possibly, 30-60%", "ru": "возможно, 30-60%"}),
    (0.10, {"en": "perhaps, 10-30%", "ru": "может быть, 10-30%"}),
)

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "nothing": "Nothing is known about how the person feels; go by what they say.",
        "poor": "poor signal",
        "unclear": "unclear",
        "trend": "Trend: {changes}.",
        "valence_up": "mood lifting",
        "valence_down": "mood falling",
        "arousal_up": "more agitated",
        "arousal_down": "calmer",
        "agree": "The signals agree.",
        "partly": "The signals agree only in part.",
        "differ": "The signals disagree.",
        "conflict": "{pleasant} seems glad, {unpleasant} {emotion}.",
        "compound": "Two feelings at once: {first} and {second}.",
        "changed": "Since a minute ago: {changes}.",
        "rule": "These are cues, not facts: do not name them unless the person does.",
    },
    "ru": {
        "nothing": "О чувствах человека ничего не известно; опирайся на его слова.",
        "poor": "слабый сигнал",
        "unclear": "неясно",
        "trend": "Динамика: {changes}.",
        "valence_up": "настроение лучше",
        "valence_down": "настроение хуже",
        "arousal_up": "больше возбуждения",
        "arousal_down": "спокойнее",
        "agree": "Сигналы согласны.",
        "partly": "Сигналы согласны лишь отчасти.",
        "differ": "Сигналы противоречат друг другу.",
        "conflict": "{pleasant}: радость, а {unpleasant}: {emotion}.",
        "compound": "Два чувства сразу: {first} и {second}.",
        "changed": "По сравнению с минутой назад: {changes}.",
        "rule": "Это подсказки, а не факты: не называй их, если человек сам о них не говорит.",
    },
}

VALENCES: tuple[tuple[float, Mapping[str, str]], ...] = (
    (0.35, {"en": "pleasant", "ru": "приятно"}),
    (0.10, {"en": "slightly pleasant", "ru": "скорее приятно"}),
    (-0.10, {"en": "neither pleasant nor unpleasant", "ru": "ровно"}),
    (-0.35, {"en": "slightly unpleasant", "ru": "скорее неприятно"}),
    (-1.01, {"en": "unpleasant", "ru": "неприятно"}),
)

AROUSALS: tuple[tuple[float, Mapping[str, str]], ...] = (
    (0.45, {"en": "very activated", "ru": "сильно взволнованно"}),
    (0.15, {"en": "activated", "ru": "взволнованно"}),
    (-0.15, {"en": "moderately calm", "ru": "умеренно спокойно"}),
    (-1.01, {"en": "calm", "ru": "спокойно"}),
)
