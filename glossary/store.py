"""The newsroom's glossary in the database: rows to terms and back, and the stamp that names its state."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from corpus import history
from corpus.editions import NewHit
from corpus.errors import Conflict, NotFound
from corpus.models import Change, RenderingEntry, TermEntry
from glossary.enforcement.base import Hit
from glossary.inflection import comparable
from glossary.terms import CaseRule, Rendering, Status, Term


def load(session: Session, *, active_only: bool = True) -> list[Term]:
    """The stored terms, by key."""
    query = select(TermEntry).order_by(TermEntry.key)
    return [_term(row) for row in session.scalars(query.where(TermEntry.active) if active_only else query)]


def get(session: Session, key: str) -> Term:
    """One term. Raises `NotFound`."""
    return _term(_row(session, key))


def find(session: Session, key: str) -> Term | None:
    """One term, None where there is none (any more)."""
    row = session.scalar(select(TermEntry).where(TermEntry.key == key))
    return _term(row) if row else None


def save(session: Session, term: Term, *, actor_id: int | None, action: str = "edit", reason: str = "") -> None:
    """Store a term under its key, new or changed; no line of history where nothing changes."""
    row = session.scalar(select(TermEntry).where(TermEntry.key == term.key))
    before = asdict(_term(row)) if row else {}
    if before == asdict(term):
        return
    if row is None:
        row = TermEntry(key=term.key, source=term.source, created_by_id=actor_id)
        session.add(row)
        action = "create"
    _fill(row, term)
    session.flush()
    history.record(session, "term", row.id, action, actor_id=actor_id, before=before, after=asdict(term), reason=reason)


def delete(session: Session, key: str, *, actor_id: int | None, reason: str = "") -> None:
    """Remove a term; its history stays, and so do the hits that name it. Raises `NotFound`."""
    row = _row(session, key)
    history.record(session, "term", row.id, "delete", actor_id=actor_id, before=asdict(_term(row)), reason=reason)
    session.delete(row)


def load_starter(session: Session, terms: Iterable[Term]) -> int:
    """Fill an empty glossary on the first start; a glossary that has, or ever had, a term is left alone.

    Several processes may start at once: on PostgreSQL the table is locked, SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE terms IN SHARE ROW EXCLUSIVE MODE"))
    if session.scalar(select(func.count(TermEntry.id))) or _ever_filled(session):
        return 0
    new = list(terms)
    for term in new:
        save(session, term, actor_id=None, reason="starter list")
    return len(new)


def stamp(terms: Sequence[Term]) -> str:
    """Names a state of the glossary: the first 16 hexadecimal digits of the SHA-256 of its terms."""
    content = "\n".join(repr(term) for term in sorted(terms, key=lambda t: t.key))
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def teach(session: Session, key: str, language: str, rendering: str, *, actor_id: int) -> None:
    """Add a rendering an editor used as admitted.

    Raises `Conflict` when the entry already has it, or forbids it: that is a decision to take on the term's page.
    """
    row = _row(session, key)
    for known in row.renderings:
        if known.language == language and comparable(known.text) == comparable(rendering):
            if known.status == Status.FORBIDDEN.value:
                raise Conflict("%(term)s forbids “%(text)s”", term=row.source, text=rendering)
            raise Conflict("%(term)s has the rendering “%(text)s” already", term=row.source, text=rendering)
    before = asdict(_term(row))
    row.renderings.append(
        RenderingEntry(
            language=language, text=rendering, status=Status.ADMITTED.value, position=len(row.renderings), forms={}
        )
    )
    session.flush()
    history.record(session, "term", row.id, "teach", actor_id=actor_id, before=before, after=asdict(_term(row)))


def new_hit(hit: Hit) -> NewHit:
    """A hit as the corpus stores it."""
    return NewHit(
        term_key=hit.term.key,
        term=hit.term.source,
        source=hit.source,
        target=hit.target,
        outcome=hit.outcome.value,
        method=hit.method,
        form=hit.form,
        score_before=hit.score_before,
        score_after=hit.score_after,
        proposal=hit.proposal,
    )


def row_id(session: Session, key: str) -> int:
    """The number under which a term's history is kept. Raises `NotFound`."""
    return _row(session, key).id


def _row(session: Session, key: str) -> TermEntry:
    row = session.scalar(select(TermEntry).where(TermEntry.key == key))
    if row is None:
        raise NotFound("there is no term %(key)s", key=key)
    return row


def _ever_filled(session: Session) -> bool:
    return session.scalar(select(Change.id).where(Change.subject == "term").limit(1)) is not None


def _term(row: TermEntry) -> Term:
    return Term(
        key=row.key,
        source=row.source,
        renderings=tuple(_rendering(r) for r in row.renderings),
        part_of_speech=row.part_of_speech,
        case=CaseRule(row.case),
        variants=tuple(row.variants),
        kind=row.kind,
        domain=row.domain,
        note=row.note,
        definition=row.definition,
        active=row.active,
        topics=tuple(row.topics),
    )


def _rendering(row: RenderingEntry) -> Rendering:
    return Rendering(
        language=row.language,
        text=row.text,
        status=Status(row.status),
        gender=row.gender,
        number=row.number,
        indeclinable=row.indeclinable,
        forms=dict(row.forms),
    )


def _fill(row: TermEntry, term: Term) -> None:
    values: dict[str, Any] = {
        "source": term.source,
        "kind": term.kind,
        "part_of_speech": term.part_of_speech,
        "case": term.case.value,
        "variants": list(term.variants),
        "domain": term.domain,
        "note": term.note,
        "definition": term.definition,
        "topics": list(term.topics),
        "active": term.active,
    }
    for name, value in values.items():
        setattr(row, name, value)
    row.renderings = [
        RenderingEntry(
            position=i,
            language=r.language,
            text=r.text,
            status=r.status.value,
            gender=r.gender,
            number=r.number,
            indeclinable=r.indeclinable,
            forms=dict(r.forms),
        )
        for i, r in enumerate(term.renderings)
    ]
