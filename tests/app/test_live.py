import asyncio
import threading
from pathlib import Path

import numpy as np
import pytest
from tests.app.lives import RoughScribe, Visitor, jpeg, listen, live, small_models, told, watch
from tests.perception.face.frames import Square, frame
from tests.perception.voice.speech import Loudness, silence, speaking

from insideout.perception.affect import Emotion
from insideout.perception.errors import BadSignalError, PerceptionError
from insideout.perception.heart.signal import SignalKind
from insideout.perception.policy import VARIABLE
from insideout.perception.reading import Modality
from insideout.service.settings import Settings
from insideout.service.web.guests import Guests
from insideout.service.web.live import models
from insideout.service.web.live.ear import Ear
from insideout.service.web.live.live import Live
from insideout.service.web.live.starting import begin

pytestmark = pytest.mark.usefixtures("small_models")
__all__ = ["small_models"]

HAPPY, SAD, NOBODY = frame(Square()), frame(Square(happy=0.05)), frame()
FACE = Modality.FACE


def ecg_file(folder: Path, secs: int = 60, bpm: int = 70) -> Path:
    """A made-up ECG as a table."""
    neurokit = pytest.importorskip("neurokit2")
    samples = neurokit.ecg_simulate(
        duration=secs, sampling_rate=250, heart_rate=bpm, random_state=3
    )
    path = folder / "ecg.csv"
    rows = "\n".join(f"{n / 250:.3f},{value:.5f}" for n, value in enumerate(samples))
    path.write_text(f"time,ecg\n{rows}\n")
    return path


def test_a_happy_face_becomes_a_happy_state() -> None:
    measured = live()
    watch(measured, [HAPPY] * 5)
    state = measured.state()
    assert state is not None
    assert state.top is Emotion.JOY


def test_the_page_is_told_where_the_face_is() -> None:
    measured = live()
    watch(measured, [HAPPY] * 2)
    message = told(measured, "face")[-1]
    assert message["box"] == pytest.approx([40 / 320, 50 / 180, 60 / 320, 60 / 180], abs=0.02)
    assert (message["emotion"], message["hint"]) == ("joy", "ok")


def test_without_a_face_there_is_no_box_and_no_state() -> None:
    measured = live()
    watch(measured, [NOBODY] * 3)
    assert told(measured, "face")[-1]["box"] is None
    assert measured.state() is None
    assert "face" in measured.measured().missing[FACE]


def test_the_course_is_kept_once_the_measurement_began() -> None:
    measured = live()
    watch(measured, [HAPPY] * 2)
    assert measured.measured().course == ()
    measured.measure(True)
    watch(measured, [HAPPY] * 3, start=0.5)
    course = measured.measured().course
    assert [spot.top for spot in course] == [Emotion.JOY]
    assert course[0].secs < 1.0


def test_what_was_not_agreed_to_is_not_even_decoded() -> None:
    measured = live(Modality.VOICE)
    measured.feed_frame(b"no picture at all")
    watch(measured, [HAPPY] * 3)
    assert told(measured, "face") == []
    assert measured.measured().missing[FACE] == "you did not agree to it"


def test_a_face_that_may_not_be_read_is_still_found_for_the_pulse() -> None:
    measured = live(Modality.HEART)
    watch(measured, [HAPPY] * 3)
    message = told(measured, "face")[-1]
    assert message["box"] is not None
    assert message["emotion"] is None
    assert measured.state() is None


def test_a_workplace_reads_no_face(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "workplace")
    measured = live()
    watch(measured, [HAPPY] * 3)
    assert told(measured, "face")[-1]["emotion"] is None
    assert measured.state() is None
    assert "workplace" in measured.measured().missing[FACE]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "the policy 'workplace'"), ("ru", "правило 'workplace'")]
)
def test_what_the_policy_forbids_was_not_declined(
    language: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "workplace")
    missing = live(Modality.VOICE, language=language).measured().missing
    assert all(why.startswith(said) for why in missing.values())
    assert set(missing) == {FACE, Modality.VOICE, Modality.HEART}


def test_what_was_declined_is_said_where_the_policy_is_open() -> None:
    assert live(Modality.VOICE).measured().missing[FACE] == "you did not agree to it"


def test_text_only_looks_at_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "text-only")
    measured = live()
    watch(measured, [HAPPY] * 3)
    listen(measured, speaking(1.0))
    assert measured.outbox.take() == []


def test_damaged_frames_are_left_out_and_the_rest_goes_on() -> None:
    measured = live()
    for damaged in (b"", b"\xff\xd8\xff\xe0 no", jpeg()[:200]):
        measured.feed_frame(damaged)
    watch(measured, [HAPPY] * 2, start=100.0)
    assert told(measured, "face")[-1]["emotion"] == "joy"


