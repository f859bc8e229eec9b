"""Models of transformers: a tiny random one made on the spot, a small real one where at hand."""

import asyncio
from contextlib import aclosing
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from insideout.agents.calling import Answer, call, stream
from insideout.agents.chat_model import ChatModel, ModelOptions, resolve
from insideout.agents.errors import ModelNotFoundError

transformers = pytest.importorskip("transformers", reason="needs the extra 'local'")
pytest.importorskip("torch", reason="needs the extra 'local'")

pytestmark = pytest.mark.torch

WORDS = [HumanMessage("Hi! How are you today?")]
TEMPLATE = (
    "{% if messages[0].role == 'system' %}{{ raise_exception('no system role') }}{% endif %}"
    "{% for m in messages %}{{ m.role }} {{ m.content }} {% endfor %}"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random GPT-Neo of two layers whose tokens are words."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    path = tmp_path_factory.mktemp("tiny")
    words = ["<end>", "user", "assistant", "Hi", "How", "are", "you", "I", "feel", "sad", "glad"]
    tokens = Tokenizer(models.WordLevel({w: n for n, w in enumerate(words)}, unk_token="<end>"))
    tokens.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokens, eos_token="<end>", pad_token="<end>", chat_template=TEMPLATE
    )
    config = transformers.GPTNeoConfig(
        vocab_size=len(words),
        hidden_size=8,
        num_layers=2,
        num_heads=2,
        attention_types=[[["global", "local"], 1]],
        intermediate_size=16,
        max_position_embeddings=64,
        bos_token_id=0,
        eos_token_id=0,
    )
    tokenizer.save_pretrained(path)
    transformers.GPTNeoForCausalLM(config).save_pretrained(path)
    return path


def model_of(folder: Path, **options: float) -> ChatModel:
    return resolve(f"hf:{folder}", ModelOptions(**{"max_tokens": 8, "seed": 1, **options}))  # type: ignore[arg-type]


async def test_a_model_answers_and_counts_its_tokens(folder: Path) -> None:
    answer = await call(model_of(folder), WORDS)
    assert answer.usage.prompt_tokens == 6
    assert 1 <= answer.usage.completion_tokens <= 8
    assert answer.usage.cost_usd == 0.0
    assert answer.finish in ("stop", "length")


async def test_the_pieces_of_a_stream_are_the_answer(folder: Path) -> None:
    model = model_of(folder, temperature=0)
    *pieces, answer = [piece async for piece in stream(model, WORDS)]
    assert isinstance(answer, Answer)
    assert "".join(map(str, pieces)) == answer.text == (await call(model, WORDS)).text


async def test_a_template_without_system_role_still_hears_the_system(folder: Path) -> None:
    answer = await call(model_of(folder), [SystemMessage("I feel"), *WORDS])
    assert answer.usage.prompt_tokens == 8


async def test_a_long_dialogue_is_cut_to_the_window(folder: Path) -> None:
    answer = await call(model_of(folder), [HumanMessage("you " * 200)])
    assert answer.usage.prompt_tokens == 56


async def test_a_reader_who_leaves_stops_the_generation(folder: Path) -> None:
    model = model_of(folder, max_tokens=32, temperature=1)
    async with aclosing(stream(model, WORDS)) as pieces:
        await anext(pieces)
    assert (await asyncio.wait_for(call(model, WORDS), 10)).usage.calls == 1


def test_a_folder_without_a_model_says_what_is_expected(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match=r"config\.json"):
        resolve(f"hf:{tmp_path}")


async def test_a_small_real_model_holds_small_talk(shared: Path) -> None:
    path = shared / "models" / "chat_3m" / "hf"
    if not path.is_dir():
        pytest.skip(f"no model at {path}")
    model = model_of(path, max_tokens=40, temperature=0)
    *pieces, answer = [piece async for piece in stream(model, WORDS)]
    assert isinstance(answer, Answer)
    assert len(pieces) > 3
    assert answer.finish == "stop"
    assert "good" in answer.text or "well" in answer.text or "great" in answer.text, answer.text
