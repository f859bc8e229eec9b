"""The pattern files."""

import pytest

from insideout.agents.crisis.rules import expand, load_rules, required_literal


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_rule_names_contexts_that_exist(language: str) -> None:
    rules = load_rules(language)
    assert {name for rule in rules.rules for name in rule.unless} <= rules.contexts.keys()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_rule_can_be_searched_with(language: str) -> None:
    assert all(rule.regex.search("") is None for rule in load_rules(language).rules)


def test_a_gap_stands_for_up_to_that_many_words() -> None:
    assert expand("want ~2to", {}) == r"want (?:\w+ ){0,2}to"


def test_a_lookahead_looks_at_whole_words() -> None:
    assert expand("live(?! (?:in|at))", {}) == r"live(?!(?: (?:in|at))(?!\w))"


def test_the_required_literal_leaves_out_what_may_be_missing() -> None:
    assert required_literal(r"(?:want|wish) to (?:\w+ ){0,2}di(?:e|ed)") == " to "
    assert required_literal("kil{1,2} him") == " him"
    assert required_literal("one|two") == ""
