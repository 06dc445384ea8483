"""The audit trail given out: every change with who, when, what, before, after and why."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.models import Change, User

FIELDS = ("id", "at", "actor", "subject", "subject_id", "article_id", "action", "before", "after", "reason")
_BATCH = 500


def trail(
    session: Session,
    *,
    article_id: int | None = None,
    subject: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[dict[str, Any]]:
    """One JSON-able dictionary of `FIELDS` a change, oldest first, drawn from the database as they are used.

    ``actor`` is a login, None for the machine; ``since`` is included, ``until`` is not.
    """
    query = select(Change, User.login).outerjoin(User, User.id == Change.actor_id).order_by(Change.id)
    if article_id is not None:
        query = query.where(Change.article_id == article_id)
    if subject is not None:
        query = query.where(Change.subject == subject)
    if since is not None:
        query = query.where(Change.at >= since)
    if until is not None:
        query = query.where(Change.at < until)
    for line, login in session.execute(query.execution_options(yield_per=_BATCH)):
        values = {name: getattr(line, name) for name in FIELDS if name not in ("at", "actor")}
        yield {"id": line.id, "at": line.at.isoformat(), "actor": login} | values
        session.expunge(line)
