"""The ablation: who is asked what, what is kept, what the figures are."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import BaseMessage
from tests.perception.face.datasets.layouts import fer_face, write_fer_folder

from insideout.agents.errors import ModelError
from insideout.agents.insideout import InsideOut
from insideout.agents.role import Role, Task
from insideout.agents.scripted import Line, ScriptedChatModel
from insideout.eval import ablation
from insideout.eval.ablation import Key, Outcome, Reply
from insideout.eval.ablation_items import Opening, load, with_faces
from insideout.eval.ablation_report import Measures, report
from insideout.eval.errors import DataSetError, RunError
from insideout.perception.affect import Emotion
from insideout.perception.describe import Show
from insideout.perception.label_spaces import FER_2013
from insideout.perception.reading import Modality, Reading

THINK = json.dumps({"appraisal": "a", "reply": "Oh.", "urgency": 0.5, "confidence": 0.5})
SAD = {"sad": 0.9, "neutral": 0.1}
FACE = Reading(
    modality=Modality.FACE,
    model="test",
    space=FER_2013.name,
    probabilities=SAD,
    emotions=FER_2013.emotions(SAD),
    affect=FER_2013.affect(SAD),
    confidence=0.9,
    cues=("looks sad",),
)


def opening(number: int, text: str = "I lost my job today.") -> Opening:
    return Opening(
        conversation=f"c{number}",
        text=text,
        target="I am so sorry to hear that.",
        emotion=Emotion.SADNESS,
        face=FACE,
    )


def answers(messages: Sequence[BaseMessage], role: Role | None) -> Line:
    """Words that say what the prompt holds of the state."""
    if role is not None and role.task is Task.THINK:
        return THINK
    prompt = "\n".join(str(message.content) for message in messages)
    known = [word for word in ("looks sad", "sad (", "sadness.") if word in prompt]
    return f"I know: {', '.join(known)}"


@contextmanager
def assistants(script: Any = answers, shows: Sequence[Show] = tuple(Show)) -> Iterator[Any]:
    model = ScriptedChatModel(script)
    with ExitStack() as stack:
        found = {}
        for show in shows:
            one = InsideOut(model, sessions=":memory:", fallback=None, show=show)
            stack.enter_context(closing(one.sessions))
            found[show] = one
        yield found, model


def asked(openings: Sequence[Opening], folder: Path | None = None) -> dict[Key, Reply]:
    with assistants() as (some, _):
        return asyncio.run(ablation.ask(some, openings, ablation.kept_lines(openings, {}, folder)))


def test_every_show_reaches_the_prompt_as_it_says() -> None:
    found = {show: reply.reply for (_, show), reply in asked([opening(1)]).items()}
    assert found == {
        Show.NONE: "I know: ",
        Show.LABEL: "I know: sadness.",
        Show.DISTRIBUTION: "I know: sad (",
        Show.CUES: "I know: looks sad",
        Show.ALL: "I know: looks sad, sad (",
    }


def test_a_broken_run_asks_only_for_what_is_missing(tmp_path: Path) -> None:
    first = asked([opening(1)], tmp_path)
    with assistants() as (some, model):
        kept = ablation.kept_lines([opening(1)], {}, tmp_path)
        again = asyncio.run(ablation.ask(some, [opening(1)], kept))
    assert again == first
    assert not model.calls


def test_other_people_are_another_run(tmp_path: Path) -> None:
    asked([opening(1)], tmp_path)
    with pytest.raises(RunError, match="another run"):
        asked([opening(2)], tmp_path)


def test_who_has_no_reply_yet_is_not_counted(tmp_path: Path) -> None:
    replies = asked([opening(1)], tmp_path)
    people = [opening(1), opening(2)]
    assert ablation.answered(people, replies, tuple(Show)) == [opening(1)]


def test_several_turns_at_a_time_give_the_same_replies() -> None:
    people = [opening(number) for number in range(3)]
    with assistants(shows=(Show.NONE, Show.ALL)) as (some, _):
        kept = ablation.kept_lines(people, {}, None)
        found = asyncio.run(ablation.ask(some, people, kept, concurrency=4))
    assert {reply.reply for (_, show), reply in found.items() if show is Show.NONE} == {"I know: "}
    assert len(found) == 6


def test_a_model_that_never_answers_is_not_asked_to_the_end() -> None:
    people = [opening(number) for number in range(40)]
    with (
        assistants(lambda messages, role: ModelError("down"), (Show.NONE,)) as (some, _),
        pytest.raises(RunError, match="none of the first 20 replies"),
    ):
        asyncio.run(ablation.ask(some, people, ablation.kept_lines(people, {}, None)))


def test_words_of_a_crisis_are_counted_and_left_out() -> None:
    people = [opening(1), opening(2, "I want to kill myself tonight.")]
    found = report(people, asked(people), tuple(Show), "test", Measures())
    assert (found["n"], found["left_out"]) == (1, {"referred": 1, "failed": 0})


def judge(texts: Sequence[str]) -> list[str]:
    return ["sadness" if "sad" in text or "sorry" in text else "joy" for text in texts]


def test_the_figures_are_those_of_each_show_and_of_their_difference() -> None:
    people = [opening(number) for number in range(3)]
    found = report(people, asked(people), tuple(Show), "test", Measures(judge=judge))
    shows, less = found["shows"], found["difference"]
    assert shows["none"]["metrics"]["told_tokens"] == 0.0
    assert shows["none"]["metrics"]["tone_match"] == 0.0
    assert less["label"]["metrics"]["tone_match"] == 100.0
    assert less["label"]["replies_changed"] == 1.0
    assert set(less) == {"label", "distribution", "cues", "all"}


def test_an_interval_holds_its_value() -> None:
    people = [opening(number) for number in range(3)]
    found = report(people, asked(people), (Show.NONE, Show.ALL), "test", Measures())
    for table in (*found["shows"].values(), *found["difference"].values()):
        for name, value in table["metrics"].items():
            low, high = table["interval95"][name]
            assert low - 1e-9 <= value <= high + 1e-9


def test_where_nothing_was_answered_there_are_no_figures() -> None:
    one = opening(1)
    failed = Reply(
        conversation="c1",
        show=Show.NONE,
        outcome=Outcome.FAILED,
        reply="",
        told="",
        prompt_tokens=0,
        seconds=0.0,
    )
    found = report([one], {("c1", Show.NONE): failed}, (Show.NONE,), "test", Measures())
    assert (found["n"], found["shows"], found["left_out"]["failed"]) == (0, {}, 1)


TURNS = {
    "conv_id": "hit:1_conv:2",
    "emotion": "devastated",
    "situation": "I failed my exam for the second time.",
    "turns": [
        {"speaker": 0, "text": "I failed my exam."},
        {"speaker": 1, "text": "Oh no!"},
        {"speaker": 0, "text": "Twice now."},
        {"speaker": 1, "text": "I am sorry."},
    ],
}


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_a_conversation_gives_its_opening_with_the_answer(tmp_path: Path) -> None:
    (one,) = load(write(tmp_path / "valid.jsonl", TURNS))
    assert (one.text, one.target, one.emotion) == ("I failed my exam.", "Oh no!", Emotion.SADNESS)


def test_a_limit_takes_openings_from_all_over_the_file(tmp_path: Path) -> None:
    rows = [{**TURNS, "conv_id": f"hit:{n}_conv:{n}"} for n in range(10)]
    found = load(write(tmp_path / "valid.jsonl", *rows), limit=2)
    assert [one.conversation for one in found] == ["hit:0_conv:0", "hit:5_conv:5"]


def test_a_file_without_openings_says_what_was_expected(tmp_path: Path) -> None:
    row = {"context": ["a", "b", "c"], "target": "d", "emotion": "sad", "conv_id": "hit:1_conv:1"}
    with pytest.raises(DataSetError, match="opens with the speaker"):
        load(write(tmp_path / "moel.jsonl", row))


def test_a_face_is_one_of_the_conversations_emotion(shared: Path) -> None:
    pytest.importorskip("cv2")
    people = [replace(opening(number), face=None) for number in range(8)]
    faces = with_faces(people, shared / "signals" / "face" / "fer2013" / "public_test.zip")
    tops = [one.face.top()[0][0] for one in faces if one.face and not one.face.abstained]
    assert tops.count("sad") >= len(tops) / 2


def test_the_same_people_get_the_same_faces(tmp_path: Path) -> None:
    pytest.importorskip("cv2")
    rows = [("sad", f"PublicTest_{n}", fer_face("sad", change=n)) for n in range(4)]
    people = [replace(opening(number), face=None) for number in range(3)]
    folder = write_fer_folder(tmp_path, rows)
    assert with_faces(people, folder) == with_faces(people, folder)


def test_an_emotion_without_a_face_is_told(tmp_path: Path) -> None:
    pytest.importorskip("cv2")
    folder = write_fer_folder(tmp_path, [("happy", "PublicTest_1", fer_face("happy"))])
    with pytest.raises(DataSetError, match="no face that is labelled sadness"):
        with_faces([opening(1)], folder)
