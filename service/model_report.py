"""What models there are on this machine, where they lie, and how to get the rest."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from insideout.agents.catalogue import LOCAL_MODELS, LocalModel
from insideout.agents.chat_model import default_spec
from insideout.agents.chat_model.default import OLLAMA, ollama_models, server_models
from insideout.agents.chat_model.where import with_scheme
from insideout.agents.embedded.weights_folder import LICENCE, MODEL, weights_folder
from insideout.perception.errors import WeightsError
from insideout.perception.face.embedded import WEIGHTS as FACE_WEIGHTS
from insideout.perception.heart.stress.model import WEIGHTS as STRESS_WEIGHTS
from insideout.perception.text.floret_reader import FLORET_WEIGHTS
from insideout.perception.text.text_reader import (
    ENCODER_WEIGHTS,
    LINEAR_WEIGHTS,
    OPEN_ENCODER,
    OPEN_LINEAR,
)
from insideout.perception.voice.embedded import WEIGHTS as VOICE_WEIGHTS
from insideout.perception.voice.overlap.detector import WEIGHTS as OVERLAP_WEIGHTS
from insideout.perception.weights import WeightsFile, locate
from insideout.service.settings import Settings

_OLLAMA_SECS = 0.5
_SERVER_SECS = 2.0


RECOGNISERS: Mapping[str, WeightsFile] = {
    "text recogniser, en": ENCODER_WEIGHTS,
    "text recogniser, en, its linear part": LINEAR_WEIGHTS["en"],
    "text recogniser, en, open": OPEN_ENCODER,
    "text recogniser, en, open, its linear part": OPEN_LINEAR,
    "text recogniser, en, fastText": FLORET_WEIGHTS,
    "text recogniser, ru": LINEAR_WEIGHTS["ru"],
    "face recogniser": FACE_WEIGHTS,
    "voice recogniser": VOICE_WEIGHTS,
    "voice, two people at once": OVERLAP_WEIGHTS,
    "heart, stress": STRESS_WEIGHTS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One model or provider.

    spec: what to give as --model; empty for recognisers. ready: whether it can be used now. where:
    its folder or address. how: what to do where it is not ready. models: the names it has.
    """

    name: str
    spec: str
    ready: bool
    where: str
    licence: str = ""
    how: str = ""
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelReport:
    """Everything `insideout models` shows."""

    default: str
    why: str
    entries: tuple[Entry, ...]
    recommended: tuple[tuple[LocalModel, str | None], ...]  # with the spec where it is here

    def to_json(self) -> dict[str, Any]:
        """The object that `insideout models --json` prints."""
        recommended = [{**asdict(model), "spec": spec} for model, spec in self.recommended]
        return {
            "default": {"spec": self.default, "why": self.why},
            "models": [asdict(entry) for entry in self.entries],
            "recommended": recommended,
        }


def environment(settings: Settings) -> dict[str, str]:
    """The environment, with what only insideout.toml or an option says in its place."""
    said = {"INSIDEOUT_MODEL": settings.model, "OPENAI_BASE_URL": settings.base_url}
    return {**os.environ, **{name: value for name, value in said.items() if value}}


def report(env: Mapping[str, str]) -> ModelReport:
    """Looks at files, keys and servers; a server is waited for 2 s at most."""
    spec, why = default_spec(env)
    ollama, hub = _ollama(env), _hub(env)
    recognisers = [_recogniser(name, file) for name, file in RECOGNISERS.items()]
    entries = (_embedded(), *recognisers, _openai(env), _gigachat(env), ollama, hub)
    recommended = tuple((model, _here(model, ollama, hub)) for model in LOCAL_MODELS.values())
    return ModelReport(default=spec, why=why, entries=entries, recommended=recommended)


def ollama_host(env: Mapping[str, str]) -> str:
    """Where Ollama is, or would be."""
    return with_scheme(env.get("OLLAMA_HOST") or OLLAMA)


def _embedded() -> Entry:
    try:
        where, how = str(weights_folder()), ""
    except WeightsError as error:
        where, how = str(MODEL.shipped.parent), str(error)
    return Entry(
        name="embedded chat model",
        spec="embedded",
        ready=not how,
        where=where,
        licence=LICENCE,
        how=how,
    )


def _recogniser(name: str, file: WeightsFile) -> Entry:
    try:
        where, how = str(locate(file)), ""
    except WeightsError as error:
        where, how = str(file.shipped), str(error)
    return Entry(
        name=name,
        spec="",
        ready=not how,
        where=where,
        licence=file.licence,
        how=how,
    )


def _openai(env: Mapping[str, str]) -> Entry:
    key, url = env.get("OPENAI_API_KEY"), env.get("OPENAI_BASE_URL")
    listed = server_models(url, key, _SERVER_SECS) if url else None
    how = "set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own"
    if url:
        how = f"the server at {url} lists no models; start it, or check the address and the key"
    return Entry(
        name="OpenAI and compatible servers",
        spec="openai:NAME",
        ready=bool(listed) if url else bool(key),
        where=with_scheme(url) if url else "https://api.openai.com/v1",
        how="" if (listed if url else key) else how,
        models=tuple(listed or ()),
    )


def _gigachat(env: Mapping[str, str]) -> Entry:
    needed = [
        (find_spec("langchain_gigachat"), 'pip install "insideout-emotions[gigachat]"'),
        (env.get("GIGACHAT_CREDENTIALS"), "set GIGACHAT_CREDENTIALS"),
    ]
    how = "; ".join(step for there, step in needed if not there)
    return Entry(
        name="GigaChat",
        spec="gigachat:NAME",
        ready=not how,
        where="https://gigachat.devices.sberbank.ru/api/v1",
        how=how,
    )


def _ollama(env: Mapping[str, str]) -> Entry:
    host = ollama_host(env)
    names = ollama_models(host, _OLLAMA_SECS)
    steps = []
    if not find_spec("langchain_ollama"):
        steps.append('pip install "insideout-emotions[ollama]"')
    if names is None:
        steps.append("start Ollama (https://ollama.com/download)")
    elif not names:
        steps.append("fetch a model: insideout models get qwen3-4b")
    return Entry(
        name="Ollama",
        spec="ollama:NAME",
        ready=not steps,
        where=host,
        how="; ".join(steps),
        models=tuple(names or ()),
    )


def hub_cache(env: Mapping[str, str]) -> Path:
    """Where huggingface_hub keeps what it fetched."""
    home = env.get("HF_HOME") or str(Path(env.get("XDG_CACHE_HOME") or "~/.cache") / "huggingface")
    return Path(env.get("HF_HUB_CACHE") or str(Path(home) / "hub")).expanduser()


def _hub(env: Mapping[str, str]) -> Entry:
    folder = hub_cache(env)
    kept = sorted(folder.glob("models--*/snapshots/*/config.json"))
    names = tuple(dict.fromkeys(path.parts[-4][8:].replace("--", "/") for path in kept))
    there = find_spec("torch") is not None and find_spec("transformers") is not None
    return Entry(
        name="transformers, in this process",
        spec="hf:PATH_OR_NAME",
        ready=there,
        where=str(folder),
        how="" if there else 'pip install "insideout-emotions[local]"',
        models=names,
    )


def _here(model: LocalModel, ollama: Entry, hub: Entry) -> str | None:
    if model.ollama in ollama.models:
        return f"ollama:{model.ollama}"
    return f"hf:{model.hub}" if model.hub in hub.models else None
