from insideout.service.web.live.outbox import Outbox
from insideout.service.web.live.ring import Ring


def ticks(ring: Ring, start: float, secs: float, measured: bool = True) -> list[str]:
    """The types of the messages of that long, ten signals a second."""
    found = []
    for number in range(1, round(secs * 10) + 1):
        found += [str(m["type"]) for m in ring.tick(start + number / 10, measured)]
    return found


def test_it_is_full_after_its_seconds_and_says_so_once() -> None:
    ring = Ring(5.0)
    ring.measure(True, 0.0)
    assert "done" not in ticks(ring, 0.0, 4.8)
    assert ticks(ring, 4.8, 4.0).count("done") == 1


def test_seconds_without_a_face_do_not_count() -> None:
    ring = Ring(5.0)
    ring.measure(True, 0.0)
    ticks(ring, 0.0, 4.0)
    assert "done" not in ticks(ring, 4.0, 20.0, measured=False)


def test_a_gap_between_two_signals_does_not_count() -> None:
    ring = Ring(5.0)
    ring.measure(True, 0.0)
    assert ring.tick(60.0, True)[0]["secs"] == 0.5


def test_nothing_counts_before_it_began() -> None:
    assert ticks(Ring(5.0), 0.0, 10.0) == []


def test_a_pause_stops_the_time() -> None:
    ring = Ring(5.0)
    ring.measure(True, 10.0)
    ring.measure(False, 13.0)
    assert ring.elapsed_secs(99.0) == 3.0


def test_progress_is_told_twice_a_second() -> None:
    ring = Ring(60.0)
    ring.measure(True, 0.0)
    assert 19 <= len(ticks(ring, 0.0, 10.0)) <= 21


def test_of_what_changes_all_the_time_only_the_newest_waits() -> None:
    box = Outbox()
    for bpm in (70, 71, 72):
        box.put({"type": "pulse", "bpm": bpm})
    assert box.take() == [{"type": "pulse", "bpm": 72}]


def test_an_outbox_that_nobody_empties_does_not_grow() -> None:
    box = Outbox()
    for number in range(10_000):
        box.put({"type": "heard", "text": str(number)})
    assert len(box.take()) < 100


def test_a_closed_outbox_takes_nothing() -> None:
    box = Outbox()
    box.close()
    box.put({"type": "done"})
    assert box.take() == []
