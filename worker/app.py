"""The Celery application: the broker that carries hints, and how workers behave.

The database, not the broker, knows what is to be done (see `corpus.jobs`). A message only says “there is work, perhaps
this job”; a message lost is made up for by the sweep, a message delivered twice finds nothing left to do. So messages
are acknowledged early, never delayed, and no result is kept.
"""

from pathlib import Path
from typing import Any

from celery import Celery

from corpus.errors import Unavailable
from worker import folder_transport
from worker.settings import settings


def create_app() -> Celery:
    """Celery on Redis, or on the filesystem transport in the data folder when RELAIS_BROKER_URL is not set."""
    folder_transport.register()
    celery = Celery("relais", include=["worker.tasks"])
    celery.conf.update(
        broker_url=settings().broker_url,
        broker_transport_options=_transport_options(settings().broker_url, settings().data / "queue"),
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=5,
        task_publish_retry=False,  # whoever uploads gets an answer now; the sweep sends the hint again
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        task_default_queue="relais",
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_send_task_events=False,
        worker_pool=settings().worker_pool,
        worker_concurrency=settings().worker_concurrency,
        worker_enable_remote_control=False,
        timezone="UTC",
    )
    return celery


def _transport_options(broker_url: str, folder: Path) -> dict[str, Any]:
    if not broker_url.startswith("filesystem"):
        return {"socket_connect_timeout": 5, "socket_timeout": 30, "socket_keepalive": True}
    for name in ("messages", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    messages = str(folder / "messages")
    return {"data_folder_in": messages, "data_folder_out": messages, "control_folder": str(folder / "control")}


def check_broker() -> None:
    """Raises `Unavailable` when no message could be sent now."""
    try:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=5)
    except Exception as error:  # each transport has exceptions of its own
        raise Unavailable("the queue cannot be reached: %(reason)s", reason=error) from error


app = create_app()
