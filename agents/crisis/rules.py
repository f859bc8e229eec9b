"""Rule, Rules: what a language's crisis patterns say, compiled from its TOML file.

The notation is that of regular expressions over words, with two additions: `~2 ` stands for up to
two words of any kind, and `{name}` for the alternatives that the file lists under [words].
A pattern always meets whole words.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from insideout.agents.crisis.kind import CrisisKind

GAP = re.compile(r"~(\d) ?")
NAME = re.compile(r"\{([a-z_]+)\}")
INNERMOST_GROUP = re.compile(r"\([^()]*\)(?:[?*]|\{[^}]*\})?")
# A pattern may end in a gap, which takes the last space with it.
WORD_END = "(?:(?= )|(?<= ))"
NOT_LITERAL = re.compile(
    r"\[[^\]]*\](?:[?*]|\{[^}]*\})?|\\[a-zA-Z][*+?]?|.[?*]|.\{[^}]*\}|[\\^$|+.]"
)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One pattern, compiled once a message has its letters: hundreds never are.

    literal: letters without which it cannot match (checking for them first is what makes the
    screen fast). unless: names of the contexts in which it does not count.
    """

    kind: CrisisKind
    pattern: str
    literal: str
    unless: tuple[str, ...]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern, to be searched with."""
        return re.compile(self.pattern)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A language's rules, idioms to overlook, contexts, and words to find in closed-up text."""

    language: str
    rules: tuple[Rule, ...]
    idioms: re.Pattern[str]
    contexts: dict[str, re.Pattern[str]]
    closed_up: tuple[tuple[CrisisKind, str], ...]


def _close_lookaheads(regex: str) -> str:
    """Make the words of every "not followed by" whole: (?! a) must not look at the a of `again`."""
    start = regex.find("(?! ")
    while start >= 0:
        depth, end = 1, start + 1
        while depth:
            depth += {"(": 1, ")": -1}.get(regex[end], 0)
            end += 1
        regex = rf"{regex[:start]}(?!(?:{regex[start + 3 : end - 1]})(?!\w)){regex[end:]}"
        start = regex.find("(?! ", start + 1)
    return regex


def expand(pattern: str, words: dict[str, str]) -> str:
    """The regular expression of a pattern's source."""
    while NAME.search(pattern):
        pattern = NAME.sub(lambda found: f"(?:{words[found.group(1)]})", pattern)
    pattern = _close_lookaheads(pattern)
    return GAP.sub(lambda found: rf"(?:\w+ ){{0,{found.group(1)}}}", pattern)


def required_literal(regex: str) -> str:
    """The longest run of letters that every match of a regular expression contains.

    >>> required_literal("(?:want|wish) to (?:\\\\w+ ){0,2}di(?:e|ed)")
    ' to '
    """
    shorter = None
    while shorter != regex:
        shorter, regex = regex, INNERMOST_GROUP.sub("\0", regex)
    if "|" in regex:
        return ""
    return max(NOT_LITERAL.sub("\0", regex).split("\0"), key=len)


def _any(patterns: list[str], words: dict[str, str]) -> re.Pattern[str]:
    alternatives = "|".join(expand(pattern, words) for pattern in patterns)
    return re.compile(f" (?:{alternatives})s?{WORD_END}")


@cache
def load_rules(language: str) -> Rules:
    """The rules shipped for a language, "en" or "ru"."""
    source = files("insideout.agents.crisis") / f"rules_{language}.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    words: dict[str, str] = {
        name: "|".join(value) if isinstance(value, list) else value
        for name, value in table["words"].items()
    }
    rules = [
        Rule(
            kind=CrisisKind(group["kind"]),
            pattern=f" (?:{expanded}){WORD_END}",
            literal=required_literal(expanded),
            unless=tuple(group.get("unless", ())),
        )
        for group in table["rules"]
        for expanded in (expand(pattern, words) for pattern in group["patterns"])
    ]
    order = list(CrisisKind)
    return Rules(
        language=language,
        rules=tuple(sorted(rules, key=lambda rule: order.index(rule.kind))),
        idioms=_any(table["idioms"], words),
        contexts={name: _any(value, words) for name, value in table["contexts"].items()},
        closed_up=tuple(
            (CrisisKind(kind), word) for kind, found in table["closed_up"].items() for word in found
        ),
    )
