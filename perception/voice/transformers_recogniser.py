"""Speech emotion models of the Hugging Face hub: wav2vec 2.0, HuBERT, WavLM and their kin.

Labels or arousal, dominance and valence, whichever a model gives, for example

    superb/hubert-large-superb-er                            angry, happy, neutral, sad; Apache-2.0
    audeering/wav2vec2-large-robust-12-ft-emotion-msp-dim    arousal, dominance, valence; CC BY-NC-SA
    xbgoose/hubert-speech-emotion-recognition-russian-dusha-finetuned    Russian, trained on Dusha
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.affect import Affect
from insideout.perception.errors import PerceptionError, WeightsError
from insideout.perception.expression import Expression
from insideout.perception.label_spaces import LabelSpace
from insideout.perception.voice.hf_labels import (
    DIMENSIONAL,
    is_dimensional,
    named_labels,
    space_of,
)
from insideout.perception.voice.libraries import need
from insideout.perception.voice.sound import RATE_HZ, Sound, VoiceRecogniser

EXTRA = "local"
SCHEME = "hf:"

_LONGEST_SECS = 20.0  # at once; attention grows with the square, and models are trained on less
_SHORTEST_SECS = 0.1  # the first layers see 25 ms at a time

Floats = NDArray[np.float64]


def transformers_recogniser(name: str, temperature: float = 1.0) -> VoiceRecogniser:
    """The recogniser of a model in a folder or on the hub; fetched on first use, into the hub's cache.

    name: "REPO", "REPO@REVISION" or a folder, with or without "hf:" before it. temperature: divides
    the outputs of a model of labels; 1 leaves its confidence as its authors trained it. Raises
    PerceptionError where torch or transformers is not installed, WeightsError where the model cannot be
    had, UnknownLabelError where its labels name no known emotion.
    """
    if temperature <= 0.0:
        raise PerceptionError(f"the temperature is {temperature}; expected a number over 0")
    need("torch", EXTRA)
    need("transformers", EXTRA)
    from insideout.perception.voice.hf_network import load

    where, revision = _place(name.removeprefix(SCHEME))
    model, extractor = load(where, revision)
    if (rate := getattr(extractor, "sampling_rate", RATE_HZ)) != RATE_HZ:
        raise WeightsError(f"'{where}' takes sound at {rate} Hz; expected {RATE_HZ} Hz")
    written = (str(model.config.id2label[place]) for place in range(model.config.num_labels))
    labels = named_labels(written, where)
    network = _Network(model=model, extractor=extractor)
    known = f"{SCHEME}{where}"
    if is_dimensional(labels):
        places = {label: place for place, label in enumerate(labels)}
        return DimensionalRecogniser(name=known, network=network, places=places)
    return CategoricalRecogniser(
        name=known,
        space=space_of(labels, known),
        network=network,
        labels=labels,
        temperature=temperature,
    )


def _place(name: str) -> tuple[str, str | None]:
    """A folder as it is; else the repository and, after an "@", its revision."""
    if Path(name).is_dir():
        return name, None
    where, _, revision = name.partition("@")
    return where, revision or None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Network:
    """A loaded model; long sounds are read in parts, whose outputs are averaged by their length."""

    model: Any
    extractor: Any

    def outputs(self, sound: Sound) -> Floats:
        """(outputs,) of an utterance, before any softmax; raises WeightsError where none are numbers."""
        from insideout.perception.voice.hf_network import outputs

        parts = list(_parts(sound.samples))
        found = [outputs(self.model, self.extractor, part, RATE_HZ) for part in parts]
        mean = np.average(np.array(found), axis=0, weights=[len(part) for part in parts])
        if not np.isfinite(mean).all():
            raise WeightsError("the model's outputs are not numbers; its weights may be damaged")
        return np.asarray(mean, dtype=np.float64)


@dataclass(slots=True, kw_only=True)
class CategoricalRecogniser:
    """A model that names the emotion.

    labels: of its outputs; the probability of those that are not in the space ("other") is shared out
    evenly, as it says that the model does not know.
    """

    name: str
    space: LabelSpace
    network: _Network
    labels: tuple[str, ...]
    temperature: float = 1.0

    def recognise(self, sounds: Sequence[Sound]) -> list[Expression]:
        """One Expression a sound, in the same order."""
        return [self._expression(self.network.outputs(sound)) for sound in sounds]

    def _expression(self, outputs: Floats) -> Expression:
        odds = np.exp((outputs - outputs.max()) / self.temperature)
        given = dict(zip(self.labels, (odds / odds.sum()).tolist(), strict=True))
        other = sum(p for label, p in given.items() if label not in self.space.canonical)
        share = other / len(self.space.labels)
        return Expression(
            probabilities={label: given[label] + share for label in self.space.labels}
        )


@dataclass(slots=True, kw_only=True)
class DimensionalRecogniser:
    """A model of arousal, valence and perhaps dominance, each from 0 to 1, without labels.

    places: of each dimension among the outputs.
    """

    name: str
    network: _Network
    places: dict[str, int]
    space: LabelSpace = DIMENSIONAL

    def recognise(self, sounds: Sequence[Sound]) -> list[Expression]:
        """One Expression a sound, in the same order, without probabilities."""
        return [Expression(affect=self._affect(self.network.outputs(sound))) for sound in sounds]

    def _affect(self, outputs: Floats) -> Affect:
        values = {
            name: min(1.0, max(-1.0, 2.0 * float(outputs[place]) - 1.0))
            for name, place in self.places.items()
        }
        return Affect(**values)


def _parts(samples: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    """Equal parts of at most 20 s; what is shorter than 0.1 s ends in silence."""
    least = round(_SHORTEST_SECS * RATE_HZ)
    if len(samples) < least:
        samples = np.pad(samples, (0, least - len(samples)))
    count = -(-len(samples) // round(_LONGEST_SECS * RATE_HZ))
    yield from np.array_split(samples, count)
