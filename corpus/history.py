"""The audit trail: every change of a bead, an edition, a hit, a term or an article leaves one line."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.models import Change


def record(
    session: Session,
    subject: str,
    subject_id: int,
    action: str,
    *,
    actor_id: int | None,
    article_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write one line of history in the transaction that makes the change. ``actor_id`` None is the machine."""
    session.add(
        Change(
            subject=subject,
            subject_id=subject_id,
            action=action,
            actor_id=actor_id,
            article_id=article_id,
            before=before or {},
            after=after or {},
            reason=reason,
        )
    )


def of(session: Session, subject: str, subject_id: int) -> Sequence[Change]:
    """The changes of one thing, oldest first."""
    query = select(Change).where(Change.subject == subject, Change.subject_id == subject_id).order_by(Change.id)
    return session.scalars(query).all()


def of_article(session: Session, article_id: int) -> Sequence[Change]:
    """Everything that happened to an article and its editions, oldest first."""
    return session.scalars(select(Change).where(Change.article_id == article_id).order_by(Change.id)).all()
