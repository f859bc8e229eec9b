from dataclasses import replace

import numpy as np

from insideout.perception.affect import CORE_AFFECT, Affect, Emotion
from insideout.perception.fusion import fuse
from insideout.perception.label_spaces import CANONICAL
from insideout.perception.reading import Conflict, EmotionState, Modality, Reading
from insideout.perception.reliability import PRIORS


def reading(
    modality: Modality, confidence: float = 0.8, quality: float = 1.0, **p: float
) -> Reading:
    rest = (1.0 - sum(p.values())) / max(1, 8 - len(p))
    probabilities = {e.value: p.get(e.value, rest) for e in Emotion}
    return Reading(
        modality=modality,
        model="test",
        probabilities=probabilities,
        emotions=CANONICAL.emotions(probabilities),
        affect=CANONICAL.affect(probabilities),
        confidence=confidence,
        quality=quality,
    )


SILENT = Reading(modality=Modality.FACE, model="test", abstained="no face", quality=0.0)


def state(valence: float, arousal: float) -> EmotionState:
    return EmotionState(
        emotions=dict.fromkeys(Emotion, 0.125),
        affect=Affect(valence=valence, arousal=arousal),
        confidence=0.5,
    )


def test_one_modality_passes_through() -> None:
    text = reading(Modality.TEXT, sadness=0.7)
    fused = fuse([text])
    assert np.allclose([fused.emotions[e] for e in Emotion], [text.emotions[e] for e in Emotion])
    assert fused.confidence == text.confidence
    assert fused.agreement is None


def test_fused_probabilities_sum_to_one() -> None:
    fused = fuse([reading(Modality.TEXT, sadness=0.7), reading(Modality.FACE, joy=0.9)])
    assert np.isclose(sum(fused.emotions.values()), 1.0)


def test_the_surer_and_clearer_modality_wins() -> None:
    fused = fuse(
        [
            reading(Modality.TEXT, sadness=0.8, confidence=0.9),
            reading(Modality.FACE, joy=0.8, confidence=0.9, quality=0.2),
        ]
    )
    assert fused.top is Emotion.SADNESS


def test_who_abstains_is_kept_and_carries_no_weight() -> None:
    text = reading(Modality.TEXT, sadness=0.7)
    fused = fuse([SILENT, text])
    assert fused.readings == (SILENT, text)
    assert fused.emotions == fuse([text]).emotions


def test_where_all_abstain_the_state_is_neutral_and_unsure() -> None:
    fused = fuse([SILENT])
    assert fused.top is Emotion.NEUTRAL
    assert fused.confidence == 0.0
    assert fused.affect == CORE_AFFECT[Emotion.NEUTRAL]


def test_agreement_falls_where_modalities_differ() -> None:
    same = fuse([reading(Modality.TEXT, joy=0.9), reading(Modality.FACE, joy=0.9)])
    differ = fuse([reading(Modality.TEXT, joy=0.9), reading(Modality.FACE, sadness=0.9)])
    assert same.agreement is not None
    assert differ.agreement is not None
    assert same.agreement > 0.99
    assert differ.agreement < 0.5


def test_two_readings_of_one_modality_are_no_agreement() -> None:
    assert fuse([reading(Modality.TEXT, joy=0.9)] * 2).agreement is None


def test_the_trend_is_against_the_last_three_known_states() -> None:
    earlier = [state(-1.0, 0.0), state(0.4, 0.2), state(0.4, 0.2), state(0.4, 0.2)]
    fused = fuse([reading(Modality.TEXT, sadness=0.9)], earlier)
    assert fused.trend.turns == 3
    assert np.isclose(fused.trend.valence, fused.affect.valence - 0.4)


def test_without_earlier_states_there_is_no_trend() -> None:
    assert fuse([reading(Modality.TEXT, joy=0.9)]).trend.turns == 0


def test_two_modalities_that_say_the_same_are_surer_than_one() -> None:
    alone = fuse([reading(Modality.TEXT, joy=0.6)])
    both = fuse([reading(Modality.TEXT, joy=0.6), reading(Modality.FACE, joy=0.6)])
    assert both.emotions[Emotion.JOY] > alone.emotions[Emotion.JOY]


def test_a_heart_that_says_its_base_rate_changes_little() -> None:
    base = {e.value: p for e, p in PRIORS[Modality.HEART].base.items()}
    words = reading(Modality.TEXT, sadness=0.6)
    fused = fuse([words, reading(Modality.HEART, **base)])
    assert abs(fused.emotions[Emotion.SADNESS] - 0.6) < 0.1


def test_a_modality_that_is_sure_and_wrong_does_not_outvote_two() -> None:
    sad = [reading(modality, sadness=0.6) for modality in (Modality.TEXT, Modality.VOICE)]
    assert fuse([*sad, reading(Modality.FACE, joy=0.99)]).top is Emotion.SADNESS


def test_a_heart_hardly_moves_the_valence() -> None:
    words = reading(Modality.TEXT, sadness=0.9)
    fused = fuse([words, reading(Modality.HEART, neutral=0.5)])
    assert words.affect is not None
    assert abs(fused.affect.valence - words.affect.valence) < 0.02


def test_many_frames_of_one_face_are_no_news_to_each_other() -> None:
    words, face = reading(Modality.TEXT, sadness=0.7), reading(Modality.FACE, joy=0.7)
    assert np.isclose(
        fuse([words, face]).emotions[Emotion.JOY], fuse([words, *[face] * 9]).emotions[Emotion.JOY]
    )


def test_an_old_reading_gives_way() -> None:
    words, face = reading(Modality.TEXT, sadness=0.7), reading(Modality.FACE, joy=0.9)
    late = replace(words, start_secs=60.0, end_secs=60.0)
    assert fuse([late, face], now_secs=60.0).top is Emotion.SADNESS


def test_a_smile_with_sad_words_is_a_conflict() -> None:
    fused = fuse([reading(Modality.TEXT, sadness=0.8), reading(Modality.FACE, joy=0.9)])
    assert fused.conflicts == (
        Conflict(pleasant=Modality.FACE, unpleasant=Modality.TEXT, emotion=Emotion.SADNESS),
    )


def test_sad_words_and_a_fearful_face_are_no_conflict() -> None:
    fused = fuse([reading(Modality.TEXT, sadness=0.8), reading(Modality.FACE, fear=0.9)])
    assert fused.conflicts == ()


def test_two_emotions_of_one_reading_are_a_double_feeling() -> None:
    fused = fuse([reading(Modality.TEXT, sadness=0.5, anger=0.4)])
    assert fused.compound == (Emotion.SADNESS, Emotion.ANGER)


def test_a_contradiction_is_no_double_feeling() -> None:
    fused = fuse([reading(Modality.TEXT, sadness=0.9), reading(Modality.FACE, joy=0.9)])
    assert fused.compound is None


def test_a_state_comes_back_as_it_was_written() -> None:
    fused = fuse([reading(Modality.TEXT, sadness=0.5, anger=0.4), reading(Modality.FACE, joy=0.9)])
    assert EmotionState.from_json(fused.to_json()).to_json() == fused.to_json()
