"""The server, asked by OpenAI's own client."""

import base64
import io
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import openai
import pytest
from openai import OpenAI
from tests.service.http.conftest import KEY, REPLY, Model, Serve

from insideout.agents.insideout import InsideOut
from insideout.agents.scripted import Scripted
from insideout.perception.affect import Affect, Emotion
from insideout.perception.reading import Modality, Reading

LOST = {"role": "user", "content": "I lost my job today."}
SAD_FACE = Reading(
    modality=Modality.FACE,
    model="theirs",
    emotions={Emotion.SADNESS: 0.9, Emotion.NEUTRAL: 0.1},
    affect=Affect(valence=-0.6, arousal=-0.3),
    confidence=0.9,
    cues=("looks sad",),
)


def ask(client: OpenAI, *messages: Any, **more: Any) -> Any:
    """One completion."""
    return client.chat.completions.create(model="insideout", messages=list(messages), **more)


def test_a_client_gets_the_reply(client: OpenAI) -> None:
    assert ask(client, LOST).choices[0].message.content == REPLY


def test_the_turn_comes_beside_the_reply(client: OpenAI) -> None:
    assert set(ask(client, LOST).insideout["thoughts"]) == {"joy", "sadness", "fear", "anger"}


def test_the_models_are_the_assistant_and_its_modes(client: OpenAI) -> None:
    names = [model.id for model in client.models.list()]
    assert names[0] == "insideout"
    assert "insideout/parallel" in names


def test_the_name_of_the_model_chooses_the_mode(client: OpenAI) -> None:
    answer: Any = client.chat.completions.create(model="insideout/gated", messages=[LOST])  # type: ignore[list-item]
    assert answer.insideout["mode"] == "gated"


def test_a_stream_has_the_reply_in_pieces(client: OpenAI) -> None:
    pieces = [
        chunk.choices[0].delta.content or ""
        for chunk in ask(client, LOST, stream=True)
        if chunk.choices
    ]
    assert "".join(pieces) == REPLY
    assert len([piece for piece in pieces if piece]) > 1


def test_a_stream_tells_state_and_thoughts_to_those_who_look(client: OpenAI) -> None:
    told = [getattr(chunk, "insideout", {}) for chunk in ask(client, LOST, stream=True)]
    kinds = {next(iter(each)) for each in told if each}
    assert {"state", "thought", "session"} <= kinds


def test_a_stream_ends_with_the_usage_where_it_is_asked_for(client: OpenAI) -> None:
    chunks = list(ask(client, LOST, stream=True, stream_options={"include_usage": True}))
    assert chunks[-1].usage.total_tokens > 0


def test_earlier_messages_are_known(client: OpenAI, model: Model) -> None:
    ask(
        client,
        {"role": "user", "content": "My dog is called Rex."},
        {"role": "assistant", "content": "A fine name."},
        {"role": "user", "content": "He is ill today."},
    )
    assert "My dog is called Rex." in model.told[-1]
    assert "A fine name." in model.told[-1]


def test_a_conversation_that_the_client_keeps_is_not_kept_here(
    client: OpenAI, assistant: InsideOut
) -> None:
    ask(client, LOST)
    assert assistant.sessions.list() == []


def test_a_session_is_kept_here_where_it_is_named(client: OpenAI, model: Model) -> None:
    for text in ("My dog is called Rex.", "He is ill today."):
        ask(
            client,
            {"role": "user", "content": text},
            extra_body={"insideout": {"session": "anna"}},
        )
    assert "My dog is called Rex." in model.told[-1]


def test_what_the_system_says_is_told(client: OpenAI, model: Model) -> None:
    ask(client, {"role": "system", "content": "The visitor is a nurse."}, LOST)
    assert "The visitor is a nurse." in model.told[-1]


def test_readings_of_the_client_join_the_state(client: OpenAI) -> None:
    answer = ask(client, LOST, extra_body={"insideout": {"readings": [SAD_FACE.to_json()]}})
    modalities = [reading["modality"] for reading in answer.insideout["state"]["readings"]]
    assert modalities == ["face", "text"]


