"""The JSON that others rely on: sources, beads and hits as `relais show`, `relais translate` and the API print them."""

from collections.abc import Sequence
from typing import Any

from corpus.editions import NewBead, NewHit
from corpus.models import Bead, Edition, Hit, Version


def source_view(version: Version) -> dict[str, Any]:
    """Title and blocks of a stored version, each block with its segments; offsets count in ``text``."""
    segments: dict[int, list[dict[str, Any]]] = {}
    for s in version.segments:
        span = {"number": s.position, "start": s.start, "end": s.end, "text": s.span.of(version.text)}
        segments.setdefault(s.block_id, []).append(span)
    blocks = [
        {
            "kind": b.kind,
            "level": b.level,
            "marker": b.marker,
            "part": b.part,
            "start": b.start,
            "end": b.end,
            "text": b.span.of(version.text),
            "segments": segments.get(b.id, []),
        }
        for b in version.blocks
    ]
    return {"title": version.title, "text": version.text, "blocks": blocks, "set_aside": version.set_aside}


def edition_view(edition: Edition, beads: Sequence[Bead]) -> dict[str, Any]:
    """An edition with its beads in order."""
    return {
        "language": edition.language,
        "state": edition.state.value,
        "route": edition.route,
        "beads": [bead_view(bead) for bead in beads],
    }


def bead_view(bead: Bead) -> dict[str, Any]:
    """A stored bead. ``origin`` is `kept` where a correction left the sentence alone."""
    return {
        "id": bead.id,
        "revision": bead.revision,
        "source": [segment.position for segment in bead.segments],
        "source_text": bead.source,
        "target": bead.target,
        "marks": bead.marks,
        "origin": "kept" if bead.carried_from_id else bead.origin.value,
        "approved": bead.approved_at is not None,
        "flags": bead.flags,
        "hits": [hit_view(hit) for hit in bead.hits],
    }


def hit_view(hit: Hit) -> dict[str, Any]:
    """A stored hit."""
    target = None if hit.target_start is None else [hit.target_start, hit.target_end]
    return {
        "id": hit.id,
        "term": hit.term,
        "key": hit.term_key,
        "source": [hit.source_start, hit.source_end],
        "target": target,
        "outcome": hit.outcome,
        "method": hit.method,
        "form": hit.form,
        "proposal": hit.proposal,
        "reason": hit.reason,
    }


def new_bead_view(bead: NewBead) -> dict[str, Any]:
    """A bead that is not stored."""
    return {
        "source": list(bead.segments),
        "source_text": bead.source,
        "target": bead.target,
        "marks": bead.marks,
        "origin": bead.origin.value,
        "flags": bead.flags,
        "hits": [new_hit_view(hit) for hit in bead.hits],
    }


def new_hit_view(hit: NewHit) -> dict[str, Any]:
    """A hit that is not stored."""
    return {
        "term": hit.term,
        "key": hit.term_key,
        "source": list(hit.source),
        "target": list(hit.target) if hit.target else None,
        "outcome": hit.outcome,
        "method": hit.method,
        "form": hit.form,
        "proposal": hit.proposal,
    }
