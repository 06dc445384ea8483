"""The folder as a queue: many producers and consumers at once, no message lost, doubled or half-read."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty
from uuid import uuid4

from kombu import Connection

from worker.app import _transport_options
from worker.folder_transport import register

MESSAGES = 200


def test_every_message_arrives_once_and_whole(tmp_path: Path) -> None:
    register()
    options = _transport_options("filesystem://", tmp_path)
    name = f"queue-{uuid4().hex}"  # kombu remembers for the whole process which queues it has bound, in any folder

    with Connection("filesystem://", transport_options=options) as connection:
        connection.SimpleQueue(name)  # kombu tells other threads of a binding before it is written: bind first
    got: list[int] = []

    def produce(producer: int) -> None:
        with Connection("filesystem://", transport_options=options) as connection:
            queue = connection.SimpleQueue(name)
            for number in range(MESSAGES):
                queue.put({"number": producer * MESSAGES + number})

    def consume(_: int) -> None:
        deadline = time.monotonic() + 60
        with Connection("filesystem://", transport_options=options) as connection:
            queue = connection.SimpleQueue(name)
            while len(got) < 2 * MESSAGES and time.monotonic() < deadline:
                try:
                    message = queue.get(timeout=0.5)
                except Empty:
                    continue
                got.append(message.payload["number"])
                message.ack()

    with ThreadPoolExecutor(4) as pool:
        work = [pool.submit(task, n) for task in (consume, produce) for n in range(2)]
        for each in work:
            each.result()
    assert sorted(got) == list(range(2 * MESSAGES))
