import pytest

from insideout.perception.affect import Affect, Emotion
from insideout.perception.label_spaces import BROAD_FOUR
from insideout.perception.reading import Modality, Reading
from insideout.perception.voice.pooling import pool_prosody, pool_readings
from insideout.perception.voice.sound import HeardUtterance, Prosody, Stretch


def reading(label: str, secs: float = 2.0, share: float = 0.7, quality: float = 1.0) -> Reading:
    others = (1.0 - share) / 3
    probabilities = {name: share if name == label else others for name in BROAD_FOUR.labels}
    return Reading(
        modality=Modality.VOICE,
        model="test",
        space=BROAD_FOUR.name,
        probabilities=probabilities,
        emotions=BROAD_FOUR.emotions(probabilities),
        affect=BROAD_FOUR.affect(probabilities),
        confidence=share,
        quality=quality,
        end_secs=secs,
    )


def abstained(secs: float = 2.0) -> Reading:
    return Reading(modality=Modality.VOICE, model="test", end_secs=secs, abstained="noise only")


def test_one_reading_stays_as_it_is() -> None:
    pooled = pool_readings([reading("sad")])
    assert pooled.probabilities == pytest.approx(reading("sad").probabilities)
    assert pooled.confidence == pytest.approx(0.7)


def test_probabilities_still_sum_to_one() -> None:
    pooled = pool_readings([reading("sad"), reading("angry", 5.0), reading("happy", 1.0, 0.5)])
    assert sum(pooled.probabilities.values()) == pytest.approx(1.0)
    assert sum(pooled.emotions.values()) == pytest.approx(1.0)


def test_what_lasts_longer_counts_more() -> None:
    pooled = pool_readings([reading("sad", 1.0), reading("angry", 6.0)])
    assert pooled.top()[0][0] == "angry"


def test_what_is_surer_counts_more() -> None:
    pooled = pool_readings([reading("sad", share=0.95), reading("angry", share=0.4)])
    assert pooled.top()[0][0] == "sad"


def test_a_poor_utterance_counts_less() -> None:
    pooled = pool_readings([reading("sad"), reading("angry", quality=0.1)])
    assert pooled.top()[0][0] == "sad"


def test_one_who_is_angry_and_then_sad_is_both_and_the_confidence_says_so() -> None:
    pooled = pool_readings([reading("sad"), reading("angry")])
    assert pooled.emotions[Emotion.SADNESS] == pytest.approx(pooled.emotions[Emotion.ANGER])
    assert pooled.confidence < 0.45


def test_what_abstains_has_no_say_but_spans_time_and_spoils_quality() -> None:
    silent = abstained(secs=4.0)
    pooled = pool_readings([reading("sad"), silent])
    assert pooled.probabilities["sad"] == pytest.approx(0.7)
    assert pooled.end_secs == 4.0


def test_valence_and_arousal_alone_are_pooled_too() -> None:
    def placed(valence: float) -> Reading:
        return Reading(
            modality=Modality.VOICE,
            model="test",
            affect=Affect(valence=valence, arousal=0.2, dominance=valence),
            confidence=0.5,
            end_secs=1.0,
        )

    pooled = pool_readings([placed(-0.5), placed(0.1)])
    assert pooled.affect is not None
    found = (pooled.affect.valence, pooled.affect.arousal, pooled.affect.dominance)
    assert found == pytest.approx((-0.2, 0.2, -0.2))
    assert (pooled.emotions, pooled.confidence) == ({}, 0.5)


def test_the_cues_are_those_of_the_whole() -> None:
    assert pool_readings([reading("sad")], ("flat pitch",)).cues == ("flat pitch",)


def test_figures_of_prosody_are_means_over_the_seconds_for_which_they_are_known() -> None:
    heard = [
        HeardUtterance(
            stretch=Stretch(start_secs=0.0, end_secs=secs),
            reading=abstained(),
            prosody=Prosody(secs=secs, pitch_hz=pitch, loudness_db=-20.0),
        )
        for secs, pitch in ((1.0, 100.0), (3.0, 200.0), (5.0, None))
    ]
    pooled = pool_prosody(heard)
    assert (pooled.secs, pooled.pitch_hz, pooled.loudness_db) == (9.0, 175.0, -20.0)
    assert pooled.jitter is None
