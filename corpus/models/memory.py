"""The translation memory: approved beads, and units imported from elsewhere."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from corpus.models.base import Base, now


class MemoryUnit(Base):
    """A source text and its approved target. The search index beside it is made by the migration."""

    __tablename__ = "memory"
    __table_args__ = (Index("ix_memory_lookup", "source_language", "language", "source_sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_language: Mapped[str] = mapped_column(default="fr")
    language: Mapped[str]
    source: Mapped[str] = mapped_column(Text)
    source_sha256: Mapped[str]  # of the source, white space and apostrophes normalised
    target: Mapped[str] = mapped_column(Text)
    glossary_stamp: Mapped[str] = mapped_column(default="")
    bead_id: Mapped[int | None] = mapped_column(ForeignKey("beads.id"), index=True)
    imported_from: Mapped[str] = mapped_column(default="")  # a file's name
    created_at: Mapped[datetime] = mapped_column(default=now)
