"""How far the machine's text was from what editors approved: scores kept with each edition, and their course."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.models import Bead, Edition, Version, now


@dataclass(frozen=True)
class Scored:
    """The scores of one approved edition. ``scores`` is as `score_edition` stores it."""

    article_id: int
    version: int
    language: str
    approved_at: datetime | None
    scores: dict[str, Any]


def score_edition(session: Session, edition: Edition) -> None:
    """Compare the machine's text with the approved one, bead by bead, and keep the result with the edition.

    Beads that no machine wrote (memory, translations made elsewhere) are left out; an edition without others gets no
    scores. To be called in the transaction that approves. Costs seconds for thousands of sentences, TER most of it.
    """
    from corpus.evaluation import evaluate  # sacreBLEU takes a second to load

    pairs = session.execute(
        select(Bead.machine, Bead.target)
        .where(Bead.edition_id == edition.id, Bead.machine.is_not(None), Bead.target != "")
        .order_by(Bead.position)
    ).all()
    if not pairs:
        edition.scores = {}
        return
    found = evaluate([str(machine) for machine, _ in pairs], [target for _, target in pairs])
    edition.scores = {
        "metrics": [score.as_dict() for score in found],
        "sentences": len(pairs),
        "unchanged": sum(machine == target for machine, target in pairs),
        "route": edition.route,
        "packages": edition.packages,
        "glossary_stamp": edition.glossary_stamp,
        "computed_at": now().isoformat(),
    }


def scores_over_time(
    session: Session, *, language: str | None = None, article_id: int | None = None
) -> Iterator[Scored]:
    """The scored editions in the order of their approval, of one language or article where asked for."""
    query = (
        select(Version.article_id, Version.number, Edition.language, Edition.approved_at, Edition.scores)
        .join(Version, Version.id == Edition.version_id)
        .where(Edition.approved_at.is_not(None))
        .order_by(Edition.approved_at, Edition.id)
    )
    if language is not None:
        query = query.where(Edition.language == language)
    if article_id is not None:
        query = query.where(Version.article_id == article_id)
    for row in session.execute(query):
        if row.scores:
            yield Scored(row.article_id, row.number, row.language, row.approved_at, row.scores)
