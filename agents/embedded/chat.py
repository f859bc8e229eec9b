"""EmbeddedChatModel: the embedded language model as a LangChain chat model."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from insideout.agents.embedded import replying, voices
from insideout.agents.embedded.batcher import MOST, Batcher
from insideout.agents.embedded.classifying import classified
from insideout.agents.embedded.decoding import Decoding
from insideout.agents.embedded.languages import needs_larger
from insideout.agents.embedded.model import THREADS, EmbeddedModel, load_model
from insideout.agents.embedded.summarising import summary
from insideout.agents.embedded.voices import Voice
from insideout.agents.errors import ModelRefusedError
from insideout.agents.role import Role, Task
from insideout.agents.thought import Thought
from insideout.perception.text.dialogue import Dialogue, Speaker

NAME = "insideout-embedded"
# As many think at a time as make a batch; the network itself is the narrow place behind both.
_THINKING = ThreadPoolExecutor(MOST, thread_name_prefix="embedded-thinking")
_REPLYING = ThreadPoolExecutor(THREADS, thread_name_prefix="embedded-replying")
_SPEAKERS = {"human": Speaker.PERSON, "ai": Speaker.ASSISTANT}


class EmbeddedChatModel(BaseChatModel):
    """Thinks and answers offline, in English.

    It cannot follow a prompt; the graph hands it the call's Role. Without one, the messages are
    taken as a conversation and it answers as a listener. Calls for thoughts that arrive together
    from several threads run as one batch.

    folder: of the weights; None: the shipped ones. temperature, max_tokens: as everywhere; None:
    what suits the task. seed: the same seed and dialogue give the same words, 50 ms later a call.

    >>> EmbeddedChatModel().invoke("I passed my exam!").text  # doctest: +SKIP
    "That's great! What did you study?"
    """

    reads_role: bool = True
    folder: Path | None = None
    temperature: float | None = None
    max_tokens: int | None = None
    seed: int | None = None
    threads: int = THREADS
    _thinking: Any = PrivateAttr(default=None)

    def model_post_init(self, context: Any, /) -> None:
        """Sets up the batch of thoughts; the weights are loaded at the first call."""
        super().model_post_init(context)
        self._thinking = Batcher[Role, Voice](self._think)

    @property
    def _llm_type(self) -> str:
        return "embedded"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model_name": NAME, "seed": self.seed, "temperature": self.temperature}

    @property
    def model(self) -> EmbeddedModel:
        """The network, loaded once for the process; raises WeightsError."""
        return load_model(self.folder, self.threads)

    def warm_up(self) -> None:
        """Load the weights and run them once, so that the first answer is not slower."""
        self.model.generate([["[empathetic]", "[feels]", "[assistant]"]], Decoding(samples=1))

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        *,
        role: Role | None = None,
        **_: Any,
    ) -> ChatResult:
        return _result(*self._answer(messages, stop, role))

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        *,
        role: Role | None = None,
        **_: Any,
    ) -> ChatResult:
        return _result(*await self._answered(messages, stop, role))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        *,
        role: Role | None = None,
        **_: Any,
    ) -> Iterator[ChatGenerationChunk]:
        text, usage = self._answer(messages, stop, role)
        for word in _words(text):
            if run_manager:
                run_manager.on_llm_new_token(word)
            yield _chunk(word)
        yield _chunk("", usage)

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        *,
        role: Role | None = None,
        **_: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        text, usage = await self._answered(messages, stop, role)
        for word in _words(text):
            if run_manager:
                await run_manager.on_llm_new_token(word)
            yield _chunk(word)
        yield _chunk("", usage)

    async def _answered(
        self, messages: Sequence[BaseMessage], stop: list[str] | None, role: Role | None
    ) -> tuple[str, UsageMetadata]:
        """`_answer` in a thread; what ends a turn does not wait behind the thoughts of other turns."""
        thinks = role is not None and role.task is Task.THINK
        threads = _THINKING if thinks else _REPLYING
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(threads, self._answer, messages, stop, role)

    def _answer(
        self, messages: Sequence[BaseMessage], stop: list[str] | None, role: Role | None
    ) -> tuple[str, UsageMetadata]:
        """The text of the answer, up to the first stop word, and its tokens."""
        role = role or Role(task=Task.REPLY, dialogue=as_dialogue(messages), language="en")
        text, asked = self._perform(role)
        for word in stop or ():
            text = text.split(word, 1)[0]
        said = len(self.model.vocabulary.pieces(text))
        asked = asked or len(self.model.vocabulary.pieces(role.dialogue.last))
        return text, UsageMetadata(
            input_tokens=asked, output_tokens=said, total_tokens=asked + said
        )

    def _perform(self, role: Role) -> tuple[str, int]:
        """What the role asks for, and how many pieces were read for it."""
        foreign = needs_larger(role.dialogue.last, role.language)
        match role.task:
            case Task.SUMMARISE:
                return summary(role.dialogue, role.summary), 0
            case Task.CLASSIFY:
                return classified(role), 0
            case Task.THINK | Task.TOGETHER if foreign:
                raise ModelRefusedError(foreign.partition(". ")[0])
            case Task.REPLY if foreign:
                return foreign, 0
            case Task.THINK:
                voice = self._think([role])[0] if self.seed is not None else self._thinking(role)
                return voice.to_json(), voice.asked
            case Task.TOGETHER:
                return self._together(role)
            case _:
                reply = replying.reply(self.model, role, self._decoding(replying.DECODING))
                return reply.text, reply.asked

    def _together(self, role: Role) -> tuple[str, int]:
        thoughts = voices.together(self.model, role, self._decoding(voices.DECODING))
        told = replace(role, thoughts=tuple(_thought(voice) for voice in thoughts))
        reply = replying.reply(self.model, told, self._decoding(replying.DECODING))
        return _all(thoughts, reply.text), reply.asked + sum(voice.asked for voice in thoughts)

    def _think(self, roles: Sequence[Role]) -> list[Voice]:
        return voices.think(self.model, roles, self._decoding(voices.DECODING))

    def _decoding(self, usual: Decoding) -> Decoding:
        return replace(
            usual,
            seed=self.seed,
            temperature=usual.temperature if self.temperature is None else self.temperature,
            samples=1 if self.temperature == 0 else usual.samples,
            most_pieces=min(usual.most_pieces, self.max_tokens or usual.most_pieces),
        )


def as_dialogue(messages: Sequence[BaseMessage]) -> Dialogue:
    """Messages as a dialogue; those of the system and of tools are left out."""
    return Dialogue.from_turns(
        (_SPEAKERS[message.type], str(message.text))
        for message in messages
        if message.type in _SPEAKERS
    )


def _words(text: str) -> list[str]:
    """Its words, each with the space before it."""
    return re.findall(r"\s*\S+|\s+\Z", text)


def _chunk(text: str, usage: UsageMetadata | None = None) -> ChatGenerationChunk:
    told = {} if usage is None else _metadata()
    message = AIMessageChunk(content=text, usage_metadata=usage, response_metadata=told)
    return ChatGenerationChunk(message=message)


def _result(text: str, usage: UsageMetadata) -> ChatResult:
    message = AIMessage(text, usage_metadata=usage, response_metadata=_metadata())
    return ChatResult(generations=[ChatGeneration(message=message)])


def _metadata() -> dict[str, Any]:
    return {"model_name": NAME, "finish_reason": "stop"}


def _thought(voice: Voice) -> Thought:
    return Thought(
        emotion=voice.emotion,
        appraisal=voice.appraisal,
        reply=voice.reply,
        urgency=voice.urgency,
        confidence=voice.confidence,
    )


def _all(thoughts: Sequence[Voice], reply: str) -> str:
    told = {voice.emotion: voice.to_dict() for voice in thoughts}
    return json.dumps({"thoughts": told, "reply": reply}, ensure_ascii=False)
