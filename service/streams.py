"""Server-sent events. A stream holds a thread, so there are only so many, and each ends after a minute.

The browser's EventSource then connects again by itself; where no stream is free, the page polls.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask, Response, current_app

from service.current import settings

LOOK_SECONDS = 0.5
BEAT_SECONDS = 10.0  # a comment, so that a client that has gone is noticed
Look = Callable[[], tuple[Any, bool]]  # the state now (JSON-able), and whether it is the last one


def stream(look: Look) -> Response:
    """Send the state whenever it has changed, as `progress` events, and `done` after the last one."""
    slots = _slots(current_app)
    if not slots.acquire(blocking=False):
        return Response(status=503, headers={"Retry-After": "5"})
    response = Response(_events(look, settings().stream_seconds), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"  # nginx would hold events back
    response.call_on_close(slots.release)
    return response


def _events(look: Look, seconds: float) -> Iterator[str]:
    yield "retry: 2000\n\n"
    end, beat, last = time.monotonic() + seconds, time.monotonic(), None
    while time.monotonic() < end:
        state, finished = look()
        if state != last:
            last, beat = state, time.monotonic()
            yield f"event: progress\ndata: {json.dumps(state, ensure_ascii=False)}\n\n"
        if finished:
            yield "event: done\ndata: {}\n\n"
            return
        if time.monotonic() - beat > BEAT_SECONDS:
            beat = time.monotonic()
            yield ": still here\n\n"
        time.sleep(LOOK_SECONDS)


def _slots(app: Flask) -> threading.BoundedSemaphore:
    slots: threading.BoundedSemaphore = app.extensions.setdefault(
        "relais_streams", threading.BoundedSemaphore(settings().streams)
    )
    return slots
