"""An EmotionState in words, for the prompt of a language model."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from insideout.perception.affect import Affect, Emotion
from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.reading import EmotionState, Modality, Reading
from insideout.perception.words import (
    AROUSALS,
    BANDS,
    MODALITIES,
    RUSSIAN_LABELS,
    SENTENCES,
    VALENCES,
)

_POOR_QUALITY = 0.5
_CHANGE = 0.25  # of valence or arousal, on the scale of -1 to 1; smaller ones are noise
_AGREE, _DIFFER = 0.75, 0.5
_CUES, _LABELS = 3, 2
_CUE_LETTERS = 40
_BYTES_A_TOKEN = (
    4.0  # of UTF-8: English and Russian alike, in the vocabularies of GPT-4 and GigaChat
)
BUDGET = 120  # tokens


class Show(StrEnum):
    """How much of the state reaches the prompt, for comparisons.

    NONE: nothing. LABEL: one emotion. DISTRIBUTION: the labels with their probabilities, valence and
    arousal. CUES: what was seen and heard, without a label. ALL: everything.
    """

    NONE = "none"
    LABEL = "label"
    DISTRIBUTION = "distribution"
    CUES = "cues"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """How much there is room for: cues and labels a line, and the words beside them."""

    cues: int = _CUES
    labels: int = _LABELS
    affect: bool = True
    course: bool = True


# From everything to the least; the first that fits the budget is taken.
_ROOMS = (
    _Room(),
    _Room(cues=2),
    _Room(cues=1),
    _Room(cues=1, labels=1),
    _Room(cues=1, labels=1, affect=False),
    _Room(cues=0, labels=1, affect=False),
    _Room(cues=0, labels=1, affect=False, course=False),
)


def describe(
    state: EmotionState, language: str = "en", *, budget: int = BUDGET, show: Show = Show.ALL
) -> str:
    """What is known about the person, in a few lines of about `budget` tokens at most.

    One line a modality (cues, the two most probable labels with bands, valence and arousal in
    words, quality where it is poor), the trend, a contradiction or a double feeling, the agreement,
    and the rule that these are cues and not facts. A modality that abstained is not mentioned. Where
    it would grow too long, cues go first, then second labels, then valence and arousal.

        Words ("lost my job"): devastated (possibly, 30-60%), sad (perhaps, 10-30%); unpleasant, …
        These are cues, not facts: do not name them unless the person does.
    """
    if language not in SENTENCES:
        raise PerceptionError(unknown_name("language", language, SENTENCES))
    says = SENTENCES[language]
    best: dict[Modality, Reading] = {}
    for reading in state.readings:
        if reading.abstained is None and reading.confidence >= _confidence(best, reading.modality):
            best[reading.modality] = reading
    if show is Show.NONE:
        return ""
    if not best:
        return says["nothing"]
    if show is Show.LABEL:
        return _least(state, language)
    readings = [best[modality] for modality in Modality if modality in best]
    texts = (_text(state, readings, language, room, show) for room in _ROOMS)
    short = says["nothing"] if show is Show.CUES else _least(state, language)
    return next((text for text in texts if text and tokens_in(text) <= budget), short)


def tokens_in(text: str) -> int:
    """About how many tokens a large model makes of it."""
    return ceil(len(text.encode()) / _BYTES_A_TOKEN)


def _least(state: EmotionState, language: str) -> str:
    return f"{label_words(state.top, language)}. {SENTENCES[language]['rule']}"


def _text(
    state: EmotionState, readings: Sequence[Reading], language: str, room: _Room, show: Show
) -> str:
    lines = [line for r in readings if (line := _line(r, language, room, show))]
    if not lines:
        return ""
    if room.course and show is not Show.CUES:
        lines.append(_course(state, language))
        lines.append(_together(state, language))
    lines.append(SENTENCES[language]["rule"])
    return "\n".join(line for line in lines if line)


def _together(state: EmotionState, language: str) -> str:
    """How the modalities stand to each other: contradictions, a double feeling, else the agreement."""
    says, names = SENTENCES[language], MODALITIES[language]
    if state.conflicts:
        one = state.conflicts[0]
        return says["conflict"].format(
            pleasant=names[one.pleasant],
            unpleasant=names[one.unpleasant].lower(),
            emotion=label_words(one.emotion, language),
        )
    if state.compound:
        first, second = (label_words(emotion, language) for emotion in state.compound)
        return says["compound"].format(first=first, second=second)
    return _agreement(state.agreement, language)


def _confidence(best: dict[Modality, Reading], modality: Modality) -> float:
    return best[modality].confidence if modality in best else -1.0


def label_words(label: str, language: str) -> str:
    """A label as it is said: "joy" is "радость" in Russian; unknown labels stay as they are."""
    return RUSSIAN_LABELS.get(label, label) if language == "ru" else label


def _line(reading: Reading, language: str, room: _Room, show: Show) -> str:
    name = MODALITIES[language][reading.modality]
    cues = _cues(reading, 0 if show is Show.DISTRIBUTION else room.cues)
    if show is Show.CUES:
        return f"{name}{cues}." if cues else ""
    parts = [_labels(reading, language, room.labels)]
    if reading.affect is not None and (room.affect or not parts[0]):
        parts.append(_affect(reading.affect, language))
    if reading.quality < _POOR_QUALITY:
        parts.append(SENTENCES[language]["poor"])
    return f"{name}{cues}: {'; '.join(part for part in parts if part)}."


def _cues(reading: Reading, most: int) -> str:
    """The cues in brackets; a person's own words are quoted and cannot open a line of their own."""
    cues = [" ".join(cue.replace('"', "'").split())[:_CUE_LETTERS] for cue in reading.cues[:most]]
    if reading.modality is Modality.TEXT:
        cues = [f'"{cue}"' for cue in cues]
    return f" ({', '.join(cues)})" if cues else ""


