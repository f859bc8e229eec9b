"""The lab's charts: places right, nothing of a file's name or words rendered."""

import re

import pytest

from insideout.perception.face.timeline import Row
from insideout.service.web.lab.bars import bars, colour, percent
from insideout.service.web.lab.charts import WIDE, Axis, area, box, clock, line, row, stacked
from insideout.service.web.lab.film_chart import thinned

ATTACK = "<script>alert(1)</script>"


def test_time_runs_across_the_drawing() -> None:
    axis = Axis(secs=20.0, start_secs=10.0)
    assert [axis.x(secs) for secs in (10.0, 15.0, 30.0)] == [0.0, 250.0, WIDE]


def test_what_lies_outside_is_cut_off() -> None:
    axis = Axis(secs=20.0)
    assert (axis.x(-5.0), axis.x(99.0)) == (0.0, WIDE)


@pytest.mark.parametrize("secs", [0.3, 2.4, 9.0, 60.0, 61.0, 1806.0, 86_400.0])
def test_there_are_a_few_round_times(secs: float) -> None:
    times = Axis(secs=secs).times()
    assert 1 <= len(times) <= 14
    assert all(0.0 <= time <= secs for time in times)


def test_an_axis_of_nothing_divides_by_nothing() -> None:
    assert Axis(secs=0.0).x(1.0) == 0.0


def test_clock_says_tenths_of_what_is_short() -> None:
    assert (clock(2.4185, 2.4185), clock(75.4), clock(3_671.0)) == ("2.4 s", "1:15", "1:01:11")


def test_areas_stand_on_each_other() -> None:
    drawn = stacked([0.0, 10.0], [(0.25, 0.75), (0.25, 0.75)], ("joy", "fear"), 100.0)
    points = re.findall(r'points="([^"]+)"', drawn)
    assert points[0] == "0.0,100.0 10.0,100.0 10.0,75.0 0.0,75.0"
    assert points[1] == "0.0,75.0 10.0,75.0 10.0,0.0 0.0,0.0"


def test_a_line_of_one_point_is_none() -> None:
    assert line([(1.0, 2.0)], "l-rate") == ""


def test_names_and_tooltips_cannot_become_markup() -> None:
    drawn = row(ATTACK, box(0, 1, 0, 1, "joy", ATTACK) + area([(0, 0)], "joy", ATTACK), ATTACK,
                high=100, pixels=20)  # fmt: skip
    assert "<script" not in drawn + bars([("joy", ATTACK, 0.5)])


def test_a_long_film_is_thinned_to_its_ends() -> None:
    rows = [Row(start_secs=n, end_secs=n + 1, number=1, face=True) for n in range(1_000)]
    kept = thinned(rows, 10)
    assert (len(kept), kept[0], kept[-1]) == (10, rows[0], rows[-1])


def test_a_small_share_is_not_none() -> None:
    assert [percent(share) for share in (0.0, 0.004, 0.126)] == ["0%", "<1%", "13%"]


def test_a_label_has_the_colour_of_its_emotion() -> None:
    assert colour("happy", "ravdess") == "joy"
    assert colour("joy", "anything") == "joy"
    assert colour("no stress", "stress") == "l-other"
