"""What Gradio keeps of pages that were closed, their last conversation among it."""

from datetime import datetime

import gradio as gr

# A page that lost its connection for a moment goes on as the same.
GRACE_SECS = 60.0


def forget_closed(blocks: gr.Blocks, grace_secs: float = GRACE_SECS) -> int:
    """Let go of what components last showed on pages that are closed; how many pages that were.

    Gradio itself keeps it, half a megabyte a page, of ten thousand pages.
    """
    holder = blocks.state_holder
    closed = [
        session
        for session, state in list(holder.session_data.items())
        if state.is_closed and _unused_secs(holder.time_last_used.get(session)) > grace_secs
    ]
    for session in closed:
        with holder.lock:
            holder.session_data.pop(session, None)
            holder.time_last_used.pop(session, None)
    return len(closed)


def _unused_secs(last_used: datetime | None) -> float:
    if last_used is None:
        return float("inf")
    return (datetime.now() - last_used).total_seconds()  # noqa: DTZ005 - as Gradio notes it
