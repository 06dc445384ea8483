"""An upload as it comes over HTTP, read into a document: a pasted text or a file, set-aside pieces given back."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from corpus.errors import RelaisError
from corpus.models import Job, now
from corpus.spans import Span
from service.current import database, settings
from service.settings import TARGETS
from worker.ingest import ingest, restore
from worker.ingest.base import Block, Document, Kind
from worker.submission import Submitted, submit


@dataclass(frozen=True)
class Upload:
    """A document read from an upload, and the name of the file it came in."""

    document: Document
    filename: str | None

    @property
    def digest(self) -> str:
        """Names the text, so that numbers of set-aside stretches are not taken for those of another text."""
        return hashlib.sha256(self.document.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def with_restored(self, numbers: Collection[int]) -> Document:
        """The document with these set-aside stretches back in it."""
        document = self.document
        for number in sorted(set(numbers), reverse=True):  # from the last: each removal moves those behind it
            document = restore(document, number)
        return document


def with_headline(document: Document, title: str) -> Document:
    """The document under a headline typed by hand, where it has none of its own: readers' pages need one."""
    if document.title or not title:
        return document
    by = len(title) + 2

    def moved(block: Block) -> Block:
        marks = tuple(replace(mark, span=mark.span.shifted(by)) for mark in block.marks)
        return replace(block, span=block.span.shifted(by), marks=marks)

    return replace(
        document,
        text=f"{title}\n\n{document.text}",
        blocks=(Block(Kind.HEADLINE, Span(0, len(title))), *map(moved, document.blocks)),
        set_aside=tuple(replace(piece, span=piece.span.shifted(by)) for piece in document.set_aside),
    )


class TooManyUploads(RelaisError):
    """One account sends more than the settings allow."""

    status = 429
    code = "too_many_requests"
    retry_after = 60


def read_upload(text: str, file: FileStorage | None) -> Upload:
    """Raises `RelaisError` where there is neither text nor file, both, or nothing to translate in them."""
    name = (file.filename or "").rsplit("/", 1)[-1].rsplit("\\", 1)[-1] if file else ""
    if file and name:
        if text.strip():
            raise RelaisError("send either a text or a file, not both")
        data = file.read()
        if not data.strip():
            raise RelaisError("the file %(name)s is empty", name=name)
        return Upload(ingest(data, filename=name, media_type=file.mimetype or None), name)
    if not text.strip():
        raise RelaisError("there is no text to translate")
    return read_text(text, None, None)


def read_text(text: str, filename: str | None, media_type: str | None) -> Upload:
    """Raises `RelaisError`."""
    return Upload(ingest(text.encode("utf-8", "replace"), filename=filename, media_type=media_type), filename)


def parse_languages(wanted: Sequence[str]) -> list[str]:
    """The target languages, each once. Raises `RelaisError` for none or an unknown one."""
    for language in wanted:
        if language not in TARGETS:
            raise RelaisError("Relais does not translate into “%(language)s”", language=language)
    if not wanted:
        raise RelaisError("choose at least one language to translate into")
    return [language for language in TARGETS if language in wanted]


def parse_moment(typed: str | None) -> datetime | None:
    """An ISO 8601 date and time; without an offset, it is the newsroom's time. Raises `RelaisError`."""
    if not typed:
        return None
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        raise RelaisError("“%(text)s” is not a date and time", text=typed) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(settings().time_zone))


def send(document: Document, *, account_id: int, **options: Any) -> Submitted:
    """Store and queue a document, as `worker.submission.submit` does. Raises `RelaisError`."""
    with database().reading() as session:
        _check_rate(session, account_id)
    return submit(database(), document, actor_id=account_id, **options)


def _check_rate(session: Session, account_id: int) -> None:
    since = now() - timedelta(minutes=1)
    query = select(func.count()).where(Job.created_by_id == account_id, Job.created_at >= since)
    if (session.scalar(query) or 0) >= settings().uploads_per_minute:
        raise TooManyUploads(
            "too many uploads in a minute; the limit is %(limit)s", limit=settings().uploads_per_minute
        )
