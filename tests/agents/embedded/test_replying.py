"""How the reply is chosen."""

from dataclasses import replace

import pytest

from insideout.agents.embedded.candidates import Candidate, Draft, agreed, sayable, weigh
from insideout.agents.embedded.decoding import Decoding, Sample
from insideout.agents.embedded.model import EmbeddedModel
from insideout.agents.embedded.prompting import prompt
from insideout.agents.embedded.replying import DECODING, choose, prepare
from insideout.agents.embedded.situation import Situation
from insideout.agents.role import Role, Task
from insideout.agents.thought import Thought
from insideout.perception.affect import Emotion
from insideout.perception.fusion import fuse
from insideout.perception.text.dialogue import Dialogue
from insideout.perception.text.text_reader import TextReader

SAD = Situation(mood=Emotion.SADNESS, said=("My dog died.",))
SAID = Dialogue.of("My dog died last night.")


def candidate(text: str) -> Candidate:
    return Candidate(text=text, pieces=tuple(text.lower().split()), fit=-2.0, prior=-2.0)


def role(*thoughts: Thought) -> Role:
    state = fuse([TextReader().read(SAID)], [])
    return Role(task=Task.REPLY, dialogue=SAID, language="en", state=state, thoughts=thoughts)


def test_what_the_others_say_too_has_more_accord() -> None:
    found = agreed(
        (said := [candidate("I am sorry"), candidate("I am so sorry"), candidate("Who knows ?")]),
        said,
    )
    assert found[0].accord > found[2].accord == 0.0


def test_a_lone_candidate_has_no_accord() -> None:
    assert agreed([candidate("Oh no .")], [candidate("Oh no .")])[0].accord == 0.0


def test_the_same_words_keep_the_fit_that_is_known() -> None:
    drafts = [Draft(text="Oh no, what happened?"), Draft(text="Oh no, what happened?", fit=-1.5)]
    assert sayable(drafts, SAD) == [drafts[1]]


def test_words_that_were_cut_or_closed_have_no_known_fit(model: EmbeddedModel) -> None:
    said = Sample(pieces=("i", "am", "so", "sorry", "."), log_likelihood=-6.0)
    assert Draft.of(model, said) == Draft(text="I am so sorry.", fit=-1.0)
    assert Draft.of(model, replace(said, cut=True)).fit is None
    assert Draft.of(model, replace(said, pieces=said.pieces[:-1])) == Draft(text="I am so sorry.")


def test_drawing_tells_the_fit_that_scoring_finds(model: EmbeddedModel) -> None:
    asked = prompt(model.vocabulary, SAID)
    plain = Decoding(samples=4, repetition_penalty=1.0, no_repeat=0, seed=1)
    drawn = [(s.pieces, Draft.of(model, s)) for s in model.generate([asked], plain)[0]]
    known = [  # "im" is written "I'm", which is likelier
        draft
        for pieces, draft in drawn
        if draft.fit is not None and tuple(model.vocabulary.pieces(draft.text)) == pieces
    ]
    scored = weigh(model, [Draft(text=draft.text) for draft in known], [asked] * len(known))
    for draft, one in zip(known, scored, strict=True):
        assert one.fit == pytest.approx(draft.fit, abs=0.1)


def test_the_fit_of_the_candidates_is_near_what_scoring_finds(model: EmbeddedModel) -> None:
    prepared = prepare(model, [role()], replace(DECODING, repetition_penalty=1.0, seed=1))[0]
    drafts = [Draft(text=one.text) for one in prepared.candidates]
    scored = weigh(model, drafts, [prepared.prompts[0]] * len(drafts))
    off = [a.fit - b.fit for a, b in zip(prepared.candidates, scored, strict=True)]
    assert sum(off) / len(off) == pytest.approx(0.0, abs=0.15)


def test_most_candidates_are_drawn_without_a_tone(model: EmbeddedModel) -> None:
    prepared = prepare(model, [role()], DECODING)[0]
    plain, toned = prepared.prompts
    assert prepared.drawn_after == (plain, plain, toned)


def test_how_likely_first_words_are_leaves_the_end_out(model: EmbeddedModel) -> None:
    asked, first = prompt(model.vocabulary, SAID), model.vocabulary.pieces("I'm so sorry")
    begun = model.log_likelihoods([asked], [first], ended=False)[0]
    assert begun > model.log_likelihoods([asked], [first])[0]


def test_what_anger_suggests_is_not_the_reply(model: EmbeddedModel) -> None:
    told = role(Thought(emotion="anger", reply="I'm so sorry about your dog. What was it like?"))
    seeded = replace(DECODING, seed=3)
    prepared = prepare(model, [told], seeded)
    assert choose(model, [told], prepared) == choose(model, [role()], prepared)


def test_the_voice_that_the_state_is_full_of_is_heard(model: EmbeddedModel) -> None:
    suggestion = "I'm so sorry about your dog. What was it like?"
    told = role(Thought(emotion="sadness", reply=suggestion))
    prepared = [replace(one, candidates=()) for one in prepare(model, [told], DECODING)]
    assert choose(model, [told], prepared)[0].text == suggestion
