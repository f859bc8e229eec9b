"""Who may open a socket, and how one is closed."""

from enum import IntEnum
from urllib.parse import urlsplit

from fastapi import WebSocket, WebSocketDisconnect


class Closing(IntEnum):
    """Why a socket was closed; live.js does not come back after one of these."""

    BAD_PACKETS = 4400
    NOT_YOURS = 4401
    NOT_BEGUN = 4404
    ELSEWHERE = 4409
    OVER = 4410


class RefusedError(Exception):
    """Whoever opened the socket is not let in. why: in their language."""

    def __init__(self, code: Closing, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


def same_origin(socket: WebSocket, public_url: str | None = None) -> bool:
    """Whether the page that opens the socket is ours: no other site may use its visitor's token."""
    origin = urlsplit(socket.headers.get("origin", ""))
    ours = {socket.headers.get("host", "")}
    if public_url:
        ours.add(urlsplit(public_url).netloc)
    return bool(origin.netloc) and origin.netloc in ours


async def dismiss(socket: WebSocket, code: Closing, why: str) -> None:
    """Say why, and close; nothing happens where the other side has gone already."""
    try:
        if why:
            await socket.send_json({"type": "failed", "why": why})
        await socket.close(code)
    except (RuntimeError, WebSocketDisconnect):
        return
