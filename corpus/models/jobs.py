"""Jobs and their chunks. The database, not the broker, knows what is still to do."""

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from corpus.models.articles import Version
from corpus.models.base import Base, now


class JobState(StrEnum):
    """`QUEUED` until a worker has cut it into chunks, `RUNNING` until the last chunk is stored."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ChunkState(StrEnum):
    """`WAITING` covers a chunk whose worker died: its lease has run out."""

    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"


class Job(Base):
    """The work that one version asks for. ``key`` is its public name."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_state_created_at", "state", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=lambda: uuid4().hex)
    idempotency_key: Mapped[str | None] = mapped_column(unique=True)  # the client's, for an upload sent twice
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), index=True)
    languages: Mapped[list[str]]
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    segments_total: Mapped[int] = mapped_column(default=0)
    segments_done: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    step: Mapped[str] = mapped_column(default="")  # where it is or failed: segmentation, fr→en, en→uk, storage
    error: Mapped[str] = mapped_column(Text, default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]

    version: Mapped[Version] = relationship()
    chunks: Mapped[list["Chunk"]] = relationship(back_populates="job", order_by="Chunk.position")


class Chunk(Base):
    """The unit of retry: a range of the version's segments, for all languages of the job at once."""

    __tablename__ = "chunks"
    __table_args__ = (UniqueConstraint("job_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"))
    position: Mapped[int]
    first: Mapped[int]  # segment positions, half-open [first, last)
    last: Mapped[int]
    state: Mapped[ChunkState] = mapped_column(default=ChunkState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]

    job: Mapped[Job] = relationship(back_populates="chunks")
