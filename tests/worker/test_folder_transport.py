"""The folder as a queue: many producers and consumers at once, no message lost, doubled or half-read."""

import threading
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

    def produce(producer: int) -> None:
        with Connection("filesystem://", transport_options=options) as connection:
            queue = connection.SimpleQueue(name)
            for number in range(MESSAGES):
                queue.put({"number": producer * MESSAGES + number})

    done = threading.Event()

    def consume(_: int) -> list[int]:
        got: list[int] = []
        with Connection("filesystem://", transport_options=options) as connection:
            queue = connection.SimpleQueue(name)
            while True:
                try:
                    message = queue.get(timeout=0.5)
                except Empty:
                    if done.is_set():
                        return got
                    continue
                got.append(message.payload["number"])
                message.ack()

    with ThreadPoolExecutor(4) as pool:
        consumers = [pool.submit(consume, n) for n in range(2)]
        producers = [pool.submit(produce, n) for n in range(2)]
        for producer in producers:
            producer.result()
        done.set()
        got = [number for consumer in consumers for number in consumer.result()]
    assert sorted(got) == list(range(2 * MESSAGES))
