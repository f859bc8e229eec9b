"""Briefing: what every agent is told about this turn, and in which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from insideout.agents.thought import Thought
from insideout.perception.describe import Show, describe
from insideout.perception.reading import EmotionState
from insideout.perception.text.dialogue import Dialogue, Speaker
from insideout.prompts.loader import Prompts


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """One turn as the agents see it.

    dialogue: the turns still told word for word, ending with the person's. summary: of the turns
    before those. labels: to choose from, where the agents recognise. aside: what else they are
    told, ahead of the conversation. show: how much of the state is told.
    """

    prompts: Prompts
    dialogue: Dialogue
    state: EmotionState
    summary: str = ""
    labels: tuple[str, ...] = ()
    aside: str = ""
    show: Show = Show.ALL

    @property
    def language(self) -> str:
        """The language of the prompts: "en" or "ru"."""
        return self.prompts.language

    @cached_property
    def words(self) -> dict[str, str]:
        """The small words that stand between blanks, from the file words.txt."""
        lines = self.prompts.text("words").splitlines()
        return dict(line.split("=", 1) for line in lines)

    def turns(self, dialogue: Dialogue) -> str:
        """A dialogue as lines "Person: …"; a turn's further lines are indented.

        The indent keeps a person who types "Assistant: …" on a line of their own from writing
        turns that were never said.
        """
        names = {Speaker.PERSON: self.words["person"], Speaker.ASSISTANT: self.words["assistant"]}
        indented = (turn.text.strip().replace("\n", "\n    ") for turn in dialogue.turns)
        return "\n".join(
            f"{names[turn.speaker]}: {text}"
            for turn, text in zip(dialogue.turns, indented, strict=True)
        )

    @cached_property
    def shared(self) -> str:
        """The text that every agent's message begins with, letter for letter.

        Providers cache the prefix that calls have in common; so the dialogue stands first and what
        is each emotion's own comes last.
        """
        summary = f"{self.words['before']} {self.summary}\n" if self.summary else ""
        signs = describe(self.state, self.language, show=self.show)
        told = self.prompts.fill(
            "dialogue",
            summary=summary,
            turns=self.turns(self.dialogue),
            state=f"{self.words['signs']}\n{signs}" if signs else "",
        ).strip()
        return f"{self.aside}\n\n{told}" if self.aside else told

    def thoughts(self, thoughts: Iterable[Thought]) -> str:
        """The usable thoughts as a list for the prompt."""
        return "\n".join(self._thought(thought) for thought in thoughts if thought.ok)

    def _thought(self, thought: Thought) -> str:
        confidence = f"{self.words['confidence']} {thought.confidence:.1f}"
        if thought.label is not None:
            return f"- {thought.emotion} ({confidence}): {thought.label}. {thought.appraisal}"
        urgency = f"{self.words['urgency']} {thought.urgency:.1f}"
        return (
            f"- {thought.emotion} ({urgency}, {confidence}): {thought.appraisal} "
            f"— {self.words['would_say']}: {thought.reply}"
        )
