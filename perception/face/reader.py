"""FaceReader: what a face says about how a person feels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.expression import Expression
from insideout.perception.face.detecting import face_detector
from insideout.perception.face.face import (
    DetectedFace,
    FaceCues,
    FaceDetector,
    FaceObservation,
    FaceQuality,
    FaceRecogniser,
    Picture,
    SeenFace,
)
from insideout.perception.face.loading import load_picture
from insideout.perception.face.quality import LEAST, LEAST_PX, face_quality, judged
from insideout.perception.face.recognisers import face_recogniser
from insideout.perception.face.wording import LANGUAGES, SAYS, expression_cue
from insideout.perception.policy import refusal
from insideout.perception.reading import Modality, Reading

_UNREAD = "face"  # the model's name where none spoke
_REFUSED = "refused"  # by the policy, whose own words are given
_FAULTS = ("size", "sharpness", "light", "pose", "uncovered")


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceReader:
    """Reads the faces of a picture; it abstains rather than guess.

    detector, recogniser: YuNet (OpenCV's cascade where it cannot be had) and the embedded model by
    default. cues: says what is to be seen; without it the cue is what the recogniser made of the face.
    language: "en" or "ru", of cues and reasons. all_faces: read every face and not the largest alone;
    for small ones beside a large one give `detector=face_detector(closely=True)`.

        >>> FaceReader().read("photo.jpg").cues
        ('looks happy',)
    """

    detector: FaceDetector = field(default_factory=face_detector)
    recogniser: FaceRecogniser = field(default_factory=face_recogniser)
    cues: FaceCues | None = None
    language: str = "en"
    all_faces: bool = False

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise PerceptionError(unknown_name("language", self.language, LANGUAGES))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the user should know of this reader: that the better detector could not be had."""
        remark: str | None = getattr(self.detector, "remark", None)
        return (remark,) if remark else ()

    def read(self, source: Any) -> Reading:
        """What the largest face says; see `load_picture` for what a source may be.

        Raises BadSignalError where the source is no picture.
        """
        return self.observe(source).reading

    def observe(self, source: Any, at_secs: float = 0.0) -> FaceObservation:
        """The Reading with all faces beside it; an array of RGB, uint8, is taken as it is, uncopied.

        at_secs: when the picture was taken, on the session's clock. Of the faces that were not asked for
        the Readings abstain.
        """
        picture = load_picture(source)
        found = self.detector.detect(picture)
        asked = len(found) if self.all_faces else 1
        faces = (
            *self.seen(picture, found[:asked], at_secs),
            *(self._unasked(picture, face, at_secs) for face in found[asked:]),
        )
        height, width = picture.shape[:2]
        reading = faces[0].reading if faces else self._abstain("none", at_secs)
        return FaceObservation(reading=reading, faces=faces, width=width, height=height)

    def seen(
        self, picture: Picture, faces: Sequence[DetectedFace], at_secs: float = 0.0
    ) -> tuple[SeenFace, ...]:
        """The same of faces that are found already, in their order, each with its Reading.

        The recogniser runs once for all that can be seen well enough.
        """
        refused = refusal(Modality.FACE, self.language)
        qualities, whys = [], []
        for face in faces:
            quality, drawn = judged(picture, face)
            qualities.append(quality)
            whys.append(_REFUSED if refused else _doubt(quality, drawn=drawn))
        clear = [face for face, why in zip(faces, whys, strict=True) if why is None]
        told = iter(self.recogniser.recognise(picture, clear) if clear else [])
        seen = []
        for face, quality, why in zip(faces, qualities, whys, strict=True):
            if why is None:
                reading = self._reading(picture, face, quality, next(told), at_secs)
            else:
                reading = self._abstain(why, at_secs, face, quality)
            seen.append(SeenFace(face=face, quality=quality, reading=reading))
        return tuple(seen)

    def _reading(
        self,
        picture: Picture,
        face: DetectedFace,
        quality: FaceQuality,
        expression: Expression,
        at_secs: float,
    ) -> Reading:
        space, probabilities = self.recogniser.space, expression.probabilities
        emotions = space.emotions(probabilities) if probabilities else {}
        return Reading(
            modality=Modality.FACE,
            model=self.recogniser.name,
            space=space.name,
            probabilities=probabilities,
            emotions=emotions,
            affect=expression.affect or space.affect(probabilities),
            confidence=max(probabilities.values(), default=0.0),
            quality=quality.overall,
            cues=self._cues(picture, face, emotions),
            start_secs=at_secs,
            end_secs=at_secs,
        )

    def _cues(
        self, picture: Picture, face: DetectedFace, emotions: Mapping[Emotion, float]
    ) -> tuple[str, ...]:
        if self.cues is not None:
            return self.cues.cues(picture, face)
        return (expression_cue(emotions, self.language),) if emotions else ()

    def _unasked(self, picture: Picture, face: DetectedFace, at_secs: float) -> SeenFace:
        quality = face_quality(picture, face)
        return SeenFace(
            face=face,
            quality=quality,
            reading=self._abstain("not_largest", at_secs, face, quality),
        )

    def _abstain(
        self,
        why: str,
        at_secs: float,
        face: DetectedFace | None = None,
        quality: FaceQuality | None = None,
    ) -> Reading:
        pixels = min(face.box.width, face.box.height) if face else 0.0
        return Reading(
            modality=Modality.FACE,
            model=_UNREAD,
            space=self.recogniser.space.name,
            quality=quality.overall if quality else 0.0,
            start_secs=at_secs,
            end_secs=at_secs,
            abstained=(refusal(Modality.FACE, self.language) if why == _REFUSED else None)
            or SAYS[self.language][why].format(pixels=pixels, least=LEAST_PX),
        )


def _doubt(quality: FaceQuality, *, drawn: bool) -> str | None:
    """Why a face is not to be read: its weakest part, or that it is drawn; None where it is."""
    if quality.overall < LEAST:
        return min(_FAULTS, key=lambda name: float(getattr(quality, name)))
    return "drawn" if drawn else None
