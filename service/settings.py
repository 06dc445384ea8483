"""What the front end needs to know of its machine. Read once from the environment."""

import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

import corpus.settings
from corpus.errors import RelaisError, Unavailable
from worker.ingest.limits import FILE_BYTES

LANGUAGES = ("fr", "en", "uk")  # of the interface and of the readers' pages
TARGETS = ("en", "uk")
FORM_BYTES = 200_000  # the fields and boundaries around an upload


@dataclass(frozen=True)
class Settings:
    """How pages and API are served.

    ``data``: the folder of everything Relais keeps. ``newspaper``: the name readers see. ``time_zone``: of dates shown
    and of embargoes typed. ``public_url``: scheme and host of the addresses in feeds; None takes the request's.
    ``secure_cookies``: only over HTTPS. ``proxies``: reverse proxies in front whose X-Forwarded headers are believed.
    ``upload_bytes``: of one request. ``uploads_per_minute``: of one account. ``streams``: event streams at a time,
    each of which holds a thread for at most ``stream_seconds``.
    """

    data: Path
    secret_key: str
    newspaper: str = "Relais"
    time_zone: str = "Europe/Paris"
    public_url: str | None = None
    secure_cookies: bool = False
    proxies: int = 0
    upload_bytes: int = FILE_BYTES + FORM_BYTES
    uploads_per_minute: int = 60
    streams: int = 12
    stream_seconds: float = 60.0


@cache
def settings() -> Settings:
    """RELAIS_SECRET_KEY (by default made at the first start and kept in the data folder), RELAIS_NEWSPAPER…"""
    env = os.environ
    data = corpus.settings.settings().data
    return Settings(
        data=data,
        secret_key=env.get("RELAIS_SECRET_KEY") or _kept_key(data),
        newspaper=env.get("RELAIS_NEWSPAPER") or Settings.newspaper,
        time_zone=_time_zone(env.get("RELAIS_TIME_ZONE") or Settings.time_zone),
        public_url=(env.get("RELAIS_PUBLIC_URL") or "").rstrip("/") or None,
        secure_cookies=env.get("RELAIS_SECURE_COOKIES", "") in ("1", "true", "yes"),
        proxies=int(env.get("RELAIS_PROXIES") or 0),
        uploads_per_minute=int(env.get("RELAIS_UPLOADS_PER_MINUTE") or Settings.uploads_per_minute),
        streams=int(env.get("RELAIS_STREAMS") or Settings.streams),
        stream_seconds=float(env.get("RELAIS_STREAM_SECONDS") or Settings.stream_seconds),
    )


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise RelaisError("RELAIS_TIME_ZONE: there is no time zone %(name)s", name=name)
    return name


def _kept_key(data: Path) -> str:
    """The key in the data folder, made by whichever process comes first, readable by its owner alone."""
    file = data / "secret-key"
    try:
        data.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            draft = data / f"secret-key.{secrets.token_hex(8)}"
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
                new.write(secrets.token_urlsafe(48))
            try:
                os.link(draft, file)  # fails where another process was quicker; its key counts
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return file.read_text(encoding="ascii")
    except OSError as error:
        raise Unavailable("the secret key cannot be kept: %(reason)s", reason=error.strerror) from None
