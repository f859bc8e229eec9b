"""Shown: the state as far as it is told, for a model that reads states and no words."""

from dataclasses import replace

from insideout.perception.affect import CORE_AFFECT, Emotion
from insideout.perception.describe import Show
from insideout.perception.fusion import NOTHING_KNOWN
from insideout.perception.reading import EmotionState, Reading

_ANY = {emotion: 1.0 / len(Emotion) for emotion in Emotion}


def shown(state: EmotionState, show: Show) -> EmotionState:
    """The part of the state that `describe(state, show=show)` puts into words.

    NONE: nothing known. LABEL: the emotion to name, no figures. CUES: nothing known but what was seen
    and heard. DISTRIBUTION: all but that. ALL: the state itself.
    """
    match show:
        case Show.NONE:
            return NOTHING_KNOWN
        case Show.LABEL:
            return _label(state)
        case Show.CUES:
            readings = tuple(_without_label(reading) for reading in state.readings)
            return replace(NOTHING_KNOWN, readings=readings)
        case Show.DISTRIBUTION:
            readings = tuple(replace(reading, cues=()) for reading in state.readings)
            return replace(state, readings=readings)
        case Show.ALL:
            return state


def _label(state: EmotionState) -> EmotionState:
    if state.confidence == 0.0:
        return NOTHING_KNOWN
    only = {emotion: float(emotion is state.top) for emotion in Emotion}
    readings = tuple(
        reading
        if reading.abstained is not None
        else replace(reading, probabilities={}, emotions=only, affect=None, cues=())
        for reading in state.readings
    )
    return EmotionState(
        emotions=only,
        affect=CORE_AFFECT[state.top],
        confidence=state.confidence,
        readings=readings,
    )


def _without_label(reading: Reading) -> Reading:
    if reading.abstained is not None:
        return reading
    return replace(reading, probabilities={}, emotions=_ANY, affect=None)