def test_a_picture_that_would_fill_memory_is_not_decoded() -> None:
    measured = live()
    measured.feed_frame(jpeg(np.zeros((1_300, 1_300, 3), np.uint8)))
    assert measured.settle()
    assert told(measured, "face") == []


def test_frames_that_nobody_reads_in_time_are_given_up() -> None:
    measured, gate = live(), threading.Event()
    measured._frames.put(gate.wait)  # type: ignore[arg-type]
    for number in range(100):
        measured.feed_frame(jpeg(), number / 10)
    gate.set()
    assert measured.settle()
    assert measured.measured().faces <= 4


def test_a_missing_model_is_said_once_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> None:
        raise PerceptionError("no such library")

    monkeypatch.setattr(models, "voices", missing)
    measured = live()
    listen(measured, silence(0.5))
    watch(measured, [HAPPY] * 2)
    messages = measured.outbox.take()
    assert [m["type"] for m in messages].count("failed") == 1
    assert measured.state() is not None


def test_an_utterance_is_read_by_its_pauses() -> None:
    measured = live()
    listen(measured, np.concatenate([silence(0.3), speaking(1.5), silence(1.5)]))
    found = measured.measured()
    assert found.utterances == 1
    assert found.quality[Modality.VOICE] > 0.0


async def test_what_is_said_while_the_button_is_held_belongs_together() -> None:
    measured = live()
    await measured.speak(True)
    speech = np.concatenate([speaking(1.5), silence(1.2), speaking(1.0, seed=1)])
    await asyncio.to_thread(listen, measured, speech)
    heard = await measured.speak(False)
    assert heard is not None
    assert heard.text.startswith("I lost my job today")
    assert told(measured, "heard")[0]["text"] == heard.text
    assert measured.measured().utterances == 1


async def test_how_it_was_said_is_told_to_the_agents_once() -> None:
    measured = live()
    await measured.speak(True)
    await asyncio.to_thread(listen, measured, speaking(1.5))
    await measured.speak(False)
    assert "I lost my job today" in measured.aside()
    assert measured.aside() == ""


async def test_the_voice_counts_in_the_state_of_the_next_turn() -> None:
    measured = live()
    await measured.speak(True)
    await asyncio.to_thread(listen, measured, speaking(1.5))
    await measured.speak(False)
    state = measured.state()
    assert state is not None
    assert [reading.modality for reading in state.readings] == [Modality.VOICE]


async def test_silence_while_the_button_is_held_is_told() -> None:
    measured = live()
    await measured.speak(True)
    await asyncio.to_thread(listen, measured, silence(1.0))
    assert await measured.speak(False) is None
    assert "No speech" in told(measured, "unheard")[0]["why"]


async def test_a_button_without_any_sound_says_that_the_microphone_is_silent() -> None:
    measured = live(language="ru")
    await measured.speak(True)
    assert await measured.speak(False) is None
    assert "микрофона" in told(measured, "unheard")[0]["why"]


async def test_where_nobody_writes_russian_the_visitor_is_asked_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(models, "scribe", RoughScribe)
    measured = live(language="ru")
    await measured.speak(True)
    await asyncio.to_thread(listen, measured, speaking(1.5))
    assert await measured.speak(False) is None
    assert "напишите" in told(measured, "unheard")[0]["why"]
    assert measured.measured().utterances == 1


async def test_a_declined_microphone_hears_nothing() -> None:
    measured = live(FACE)
    await measured.speak(True)
    assert await measured.speak(False) is None
    assert measured.outbox.take() == []


async def test_a_button_that_a_vanished_page_held_is_let_go() -> None:
    measured = live()
    await measured.speak(True)
    await asyncio.to_thread(listen, measured, speaking(1.0))
    measured.let_go()
    assert await measured.speak(False) is None


def test_a_recorded_heart_gives_its_figures(tmp_path: Path) -> None:
    measured = live()
    measured.feed_heart(ecg_file(tmp_path))
    found = measured.measured()
    assert found.vitals is not None
    assert found.vitals.heart_rate.value == pytest.approx(70, abs=2)
    assert {pulse.source for pulse in found.pulses} == {"ecg"}
    assert Modality.HEART not in found.missing
    assert told(measured, "pulse")[0]["bpm"] == pytest.approx(70, abs=2)


def test_a_file_that_holds_no_heart_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "heart.csv"
    path.write_text("nothing\n")
    with pytest.raises(BadSignalError):
        live().feed_heart(path)


def test_stress_is_told_against_the_beginning_of_a_longer_recording(tmp_path: Path) -> None:
    measured = live()
    measured.feed_heart(ecg_file(tmp_path, secs=200))
    found = measured.measured()
    assert found.stress
    assert all(0.0 <= one.level <= 1.0 for one in found.stress)
    assert any("beginning" in remark for remark in found.remarks)


