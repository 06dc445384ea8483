"""Editions: storing beads as they come from the pipeline, and the states an edition goes through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, selectinload

from corpus.errors import Conflict, NotFound
from corpus.history import record
from corpus.models import Bead, BeadSegment, Edition, Hit, Origin, Segment, State, Version, now
from corpus.spans import Span

TRANSITIONS: Mapping[State, tuple[State, ...]] = {
    State.TRANSLATING: (),
    State.MACHINE: (State.IN_REVIEW, State.APPROVED, State.WITHDRAWN),
    State.IN_REVIEW: (State.MACHINE, State.APPROVED, State.WITHDRAWN),
    State.APPROVED: (State.IN_REVIEW, State.PUBLISHED, State.WITHDRAWN),
    State.PUBLISHED: (State.WITHDRAWN,),
    State.WITHDRAWN: (State.IN_REVIEW,),
}


@dataclass(frozen=True)
class NewHit:
    """A hit to be stored; spans count in the bead's source and target."""

    term_key: str
    term: str
    source: Span
    target: Span | None
    outcome: str
    method: str = ""
    form: str = ""
    score_before: float | None = None
    score_after: float | None = None
    proposal: str | None = None
    reason: str = ""
    decided_by_id: int | None = None
    decided_at: datetime | None = None

    def row(self, edition_id: int) -> Hit:
        """As a row of the hits of an edition."""
        return Hit(
            edition_id=edition_id,
            term_key=self.term_key,
            term=self.term,
            source_start=self.source.start,
            source_end=self.source.end,
            target_start=self.target.start if self.target else None,
            target_end=self.target.end if self.target else None,
            outcome=self.outcome,
            method=self.method,
            form=self.form,
            score_before=self.score_before,
            score_after=self.score_after,
            proposal=self.proposal,
            reason=self.reason,
            decided_by_id=self.decided_by_id,
            decided_at=self.decided_at,
        )


@dataclass(frozen=True)
class NewBead:
    """A bead to be stored: ``segments`` are positions in the version, consecutive."""

    segments: tuple[int, ...]
    source: str
    target: str
    origin: Origin = Origin.MT
    marks: list[dict[str, Any]] = field(default_factory=list)
    flags: list[dict[str, Any]] = field(default_factory=list)
    hits: Sequence[NewHit] = ()
    score: float | None = None
    confidence: float | None = None


def get_edition(session: Session, version_id: int, language: str) -> Edition:
    """The edition of a version in a language. Raises `NotFound`."""
    edition = session.scalar(select(Edition).where(Edition.version_id == version_id, Edition.language == language))
    if edition is None:
        raise NotFound("there is no edition in %(language)s of this version", language=language)
    return edition


def beads_of(session: Session, edition_id: int) -> Sequence[Bead]:
    """All beads of an edition with their segments and hits, in the order of the article: three queries."""
    query = select(Bead).where(Bead.edition_id == edition_id).order_by(Bead.position)
    return session.scalars(query.options(selectinload(Bead.segments), selectinload(Bead.hits))).all()


def store_beads(session: Session, edition: Edition, beads: Sequence[NewBead]) -> None:
    """Store beads whose segments have none yet in this edition; those that have one keep it."""
    positions = [p for bead in beads for p in bead.segments]
    query = select(Segment.position, Segment.id).where(
        Segment.version_id == edition.version_id, Segment.position.in_(positions)
    )
    ids = dict(session.execute(query).tuples().all())
    taken = set(
        session.scalars(
            select(BeadSegment.segment_id).where(
                BeadSegment.edition_id == edition.id, BeadSegment.segment_id.in_(ids.values())
            )
        )
    )
    for new in beads:
        segment_ids = [ids[p] for p in new.segments]
        if taken.isdisjoint(segment_ids):
            row = _row(edition.id, new, segment_ids)
            _recall_waivers(session, edition.language, row)
            session.add(row)
    session.flush()


