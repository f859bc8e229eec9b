"""The embedded recogniser: eight emotions of speech by one ONNX file, without torch or network.

A log-mel spectrum goes through the lowest layers of a small speech encoder; the mean and the deviation
of what they say over the utterance go through a linear classifier, calibrated on speakers it had not
heard, which claims less the stranger the sound is. Where a person was enrolled by two neutral sentences,
a second classifier hears what differs.
See weights/MODEL_CARD.md for data, licence, figures and limits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from insideout.perception.errors import PerceptionError, WeightsError
from insideout.perception.expression import Expression
from insideout.perception.label_spaces import LabelSpace, label_space
from insideout.perception.voice.log_mel import spectra
from insideout.perception.voice.sound import Sound
from insideout.perception.weights import WeightsFile, locate

FORMAT = "1"  # of the file's metadata; raised when a field changes its meaning
LICENCE = "CC BY-NC-SA 4.0 (trained on RAVDESS and EMO-DB); encoder BSD 2-Clause and MIT"
WEIGHTS = WeightsFile(
    name="voice_embedded.onnx",
    package="insideout.perception.voice",
    licence=LICENCE,
    trained_by="insideout train voice",
)
_LEAST_ENROL_SECS = 1.0  # of speech in all


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """How a person sounds when nothing moves them.

    neutral: (features,), the mean over their sentences. sentences: how many there were. model: whose
    features they are.
    """

    neutral: NDArray[np.float32]
    sentences: int
    model: str


class EmbeddedModel:
    """The file, opened: features and scores of utterances.

    name: model id. space: the labels its scores stand for. speakers: whom it was trained on, as
    "data set/speaker".
    """

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
            about: Mapping[str, str] = self._session.get_modelmeta().custom_metadata_map
            if about["format"] != FORMAT:
                raise ValueError(f"its format is {about['format']}")
            self.name = about["name"]
            self.space: LabelSpace = label_space(about["space"])
            self.labels = tuple(about["labels"].split())
            self.speakers = frozenset(about["speakers"].split())
            width = self._session.get_inputs()[1].shape[1]
            self._nobody = np.zeros((1, width), np.float32)
        except Exception as error:  # onnxruntime raises classes of its own, one for each fault
            raise WeightsError(
                f"{path} is not a voice recogniser of format {FORMAT} ({error}); restore it from the "
                f"release or make it again with `{WEIGHTS.trained_by}`"
            ) from error

    def features(self, sound: Sound) -> NDArray[np.float32]:
        """(f,): the mean over parts of at most 8 s."""
        parts = [self._run("features", part) for part in spectra(sound)]
        return np.asarray(np.mean(parts, axis=0), np.float32)

    def log_probabilities(self, sound: Sound, enrolment: Enrolment | None) -> NDArray[np.float64]:
        """(labels,): calibrated; of the classifier for enrolled people where there is an enrolment.

        Scores of parts of at most 8 s are averaged.

        Raises PerceptionError for an enrolment by another model.
        """
        if enrolment is not None and enrolment.model != self.name:
            raise PerceptionError(
                f"this person was enrolled for the model {enrolment.model}, and {self.name} is in use; "
                "enrol them again"
            )
        scores = np.mean([self._scores(part, enrolment) for part in spectra(sound)], axis=0)
        top = scores.astype(np.float64) - scores.max()
        return np.asarray(top - np.log(np.exp(top).sum()), np.float64)

    def _scores(
        self, spectrum: NDArray[np.float32], enrolment: Enrolment | None
    ) -> NDArray[np.float32]:
        """(labels,), of one part."""
        if enrolment is None:
            return self._run("scores", spectrum)
        return self._run("enrolled_scores", spectrum, neutral=enrolment.neutral[None])

    def _run(
        self, output: str, spectrum: NDArray[np.float32], **more: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        # onnxruntime asks for every input, also where the output does not depend on it.
        fed = {"log_mel": spectrum[None], "neutral": self._nobody, **more}
        return np.asarray(self._session.run([output], fed)[0][0], np.float32)


class EmbeddedRecogniser:
    """A VoiceRecogniser of the embedded model, for anybody or for one enrolled person.

    recogniser = embedded_recogniser()
    expression = recogniser.recognise([load_sound("speech.wav")])[0]
    """

    def __init__(self, model: EmbeddedModel, speaker: Enrolment | None = None) -> None:
        self._model, self._speaker = model, speaker
        self.name = model.name if speaker is None else f"{model.name}, enrolled"
        self.space = model.space

    def recognise(self, sounds: Sequence[Sound]) -> list[Expression]:
        """One Expression a sound, in the same order; affect follows from the labels."""
        return [self._expression(sound) for sound in sounds]

    def _expression(self, sound: Sound) -> Expression:
        told = np.exp(self._model.log_probabilities(sound, self._speaker))
        return Expression(probabilities=dict(zip(self._model.labels, told.tolist(), strict=True)))


def embedded_recogniser(speaker: Enrolment | None = None) -> EmbeddedRecogniser:
    """The recogniser that ships; raises WeightsError where its file is missing or damaged."""
    return EmbeddedRecogniser(load_embedded(), speaker)


def enrol(sounds: Sequence[Sound]) -> Enrolment:
    """A person by their neutral sentences: two are what the figures hold for, more do no harm.

    Raises PerceptionError where there is less than a second of sound.
    """
    secs = sum(sound.secs for sound in sounds)
    if secs < _LEAST_ENROL_SECS:
        raise PerceptionError(
            f"{len(sounds)} sentences of {secs:.1f} s in all; enrolling a person takes two neutral "
            "sentences, a second of speech at least"
        )
    model = load_embedded()
    neutral = np.mean([model.features(sound) for sound in sounds], axis=0)
    return Enrolment(
        neutral=np.asarray(neutral, np.float32), sentences=len(sounds), model=model.name
    )


def load_embedded() -> EmbeddedModel:
    """The model in use, opened once; raises WeightsError where it is missing or damaged."""
    return _load(locate(WEIGHTS))


@lru_cache(maxsize=4)
def _load(path: Path) -> EmbeddedModel:
    return EmbeddedModel(path)
