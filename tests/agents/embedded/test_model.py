"""The network: drawing, scoring, seeds."""

from insideout.agents.embedded import markers
from insideout.agents.embedded.decoding import Decoding
from insideout.agents.embedded.model import EmbeddedModel
from insideout.agents.embedded.prompting import prompt
from insideout.perception.text.dialogue import Dialogue


def ask(model: EmbeddedModel, text: str = "My dog died last night.") -> list[str]:
    return prompt(model.vocabulary, Dialogue.of(text))


def test_it_draws_as_many_samples_as_asked(model: EmbeddedModel) -> None:
    found = model.generate([ask(model), ask(model, "I won!")], Decoding(samples=3))
    assert [len(group) for group in found] == [3, 3]


def test_no_marker_is_ever_drawn(model: EmbeddedModel) -> None:
    found = model.generate([ask(model)], Decoding(samples=16, temperature=1.5, top_k=200))
    drawn = {piece for sample in found[0] for piece in sample.pieces}
    assert not drawn & set(markers.all_markers())


def test_temperature_zero_always_says_the_same(model: EmbeddedModel) -> None:
    one, two = (
        model.generate([ask(model)], Decoding(samples=1, temperature=0))[0][0] for _ in "ab"
    )
    assert one.pieces == two.pieces


def test_prompts_that_share_their_beginning_are_gone_on_from_as_each_alone(
    model: EmbeddedModel,
) -> None:
    plain = ask(model)
    toned = [*plain[:-1], markers.speaks(True, "sadness")]
    likeliest = Decoding(samples=1, temperature=0)
    together = model.generate([plain, plain, toned], likeliest)
    alone = [model.generate([one], likeliest)[0] for one in (plain, plain, toned)]
    assert [group[0].pieces for group in together] == [group[0].pieces for group in alone]


def test_words_that_a_prompt_ends_with_are_not_given_back(model: EmbeddedModel) -> None:
    openings = [model.vocabulary.pieces(words) for words in ("I am so sorry", "Oh", "")]
    prompts = [[*ask(model), *pieces] for pieces in openings]
    likeliest = Decoding(
        samples=1, temperature=0, repetition_penalty=1.0, no_repeat=0, least_pieces=0
    )
    together = model.generate(prompts, likeliest)
    alone = [model.generate([one], likeliest)[0] for one in prompts]
    assert [group[0].pieces for group in together] == [group[0].pieces for group in alone]


def test_no_prompts_have_no_continuations(model: EmbeddedModel) -> None:
    assert model.generate([]) == []


def test_sympathy_is_likelier_than_cheer_after_bad_news(model: EmbeddedModel) -> None:
    said = [model.vocabulary.pieces(t) for t in ("I'm so sorry.", "I'm so happy.")]
    sorry, cheer = model.log_likelihoods([ask(model)] * 2, said)
    assert sorry > cheer
