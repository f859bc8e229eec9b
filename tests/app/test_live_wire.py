import math

import pytest
from tests.app.lives import packet

from insideout.perception.errors import BadSignalError
from insideout.service.web.live.clock import Clock
from insideout.service.web.live.wire import MOST_PACKET_BYTES, Kind, Order, order_of, unpack


def test_a_packet_says_what_it_holds_and_when_it_was_taken() -> None:
    found = unpack(packet(2, 12.5, b"\x01\x02"))
    assert (found.kind, found.secs, found.payload) == (Kind.SOUND, 12.5, b"\x01\x02")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "a packet of 0 bytes"),
        (b"\x01" + bytes(8), "expected 10 to"),
        (bytes(MOST_PACKET_BYTES + 1), f"a packet of {MOST_PACKET_BYTES + 1} bytes"),
        (packet(7, 1.0, b"x"), "kind 7"),
        (packet(1, math.nan, b"x"), "nan s"),
        (packet(1, math.inf, b"x"), "inf s"),
        (packet(1, -1.0, b"x"), "-1.0 s"),
    ],
)
def test_bytes_that_are_no_packet_are_refused(data: bytes, says: str) -> None:
    with pytest.raises(BadSignalError, match=says):
        unpack(data)


def test_an_order_begins_or_ends_something() -> None:
    assert order_of('{"type": "measure", "on": false}') == (Order.MEASURE, False)
    assert order_of('{"type": "alive"}') == (Order.ALIVE, True)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", '{"type": "shout", "on": true}', '{"type": "speak"}', "[" * 5_000],
)
def test_text_that_is_no_order_is_refused(text: str) -> None:
    with pytest.raises(BadSignalError, match="no order"):
        order_of(text)


def test_an_order_is_neither_one_nor_the_word_true() -> None:
    with pytest.raises(BadSignalError, match="expected true or false"):
        order_of('{"type": "speak", "on": 1}')


def test_a_browsers_clock_is_carried_over() -> None:
    clock = Clock()
    assert clock.here(1_000.0, 3.0) == 3.0
    assert clock.here(1_000.5, 3.6) == pytest.approx(3.5)  # the network took 0.1 s longer


def test_a_quicker_packet_shows_that_the_first_was_late() -> None:
    clock = Clock()
    clock.here(1_000.0, 3.4)
    assert clock.here(1_001.0, 4.0) == 4.0


def test_the_clock_of_a_page_that_was_reloaded_goes_on() -> None:
    clock = Clock()
    clock.here(1_000.0, 3.0)
    assert clock.here(0.2, 9.0) == 9.0


def test_no_packet_is_older_than_the_one_before_or_from_the_future() -> None:
    clock = Clock()
    times = [clock.here(theirs, now) for theirs, now in ((5.0, 1.0), (4.9, 1.1), (6.5, 1.2))]
    assert times == sorted(times)
    assert times[-1] <= 1.2
