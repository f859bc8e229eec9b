"""The course of a state: ageing, a steady tag, lasting changes."""

from dataclasses import replace

from insideout.perception.affect import Emotion
from insideout.perception.course import Course, CourseOptions
from insideout.perception.label_spaces import CANONICAL
from insideout.perception.reading import Modality, Reading


def reading(secs: float, modality: Modality = Modality.FACE, **p: float) -> Reading:
    rest = (1.0 - sum(p.values())) / (8 - len(p))
    probabilities = {e.value: p.get(e.value, rest) for e in Emotion}
    return Reading(
        modality=modality,
        model="test",
        probabilities=probabilities,
        emotions=CANONICAL.emotions(probabilities),
        affect=CANONICAL.affect(probabilities),
        confidence=max(probabilities.values()),
        start_secs=secs,
        end_secs=secs,
    )


def silent(secs: float) -> Reading:
    return Reading(
        modality=Modality.FACE, model="test", abstained="no face", start_secs=secs, end_secs=secs
    )


def test_an_old_reading_counts_less_than_a_new_one() -> None:
    course = Course()
    course.add(reading(0.0, joy=0.8))
    course.add(reading(15.0, sadness=0.8))
    assert course.state(15.0).top is Emotion.SADNESS


def test_a_state_grows_less_sure_as_nothing_new_comes() -> None:
    course = Course()
    course.add(reading(0.0, joy=0.8))
    assert course.state(10.0).confidence < course.state(0.0).confidence / 3


def test_what_is_too_old_is_forgotten() -> None:
    course = Course()
    course.add(reading(0.0, joy=0.8))
    assert course.state(60.0).confidence == 0.0


def test_a_modality_that_now_abstains_no_longer_speaks() -> None:
    course = Course()
    course.add(reading(0.0, joy=0.8))
    course.add(silent(0.5))
    assert course.state(0.5).confidence == 0.0


def test_the_tag_does_not_follow_a_flicker() -> None:
    course = Course()
    course.add(reading(0.0, Modality.VOICE, joy=0.45, surprise=0.4))
    tags = [course.state(0.0).top]
    course.add(reading(0.5, Modality.VOICE, surprise=0.5, joy=0.38))
    tags.append(course.state(0.5).top)
    assert tags == [Emotion.JOY, Emotion.JOY]


def test_the_tag_follows_what_lasts() -> None:
    course = Course(options=CourseOptions(margin=1.0, hold_secs=2.0))
    course.add(reading(0.0, Modality.VOICE, joy=0.8))
    course.state(0.0)
    for secs in (100.0, 101.0, 102.0):
        course.add(reading(secs, Modality.VOICE, sadness=0.8))
        state = course.state(secs)
    assert state.top is Emotion.SADNESS


def test_the_tag_follows_a_clear_change_at_once() -> None:
    course = Course()
    course.add(reading(0.0, joy=0.9))
    course.state(0.0)
    course.add(reading(20.0, sadness=0.9))
    assert course.state(20.0).top is Emotion.SADNESS


def test_a_lasting_change_is_told_with_its_direction() -> None:
    course = Course()
    for secs in range(90):
        now = float(secs)
        course.add(reading(now, anger=0.9) if secs < 60 else reading(now, neutral=0.9))
        state = course.state(float(secs))
    assert state.change is not None
    assert state.change.arousal < -0.25


def test_a_steady_state_has_no_change() -> None:
    course = Course()
    for secs in range(90):
        course.add(reading(float(secs), anger=0.9))
        state = course.state(float(secs))
    assert state.change is None


def test_an_hour_of_frames_leaves_no_more_than_the_last_ones() -> None:
    course = Course()
    for tick in range(3_600):
        course.add(reading(float(tick), joy=0.5))
        state = course.state(float(tick))
    assert len(state.readings) <= 64


def test_a_reading_with_the_times_of_a_file_counts_from_the_moment_it_is_given() -> None:
    course = Course()
    course.add(reading(3.0, joy=0.8), at_secs=500.0)
    assert course.state(500.0).confidence == 0.8


def test_a_long_film_ages_like_any_other_reading() -> None:
    course = Course()
    course.add(reading(3_600.0, joy=0.8), at_secs=2.0)
    assert course.state(60.0).confidence == 0.0


def test_a_moved_reading_keeps_its_length() -> None:
    course = Course()
    course.add(replace(reading(3.0, joy=0.8), start_secs=1.0), at_secs=500.0)
    (moved,) = course.state(500.0).readings
    assert (moved.start_secs, moved.end_secs) == (498.0, 500.0)
