"""Articles and versions: taking in a new text, finding it again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from corpus.errors import Conflict, NotFound
from corpus.history import record
from corpus.models import Article, Block, Segment, Version
from corpus.spans import Span


@dataclass(frozen=True)
class NewBlock:
    """A block to be stored. Offsets count characters of the version's text; marks are JSON-able."""

    kind: str
    span: Span
    level: int = 0
    marks: list[dict[str, Any]] = field(default_factory=list)
    marker: str = ""  # of a list item: "1.", "•"
    part: str = "body"  # or header, footer, footnote


@dataclass(frozen=True)
class NewVersion:
    """A text to be stored, with its blocks in order. ``set_aside`` and ``warnings`` are JSON-able."""

    title: str
    text: str
    blocks: Sequence[NewBlock]
    set_aside: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[Any] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)
    format: str = "text"
    filename: str | None = None

    @property
    def sha256(self) -> str:
        """Of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def create_article(
    session: Session,
    new: NewVersion,
    *,
    actor_id: int | None = None,
    topic: str = "",
    byline: str = "",
    external_id: str | None = None,
    embargo: datetime | None = None,
    sample: bool = False,
) -> Version:
    """A new story with its first version. Raises `Conflict` when the CMS's number is taken."""
    if external_id and session.scalar(select(Article.id).where(Article.external_id == external_id)):
        raise Conflict("an article with the number %(number)s exists already", number=external_id)
    article = Article(
        title=new.title,
        topic=topic,
        byline=byline,
        external_id=external_id,
        embargo=embargo,
        sample=sample,
        created_by_id=actor_id,
    )
    session.add(article)
    session.flush()
    version = _store(session, article, 1, new, actor_id)
    record(session, "article", article.id, "create", actor_id=actor_id, article_id=article.id, after={"version": 1})
    return version


def add_version(session: Session, article_id: int, new: NewVersion, *, actor_id: int | None = None) -> Version:
    """A correction: the article's next version. Two at once are numbered one after the other.

    Raises `NotFound`, or `Conflict` when the article was withdrawn.
    """
    article = session.scalar(select(Article).where(Article.id == article_id).with_for_update())
    if article is None:
        raise NotFound("there is no article %(number)s", number=article_id)
    if article.withdrawn_at:
        raise Conflict("article %(number)s was withdrawn", number=article_id)
    number = (session.scalar(select(func.max(Version.number)).where(Version.article_id == article_id)) or 0) + 1
    article.title = new.title
    version = _store(session, article, number, new, actor_id)
    after = {"version": number}
    record(session, "article", article.id, "correct", actor_id=actor_id, article_id=article.id, after=after)
    return version


def _store(session: Session, article: Article, number: int, new: NewVersion, actor_id: int | None) -> Version:
    version = Version(
        article=article,
        number=number,
        title=new.title,
        text=new.text,
        format=new.format,
        filename=new.filename,
        sha256=new.sha256,
        set_aside=new.set_aside,
        warnings=new.warnings,
        details=new.details,
        created_by_id=actor_id,
    )
    session.add(version)
    session.flush()
    rows = [
        {"position": i, "kind": b.kind, "start": b.span.start, "end": b.span.end, "level": b.level, "marks": b.marks}
        | {"marker": b.marker, "part": b.part}
        for i, b in enumerate(new.blocks)
    ]
    if rows:
        session.execute(insert(Block), [row | {"version_id": version.id} for row in rows])
    return version


def store_segments(session: Session, version: Version, spans: Sequence[Sequence[Span]]) -> list[Segment]:
    """Keep the segments of each block, in order; done a second time, it gives those already there."""
    present = list(version.segments)
    if present:
        return present
    placed = [(block.id, span) for block, of_block in zip(version.blocks, spans, strict=True) for span in of_block]
    rows = [
        {"version_id": version.id, "block_id": block_id, "position": i, "start": span.start, "end": span.end}
        for i, (block_id, span) in enumerate(placed)
    ]
    if rows:
        session.execute(insert(Segment), rows)
    session.expire(version, ["segments"])
    return list(version.segments)


def get_article(session: Session, number: int | str) -> Article:
    """By Relais's number, or by the number in the newsroom's CMS. Raises `NotFound`."""
    article = None
    if str(number).isdecimal() and int(number) < 2**31:
        article = session.get(Article, int(number))
    article = article or session.scalar(select(Article).where(Article.external_id == str(number)))
    if article is None:
        raise NotFound("there is no article %(number)s", number=number)
    return article


def get_version(session: Session, article_id: int, number: int | None = None) -> Version:
    """One version of an article, by default the newest. Raises `NotFound`."""
    query = select(Version).where(Version.article_id == article_id)
    query = query.where(Version.number == number) if number else query.order_by(Version.number.desc()).limit(1)
    version = session.scalar(query)
    if version is None:
        raise NotFound("article %(article)s has no version %(version)s", article=article_id, version=number)
    return version


def newest_articles(session: Session, *, limit: int = 50, before: int | None = None) -> Sequence[Article]:
    """Newest first; ``before`` is the number of the last article of the page before."""
    query = select(Article).order_by(Article.id.desc()).limit(limit)
    return session.scalars(query.where(Article.id < before) if before else query).all()
