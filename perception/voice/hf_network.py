"""Speech emotion models of transformers, loaded whole: stock classes, and the pooled regression head.

Imports torch and transformers; the extra `local` brings them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
import transformers
from safetensors import SafetensorError
from torch import Tensor, nn
from transformers import (
    MODEL_FOR_AUDIO_CLASSIFICATION_MAPPING,
    MODEL_MAPPING,
    AutoConfig,
    AutoFeatureExtractor,
    AutoModel,
    AutoModelForAudioClassification,
    Wav2Vec2FeatureExtractor,
)
from transformers.modeling_outputs import SequenceClassifierOutput

from insideout.perception.errors import WeightsError

# What a model may lack: the mask of its training, which reading never uses.
_UNUSED = "masked_spec_embed"
_BROKEN = (OSError, ValueError, KeyError, RuntimeError, SafetensorError)


class PooledHead(nn.Module):
    """Frames' mean to outputs: linear, tanh, linear; as in Wagner et al. 2023 (arXiv 2203.07378)."""

    def __init__(self, config: Any) -> None:
        super().__init__()
        self.dense = nn.Linear(config.hidden_size, config.hidden_size)
        self.dropout = nn.Dropout(getattr(config, "final_dropout", 0.0))
        self.out_proj = nn.Linear(config.hidden_size, config.num_labels)

    def forward(self, pooled: Tensor) -> Tensor:
        """(batch, hidden) to (batch, outputs)."""
        return self.out_proj(self.dropout(torch.tanh(self.dense(self.dropout(pooled)))))


def pooled_model(config: Any) -> Any:
    """The class of a backbone with a PooledHead on the mean of its frames, for wav2vec 2.0 and its kin.

    transformers has no such class; the weights of audeering's arousal-dominance-valence model, and of
    others made like it, are those of `wav2vec2.*` (or `hubert.*`, `wavlm.*`), `classifier.dense.*` and
    `classifier.out_proj.*`.
    """
    backbone = MODEL_MAPPING[type(config)]
    prefix = backbone.base_model_prefix
    parent: Any = backbone.__base__

    class PooledModel(parent):
        def __init__(self, config: Any) -> None:
            super().__init__(config)
            setattr(self, prefix, backbone(config))
            self.classifier = PooledHead(config)
            self.post_init()

        def forward(self, input_values: Tensor, **_: Any) -> SequenceClassifierOutput:
            frames = getattr(self, prefix)(input_values).last_hidden_state
            return SequenceClassifierOutput(logits=self.classifier(frames.mean(dim=1)))

    return PooledModel


def load(name: str, revision: str | None) -> tuple[Any, Any]:
    """The model, ready to read, and its feature extractor; raises WeightsError where that fails.

    A model of which weights are missing is refused: transformers would make them up at random.
    """
    try:
        config = AutoConfig.from_pretrained(name, revision=revision, trust_remote_code=False)
        model = _stock_or_pooled(name, revision, config)
        extractor = _extractor(name, revision, config)
    except _BROKEN as error:
        raise WeightsError(_unloadable(name, error)) from error
    return _placed(model), extractor


def load_backbone(name: str) -> tuple[Any, Any]:
    """A model without its head, ready to read, and its feature extractor; errors as for `load`."""
    try:
        with _quiet():
            model, report = AutoModel.from_pretrained(
                name, output_loading_info=True, trust_remote_code=False
            )
        extractor = _extractor(name, None, model.config)
    except _BROKEN as error:
        raise WeightsError(_unloadable(name, error)) from error
    if lacking := _lacking(report):
        raise WeightsError(f"{name} lacks weights of its own class: {', '.join(lacking[:4])}")
    if not hasattr(model.config, "conv_stride"):
        raise WeightsError(
            f"{name} is a {model.config.model_type}; expected a model that hears the waveform, "
            "such as wav2vec2, hubert or wavlm"
        )
    return _placed(model), extractor


def _extractor(name: str, revision: str | None, config: Any) -> Any:
    """The model's own; where its authors left that out, wav2vec 2.0's, as fairseq trained it."""
    try:
        return AutoFeatureExtractor.from_pretrained(
            name, revision=revision, trust_remote_code=False
        )
    except (OSError, ValueError):
        if not hasattr(config, "feat_extract_norm"):
            raise
        return Wav2Vec2FeatureExtractor(do_normalize=config.feat_extract_norm == "layer")


def _placed(model: Any) -> Any:
    return model.float().eval().to("cuda" if torch.cuda.is_available() else "cpu")


def _lacking(report: Any) -> list[str]:
    missing = (key for key in report["missing_keys"] if not key.endswith(_UNUSED))
    return sorted([*missing, *map(str, report["mismatched_keys"])])


def outputs(model: Any, extractor: Any, samples: Any, rate_hz: int) -> list[float]:
    """What the model gives for one sound, before any softmax. samples: (n,) float32."""
    inputs = extractor(samples, sampling_rate=rate_hz, return_tensors="pt").to(model.device)
    with torch.inference_mode():
        found: list[float] = model(**inputs).logits[0].tolist()
    return found


def _stock_or_pooled(name: str, revision: str | None, config: Any) -> Any:
    """Of the class whose weights the file holds; its config does not always name that."""
    missing = ["its class"]
    for kind in _kinds(config):
        with _quiet():
            model, report = kind.from_pretrained(
                name, revision=revision, config=config, output_loading_info=True
            )
        missing = _lacking(report)
        if not missing:
            return model
    raise WeightsError(
        f"{name} lacks weights of a stock head of transformers and of a pooled one (dense, out_proj): "
        f"{', '.join(missing[:4])}; it was made by code of its own, which is not run"
    )


def _kinds(config: Any) -> list[Any]:
    """The classes that could read it, likeliest first: the stock one where its config names one."""
    kinds: list[Any] = []
    if type(config) in MODEL_FOR_AUDIO_CLASSIFICATION_MAPPING:
        kinds.append(AutoModelForAudioClassification)
    mean = getattr(config, "pooling_mode", "mean") == "mean"
    if mean and type(config) in MODEL_MAPPING and hasattr(config, "conv_stride"):
        kinds.append(pooled_model(config))
    named = (config.architectures or [""])[0]
    return kinds if hasattr(transformers, named) else kinds[::-1]


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the advice to train what a file lacks; that is told as an error here."""
    before = transformers.logging.get_verbosity()
    transformers.logging.set_verbosity_error()
    try:
        yield
    finally:
        transformers.logging.set_verbosity(before)


def _unloadable(name: str, error: Exception) -> str:
    return (
        f"'{name}' cannot be loaded: {(str(error).splitlines() or [type(error).__name__])[0]} "
        "Expected a folder with config.json, preprocessor_config.json and model.safetensors, or a "
        f"name on huggingface.co; without network, put the files of https://huggingface.co/{name} "
        "into a folder and name that"
    )
