"""Corrections: which sentences of a new version are old ones, and keeping the work done on them."""

from collections import defaultdict, deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, FromClause, Select, insert, select
from sqlalchemy.orm import Session

from corpus.models import Bead, BeadSegment, Block, Edition, Hit, Segment, Version

SIMILAR = 50.0  # per cent of common characters from which a sentence counts as changed rather than replaced


class Kind(StrEnum):
    """What a correction did to a sentence."""

    KEPT = "kept"
    MOVED = "moved"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Pair:
    """A sentence of the old version (its index) and one of the new; None where there is no counterpart."""

    kind: Kind
    old: int | None
    new: int | None


def compare(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Pair the sentences of two versions, in the new version's order, removed ones last.

    Equal sentences in the same order are kept, equal ones elsewhere are moved; of what is left between two kept
    sentences, similar ones are changed.
    """
    pairs: dict[int, Pair] = {}
    gaps: list[tuple[list[int], list[int]]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs |= {j: Pair(Kind.KEPT, i, j) for i, j in zip(range(i1, i2), range(j1, j2), strict=True)}
        else:
            gaps.append((list(range(i1, i2)), list(range(j1, j2))))
    moved = _moved(old, new, gaps)
    pairs |= {pair.new: pair for pair in moved if pair.new is not None}
    gone = {pair.old for pair in moved}
    removed: list[Pair] = []
    for olds, news in gaps:
        left = [i for i in olds if i not in gone]
        for j in news:
            if j not in pairs:
                i = next((i for i in left if fuzz.ratio(str(old[i]), str(new[j])) >= SIMILAR), None)
                pairs[j] = Pair(Kind.ADDED if i is None else Kind.CHANGED, i, j)
                left = left if i is None else left[left.index(i) + 1 :]
        taken = {pair.old for pair in pairs.values()}
        removed += [Pair(Kind.REMOVED, i, None) for i in olds if i not in taken]
    return [pairs[j] for j in sorted(pairs)] + removed


def _moved(old: Sequence[Hashable], new: Sequence[Hashable], gaps: list[tuple[list[int], list[int]]]) -> list[Pair]:
    places: dict[Hashable, deque[int]] = defaultdict(deque)
    for olds, _ in gaps:
        for i in olds:
            places[old[i]].append(i)
    return [Pair(Kind.MOVED, places[new[j]].popleft(), j) for _, news in gaps for j in news if places.get(new[j])]


def previous_edition(session: Session, edition: Edition) -> Edition | None:
    """The edition in the same language of the newest earlier version that has one."""
    query = (
        select(Edition)
        .join(Version)
        .where(
            Version.article_id == edition.version.article_id,
            Version.number < edition.version.number,
            Edition.language == edition.language,
        )
        .order_by(Version.number.desc())
        .limit(1)
    )
    return session.scalar(query)


def compare_versions(session: Session, old: Version, new: Version) -> list[Pair]:
    """Pair the segments of two versions by text and markup; indices are segment positions."""
    return compare(_contents(session, old), _contents(session, new))


def _contents(session: Session, version: Version) -> list[str]:
    """Text and markup of each segment as one comparable string: a sentence newly in bold is a changed sentence."""
    query = (
        select(Segment.start, Segment.end, Block.marks)
        .join(Block, Segment.block_id == Block.id)
        .where(Segment.version_id == version.id)
        .order_by(Segment.position)
    )
    contents = []
    for start, end, marks in session.execute(query).tuples():
        inside = [
            (m["kind"], m["start"] - start, m["end"] - start, m.get("href"))
            for m in marks
            if m["start"] < end and start < m["end"]
        ]
        contents.append(version.text[start:end] + (f"\n{inside}" if inside else ""))
    return contents


def carry_over(session: Session, edition: Edition) -> set[int]:
    """Copy the beads of unchanged sentences from the edition before; returns the positions that have a bead now.

    Target, hits, decisions and approvals stay what they were. Done again, it copies nothing twice. Rows are copied in
    bulk, a handful of statements whatever the length: the price of a correction follows the change, not the article.
    """
    present = select(Segment.position).join(BeadSegment).where(BeadSegment.edition_id == edition.id)
    done = set(session.scalars(present))
    previous = previous_edition(session, edition)
    if done or previous is None:
        return done
    where = {
        pair.old: pair.new
        for pair in compare_versions(session, previous.version, edition.version)
        if pair.kind in (Kind.KEPT, Kind.MOVED) and pair.new is not None
    }
    kept: dict[int, list[int]] = {}  # old bead → its positions in the new version
    for bead_id, position in session.execute(_positions(previous.id)):
        kept.setdefault(bead_id, []).append(where.get(position, -1))
    kept = {b: p for b, p in kept.items() if p[0] >= 0 and p == list(range(p[0], p[0] + len(p)))}
    if kept:
        _copy(session, previous.id, edition, kept)
    return {position for positions in kept.values() for position in positions}


def _positions(edition_id: int) -> Select[int, int]:
    return (
        select(BeadSegment.bead_id, Segment.position)
        .join(Segment, BeadSegment.segment_id == Segment.id)
        .where(BeadSegment.edition_id == edition_id)
        .order_by(Segment.position)
    )


def _copy(session: Session, previous_id: int, edition: Edition, kept: dict[int, list[int]]) -> None:
    """Copies of the beads in `kept`, at their new positions, with segments and hits."""
    beads = _rows(session, Bead.__table__, Bead.edition_id == previous_id)
    new = [
        row | {"edition_id": edition.id, "position": kept[row["id"]][0], "carried_from_id": row["id"], "revision": 1}
        for row in beads
        if row["id"] in kept
    ]
    inserted = session.execute(
        insert(Bead).returning(Bead.position, Bead.id), [{k: v for k, v in row.items() if k != "id"} for row in new]
    )
    id_at = dict(inserted.tuples().all())
    copy_of = {row["id"]: id_at[row["position"]] for row in new}
    segments = select(Segment.position, Segment.id).where(Segment.version_id == edition.version_id)
    segment_at = dict(session.execute(segments).tuples().all())
    links = [
        {"bead_id": copy_of[old], "segment_id": segment_at[position], "edition_id": edition.id}
        for old, positions in kept.items()
        for position in positions
    ]
    session.execute(insert(BeadSegment), links)
    hits = [
        {k: v for k, v in row.items() if k != "id"} | {"bead_id": copy_of[row["bead_id"]], "edition_id": edition.id}
        for row in _rows(session, Hit.__table__, Hit.edition_id == previous_id)
        if row["bead_id"] in copy_of
    ]
    if hits:
        session.execute(insert(Hit), hits)


def _rows(session: Session, table: FromClause, condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    return [dict(row) for row in session.execute(select(table).where(condition)).mappings()]
