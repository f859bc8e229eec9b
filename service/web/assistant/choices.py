"""Choices: the models a visitor may choose between, each behind an assistant of its own."""

import threading
from collections.abc import Mapping

from insideout.agents.chat_model.default import CHEAP_GIGACHAT, CHEAP_OPENAI
from insideout.agents.errors import UnknownNameError
from insideout.agents.insideout import InsideOut
from insideout.agents.memory import Sessions
from insideout.perception.errors import unknown_name
from insideout.service.assistant import assistant_from
from insideout.service.model_report import ModelReport, environment, report
from insideout.service.settings import Settings

_ROLES = ("model", "voices", "aggregator")
# What a key opens, where the server was not asked for its list.
_USUAL = {"openai:NAME": CHEAP_OPENAI, "gigachat:NAME": CHEAP_GIGACHAT}
_NO_CHAT = ("bert", "embed", "bge", "minilm", "whisper", "wav2vec")


class Choices:
    """The assistant that the program was started with, and others that keep the same conversations.

    Safe to use from several threads.
    """

    def __init__(self, assistant: InsideOut, settings: Settings) -> None:
        self.own = assistant.setup.aggregator.spec
        self._settings = settings
        self._lock = threading.Lock()
        self._built = {self.own: assistant}
        self._offered: tuple[str, ...] = (self.own,)

    @property
    def offered(self) -> tuple[str, ...]:
        """The specs that were there when somebody looked last, that of the program's own model first."""
        return self._offered

    def look(self) -> tuple[str, ...]:
        """What is there now; asks servers, for some seconds at most."""
        found = available(report(environment(self._settings)))
        self._offered = tuple(dict.fromkeys((self.own, *found)))
        return self._offered

    def __getitem__(self, spec: str) -> InsideOut:
        """The assistant of an offered model, built where it was not yet; raises InsideOutError."""
        if spec not in self._offered:
            raise UnknownNameError(unknown_name("model", spec, self._offered))
        with self._lock:
            if spec not in self._built:
                self._built[spec] = assistant_from(self._with(spec), sessions=self._sessions)
            return self._built[spec]

    @property
    def _sessions(self) -> Sessions:
        return self._built[self.own].sessions

    def _with(self, spec: str) -> Settings:
        alone: Mapping[str, str | None] = dict.fromkeys(_ROLES)
        return self._settings.model_copy(update={**alone, "model": spec})


def available(found: ModelReport) -> list[str]:
    """The specs of the chat models that can be used now.

    >>> available(report({}))
    ['embedded']
    """
    specs = []
    for entry in found.entries:
        if not entry.spec or not entry.ready or entry.spec.startswith("hf:"):
            continue
        provider, _, blank = entry.spec.partition(":")
        if not blank:
            specs.append(entry.spec)
        names = entry.models or ([_USUAL[entry.spec]] if entry.spec in _USUAL else [])
        specs += [f"{provider}:{name}" for name in names if blank and _chats(name)]
    return [*specs, *(spec for _, spec in found.recommended if spec and spec not in specs)]


def _chats(name: str) -> bool:
    return not any(part in name.lower() for part in _NO_CHAT)
