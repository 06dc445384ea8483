"""Fetching a large file over HTTP so that a broken connection costs what was not yet fetched, and no more."""

import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from corpus.errors import RelaisError, Unavailable

Progress = Callable[[int, int | None], None]
"""Called with bytes had so far and in all (None where the server does not say)."""

TRIES = 5  # in a row that got no further than those before
_TIMEOUT = 30  # seconds without a byte
_LARGEST = 4 << 30


def fetch_json(url: str, *, within: float) -> Any:
    """JSON at `url`, known within that many seconds, name look-up included. Raises `Unavailable`."""
    _only_http(url)
    answer: list[Any] = []

    def ask() -> None:
        try:
            with urllib.request.urlopen(url, timeout=within) as response:  # noqa: S310 - http(s) only, see _only_http
                answer.append(json.loads(response.read(64 << 20)))
        except (OSError, http.client.HTTPException, ValueError) as error:
            answer.append(error)

    # The socket's timeout does not cover the look-up of the name, which can hang for long on a machine without a
    # network: hence a thread that may be left behind.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(within)
    if not answer or isinstance(answer[0], Exception):
        reason = answer[0] if answer else f"no answer within {within:g} s"
        raise Unavailable("%(url)s cannot be read: %(reason)s", url=url, reason=reason)
    return answer[0]


def download(url: str, into: Path, progress: Progress | None = None) -> None:
    """Fetch `url` to the file `into`. What arrives is kept in `into`.part and gone on with, also by a later call.

    Raises `Unavailable` when the server cannot be reached or keeps breaking off, `RelaisError` for a bad address.
    """
    _only_http(url)
    part = _Part(into)
    furthest, failures = part.size, 0
    while True:
        try:
            if _go_on(url, part, progress):
                break
            reason = "the connection broke off"
        except urllib.error.HTTPError as error:
            if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and part.size:
                part.drop()  # what we have is not a beginning of what they have
            elif error.code < 500:  # it will not change its mind
                raise Unavailable("%(url)s cannot be read: %(reason)s", url=url, reason=error) from None
            reason = str(error)
        except (OSError, http.client.HTTPException) as error:
            reason = str(error) or type(error).__name__
        failures = 0 if part.size > furthest else failures + 1
        furthest = max(furthest, part.size)
        if failures >= TRIES:
            raise Unavailable("%(url)s cannot be fetched: %(reason)s", url=url, reason=reason)
        time.sleep(0.2 * failures)
    part.finish(into)


class _Part:
    """The unfinished file, and beside it which file of the server's it is a part of."""

    def __init__(self, into: Path) -> None:
        self.path = into.with_name(into.name + ".part")
        self._note = into.with_name(into.name + ".part.json")

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def validator(self) -> str | None:
        """ETag or Last-Modified the server gave with the bytes we have."""
        try:
            found = json.loads(self._note.read_text())["validator"]
        except (OSError, ValueError, KeyError):
            return None
        return found if isinstance(found, str) else None

    def open(self, validator: str | None, *, append: bool) -> BinaryIO:
        self._note.write_text(json.dumps({"validator": validator}))
        return self.path.open("ab" if append else "wb")

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def finish(self, into: Path) -> None:
        self.path.replace(into)
        self._note.unlink(missing_ok=True)


def _go_on(url: str, part: _Part, progress: Progress | None) -> bool:
    """One request for what is missing. Whether the file is whole now."""
    have, known = part.size, part.validator
    request = urllib.request.Request(url)  # noqa: S310 - http(s) only, see _only_http
    if have and known:  # without a validator there is no telling whether it is still the same file
        request.add_header("Range", f"bytes={have}-")
        request.add_header("If-Range", known)
    with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:  # noqa: S310
        resumed = response.status == http.HTTPStatus.PARTIAL_CONTENT
        begin = have if resumed else 0
        left = response.headers.get("Content-Length")
        total = begin + int(left) if left and left.isdigit() else None
        _within_bounds(url, total or 0)
        validator = _strong(response.headers.get("ETag")) or response.headers.get("Last-Modified")
        with part.open(validator, append=resumed) as sink:
            at = begin
            while block := _read(response):
                sink.write(block)
                at += len(block)
                _within_bounds(url, at)
                if progress:
                    progress(at, total)
    return total is None or at == total


def _read(response: http.client.HTTPResponse) -> bytes:
    """The next block; what came before a break counts."""
    try:
        return response.read1(1 << 18)
    except (TimeoutError, http.client.IncompleteRead, ConnectionError):
        return b""


def _strong(etag: str | None) -> str | None:
    return etag if etag and not etag.startswith("W/") else None


def _within_bounds(url: str, size: int) -> None:
    if size > _LARGEST:
        raise RelaisError("%(url)s: is larger than any package", url=url)


def _only_http(url: str) -> None:
    if urlsplit(url).scheme not in ("http", "https"):
        raise RelaisError("%(url)s: only http and https addresses can be fetched", url=url)
