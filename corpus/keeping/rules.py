"""The rules that hold always, each as a query for what breaks it.

A rule is a function from a session to violations; the functions of `RULES` are found by their names. What needs the
glossary (has every occurrence of a term its hit?) is checked one floor up, in `glossary/integrity.py`.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import and_, exists, func, or_, select, text
from sqlalchemy.orm import Session, aliased, selectinload

from corpus.memory.lookup import source_hash
from corpus.models import (
    Article,
    Bead,
    BeadSegment,
    Change,
    Chunk,
    ChunkState,
    Edition,
    Hit,
    Job,
    JobState,
    MemoryUnit,
    Origin,
    Segment,
    State,
    Version,
)

_BATCH = 200


@dataclass(frozen=True)
class Violation:
    """A broken rule: its name, the row that breaks it, and how."""

    rule: str
    subject: str  # version, edition, bead, hit, job, article, memory, database
    subject_id: int
    detail: str


Rule = Callable[[Session], Iterator[tuple[str, int, str]]]  # (subject, number, detail)
RULES: dict[str, Rule] = {}


def check(session: Session) -> list[Violation]:
    """All violations of all rules, rule by rule. Reads the whole corpus once or twice."""
    return [Violation(name, *found) for name, rule in RULES.items() for found in rule(session)]


def _rule(function: Rule) -> Rule:
    RULES[function.__name__.replace("_", "-")] = function
    return function


@_rule
def texts_are_what_was_sent(session: Session) -> Iterator[tuple[str, int, str]]:
    """The text of a version has the SHA-256 it came with, unless the article was purged."""
    gone = exists().where(
        Change.article_id == Version.article_id, Change.subject == "article", Change.action == "purge"
    )
    for version in session.scalars(select(Version).where(~gone).execution_options(yield_per=_BATCH)):
        if hashlib.sha256(version.text.encode()).hexdigest() != version.sha256:
            yield "version", version.id, "its text has changed"


@_rule
def segments_join_to_the_text(session: Session) -> Iterator[tuple[str, int, str]]:
    """Segments lie in their blocks, in order, and what no segment or set-aside stretch covers is white space."""
    query = select(Version).options(selectinload(Version.blocks), selectinload(Version.segments))
    for version in session.scalars(query.execution_options(yield_per=_BATCH)):
        blocks = {block.id: block for block in version.blocks}
        spans = [(s.start, s.end) for s in version.segments] or [(b.start, b.end) for b in version.blocks]
        if any(s.block_id not in blocks or not blocks[s.block_id].span.contains(s.span) for s in version.segments):
            yield "version", version.id, "a segment lies outside its block"
        if [s.position for s in version.segments] != list(range(len(version.segments))):
            yield "version", version.id, "its segments are not numbered from 0 without gaps"
        if any(start < end for (_, end), (start, _) in pairwise(spans)):
            yield "version", version.id, "its segments overlap or are out of order"
        covered = sorted([*spans, *((a["start"], a["end"]) for a in version.set_aside)])
        starts, ends = [start for start, _ in covered], [end for _, end in covered]
        gaps = zip([0, *ends], [*starts, len(version.text)], strict=True)
        if any(version.text[start:end].strip() for start, end in gaps):
            yield "version", version.id, "text stands outside all segments"


@_rule
def every_segment_is_in_one_bead(session: Session) -> Iterator[tuple[str, int, str]]:
    """Of each edition that is translated; that it is in no more than one, a unique key sees to."""
    done = Edition.state.not_in((State.TRANSLATING, State.WITHDRAWN))
    covered = exists().where(BeadSegment.edition_id == Edition.id, BeadSegment.segment_id == Segment.id)
    query = (
        select(Edition.id, func.count(), func.min(Segment.position))
        .join(Segment, Segment.version_id == Edition.version_id)
        .where(done, ~covered)
        .group_by(Edition.id)
    )
    for edition_id, count, first in session.execute(query):
        yield "edition", edition_id, f"{count} segment(s) are in no bead, the first at position {first}"


@_rule
def beads_are_in_order(session: Session) -> Iterator[tuple[str, int, str]]:
    """A bead holds consecutive segments of its edition's version, has the first one's position and their text."""
    query = select(Bead).options(selectinload(Bead.segments), selectinload(Bead.edition).selectinload(Edition.version))
    for bead in session.scalars(query.execution_options(yield_per=_BATCH)):
        version, positions = bead.edition.version, [s.position for s in bead.segments]
        if not positions:
            yield "bead", bead.id, "it has no segment"
        elif any(s.version_id != version.id for s in bead.segments):
            yield "bead", bead.id, "it holds a segment of another version"
        elif positions != list(range(bead.position, bead.position + len(positions))):
            yield "bead", bead.id, "its segments do not follow each other from its position on"
        elif bead.source != " ".join(s.span.of(version.text) for s in bead.segments):
            yield "bead", bead.id, "its source is not its segments' text"


@_rule
def links_agree(session: Session) -> Iterator[tuple[str, int, str]]:
    """Links and hits of a bead name the edition that the bead is in."""
    links = select(Bead.id).join(BeadSegment).where(BeadSegment.edition_id != Bead.edition_id)
    hits = select(Bead.id).join(Hit).where(Hit.edition_id != Bead.edition_id)
    for bead_id in session.scalars(links.union(hits)):
        yield "bead", bead_id, "a link or hit of it names another edition"


@_rule
def hits_lie_in_their_texts(session: Session) -> Iterator[tuple[str, int, str]]:
    """Spans of a hit are stretches of its bead's source and target."""
    target = (Hit.target_start < 0, Hit.target_end <= Hit.target_start, Hit.target_end > func.length(Bead.target))
    source = (Hit.source_start < 0, Hit.source_end <= Hit.source_start, Hit.source_end > func.length(Bead.source))
    halves = Hit.target_start.is_(None) != Hit.target_end.is_(None)
    for hit_id in session.scalars(select(Hit.id).join(Bead).where(or_(*source, *target, halves))):
        yield "hit", hit_id, "its span is not in the text"


