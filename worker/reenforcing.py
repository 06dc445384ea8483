"""A changed glossary and the editions it touches: shown first, and enforced again only on request."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from corpus import beads
from corpus.database import Database
from corpus.editions import beads_of
from corpus.errors import Conflict
from corpus.models import Article, Bead, Edition, Origin, State, Version
from glossary.matching import Matcher
from glossary.terms import Term
from worker.glossary_state import glossary_state
from worker.pipeline import translate
from worker.reviewing import relocate
from worker.sources import sources_of

OPEN = (State.MACHINE, State.IN_REVIEW, State.APPROVED)


@dataclass(frozen=True)
class Touched:
    """An unpublished edition and those of its beads that a change of terms concerns.

    ``by_hand`` of them a person has edited, approved or decided about: only their hits are found again.
    """

    edition_id: int
    article_id: int
    title: str
    language: str
    bead_ids: tuple[int, ...]
    by_hand: int


def touched(
    session: Session, terms: Sequence[Term], removed: Collection[str] = (), *, edition_id: int | None = None
) -> list[Touched]:
    """Unpublished editions of newest versions in which one of these terms occurs, or a removed one (by key) did.

    ``edition_id`` asks about one edition only.
    """
    matcher = Matcher(terms)
    keys = {term.key for term in terms} | set(removed)
    newer = aliased(Version)
    query = (
        select(Edition, Version, Article)
        .join(Version, Edition.version_id == Version.id)
        .join(Article)
        .where(
            Edition.state.in_(OPEN),
            ~exists().where(newer.article_id == Version.article_id, newer.number > Version.number),
        )
        .order_by(Edition.id.desc())
    )
    if edition_id is not None:
        query = query.where(Edition.id == edition_id)
    found = []
    for edition, _, article in session.execute(query).tuples():
        concerned = [
            bead
            for bead in beads_of(session, edition.id)
            if any(hit.term_key in keys for hit in bead.hits) or matcher.occurrences(bead.source, (article.topic,))
        ]
        if concerned:
            by_hand = sum(_by_hand(bead, edition) for bead in concerned)
            ids = tuple(bead.id for bead in concerned)
            found.append(Touched(edition.id, article.id, article.title, edition.language, ids, by_hand))
    return found


def reenforce(database: Database, change: Touched, *, actor_id: int, reason: str) -> int:
    """Translate the touched machine beads again under the glossary of now; returns how many changed.

    What a person has written or decided stays; there, only the hits are found again. Raises `Conflict` where the
    edition was published or withdrawn meanwhile.
    """
    with database.reading() as session:
        glossary = glossary_state(session)
        edition = session.get_one(Edition, change.edition_id)
        topic = edition.version.article.topic
        positions = [session.get_one(Bead, i).position for i in change.bead_ids]
        sources = [s for p in positions for s in sources_of(session, edition.version_id, p, p + 1)]
    fresh = translate(sources, [change.language], glossary, topic=topic)[change.language].beads
    by_position = {bead.segments[0]: bead for bead in fresh}
    changed = 0
    with database.writing() as session:
        edition = session.get_one(Edition, change.edition_id, with_for_update=True)
        if edition.state not in OPEN:
            raise Conflict("an edition that is %(now)s cannot be changed", now=edition.state.value)
        for bead_id in change.bead_ids:
            bead = beads.get_bead(session, bead_id)
            new = by_position[bead.position]
            by_machine = len(bead.segments) == 1 and not _by_hand(bead, edition)
            if by_machine and beads.retranslate(session, bead, new, actor_id=actor_id, reason=reason):
                changed += 1
            else:
                relocate(session, bead)
    return changed


def _by_hand(bead: Bead, edition: Edition) -> bool:
    """Whether a person has written this, stands for it, or has decided about a term in it."""
    approved = bead.approved_at is not None or edition.state is State.APPROVED
    return bead.origin is not Origin.MT or approved or any(hit.decided_by_id is not None for hit in bead.hits)
