"""A Whisper of a few megabytes in CTranslate2's format: random ears, and words that it knows by heart.

Its decoder lets nothing but the position through, so that it writes the same words about every sound;
everything around it is what a real Whisper goes through.
"""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import model_spec, whisper_spec
from tokenizers import Tokenizer, decoders, models

_WIDTH, _HEADS, _LAYERS = 16, 2, 1
_TEXT = 50_257  # tokens of text in a multilingual Whisper; specials and times follow
_TIMES = 1_501
_SURE = 5.0
LANGUAGE, TEXT, END_SECS = "ru", "w7 w8 w9", 0.5


def write(folder: Path) -> Path:
    """The model in that folder, as ct2-transformers-converter would leave it."""
    folder.mkdir(parents=True, exist_ok=True)
    tokens = _tokens()
    spec = whisper_spec.WhisperSpec(_LAYERS, _HEADS, _LAYERS, _HEADS)
    spec.config.alignment_heads = [[0, 0], [0, 1]]
    spec.config.lang_ids = list(range(_TEXT + 2, _TEXT + 2 + len(_languages())))
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [_TEXT]
    _fill(spec, tokens)
    spec.register_vocabulary(tokens)
    spec.validate()
    spec.save(str(folder))
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.WordLevel(vocab=vocabulary, unk_token=tokens[0]))
    tokenizer.decoder = decoders.Fuse()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": 80}))
    return folder


def _languages() -> list[str]:
    codes = import_module("faster_whisper.tokenizer")._LANGUAGE_CODES
    return [code for code in codes if code != "yue"]  # came with a later Whisper


def _tokens() -> list[str]:
    specials = ["endoftext", "startoftranscript", *_languages(), "translate", "transcribe"]
    specials += ["startoflm", "startofprev", "nospeech", "notimestamps"]
    specials += [f"{number * 0.02:.2f}" for number in range(_TIMES)]
    text = [f" w{number}" for number in range(_TEXT - 1)]
    return [*text, "", *(f"<|{name}|>" for name in specials)]  # "" marks it as multilingual


def _fill(spec: Any, tokens: list[str]) -> None:
    draw = np.random.default_rng(0)

    def fill(layer: Any, name: str, value: Any) -> None:
        if value is None or name.endswith("encodings"):
            shape = _shape(name, len(tokens))
            made = draw.normal(0.0, 0.3, shape) if len(shape) > 1 else np.zeros(shape)
            if name.startswith("decoder") and any(part in name for part in _SILENT):
                made = np.zeros(shape)
            made = np.ones(shape) if name.endswith("gamma") else made
            setattr(layer, name.split("/")[-1], made.astype(np.float32))

    model_spec.visit_spec(spec, fill)
    spec.decoder.position_encodings.encodings[:_WIDTH] = np.eye(_WIDTH)
    for position, token in enumerate(_by_heart()):
        if not token:
            continue
        spec.decoder.projection.weight[tokens.index(token), position] += _SURE


# What would add to the position on its way through the decoder.
_SILENT = (
    "embeddings",
    "projection",
    "self_attention/linear_1",
    "attention/linear_2",
    "ffn/linear_1",
)


def _by_heart() -> list[str]:
    """What follows each position; the first three hold the start, the language and the task."""
    words = [f" {word}" for word in TEXT.split()]
    return [f"<|{LANGUAGE}|>", "", "<|0.00|>", *words, f"<|{END_SECS:.2f}|>", "<|endoftext|>"]


def _shape(name: str, words: int) -> tuple[int, ...]:
    if name.endswith("position_encodings/encodings"):
        return (1_500 if name.startswith("encoder") else 448, _WIDTH)
    if "conv" in name and name.endswith("weight"):
        return (_WIDTH, 80 if "conv1" in name else _WIDTH, 3)
    rows = words if "projection" in name or "embeddings" in name else _WIDTH * _times(name)
    if not name.endswith("weight"):
        return (rows,)
    return (rows, _WIDTH * 4 if name.endswith("ffn/linear_1/weight") else _WIDTH)


def _times(name: str) -> int:
    """How many times the width a layer's output is."""
    for part, times in (
        ("self_attention/linear_0", 3),
        ("attention/linear_1", 1 if "self_attention" in name else 2),
        ("ffn/linear_0", 4),
    ):
        if part in name and not name.split("/")[-2].startswith("layer_norm"):
            return times
    return 1