@_rule
def every_occurrence_has_one_hit(session: Session) -> Iterator[tuple[str, int, str]]:
    """No two hits of a bead share characters of the source."""
    other = aliased(Hit)
    overlap = and_(
        other.bead_id == Hit.bead_id,
        other.id > Hit.id,
        other.source_start < Hit.source_end,
        Hit.source_start < other.source_end,
    )
    for first, second in session.execute(select(Hit.id, other.id).join(other, overlap)):
        yield "hit", first, f"it covers the same words as hit {second}"


@_rule
def published_editions_violate_nothing(session: Session) -> Iterator[tuple[str, int, str]]:
    """No published edition has an open violated hit."""
    query = select(Edition.id, func.count()).join(Hit, Hit.edition_id == Edition.id).group_by(Edition.id)
    for edition_id, count in session.execute(query.where(Edition.state == State.PUBLISHED, Hit.outcome == "violated")):
        yield "edition", edition_id, f"it is published with {count} violated hit(s)"


@_rule
def one_edition_is_published(session: Session) -> Iterator[tuple[str, int, str]]:
    """Of an article in a language; and none of a withdrawn article, or before its embargo ends."""
    published = select(Version.article_id, Edition.language, func.count()).join(Edition)
    published = published.where(Edition.state == State.PUBLISHED).group_by(Version.article_id, Edition.language)
    for article_id, language, count in session.execute(published.having(func.count() > 1)):
        yield "article", article_id, f"{count} of its editions in {language} are published"
    early = or_(Article.withdrawn_at.is_not(None), Edition.published_at < Article.embargo)
    query = select(Edition.id).join(Version).join(Article).where(Edition.state == State.PUBLISHED, early)
    for edition_id in session.scalars(query):
        yield "edition", edition_id, "it is published though its article is withdrawn or was under embargo"


@_rule
def states_have_their_moments(session: Session) -> Iterator[tuple[str, int, str]]:
    """An approved edition says when and by whom, a published and a withdrawn one say when; so do approved beads."""
    moments = (
        (State.APPROVED, Edition.approved_at),
        (State.PUBLISHED, Edition.published_at),
        (State.WITHDRAWN, Edition.withdrawn_at),
    )
    wrong = or_(*(and_(Edition.state == state, moment.is_(None)) for state, moment in moments))
    for edition_id, state in session.execute(select(Edition.id, Edition.state).where(wrong)):
        yield "edition", edition_id, f"it is {state.value} and does not say since when"
    for bead_id in session.scalars(select(Bead.id).where(Bead.approved_at.is_not(None), Bead.approved_by_id.is_(None))):
        yield "bead", bead_id, "it is approved by nobody"


