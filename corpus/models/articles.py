"""Articles and their immutable versions, cut into blocks and segments."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from corpus.models.base import Base, now
from corpus.spans import Span


class Article(Base):
    """One story, identified for good. ``external_id`` is the number it has in the newsroom's CMS."""

    __tablename__ = "articles"

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(default="")
    byline: Mapped[str] = mapped_column(default="")
    source_language: Mapped[str] = mapped_column(default="fr")
    sample: Mapped[bool] = mapped_column(default=False)  # a fictional example, marked as such everywhere
    embargo: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)

    versions: Mapped[list["Version"]] = relationship(back_populates="article", order_by="Version.number")


class Version(Base):
    """One immutable text of an article; a correction makes the next one."""

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    format: Mapped[str] = mapped_column(default="text")
    filename: Mapped[str | None]
    sha256: Mapped[str]  # of `text` in UTF-8
    set_aside: Mapped[list[Any]] = mapped_column(default=list)  # [{start, end, text, reason}]
    warnings: Mapped[list[Any]] = mapped_column(default=list)  # [[code, parameters]]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what the file said of itself
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    article: Mapped[Article] = relationship(back_populates="versions")
    blocks: Mapped[list["Block"]] = relationship(back_populates="version", order_by="Block.position")
    segments: Mapped[list["Segment"]] = relationship(back_populates="version", order_by="Segment.position")


class Block(Base):
    """The unit of layout. Offsets count characters of the version's text."""

    __tablename__ = "blocks"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    position: Mapped[int]
    kind: Mapped[str]
    level: Mapped[int] = mapped_column(default=0)
    start: Mapped[int]
    end: Mapped[int]
    marks: Mapped[list[Any]] = mapped_column(default=list)  # `corpus.marks.Mark.as_dict`, offsets of the version's text
    marker: Mapped[str] = mapped_column(default="")  # of a list item: "1.", "•"
    part: Mapped[str] = mapped_column(default="body")  # or header, footer, footnote

    version: Mapped[Version] = relationship(back_populates="blocks")

    @property
    def span(self) -> Span:
        """Its stretch of the version's text."""
        return Span(self.start, self.end)


class Segment(Base):
    """One source sentence (or headline…) inside a block. ``position`` counts through the version, from 0."""

    __tablename__ = "segments"
    __table_args__ = (UniqueConstraint("version_id", "position"), Index("ix_segments_block_id", "block_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id"))
    position: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]

    version: Mapped[Version] = relationship(back_populates="segments")
    block: Mapped[Block] = relationship()

    @property
    def span(self) -> Span:
        """Its stretch of the version's text."""
        return Span(self.start, self.end)
