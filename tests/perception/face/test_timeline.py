from insideout.perception.affect import Emotion
from insideout.perception.face.timeline import Row, at, cuts, episodes, gaps

_SAD = tuple(float(emotion is Emotion.SADNESS) for emotion in Emotion)
_GLAD = tuple(float(emotion is Emotion.JOY) for emotion in Emotion)


def _row(
    start: float,
    end: float,
    shares: tuple[float, ...] = (),
    *,
    face: bool = True,
    cut: bool = False,
) -> Row:
    return Row(
        start_secs=start,
        end_secs=end,
        number=1 if face else None,
        face=face,
        shares=shares,
        cut=cut,
    )


ROWS = (
    _row(0.0, 2.0, _SAD),
    _row(2.0, 2.1, _GLAD),
    _row(2.1, 4.0, _SAD),
    _row(4.0, 5.0, face=False, cut=True),
    _row(5.0, 6.0, face=False),
    _row(6.0, 8.0, _GLAD),
)


def test_a_time_finds_its_row() -> None:
    found = [at(ROWS, secs) for secs in (0.0, 2.05, 7.9)]
    assert found == [ROWS[0], ROWS[1], ROWS[5]]
    assert at(ROWS, -0.1) is None
    assert at(ROWS, 8.0) is None


def test_a_moment_too_short_for_an_expression_is_no_episode() -> None:
    found = [(e.start_secs, e.end_secs, e.emotion) for e in episodes(ROWS)]
    assert found == [(0.0, 4.0, Emotion.SADNESS), (4.0, 6.0, None), (6.0, 8.0, Emotion.JOY)]


def test_a_flicker_goes_to_what_follows_it() -> None:
    flicker = [_row(n / 10, n / 10 + 0.1, (_SAD, _GLAD)[n % 2]) for n in range(6)]
    found = episodes([*flicker, _row(0.6, 3.0, _GLAD)])
    assert [(e.start_secs, e.end_secs, e.emotion) for e in found] == [(0.0, 3.0, Emotion.JOY)]


def test_a_film_of_one_short_moment_keeps_it() -> None:
    assert [e.emotion for e in episodes(ROWS[1:2])] == [Emotion.JOY]
    assert episodes(()) == ()


def test_cuts_and_gaps_are_told() -> None:
    assert cuts(ROWS) == (4.0,)
    assert gaps(ROWS) == ((4.0, 6.0),)


def test_a_row_without_a_face_is_null_in_json() -> None:
    record = ROWS[3].to_json()
    assert (record["face"], record["emotion"], record["probabilities"]) == (None, None, {})
    assert ROWS[0].to_json()["emotion"] == "sadness"
