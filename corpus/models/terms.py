"""The stored glossary."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from corpus.models.base import Base, now


class TermEntry(Base):
    """A glossary entry, as `glossary.terms.Term` describes it."""

    __tablename__ = "terms"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    source: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(default="term")
    part_of_speech: Mapped[str] = mapped_column(default="noun")
    case: Mapped[str] = mapped_column(default="any")
    variants: Mapped[list[str]] = mapped_column(default=list)
    domain: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(Text, default="")
    definition: Mapped[str] = mapped_column(Text, default="")
    topics: Mapped[list[str]] = mapped_column(default=list)
    active: Mapped[bool] = mapped_column(default=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    revision: Mapped[int] = mapped_column(default=0)

    renderings: Mapped[list["RenderingEntry"]] = relationship(
        order_by="RenderingEntry.position", cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": revision}


class RenderingEntry(Base):
    """One target text of a term: preferred, admitted or forbidden."""

    __tablename__ = "renderings"

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    language: Mapped[str]
    text: Mapped[str]
    status: Mapped[str] = mapped_column(default="preferred")
    gender: Mapped[str | None]
    number: Mapped[str | None]
    indeclinable: Mapped[bool] = mapped_column(default=False)
    forms: Mapped[dict[str, Any]] = mapped_column(default=dict)  # overrides by tag
