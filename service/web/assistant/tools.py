"""The buttons beside the message box, the files that wait there, and the strip of the camera."""

import json
from html import escape

from insideout.perception.affect import Emotion
from insideout.perception.describe import label_words
from insideout.perception.policy import may_open, refusal
from insideout.perception.reading import Modality
from insideout.service.web.assistant.attaching import Attached
from insideout.service.web.assistant.desk import Desk, Waiting
from insideout.service.web.assistant.texts import ASSISTANT_TEXTS
from insideout.service.web.assistant.uploads import MOST_MEGABYTES

# Strokes in a box of 24 by 24.
_CLIP = (
    "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.6 8.6"
    "a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8"
)
_CAMERA = (
    "M3.5 7.5h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z"
    "M15.5 11l6-3v8l-6-3"
)
_MICROPHONE = (
    "M12 3.5a2.8 2.8 0 0 1 2.8 2.8v5a2.8 2.8 0 0 1-5.6 0v-5A2.8 2.8 0 0 1 12 3.5z"
    "M6 11a6 6 0 0 0 12 0M12 17v3.5M8.5 20.5h7"
)


def tools(language: str) -> str:
    """The buttons for files, camera and microphone, those that the policy leaves."""
    texts = ASSISTANT_TEXTS[language]
    found = ""
    if may_open(Modality.FACE):
        found += _button("add", texts.attach, _CLIP)
    if refusal(Modality.FACE) is None:
        found += _button("camera", texts.camera, _CAMERA, switch=True)
    if may_open(Modality.VOICE):
        found += _button("mic", texts.microphone, _MICROPHONE, switch=True)
    return f'<div class="tools">{found}</div>'


def _button(name: str, label: str, strokes: str, *, switch: bool = False) -> str:
    said = escape(label)
    pressed = ' aria-pressed="false"' if switch else ""
    return (
        f'<button type="button" id="{name}" class="tool" aria-label="{said}" title="{said}"{pressed}>'
        f'<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{strokes}"/></svg></button>'
    )


def chips(desk: Desk, language: str) -> str:
    """The files that go with the next message, each with what was read of it."""
    texts = ASSISTANT_TEXTS[language]
    found = [_read(one, language) for one in desk.attached]
    found += [_being_read(one, language) for one in desk.waiting if not one.taken_away]
    if not found:
        return ""
    title = escape(texts.waiting_title)
    return f'<ul class="chips" aria-label="{title}">{"".join(found)}</ul>'


def _read(one: Attached, language: str) -> str:
    name, says = escape(one.name), escape(one.says)
    said = f'<b title="{name}">{name}</b> <span title="{says}">{says}</span>'
    rest = _rest(one.name, language) if one.beats is not None else ""
    return f'<li class="chip">{said}{rest}{_take(one.name, language)}</li>'


def _being_read(one: Waiting, language: str) -> str:
    percent = "…" if one.done is None else f"{one.done:.0%}"
    said = ASSISTANT_TEXTS[language].reading_file.format(name=one.name, percent=percent)
    return f'<li class="chip waits"><span>{escape(said)}</span>{_take(one.name, language)}</li>'


def _rest(name: str, language: str) -> str:
    texts = ASSISTANT_TEXTS[language]
    label = escape(texts.at_rest_title.format(name=name))
    return (
        f'<button type="button" class="rest" data-rest="{escape(name)}" aria-label="{label}" '
        f'title="{label}">{escape(texts.at_rest)}</button>'
    )


def _take(name: str, language: str) -> str:
    label = escape(ASSISTANT_TEXTS[language].take_away.format(name=name))
    return (
        f'<button type="button" data-take="{escape(name)}" aria-label="{label}" title="{label}">'
        "×</button>"
    )


# Filled by assistant.js; the same in every language, so that Gradio never draws it anew.
STRIP = (
    '<div class="strip" hidden><div class="mirror"><video muted playsinline></video>'
    '<canvas aria-hidden="true"></canvas></div><div class="told" role="status"><b></b><p></p></div>'
    '<button type="button" data-off></button></div>'
)


def words_for_script() -> str:
    """A JSON object: by language what assistant.js says of its own accord."""
    return json.dumps(
        {
            language: {
                "limit": MOST_MEGABYTES,
                "drop": texts.drop,
                "camera": texts.live_camera,
                "microphone": texts.live_microphone,
                "cameraOn": texts.camera,
                "cameraOff": texts.camera_off,
                "off": texts.live_off,
                "starting": texts.live_starting,
                "hints": dict(texts.live_hints),
                "seems": texts.live_seems,
                "pulse": texts.live_pulse,
                "listening": texts.listening,
                "writing": texts.writing_down,
                "heard": texts.heard_words,
                "roughly": texts.heard_roughly,
                "emotions": {emotion.value: label_words(emotion, language) for emotion in Emotion},
            }
            for language, texts in ASSISTANT_TEXTS.items()
        },
        ensure_ascii=False,
    )
