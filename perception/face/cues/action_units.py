"""Action units: the movements of the Facial Action Coding System, found in blendshapes.

Each unit is the mean of the blendshapes that draw it, ARKit's names matched to the muscles they move
(Ekman, Friesen and Hager 2002, FACS). A unit counts as shown above its threshold: what 95 % of the
faces labelled neutral stay below, of 1,702 among FER-2013's training images, and at least LEAST
(`python -m insideout.eval.face_cues --norms --limit 2000`). So each unit is shown by one neutral face
in twenty; how often by the faces of other labels, `python -m insideout.eval.face_cues` tells.

Not here: AU6, AU9 and AU11, whose blendshapes (cheekSquint, noseSneer) stay at zero in this model;
AU14, AU18, AU22 and AU28, whose scores mostly mistake another mouth for theirs (an open one for a
pucker); and the gaze (AU61 to AU64), which turns with the head.
"""

from collections.abc import Mapping
from dataclasses import dataclass

STAY_BELOW = 0.95  # of the neutral faces
LEAST = 0.1  # of any threshold; below it the scores are noise


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionUnit:
    """One movement. shapes: the blendshapes that are averaged. threshold: of their mean, in [0, 1]."""

    code: str
    name: str
    shapes: tuple[str, ...]
    threshold: float

    def score(self, blendshapes: Mapping[str, float]) -> float:
        """How far the movement goes, in [0, 1]; left and right together."""
        return sum(blendshapes[shape] for shape in self.shapes) / len(self.shapes)

    def strength(self, blendshapes: Mapping[str, float]) -> float:
        """How far it goes beyond the threshold: 0 or less is not shown, 1 is as far as it can."""
        return (self.score(blendshapes) - self.threshold) / (1.0 - self.threshold)


def _both(shape: str) -> tuple[str, str]:
    return f"{shape}Left", f"{shape}Right"


def _unit(code: str, name: str, shapes: tuple[str, ...], threshold: float) -> ActionUnit:
    return ActionUnit(code=code, name=name, shapes=shapes, threshold=threshold)


ACTION_UNITS = (
    _unit("AU1", "inner brow raiser", ("browInnerUp",), 0.66),
    _unit("AU2", "outer brow raiser", _both("browOuterUp"), 0.57),
    _unit("AU4", "brow lowerer", _both("browDown"), 0.55),
    _unit("AU5", "upper lid raiser", _both("eyeWide"), 0.10),
    _unit("AU7", "lid tightener", _both("eyeSquint"), 0.59),
    _unit("AU10", "upper lip raiser", _both("mouthUpperUp"), 0.10),
    _unit("AU12", "lip corner puller", _both("mouthSmile"), 0.30),
    _unit("AU15", "lip corner depressor", _both("mouthFrown"), 0.11),
    _unit("AU16", "lower lip depressor", _both("mouthLowerDown"), 0.10),
    _unit("AU17", "chin raiser", ("mouthShrugLower",), 0.38),
    _unit("AU20", "lip stretcher", _both("mouthStretch"), 0.10),
    _unit("AU24", "lip pressor", _both("mouthPress"), 0.22),
    _unit("AU26", "jaw drop", ("jawOpen",), 0.10),
    _unit("AU43", "eyes closed", _both("eyeBlink"), 0.52),
)