@_rule
def uploads_are_not_lost(session: Session) -> Iterator[tuple[str, int, str]]:
    """Each version has a job or an edition, and a job an edition in each of its languages."""
    bare = ~exists().where(Job.version_id == Version.id), ~exists().where(Edition.version_id == Version.id)
    for version_id in session.scalars(select(Version.id).where(*bare)):
        yield "version", version_id, "nobody was told to translate it"
    for job in session.scalars(select(Job).execution_options(yield_per=_BATCH)):
        present = set(session.scalars(select(Edition.language).where(Edition.version_id == job.version_id)))
        if set(job.languages) - present:
            yield "job", job.id, f"it has no edition in {', '.join(sorted(set(job.languages) - present))}"


@_rule
def finished_jobs_are_finished(session: Session) -> Iterator[tuple[str, int, str]]:
    """All chunks of a job that is done are done, and the editions it made are translated."""
    open_chunk = exists().where(Chunk.job_id == Job.id, Chunk.state != ChunkState.DONE)
    for job_id in session.scalars(select(Job.id).where(Job.state == JobState.DONE, open_chunk)):
        yield "job", job_id, "it is done, and a chunk of it is not"
    unfinished = and_(Job.version_id == Edition.version_id, Job.state != JobState.DONE)
    query = select(Edition.id).where(Edition.state == State.TRANSLATING, ~exists().where(unfinished))
    for edition_id in session.scalars(query):
        yield "edition", edition_id, "it waits for a translation that no job will bring"


@_rule
def versions_are_numbered(session: Session) -> Iterator[tuple[str, int, str]]:
    """From 1, without gaps."""
    query = select(Version.article_id, func.min(Version.number), func.max(Version.number), func.count())
    for article_id, first, last, count in session.execute(query.group_by(Version.article_id)):
        if (first, last) != (1, count):
            yield "article", article_id, f"its {count} version(s) are numbered {first} to {last}"


@_rule
def changes_of_beads_are_in_the_history(session: Session) -> Iterator[tuple[str, int, str]]:
    """A bead has the text that the last change recorded of it gave it; one never changed, the machine's."""
    last = _last_recorded(session, "bead", "target")
    for bead in session.scalars(select(Bead).execution_options(yield_per=_BATCH)):
        machine = bead.machine if bead.origin is Origin.MT else bead.target
        if bead.target != last.get(bead.id, machine):
            yield "bead", bead.id, "its target was changed and the history does not say so"


@_rule
def changes_of_editions_are_in_the_history(session: Session) -> Iterator[tuple[str, int, str]]:
    """An edition is in the state that the last change recorded of it gave it."""
    last = _last_recorded(session, "edition", "state")
    for edition_id, state in session.execute(select(Edition.id, Edition.state)):
        if state.value != last.get(edition_id, state.value):
            yield "edition", edition_id, "its state was changed and the history does not say so"


def _last_recorded(session: Session, subject: str, name: str) -> dict[int, str]:
    """What the history says a bead's target or an edition's state was last, by number."""
    lines = select(Change).where(Change.subject == subject).order_by(Change.id).execution_options(yield_per=_BATCH)
    return {line.subject_id: line.after[name] for line in session.scalars(lines) if name in line.after}


@_rule
def memory_is_found_by_its_source(session: Session) -> Iterator[tuple[str, int, str]]:
    """The hash of a unit is that of its source, and both its texts are there."""
    for unit in session.scalars(select(MemoryUnit).execution_options(yield_per=_BATCH)):
        if source_hash(unit.source) != unit.source_sha256:
            yield "memory", unit.id, "it is kept under the hash of another source"
        if not unit.target.strip():
            yield "memory", unit.id, "it has no target"


@_rule
def the_file_is_sound(session: Session) -> Iterator[tuple[str, int, str]]:
    """Of SQLite: its own checks pass, and the word indexes count as many rows as their tables."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for (problem,) in session.execute(text("PRAGMA quick_check(5)")):
        if problem != "ok":
            yield "database", 0, problem
    for table, row, other, _ in session.execute(text("PRAGMA foreign_key_check")):
        yield "database", 0, f"row {row} of {table} refers to a row of {other} that is not there"
    for table in ("memory", "beads", "versions"):
        rows = session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608
        indexed = session.scalar(text(f"SELECT count(*) FROM {table}_search_docsize"))  # noqa: S608
        if rows != indexed:
            yield "database", 0, f"the word index of {table} holds {indexed} of {rows} rows"