def _labels(reading: Reading, language: str, most: int) -> str:
    """The most probable labels: fine ones, their mass shared with neutral where that has some.

    Fine probabilities may be conditional on there being an emotion, so they are scaled by the mass
    that is not neutral.
    """
    if not reading.probabilities:
        return ""
    neutral = reading.emotions.get(Emotion.NEUTRAL, 0.0)
    mass = {label_words(Emotion.NEUTRAL, language): neutral}
    for label, probability in reading.probabilities.items():
        if label != Emotion.NEUTRAL:
            word = label_words(label, language)
            mass[word] = mass.get(word, 0.0) + probability * _scale(reading, neutral)
    likeliest = sorted(mass.items(), key=lambda item: -item[1])[:most]
    said = [f"{word} ({_band(p, language)})" for word, p in likeliest if p >= BANDS[-1][0]]
    return ", ".join(said) or SENTENCES[language]["unclear"]


def _scale(reading: Reading, neutral: float) -> float:
    return 1.0 if Emotion.NEUTRAL in reading.probabilities else 1.0 - neutral


def _band(probability: float, language: str) -> str:
    return next(words[language] for low, words in BANDS if probability >= low)


def _affect(affect: Affect, language: str) -> str:
    valence = next(words[language] for low, words in VALENCES if affect.valence >= low)
    arousal = next(words[language] for low, words in AROUSALS if affect.arousal >= low)
    return f"{valence}, {arousal}"


def _course(state: EmotionState, language: str) -> str:
    """What moved since a minute ago, else over the last turns."""
    if state.change is not None:
        return _moved("changed", state.change.valence, state.change.arousal, language)
    trend = state.trend
    return _moved("trend", trend.valence, trend.arousal, language) if trend.turns else ""


def _moved(sentence: str, valence: float, arousal: float, language: str) -> str:
    changes = [
        SENTENCES[language][f"{name}_{'up' if change > 0 else 'down'}"]
        for name, change in (("valence", valence), ("arousal", arousal))
        if abs(change) >= _CHANGE
    ]
    return SENTENCES[language][sentence].format(changes=", ".join(changes)) if changes else ""


def _agreement(agreement: float | None, language: str) -> str:
    if agreement is None:
        return ""
    says = SENTENCES[language]
    return says["agree" if agreement >= _AGREE else "partly" if agreement >= _DIFFER else "differ"]