def test_readings_of_faces_are_refused_at_a_workplace(
    client: OpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSIDEOUT_POLICY", "workplace")
    with pytest.raises(openai.BadRequestError, match="workplace"):
        ask(client, LOST, extra_body={"insideout": {"readings": [SAD_FACE.to_json()]}})


def picture() -> str:
    """A grey picture as a data URL."""
    image = pytest.importorskip("PIL.Image").fromarray(np.full((80, 80, 3), 128, dtype=np.uint8))
    file = io.BytesIO()
    image.save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def beside(*parts: dict[str, Any]) -> dict[str, Any]:
    """A message with something beside its words."""
    return {"role": "user", "content": [{"type": "text", "text": "I am fine."}, *parts]}


def image(url: str) -> dict[str, Any]:
    """A picture as OpenAI's API takes it."""
    return {"type": "image_url", "image_url": {"url": url}}


def test_a_picture_without_a_face_abstains(client: OpenAI) -> None:
    answer = ask(client, beside(image(picture())))
    face = answer.insideout["state"]["readings"][0]
    assert (face["modality"], bool(face["abstained"])) == ("face", True)


def test_the_address_of_a_picture_is_not_fetched(client: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="addresses are not fetched"):
        ask(client, beside(image("http://127.0.0.1:1/face.jpg")))


def test_a_picture_that_is_none_is_unprocessable(client: OpenAI) -> None:
    with pytest.raises(openai.UnprocessableEntityError, match="picture"):
        ask(client, beside(image("data:image/png;base64,AAAA")))


def test_no_picture_is_opened_where_only_text_is_read(
    client: OpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSIDEOUT_POLICY", "text-only")
    with pytest.raises(openai.BadRequestError, match="send the words alone"):
        ask(client, beside(image(picture())))


@pytest.mark.slow
def test_a_recording_is_heard(client: OpenAI, shared: Path) -> None:
    pytest.importorskip("opensmile")
    clip = next((shared / "signals/voice/ravdess16").rglob("*.flac"))
    data = base64.b64encode(clip.read_bytes()).decode()
    answer = ask(
        client, beside({"type": "input_audio", "input_audio": {"data": data, "format": "flac"}})
    )
    assert answer.insideout["state"]["readings"][0]["modality"] == "voice"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "user", "content": "  "}]}, "no words"),
        ({"messages": [{"role": "assistant", "content": "Hm."}]}, "'assistant'"),
        ({"model": "gpt-4", "messages": [LOST]}, "gpt-4"),
        ({"messages": [LOST], "n": 2}, "n:"),
        ({"messages": [LOST], "tools": [{}]}, "tools"),
        ({"messages": [LOST], "insideout": {"sesion": "x"}}, "sesion"),
        ({"messages": [LOST], "insideout": {"session": "a b"}}, "session name"),
        ({"messages": [LOST], "insideout": {"readings": [{}]}}, "no Reading"),
        ({"messages": [LOST], "insideout": {"mode": "loud"}}, "loud"),
        ({"messages": [{"role": "user", "content": "x" * 20_001}]}, "20,000"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_a_bad_request_is_told_what_is_wrong(
    serve: Serve, body: dict[str, Any], said: str, *, stream: bool
) -> None:
    answer = httpx.post(f"{serve()}/chat/completions", json={**body, "stream": stream})
    assert answer.status_code == 400
    assert said in answer.json()["error"]["message"]


def test_a_body_that_is_no_json_is_a_bad_request(serve: Serve) -> None:
    answer = httpx.post(f"{serve()}/chat/completions", content=b"{")
    assert answer.status_code == 400


def test_a_huge_body_is_refused(serve: Serve) -> None:
    answer = httpx.post(f"{serve()}/chat/completions", content=(b" " * 2**20 for _ in range(40)))
    assert answer.status_code == 413


def test_an_unknown_address_is_an_error_as_openai_words_it(serve: Serve) -> None:
    answer = httpx.get(f"{serve()}/embeddings")
    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "Not Found")


def test_without_the_key_nobody_gets_in(serve: Serve) -> None:
    with pytest.raises(openai.AuthenticationError, match="API key"):
        OpenAI(base_url=serve(KEY), api_key="wrong", max_retries=0).models.list()


def test_with_the_key_one_gets_in(serve: Serve) -> None:
    assert OpenAI(base_url=serve(KEY), api_key=KEY).models.list().data


def test_a_model_that_fails_is_a_bad_gateway(client: OpenAI, model: Model) -> None:
    model.answer = Scripted(error=RuntimeError("gone"))
    with pytest.raises(openai.InternalServerError) as failed:
        ask(client, LOST)
    assert failed.value.status_code == 502


def test_a_model_that_fails_in_a_stream_is_an_error(client: OpenAI, model: Model) -> None:
    model.answer = Scripted(error=RuntimeError("gone"))
    with pytest.raises(openai.APIError):
        list(ask(client, LOST, stream=True))


def test_help_in_a_crisis_is_the_reply(client: OpenAI, model: Model) -> None:
    answer = ask(client, {"role": "user", "content": "I want to kill myself."})
    assert answer.insideout["crisis"]
    assert model.told == []
