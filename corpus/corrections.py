"""Corrections: which sentences of a new version are old ones, and keeping the work done on them."""

from collections import defaultdict, deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.editions import beads_of
from corpus.models import Bead, BeadSegment, Edition, Hit, Segment, Version, now

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


def compare_versions(old: Version, new: Version) -> list[Pair]:
    """Pair the segments of two versions by text and markup; indices are segment positions."""
    return compare([_content(s, old) for s in old.segments], [_content(s, new) for s in new.segments])


def _content(segment: Segment, version: Version) -> str:
    """Text and markup as one comparable string: a sentence newly in bold is a changed sentence."""
    marks = [
        (m["kind"], m["start"] - segment.start, m["end"] - segment.start, m.get("href"))
        for m in segment.block.marks
        if m["start"] < segment.end and segment.start < m["end"]
    ]
    return segment.span.of(version.text) + (f"\n{marks}" if marks else "")


def carry_over(session: Session, edition: Edition) -> set[int]:
    """Copy the beads of unchanged sentences from the edition before; returns the positions that have a bead now.

    Target, hits, decisions and approvals stay what they were. Done again, it copies nothing twice.
    """
    present = select(Segment.position).join(BeadSegment).where(BeadSegment.edition_id == edition.id)
    done = set(session.scalars(present))
    previous = previous_edition(session, edition)
    if done or previous is None:
        return done
    segments = edition.version.segments
    where = {
        pair.old: pair.new
        for pair in compare_versions(previous.version, edition.version)
        if pair.kind in (Kind.KEPT, Kind.MOVED)
    }
    for bead in beads_of(session, previous.id):
        new = [where.get(segment.position) for segment in bead.segments]
        positions = [p for p in new if p is not None]
        if len(positions) == len(new) and positions == list(range(positions[0], positions[0] + len(positions))):
            session.add(_copy(bead, edition, [segments[p] for p in positions]))
            done.update(positions)
    session.flush()
    return done


def _copy(bead: Bead, edition: Edition, segments: Sequence[Segment]) -> Bead:
    return Bead(
        edition_id=edition.id,
        position=segments[0].position,
        carried_from_id=bead.id,
        updated_at=now(),
        links=[BeadSegment(segment_id=s.id, edition_id=edition.id) for s in segments],
        hits=[_copy_hit(hit, edition.id) for hit in bead.hits],
        **{name: getattr(bead, name) for name in _CARRIED},
    )


_CARRIED = (
    "source", "target", "machine", "marks", "origin", "flags", "score", "confidence", "approved_at", "approved_by_id",
)  # fmt: skip

_CARRIED_HIT = (
    "term_key", "term", "source_start", "source_end", "target_start", "target_end", "outcome", "method", "form",
    "score_before", "score_after", "proposal", "reason", "decided_by_id", "decided_at",
)  # fmt: skip


def _copy_hit(hit: Hit, edition_id: int) -> Hit:
    return Hit(edition_id=edition_id, **{name: getattr(hit, name) for name in _CARRIED_HIT})
