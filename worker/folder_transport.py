"""kombu's filesystem transport, made safe for several processes: no file is ever seen half-written.

The original opens a message file and then writes it; a worker that looks in between reads an empty message and dies of
it. Here a file is written under another name and then renamed, which POSIX does in one step.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Messages and queue tables appear whole or not at all."""

    def _put(self, queue: str, payload: dict[str, Any], **_: object) -> None:  # type: ignore[override] # kombu's own two
        name = f"{time.time_ns() // 1_000_000:015}_{uuid4()}.{queue}.msg"  # workers take the smallest name first
        _write(Path(self.data_folder_out) / name, dumps(payload))

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        bound: list[Sequence[str]] = [list(entry) for entry in self.get_table(exchange)]
        entry = [routing_key or "", pattern or "", queue or ""]
        if entry not in bound:
            _write(self._exchange_file(exchange), dumps([*bound, entry]))


class Transport(filesystem.Transport):
    """What `filesystem://` means in Relais."""

    Channel = Channel


def register() -> None:
    """Make kombu use this transport for `filesystem://` URLs."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"


def _write(path: Path, text: str) -> None:
    unfinished = path.parent / f"unfinished-{uuid4()}"  # no name that a reader looks for
    unfinished.write_text(text, encoding="utf-8")
    unfinished.rename(path)
