"""The emotion that leads, in view of a whole film."""

from insideout.perception.affect import Emotion
from insideout.perception.face.leading import with_leading
from insideout.perception.face.timeline import Row

STEP_SECS = 0.1


def row(place: int, number: int = 1, cut: bool = False, **shares: float) -> Row:
    rest = (1.0 - sum(shares.values())) / (len(Emotion) - len(shares))
    return Row(
        start_secs=place * STEP_SECS,
        end_secs=(place + 1) * STEP_SECS,
        number=number,
        face=True,
        shares=tuple(shares.get(emotion.value, rest) for emotion in Emotion),
        cut=cut,
    )


def leading(rows: list[Row]) -> list[Emotion | None]:
    return [one.emotion for one in with_leading(rows)]


def test_a_second_of_doubt_belongs_to_what_follows() -> None:
    doubt = [row(i, joy=0.35, sadness=0.3) for i in range(10)]
    sure = [row(i, sadness=0.9) for i in range(10, 40)]
    assert set(leading([*doubt, *sure])) == {Emotion.SADNESS}


def test_a_clear_smile_of_two_seconds_stays() -> None:
    calm = [row(i, neutral=0.9) for i in range(20)]
    smile = [row(i, joy=0.95) for i in range(20, 40)]
    again = [row(i, neutral=0.9) for i in range(40, 60)]
    found = leading([*calm, *smile, *again])
    assert found[20:40] == [Emotion.JOY] * 20


def test_a_new_shot_owes_nothing_to_the_old_one() -> None:
    rows = [*(row(i, sadness=0.9) for i in range(20)), row(20, cut=True, joy=0.6)]
    assert leading(rows)[-1] is Emotion.JOY


def test_another_person_owes_nothing_to_the_first() -> None:
    rows = [*(row(i, sadness=0.9) for i in range(20)), row(20, number=2, joy=0.6)]
    assert leading(rows)[-1] is Emotion.JOY


def test_what_was_not_read_is_left_unnamed() -> None:
    away = Row(start_secs=0.1, end_secs=0.2, number=1, face=True)
    assert leading([row(0, joy=0.9), away])[-1] is None