def _recall_waivers(session: Session, language: str, bead: Bead) -> None:
    """What an editor has allowed once, the same term in the same target, is allowed again and for the same reason."""
    for hit in bead.hits:
        if hit.outcome == "violated":
            query = (
                select(Hit)
                .join(Bead)
                .join(Edition, Bead.edition_id == Edition.id)
                .where(Hit.term_key == hit.term_key, Hit.outcome == "waived", Bead.target == bead.target)
                .where(Edition.language == language)
                .order_by(Hit.decided_at.desc())
                .limit(1)
            )
            earlier = session.scalar(query)
            if earlier is not None:
                hit.outcome, hit.reason = "waived", earlier.reason
                hit.decided_by_id, hit.decided_at = earlier.decided_by_id, earlier.decided_at


def _row(edition_id: int, new: NewBead, segment_ids: Sequence[int]) -> Bead:
    return Bead(
        edition_id=edition_id,
        position=new.segments[0],
        source=new.source,
        target=new.target,
        machine=new.target if new.origin is Origin.MT else None,
        marks=new.marks,
        origin=new.origin,
        flags=new.flags,
        score=new.score,
        confidence=new.confidence,
        links=[BeadSegment(segment_id=s, edition_id=edition_id) for s in segment_ids],
        hits=[hit.row(edition_id) for hit in new.hits],
    )


def move(session: Session, edition: Edition, to: State, *, actor_id: int | None, reason: str = "") -> None:
    """Take an edition to another state. Raises `Conflict` where the way is closed.

    Publishing is refused while a violated hit is open, under an embargo, or while the article is withdrawn; it
    withdraws the published edition of the version before.
    """
    if to not in TRANSITIONS[edition.state]:
        raise Conflict("an edition that is %(now)s cannot become %(to)s", now=edition.state.value, to=to.value)
    if to is State.PUBLISHED:
        _check_publishable(session, edition)
        _supersede(session, edition, actor_id)
    before = edition.state
    edition.state = to
    if to is State.APPROVED:
        edition.approved_at, edition.approved_by_id = now(), actor_id
    elif to is State.PUBLISHED:
        edition.published_at, edition.withdrawn_at = now(), None
    elif to is State.WITHDRAWN:
        edition.withdrawn_at = now()
    record(
        session,
        "edition",
        edition.id,
        to.value,
        actor_id=actor_id,
        article_id=edition.version.article_id,
        before={"state": before.value},
        after={"state": to.value},
        reason=reason,
    )


def open_violations(session: Session, edition_id: int) -> int:
    """Number of hits that an editor must still act on."""
    query = select(func.count()).where(Hit.edition_id == edition_id, Hit.outcome == "violated")
    return session.scalar(query) or 0


def _check_publishable(session: Session, edition: Edition) -> None:
    violations = open_violations(session, edition.id)
    if violations:
        raise Conflict("%(count)s violated term(s) must be decided before publishing", count=violations)
    article = edition.version.article
    if article.withdrawn_at:
        raise Conflict("article %(number)s was withdrawn", number=article.id)
    if article.embargo and article.embargo > now():
        raise Conflict("the article is under embargo until %(moment)s", moment=article.embargo.isoformat())
    newer = (
        Edition.version_id == Version.id,
        Version.article_id == article.id,
        Version.number > edition.version.number,
        Edition.language == edition.language,
        Edition.state == State.PUBLISHED,
    )
    if session.scalar(select(exists().where(*newer))):
        raise Conflict("a newer version is already published")


def _supersede(session: Session, edition: Edition, actor_id: int | None) -> None:
    """The published edition of an earlier version makes way for its successor."""
    query = (
        select(Edition)
        .join(Version)
        .where(
            Version.article_id == edition.version.article_id,
            Version.number < edition.version.number,
            Edition.language == edition.language,
            Edition.state == State.PUBLISHED,
        )
    )
    for earlier in session.scalars(query):
        move(session, earlier, State.WITHDRAWN, actor_id=actor_id, reason="superseded")


def published(session: Session, article_id: int, language: str) -> Edition | None:
    """What readers see of an article in a language, if anything."""
    query = (
        select(Edition)
        .join(Version)
        .where(Version.article_id == article_id, Edition.language == language, Edition.state == State.PUBLISHED)
        .order_by(Version.number.desc())
        .limit(1)
    )
    return session.scalar(query)
