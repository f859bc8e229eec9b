"""Patterns: alternatives of a regular expression, written as readable lists."""

import re


def any_of(alternatives: str) -> str:
    """A group that matches any alternative; they are parted by "|" or by a line's end.

    >>> any_of('''pills?|tablets?
    ...           side effects?''')
    '(?:pills?|tablets?|side effects?)'
    """
    return "(?:" + "|".join(line.strip() for line in alternatives.strip().splitlines()) + ")"


def whole(alternatives: str) -> re.Pattern[str]:
    """A compiled pattern of any alternative as whole words, in any case."""
    return re.compile(rf"\b{any_of(alternatives)}\b", re.IGNORECASE)


def plain(text: str) -> str:
    """The text with straight apostrophes, as patterns have them."""
    return text.replace("’", "'")
