"""Models of transformers made on the spot: the same classes as the real ones, two narrow layers."""

from pathlib import Path
from typing import Any

SIZES = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 48,
    "conv_dim": (16, 16, 16),
    "conv_kernel": (10, 8, 4),
    "conv_stride": (10, 8, 4),
    "num_conv_pos_embeddings": 16,
    "num_conv_pos_embedding_groups": 4,
    "classifier_proj_size": 16,
}


def config_of(kind: str, labels: tuple[str, ...], **options: Any) -> Any:
    """kind: "Wav2Vec2", "Hubert" or "WavLM"."""
    import transformers

    return getattr(transformers, f"{kind}Config")(
        **SIZES,
        **options,
        id2label=dict(enumerate(labels)),
        label2id={label: place for place, label in enumerate(labels)},
    )


def save(model: Any, folder: Path) -> Path:
    """The model and a feature extractor, as the hub holds them."""
    import transformers

    model.save_pretrained(folder)
    transformers.Wav2Vec2FeatureExtractor(do_normalize=True).save_pretrained(folder)
    return folder


def categorical(kind: str, labels: tuple[str, ...], folder: Path, **options: Any) -> Path:
    """A stock sequence classifier with random weights."""
    import torch
    import transformers

    torch.manual_seed(0)
    stock = getattr(transformers, f"{kind}ForSequenceClassification")
    return save(stock(config_of(kind, labels, **options)), folder)


def pooled(kind: str, labels: tuple[str, ...], folder: Path) -> Path:
    """A backbone with a pooled head, written as the model of audeering is."""
    import torch

    from insideout.perception.voice.hf_network import pooled_model

    torch.manual_seed(0)
    config = config_of(kind, labels)
    return save(pooled_model(config)(config), folder)


def backbone(folder: Path) -> Path:
    """A wav2vec 2.0 without any head."""
    import torch
    import transformers

    torch.manual_seed(0)
    return save(transformers.Wav2Vec2Model(config_of("Wav2Vec2", ("a", "b"))), folder)
