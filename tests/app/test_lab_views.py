"""What the lab shows of Readings: figures, words, the text for a model, the JSON."""

import json
from dataclasses import fields
from typing import Any

import pytest

from insideout.perception.affect import CORE_AFFECT, Emotion
from insideout.perception.describe import Show, describe
from insideout.perception.reading import Modality, Reading
from insideout.service.web.lab.as_json import table_json
from insideout.service.web.lab.bench_texts import TEXTS as BENCH_TEXTS
from insideout.service.web.lab.look import Kind, Look, Table
from insideout.service.web.lab.texts import TEXTS
from insideout.service.web.lab.views import json_text, json_view, table_view, told_view

ATTACK = "<img src=x onerror=alert(1)>"


def reading(modality: Modality = Modality.FACE, top: Emotion = Emotion.JOY, **more: Any) -> Reading:
    """A Reading that is quite sure."""
    emotions = {e: 0.86 if e is top else 0.02 for e in Emotion}
    given: dict[str, Any] = {
        "model": "m",
        "probabilities": {e.value: p for e, p in emotions.items()},
        "emotions": emotions,
        "affect": CORE_AFFECT[top],
        "confidence": 0.86,
        "cues": (ATTACK,),
    }
    return Reading(modality=modality, **{**given, **more})


def photo(**more: Any) -> Look:
    given: dict[str, Any] = {
        "name": f"{ATTACK}.jpg",
        "kind": Kind.PHOTO,
        "reading": reading(),
        "section": "face",
        "details": {"file": "a.jpg"},
        "remarks": (ATTACK,),
    }
    return Look(**{**given, **more})


def typed(words: str = "I lost my job", top: Emotion = Emotion.SADNESS) -> Look:
    return Look(name=words, kind=Kind.WORDS, reading=reading(Modality.TEXT, top))


def test_every_word_is_there_in_both_languages() -> None:
    for table in (TEXTS, BENCH_TEXTS):
        english, russian = table["en"], table["ru"]
        for field in fields(english):
            one, other = getattr(english, field.name), getattr(russian, field.name)
            assert one, field.name
            assert other, field.name
            if isinstance(one, dict):
                assert one.keys() == other.keys(), field.name
            elif isinstance(one, str):
                blanks = {part.partition("}")[0] for part in one.split("{")[1:]}
                assert blanks == {part.partition("}")[0] for part in other.split("{")[1:]}


def test_an_empty_place_says_what_it_is_for() -> None:
    assert TEXTS["ru"].nothing_yet in table_view(Table(), "ru")
    assert told_view(Table(), Show.ALL, "en", "en") == json_text(Table()) == ""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_nothing_of_a_file_or_a_cue_is_rendered(language: str) -> None:
    table = Table().with_looks(photo(), typed(ATTACK))
    shown = table_view(table, language) + told_view(table, Show.ALL, "en", language)
    assert "<img src=x" not in shown + json_view(json_text(table), language)


def test_a_silent_reading_says_why() -> None:
    silent = Reading(modality=Modality.FACE, model="m", abstained="no face is to be seen")
    shown = table_view(Table().with_looks(photo(reading=silent)), "en")
    assert "Not read: no face is to be seen" in shown
    assert TEXTS["en"].together not in shown


def test_canonical_emotions_are_shown_once() -> None:
    own = {"happy": 0.7, "sad": 0.3}
    fine = reading(probabilities=own, space="ravdess")
    assert TEXTS["en"].canonical in table_view(Table().with_looks(photo()), "en")
    assert TEXTS["en"].canonical not in table_view(Table().with_looks(photo(reading=fine)), "en")
    thirty_two = reading(probabilities={"devastated": 0.6, "lonely": 0.4}, space="empathetic")
    assert TEXTS["en"].canonical in table_view(Table().with_looks(photo(reading=thirty_two)), "en")


def test_a_long_remark_is_folded() -> None:
    shown = table_view(Table().with_looks(photo(remarks=("word " * 80,))), "en")
    assert "<details><summary>word word" in shown


def test_new_words_take_the_place_of_the_old_ones_and_stand_first() -> None:
    table = Table().with_looks(photo()).with_looks(typed("one")).with_looks(typed("two"))
    assert [look.name for look in table.looks] == ["two", f"{ATTACK}.jpg"]


def test_a_file_that_is_dropped_again_takes_its_own_place() -> None:
    table = Table().with_looks(photo(), photo(name="b.jpg")).with_looks(photo(remarks=("new",)))
    assert [(look.name, look.remarks) for look in table.looks] == [
        ("b.jpg", (ATTACK,)),
        (f"{ATTACK}.jpg", ("new",)),
    ]


def test_modalities_that_contradict_are_told() -> None:
    shown = table_view(Table().with_looks(photo(), typed()), "en")
    assert "Face seems glad, words sadness." in shown


@pytest.mark.parametrize("show", list(Show))
def test_the_text_is_that_of_describe(show: Show) -> None:
    look = typed()
    look = Look(name=look.name, kind=look.kind, reading=reading(Modality.TEXT, cues=("lost",)))
    table = Table().with_looks(look)
    signs = describe(table.state, "en", show=show)
    shown = told_view(table, show, "en", "en")
    assert signs.replace('"', "&quot;") in shown
    assert ("the model hears only the words" in shown) == (show is Show.NONE)


def test_the_whole_message_holds_words_and_how_they_were_said() -> None:
    sound = Look(
        name="a.wav",
        kind=Kind.SOUND,
        reading=reading(Modality.VOICE),
        section="voice",
        said="I passed",
        aside="How it sounded: fast",
    )
    shown = told_view(Table().with_looks(sound), Show.ALL, "ru", "en")
    assert "How it sounded: fast" in shown
    assert "I passed" in shown
    assert "Признаки" in shown


def test_words_alone_are_the_state_in_json() -> None:
    table = Table().with_looks(typed())
    assert table_json(table) == table.state.to_json()


def test_files_have_sections_and_a_note() -> None:
    found = table_json(Table().with_looks(photo(), typed()))
    assert list(found) == ["state", "face", "note"]
    assert [one["modality"] for one in found["state"]["readings"]] == ["text", "face"]
    assert found["note"] == "expressions are cues, not facts about what a person feels"


def test_a_heart_alone_is_no_diagnosis() -> None:
    heart = photo(reading=reading(Modality.HEART), kind=Kind.HEART, section="heart")
    assert table_json(Table().with_looks(heart))["note"].startswith("not a medical device")


def test_long_json_is_cut_on_the_page_alone() -> None:
    text = json.dumps(["x" * 30_000])
    assert "10,004 more characters" in json_view(text, "en")
