"""Editions: a version in one target language, aligned bead by bead with its source."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from corpus.models.articles import Segment, Version
from corpus.models.base import Base, now


class State(StrEnum):
    """The life of an edition. `TRANSLATING` until its last chunk is stored."""

    TRANSLATING = "translating"
    MACHINE = "machine"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Origin(StrEnum):
    """Who wrote a bead's target."""

    MT = "mt"
    MEMORY = "memory"
    HUMAN = "human"


class Edition(Base):
    """One article version in one target language."""

    __tablename__ = "editions"
    __table_args__ = (
        UniqueConstraint("version_id", "language"),
        Index("ix_editions_state_language", "state", "language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    language: Mapped[str]
    state: Mapped[State] = mapped_column(default=State.TRANSLATING)
    route: Mapped[list[str]] = mapped_column(default=list)  # ["fr→en", "en→uk"]
    packages: Mapped[list[Any]] = mapped_column(default=list)  # [{name, version, sha256}]
    glossary_stamp: Mapped[str] = mapped_column(default="")  # which state of the glossary it was enforced with
    created_at: Mapped[datetime] = mapped_column(default=now)
    translated_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of the machine text against the approved one
    revision: Mapped[int] = mapped_column(default=0)

    version: Mapped[Version] = relationship()
    beads: Mapped[list["Bead"]] = relationship(back_populates="edition", order_by="Bead.position")

    __mapper_args__ = {"version_id_col": revision}


class Bead(Base):
    """One or more consecutive source segments and one target text. ``position`` is its first segment's."""

    __tablename__ = "beads"
    __table_args__ = (UniqueConstraint("edition_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    position: Mapped[int]
    source: Mapped[str] = mapped_column(Text)  # its segments' texts, joined by spaces; hits count in it
    target: Mapped[str] = mapped_column(Text)
    machine: Mapped[str | None] = mapped_column(Text)  # what the machine first wrote, for evaluation
    marks: Mapped[list[Any]] = mapped_column(default=list)  # `corpus.marks.Mark.as_dict`, offsets of the target
    origin: Mapped[Origin] = mapped_column(default=Origin.MT)
    flags: Mapped[list[Any]] = mapped_column(default=list)
    score: Mapped[float | None]  # mean log probability of a token, natural logarithm
    confidence: Mapped[float | None]  # of the alignment, 0..1, for translations made elsewhere
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("beads.id"))  # the bead of the version before
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    revision: Mapped[int] = mapped_column(default=0)

    edition: Mapped[Edition] = relationship(back_populates="beads")
    segments: Mapped[list[Segment]] = relationship(
        secondary="bead_segments", order_by="Segment.position", viewonly=True
    )
    links: Mapped[list["BeadSegment"]] = relationship(cascade="all, delete-orphan")
    hits: Mapped[list["Hit"]] = relationship(
        back_populates="bead", order_by="Hit.source_start", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": revision}


class BeadSegment(Base):
    """Which bead a segment is in: exactly one of each edition, and the database sees to it."""

    __tablename__ = "bead_segments"
    __table_args__ = (UniqueConstraint("edition_id", "segment_id"),)

    bead_id: Mapped[int] = mapped_column(ForeignKey("beads.id"), primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey("segments.id"), primary_key=True, index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))


class Hit(Base):
    """One occurrence of a term in a bead. Offsets count characters of the bead's source and target."""

    __tablename__ = "hits"
    __table_args__ = (Index("ix_hits_edition_id_outcome", "edition_id", "outcome"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    bead_id: Mapped[int] = mapped_column(ForeignKey("beads.id"), index=True)
    term_key: Mapped[str] = mapped_column(index=True)
    term: Mapped[str]  # the source term as the glossary had it
    source_start: Mapped[int]
    source_end: Mapped[int]
    target_start: Mapped[int | None]
    target_end: Mapped[int | None]
    outcome: Mapped[str]
    method: Mapped[str] = mapped_column(default="")
    form: Mapped[str] = mapped_column(default="")
    score_before: Mapped[float | None]
    score_after: Mapped[float | None]
    proposal: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")  # why an editor waived it
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]

    bead: Mapped[Bead] = relationship(back_populates="hits")


class Change(Base):
    """One line of the audit trail: who changed what, when, from what to what, and why. Never altered."""

    __tablename__ = "history"
    __table_args__ = (Index("ix_history_subject_subject_id", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: the machine
    subject: Mapped[str]  # bead, edition, hit, term, article
    subject_id: Mapped[int]
    article_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str]  # edit, approve, waive, publish …
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(Text, default="")
