"""Edits of a file put back onto the beads of an edition, as an editor's: terms found again, checks run again."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from corpus import beads
from corpus.exchange.base import State, Unit
from corpus.exchange.merge import Effect, Finding
from corpus.merging import findings
from corpus.models import Edition
from worker.reviewing import edit_bead


def import_edits(
    session: Session, edition: Edition, units: Iterable[Unit], *, actor_id: int, take: bool = False
) -> list[Finding]:
    """Apply what the file changes and approves; conflicts, changed sources and unknown units are only reported.

    ``take``: in a conflict, the file's text goes before the edition's. The caller's transaction makes it all or
    nothing. Raises `Conflict` when the edition is closed to changes, or a published one would violate a term.
    """
    found = findings(session, edition, units)
    applied = {Effect.CHANGED, Effect.CONFLICT} if take else {Effect.CHANGED}
    for finding in found:
        if finding.bead is None:
            continue
        bead = beads.get_bead(session, int(finding.bead.id))
        unit = finding.unit
        if finding.effect in applied:
            marks = [m.as_dict() for m in unit.marks]
            edit_bead(
                session,
                bead.id,
                revision=bead.revision,
                target=unit.target or "",
                actor_id=actor_id,
                marks=marks or None,
                action="import",
            )
        if finding.effect is Effect.APPROVED or (finding.effect in applied and finding.state is State.APPROVED):
            beads.approve(session, bead, revision=bead.revision, actor_id=actor_id)
    return found
