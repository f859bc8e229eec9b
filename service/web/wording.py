"""Figures said in words, in the language of the page."""

from collections.abc import Mapping, Sequence

from insideout.perception.affect import Affect, Emotion
from insideout.perception.describe import label_words
from insideout.perception.reading import EmotionState, Modality, Trend
from insideout.perception.words import AROUSALS, BANDS, SENTENCES, VALENCES
from insideout.service.web.texts import TEXTS

# Below this no emotion stands out enough to be named: the lower end of "possibly".
NAMED_FROM = 0.30
# Of valence or arousal, on the scale of -1 to 1; smaller changes are noise.
TREND_CHANGE = 0.25


def headline(state: EmotionState, language: str) -> str:
    """The most probable emotion as a guess: "Sounds like sadness", of more than words "Seems like …"."""
    texts = TEXTS[language]
    if state.emotions[state.top] < NAMED_FROM:
        return texts.hard_to_tell
    words_alone = _spoke(state) <= {Modality.TEXT}
    if state.top is Emotion.NEUTRAL:
        return texts.sounds_neutral if words_alone else texts.seems_neutral
    says = texts.sounds_like if words_alone else texts.seems_like
    return says.format(emotion=label_words(state.top, language))


def rule(state: EmotionState, language: str) -> str:
    """What the state was guessed from, and that it is a guess: "A guess from your words and face. …"."""
    texts = TEXTS[language]
    spoke = _spoke(state) or {Modality.TEXT}
    *most, last = [texts.sources[one] for one in Modality if one in spoke]
    what = texts.sources_join.join([", ".join(most), last] if most else [last])
    return texts.state_rule.format(what=what)


def _spoke(state: EmotionState) -> set[Modality]:
    return {reading.modality for reading in state.readings if reading.abstained is None}


def band(probability: float, language: str) -> str:
    """A probability as a word and its range: "likely, 60-85%"."""
    for lowest, words in BANDS:
        if probability >= lowest:
            return words[language]
    return SENTENCES[language]["unclear"]


def affect_words(affect: Affect, language: str) -> tuple[str, str]:
    """Valence and arousal in words."""
    return _banded(affect.valence, VALENCES, language), _banded(affect.arousal, AROUSALS, language)


def _banded(value: float, bands: Sequence[tuple[float, Mapping[str, str]]], language: str) -> str:
    return next(words[language] for lowest, words in bands if value >= lowest)


def trend_words(trend: Trend, language: str) -> str:
    """How the person moved since the turns before: "mood falling, more agitated"."""
    texts, says = TEXTS[language], SENTENCES[language]
    if trend.turns == 0:
        return texts.first_turn
    changes = [
        says[f"{name}_{'up' if change > 0 else 'down'}"]
        for name, change in (("valence", trend.valence), ("arousal", trend.arousal))
        if abs(change) >= TREND_CHANGE
    ]
    return ", ".join(changes) or texts.steady


def percents(probabilities: Mapping[Emotion, float]) -> dict[Emotion, int]:
    """Whole percents that sum to 100, by the largest remainders.

    >>> third = 1 / 3
    >>> list(percents({Emotion.JOY: third, Emotion.FEAR: third, Emotion.ANGER: third}).values())
    [34, 33, 33]
    """
    total = sum(probabilities.values()) or 1.0
    exact = {emotion: 100 * p / total for emotion, p in probabilities.items()}
    whole = {emotion: int(value) for emotion, value in exact.items()}
    short = 100 - sum(whole.values())
    for emotion in sorted(exact, key=lambda e: whole[e] - exact[e])[:short]:
        whole[emotion] += 1
    return whole
