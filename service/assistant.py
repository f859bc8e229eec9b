"""From Settings to an InsideOut."""

from pathlib import Path

from insideout.agents.chat_model import ModelOptions
from insideout.agents.crisis import load_lines
from insideout.agents.insideout import InsideOut
from insideout.agents.memory import Sessions
from insideout.agents.prices import Price
from insideout.perception.text.readers import text_reader
from insideout.service.settings import NONE, Settings


def assistant_from(settings: Settings, sessions: Sessions | str | Path | None = None) -> InsideOut:
    """The assistant that the settings describe.

    sessions: where they are kept, in place of what the settings say; ":memory:" keeps nothing.
    Raises AgentError for an unknown name, a missing library or key, a file that cannot be opened.
    """
    return InsideOut(
        settings.model,
        voices=settings.voices,
        aggregator=settings.aggregator,
        fallback=None if settings.fallback == NONE else settings.fallback,
        mode=settings.mode,
        language=settings.language,
        team=settings.team,
        reader=text_reader(settings.reader),
        sessions=sessions if sessions is not None else settings.sessions,
        options=model_options(settings),
        voice_deadline_secs=settings.voice_deadline_secs,
        history_tokens=settings.history_tokens,
        max_message_chars=settings.max_message_chars,
        prompts=settings.prompts,
        show=settings.show_state,
        help_country=settings.help_country,
        # Read now: a fault in the file must show before somebody needs it.
        help_lines=load_lines(settings.help_lines) if settings.help_lines else None,
    )


def model_options(settings: Settings) -> ModelOptions:
    """How the chat models are reached and asked."""
    return ModelOptions(
        base_url=settings.base_url,
        temperature=settings.temperature,
        max_tokens=settings.max_tokens,
        seed=settings.seed,
        timeout_secs=settings.timeout_secs,
        prices={
            _name(spec): Price(prompt_usd=price.prompt, completion_usd=price.completion)
            for spec, price in settings.prices.items()
        },
    )


def _name(spec: str) -> str:
    """The name that a provider calls a model by: "openai:my-model" is "my-model" there."""
    return spec.partition(":")[2] or spec


def who_answers(assistant: InsideOut) -> str:
    """Which models think and answer, and why it is they.

    >>> who_answers(InsideOut("embedded", sessions=":memory:"))
    'embedded (it was asked for)'
    """
    voices, aggregator = assistant.setup.voices.spec, assistant.setup.aggregator.spec
    names = aggregator if voices == aggregator else f"{voices} thinks, {aggregator} answers"
    return f"{names} ({assistant.why})"
