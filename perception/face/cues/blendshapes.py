"""BlendshapeCues: the strongest movements of a face in words, from MediaPipe's blendshapes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from insideout.perception.face.cues.action_units import ACTION_UNITS, ActionUnit
from insideout.perception.face.cues.landmarker import FaceLandmarker
from insideout.perception.face.cues.wording import said, words_in
from insideout.perception.face.face import DetectedFace, Picture

MOST = 4  # cues of one face: what a person would name


@dataclass(frozen=True, slots=True, kw_only=True)
class BlendshapeCues:
    """The FaceCues of MediaPipe's face landmarker. language: "en" or "ru".

    Raises PerceptionError for another language and where LiteRT is not installed (the extra
    `blendshapes`), and at the first face WeightsError where the model cannot be had.

    >>> BlendshapeCues().cues(picture, face)  # doctest: +SKIP
    ('lip corners pulled up (AU12)', 'jaw dropped (AU26)')
    """

    landmarker: FaceLandmarker = field(default_factory=FaceLandmarker)
    language: str = "en"

    def __post_init__(self) -> None:
        words_in(self.language)

    def cues(self, picture: Picture, face: DetectedFace) -> tuple[str, ...]:
        """At most four, the strongest first; empty for a still face or one that is hard to see."""
        blendshapes = self.landmarker.blendshapes(picture, face)
        if blendshapes is None:
            return ()
        return tuple(said(unit, self.language) for unit in shown(blendshapes)[:MOST])


def shown(blendshapes: Mapping[str, float]) -> list[ActionUnit]:
    """The action units above their thresholds, the strongest first."""
    units = [unit for unit in ACTION_UNITS if unit.strength(blendshapes) > 0.0]
    return sorted(units, key=lambda unit: -unit.strength(blendshapes))
