"""An upload becomes an article, a version, its blocks and one job, in one transaction; then the workers are told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from corpus import jobs
from corpus.articles import NewBlock, NewVersion, add_version, create_article
from corpus.database import Database
from corpus.errors import RelaisError
from corpus.models import Job, Version
from worker.app import check_broker
from worker.engine.routes import route
from worker.ingest.base import Block, Document
from worker.tasks import announce


@dataclass(frozen=True)
class Submitted:
    """What the uploader is told: the article's number, the version's, and the job's public name."""

    article_id: int
    version: int
    job_key: str


def submit(
    database: Database,
    document: Document,
    *,
    languages: Sequence[str],
    actor_id: int | None = None,
    article_id: int | None = None,
    idempotency_key: str | None = None,
    title: str | None = None,
    filename: str | None = None,
    **article: Any,
) -> Submitted:
    """Store an upload and queue its translation; with ``article_id`` it is a correction of that article.

    ``article`` may hold topic, byline, external_id, embargo and sample of a new one. An upload sent again with the same
    ``idempotency_key`` gives the first one's answer. Raises `RelaisError` before anything is stored: no text, no
    language, no package for a route, queue down.
    """
    _check(document, languages)
    with database.writing() as session:
        earlier = jobs.find_by_idempotency_key(session, idempotency_key) if idempotency_key else None
        if earlier:
            return _answer(earlier)
        version = store(
            session, document, article_id=article_id, actor_id=actor_id, title=title, filename=filename, **article
        )
        job = jobs.create_job(session, version, languages, actor_id=actor_id, idempotency_key=idempotency_key)
        answer = _answer(job)
    announce(answer.job_key)
    return answer


def store(
    session: Session,
    document: Document,
    *,
    article_id: int | None = None,
    actor_id: int | None = None,
    title: str | None = None,
    filename: str | None = None,
    **article: Any,
) -> Version:
    """A document as a new article, or as the next version of one. Nothing is queued."""
    new = _new_version(document, title, filename)
    if article_id is None:
        return create_article(session, new, actor_id=actor_id, **article)
    return add_version(session, article_id, new, actor_id=actor_id)


def _check(document: Document, languages: Sequence[str]) -> None:
    if not document.blocks:
        raise RelaisError("there is no text to translate")
    if not languages:
        raise RelaisError("choose at least one language to translate into")
    for language in languages:
        route("fr", language)  # raises when no package leads there
    check_broker()


def _answer(job: Job) -> Submitted:
    return Submitted(job.version.article_id, job.version.number, job.key)


def _new_version(document: Document, title: str | None, filename: str | None) -> NewVersion:
    return NewVersion(
        title=title or document.title or _first_words(document),
        text=document.text,
        blocks=[_new_block(block) for block in document.blocks],
        set_aside=[
            {"start": s.span.start, "end": s.span.end, "text": s.text, "reason": s.reason} for s in document.set_aside
        ],
        warnings=[[code, parameters] for code, parameters in document.warnings],
        details=document.metadata,
        format=document.format,
        filename=filename,
    )


def _new_block(block: Block) -> NewBlock:
    marks = [replace(m, node=None).as_dict() for m in block.marks]
    return NewBlock(
        kind=block.kind.value, span=block.span, level=block.level, marks=marks, marker=block.marker, part=block.part
    )


def _first_words(document: Document) -> str:
    words = document.blocks[0].span.of(document.text).split()
    return " ".join(words[:12])