def test_a_sensor_gives_a_pulse_as_it_is_measured(tmp_path: Path) -> None:
    neurokit = pytest.importorskip("neurokit2")
    samples = neurokit.ecg_simulate(duration=20, sampling_rate=250, heart_rate=80, random_state=3)
    measured = live()
    measured.measure(True)
    for chunk in np.array_split(np.asarray(samples), 40):
        measured.feed_sensor(chunk, SignalKind.ECG, 250.0)
    assert measured.settle()
    assert told(measured, "pulse")[-1]["bpm"] == pytest.approx(80, abs=3)


async def test_what_is_said_to_a_visitor_is_in_the_language_that_they_read_now() -> None:
    visitor = Visitor("en")
    measured = live(language=visitor)
    await measured.speak(True)
    visitor.language = "ru"
    assert await measured.speak(False) is None
    assert "микрофона" in told(measured, "unheard")[0]["why"]


def test_a_missing_model_is_said_in_the_language_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise PerceptionError("there is no model")

    visitor = Visitor("ru")
    measured = live(language=visitor)
    visitor.language = "en"
    monkeypatch.setattr(models, "voices", gone)
    listen(measured, silence(0.5))
    assert told(measured, "failed")[0]["why"].startswith("The measurement broke off")


def test_why_nothing_was_read_is_told_in_the_language_of_now() -> None:
    visitor = Visitor("en")
    measured = live(language=visitor)
    watch(measured, [NOBODY])
    assert measured.measured().missing[FACE] == "no face in sight"
    visitor.language = "ru"
    assert measured.measured().missing[FACE] == "лицо было видно недостаточно хорошо"
    watch(measured, [NOBODY], start=1.0)
    assert measured.measured().missing[FACE] == "лица не видно"
    assert measured.measured().missing[Modality.VOICE] == "вслух ничего не было сказано"


def test_what_was_seen_stays_when_the_language_changes() -> None:
    visitor = Visitor("en")
    measured = live(language=visitor)
    watch(measured, [HAPPY] * 3)
    visitor.language = "ru"
    watch(measured, [HAPPY] * 2, start=1.0)
    assert measured.measured().faces == 5


def test_how_a_voice_sounds_is_said_in_the_language_of_now() -> None:
    visitor = Visitor("en")
    ear = Ear(Loudness(), lambda: None, visitor)
    spoken = np.concatenate([silence(0.3), speaking(1.5), silence(1.5)])
    (english,) = ear.feed(spoken)
    visitor.language = "ru"
    (russian,) = ear.feed((0.2 * spoken).astype(np.float32))
    assert "fast speech" in english.reading.cues
    assert "говорит быстро" in russian.reading.cues


def test_remarks_on_a_recorded_heart_are_in_the_language_of_now(tmp_path: Path) -> None:
    visitor = Visitor("en")
    measured = live(language=visitor)
    measured.feed_heart(ecg_file(tmp_path, bpm=160))
    (english,) = measured.measured().remarks
    visitor.language = "ru"
    (russian,) = measured.measured().remarks
    assert "160" in english
    assert "160" in russian
    assert english.isascii()
    assert not russian.isascii()


def test_a_doubt_about_a_recording_is_left_out_in_another_language(tmp_path: Path) -> None:
    visitor = Visitor("en")
    measured = live(language=visitor)
    path = tmp_path / "ppg.csv"
    path.write_text(ecg_file(tmp_path).read_text().replace("ecg", "ppg", 1))
    measured.feed_heart(path)
    assert "ECG" in measured.measured().missing[Modality.HEART]
    visitor.language = "ru"
    assert measured.measured().missing[Modality.HEART] == "пульс не измерялся"


def test_closing_keeps_the_figures_and_nothing_raw() -> None:
    measured = live()
    watch(measured, [HAPPY] * 3)
    measured.close()
    measured.feed_frame(jpeg())
    measured.feed_sound(b"\0" * 3_200)
    assert measured.measured().faces == 3
    assert measured._microphone._ear is None
    assert measured._faces._watch is None
    assert measured.outbox.closed


async def test_closing_twice_or_pressing_afterwards_does_no_harm() -> None:
    measured = live()
    measured.close()
    measured.close()
    assert await measured.speak(True) is None
    assert measured.state() is None


def test_two_visitors_never_share_anything() -> None:
    one, other = live(), live()
    watch(one, [HAPPY] * 3)
    watch(other, [SAD] * 3)
    tops = [state.top for state in (one.state(), other.state()) if state is not None]
    assert tops == [Emotion.JOY, Emotion.SADNESS]


def test_a_live_measurement_begins_with_what_the_guest_agreed_to() -> None:
    guest = Guests().welcome("kiosk", "ru")
    first = begin(guest, live().consent, Settings())
    second = begin(guest, live(FACE).consent, Settings())
    assert first.closed
    assert isinstance(guest.live, Live)
    assert guest.live is second
    assert second.language == "ru"
    guest.language = "en"
    assert second.language == "en"
