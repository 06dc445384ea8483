"""What Celery workers do: take up work while there is some, and look from time to time for what was left behind."""

import logging
import os
import socket
import threading
from typing import Any

from celery.signals import worker_ready, worker_shutting_down

from corpus import jobs
from corpus.database import database
from glossary import store
from worker.app import app, check_broker
from worker.reenforcing import reenforce as enforce_again
from worker.reenforcing import touched
from worker.settings import settings
from worker.work import cut_next, translate_next

log = logging.getLogger(__name__)
_stopping = threading.Event()


@app.task(name="relais.work")  # type: ignore[untyped-decorator, unused-ignore]
def work(job_key: str | None = None) -> int:
    """Cut and translate until nothing is free; returns the number of chunks done.

    ``job_key`` is the job that the message came from, cut first so that its progress shows at once. New jobs are cut
    before the next chunk is taken, and each job's first chunks come first: short articles do not wait behind long ones.
    """
    owner = f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"
    done = 0
    cut_next(database(), owner, job_key)
    while not _stopping.is_set():
        while cut_next(database(), owner):
            pass
        if not translate_next(database(), owner):
            break
        done += 1
    return done


def announce(job_key: str) -> None:
    """Tell the workers of a new job. A broker that is down now costs time, not the job: the sweep will find it."""
    try:
        work.apply_async([job_key])
    except Exception:
        log.warning("job %s is stored, but the queue could not be told; a worker will find it", job_key, exc_info=True)


@app.task(name="relais.reenforce")  # type: ignore[untyped-decorator, unused-ignore]
def reenforce(term_key: str, edition_id: int, actor_id: int, reason: str) -> int:
    """Enforce a changed term again in one edition; returns how many sentences changed.

    All or nothing, and safe to be asked for twice. A message that the broker loses changes nothing: the editor still
    sees the old hits, and asks again.
    """
    with database().reading() as session:
        term = store.find(session, term_key)
        found = touched(session, [term] if term else [], [term_key], edition_id=edition_id)
    return sum(enforce_again(database(), change, actor_id=actor_id, reason=reason) for change in found)


def ask_to_reenforce(term_key: str, edition_id: int, *, actor_id: int, reason: str) -> None:
    """Send it to the workers. Raises `Unavailable` when the queue cannot be reached: nothing else would remember it."""
    check_broker()
    reenforce.apply_async([term_key, edition_id, actor_id, reason])


def sweep() -> int:
    """Send one hint when work lies about that nobody has in hand; returns how many pieces there are."""
    with database().reading() as session:
        queued, waiting = jobs.stranded(session)
    if queued or waiting:
        work.apply_async([queued[0] if queued else None])
    return len(queued) + len(waiting)


@worker_ready.connect  # type: ignore[untyped-decorator, unused-ignore]
def _start_sweeping(**_: Any) -> None:
    _stopping.clear()
    threading.Thread(target=_sweep_for_ever, name="sweep", daemon=True).start()


@worker_shutting_down.connect  # type: ignore[untyped-decorator, unused-ignore]
def _stop(**_: Any) -> None:
    _stopping.set()


def _sweep_for_ever() -> None:
    for _ in range(settings().worker_concurrency):  # what the last worker left, on all threads at once
        _try_to_sweep()
    while not _stopping.wait(settings().sweep_seconds):
        _try_to_sweep()


def _try_to_sweep() -> None:
    try:
        sweep()
    except Exception:
        log.exception("the sweep failed and will be tried again")
