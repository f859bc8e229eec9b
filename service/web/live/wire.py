"""What a page sends over the socket: packets of picture and sound, and orders in JSON."""

import json
import math
import struct
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from insideout.perception.errors import BadSignalError

# A kind, then little-endian seconds of the browser's clock, then the payload.
_HEAD = struct.Struct("<Bd")
MOST_PACKET_BYTES = 512 * 1024
"""Far above a frame of 480 pixels (about 20 kB) or a tenth of a second of sound (3.2 kB)."""

MOST_ORDER_CHARS = 1_000


class Kind(IntEnum):
    """What a packet holds: one JPEG, or samples of 16 bits at 16 kHz, mono, little-endian."""

    FRAME = 1
    SOUND = 2


class Order(StrEnum):
    """What a page may ask for. MEASURE and SPEAK begin or end; ALIVE says that somebody is there."""

    MEASURE = "measure"
    SPEAK = "speak"
    ALIVE = "alive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """secs: on the browser's clock."""

    kind: Kind
    secs: float
    payload: bytes


def unpack(data: bytes) -> Packet:
    """The packet; raises BadSignalError where the bytes are none.

    >>> unpack(b"\\x01" + bytes(8) + b"...").kind
    <Kind.FRAME: 1>
    """
    if not _HEAD.size < len(data) <= MOST_PACKET_BYTES:
        raise BadSignalError(
            f"a packet of {len(data)} bytes; expected {_HEAD.size + 1} to {MOST_PACKET_BYTES}"
        )
    kind, secs = _HEAD.unpack_from(data)
    if kind not in set(Kind):
        raise BadSignalError(f"a packet of kind {kind}; expected 1 (JPEG) or 2 (sound)")
    if not (math.isfinite(secs) and secs >= 0.0):
        raise BadSignalError(f"a packet of {secs} s; expected seconds from 0")
    return Packet(kind=Kind(kind), secs=secs, payload=data[_HEAD.size :])


def order_of(text: str) -> tuple[Order, bool]:
    """The order and whether it begins; raises BadSignalError where the text is none.

    >>> order_of('{"type": "speak", "on": true}')
    (<Order.SPEAK: 'speak'>, True)
    """
    try:
        record = json.loads(text[:MOST_ORDER_CHARS])
        order = Order(record["type"])
        begins = record["on"] if order is not Order.ALIVE else True
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadSignalError(f"{text[:80]!r} is no order of a page ({error})") from error
    if not isinstance(begins, bool):
        raise BadSignalError(f'"on" is {begins!r}; expected true or false')
    return order, begins
