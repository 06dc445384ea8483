"""Articles as the desk lists them: in work, ready for editors, published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from corpus.models import Article, Bead, BeadSegment, Edition, Hit, Job, JobState, Segment, State, Version, now

UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


@dataclass
class EditionLine:
    """An edition in a list. ``to_check``: violated terms, and flagged sentences nobody has approved."""

    id: int
    language: str
    state: State
    version: int
    done: int = 0
    total: int = 0
    to_check: int = 0


@dataclass
class ArticleLine:
    """An article in a list. ``editions`` are the newest version's; ``earlier`` an older one's still published."""

    article: Article
    version: Version
    job: Job | None = None
    editions: list[EditionLine] = field(default_factory=list)
    earlier: list[EditionLine] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The list it stands in: work, ready or published."""
        if self.job and (self.job.state in UNDER_WAY or self.job.state is JobState.FAILED):
            return "work"
        if any(e.state in (State.MACHINE, State.IN_REVIEW, State.APPROVED) for e in self.editions):
            return "ready"
        return "published"

    @property
    def minutes_left(self) -> int | None:
        """A guess from the pace so far; None where there is nothing to guess from."""
        job = self.job
        if job is None or job.started_at is None or not job.segments_done or job.state not in UNDER_WAY:
            return None
        pace = (now() - job.started_at).total_seconds() / job.segments_done
        return max(1, round(pace * (job.segments_total - job.segments_done) / 60))


def lines(session: Session, articles: Sequence[Article]) -> list[ArticleLine]:
    """The articles with their newest version, its editions and job: six queries however many there are."""
    ids = [article.id for article in articles]
    versions = session.scalars(select(Version).where(Version.article_id.in_(ids)).order_by(Version.number)).all()
    newest = {version.article_id: version for version in versions}
    found = {a.id: ArticleLine(a, newest[a.id]) for a in articles if a.id in newest}
    of_version = {version.id: found[version.article_id] for version in versions}
    numbers = {version.id: version.number for version in versions}
    for job in session.scalars(select(Job).where(Job.version_id.in_(of_version)).order_by(Job.id)):
        line = of_version[job.version_id]
        if job.version_id == line.version.id:
            line.job = job
    query = select(Edition).where(Edition.version_id.in_(of_version)).order_by(Edition.language, Edition.version_id)
    for edition in session.scalars(query):
        line = of_version[edition.version_id]
        row = EditionLine(edition.id, edition.language, edition.state, numbers[edition.version_id])
        if edition.version_id == line.version.id:
            line.editions.append(row)
        elif edition.state is State.PUBLISHED:
            line.earlier.append(row)
    _count(session, found.values())
    return list(found.values())


def _count(session: Session, found: Iterable[ArticleLine]) -> None:
    rows = {e.id: (e, line) for line in found for e in line.editions}
    done = progress_of(session, list(rows))
    totals = segment_totals(session, {line.version.id for _, line in rows.values()})
    checks = to_check(session, list(rows))
    for number, (edition, line) in rows.items():
        edition.done, edition.total = done.get(number, 0), totals.get(line.version.id, 0)
        edition.to_check = checks.get(number, 0)


def segment_totals(session: Session, versions: set[int]) -> dict[int, int]:
    """Segments of each version."""
    query = (
        select(Segment.version_id, func.count()).where(Segment.version_id.in_(versions)).group_by(Segment.version_id)
    )
    return dict(session.execute(query).tuples().all())


def progress_of(session: Session, editions: Sequence[int]) -> dict[int, int]:
    """Segments that have their bead, by edition."""
    query = select(BeadSegment.edition_id, func.count()).where(BeadSegment.edition_id.in_(editions))
    return dict(session.execute(query.group_by(BeadSegment.edition_id)).tuples().all())


def to_check(session: Session, editions: Sequence[int]) -> dict[int, int]:
    """Violated terms and unapproved flagged sentences, by edition."""
    violated = select(Hit.edition_id, func.count()).where(Hit.edition_id.in_(editions), Hit.outcome == "violated")
    flagged = select(Bead.edition_id, func.count()).where(
        Bead.edition_id.in_(editions), Bead.approved_at.is_(None), func.length(cast(Bead.flags, String)) > 2
    )
    counts = dict(session.execute(violated.group_by(Hit.edition_id)).tuples().all())
    for edition, number in session.execute(flagged.group_by(Bead.edition_id)).tuples():
        counts[edition] = counts.get(edition, 0) + number
    return counts


def matching_articles(session: Session, words: str, *, limit: int, before: int | None) -> Sequence[Article]:
    """Newest first; each of the words in the title, topic or number."""
    query = select(Article).order_by(Article.id.desc()).limit(limit)
    for word in words.split():
        like = f"%{word.replace('%', '').replace('_', '')}%"
        query = query.where(Article.title.ilike(like) | Article.topic.ilike(like) | Article.external_id.ilike(like))
    return session.scalars(query.where(Article.id < before) if before else query).all()


def corrected_at(line: ArticleLine) -> datetime | None:
    """When the original was corrected under a published edition; None where it was not."""
    return line.version.created_at if line.earlier else None
