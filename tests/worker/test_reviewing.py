"""What editors do, on both databases: edits, conflicts, waivers, teaching, undo, and publishing in the end."""

from dataclasses import dataclass

import pytest

from corpus import history
from corpus.articles import NewBlock, NewVersion, create_article, store_segments
from corpus.database import Database
from corpus.editions import NewBead, NewHit, beads_of, get_edition, open_violations, store_beads
from corpus.errors import Conflict, NotFound, RelaisError
from corpus.jobs import create_job
from corpus.memory import exact
from corpus.models import Edition, Origin, State, User
from corpus.spans import Span
from glossary import store
from glossary.terms import Rendering, Status, Term
from worker import reviewing

SOURCE = "Le cessez-le-feu tient."
BAD = "The cease-fire is holding."
GOOD = "The ceasefire is holding."
TERM = Term(
    "ceasefire", "cessez-le-feu", (Rendering("en", "ceasefire"), Rendering("en", "cease-fire", Status.FORBIDDEN))
)


@dataclass
class Desk:
    database: Database
    edition_id: int
    editor_id: int


def article(database: Database, editor_id: int) -> int:
    with database.writing() as session:
        text = f"{SOURCE}\nRien d’autre."
        blocks = [NewBlock("paragraph", Span(0, len(SOURCE))), NewBlock("paragraph", Span(len(SOURCE) + 1, len(text)))]
        version = create_article(session, NewVersion(title="Trêve", text=text, blocks=blocks), actor_id=editor_id)
        store_segments(session, version, [[block.span] for block in version.blocks])
        create_job(session, version, ["en"])
        edition = get_edition(session, version.id, "en")
        edition.state = State.MACHINE
        hit = NewHit("ceasefire", "cessez-le-feu", Span(3, 16), None, "violated", proposal=GOOD)
        marks = [{"kind": "bold", "start": 0, "end": 3, "href": None}]
        first = NewBead((0,), SOURCE, BAD, hits=[hit], marks=marks)
        store_beads(session, edition, [first, NewBead((1,), "Rien d’autre.", "Nothing else.")])
        return edition.id


@pytest.fixture
def desk(database: Database) -> Desk:
    with database.writing() as session:
        editor = User(login="olena", name="Olena", password_hash="", session_key="")
        session.add(editor)
        store.save(session, TERM, actor_id=None)
    return Desk(database, article(database, editor.id), editor.id)


def test_an_edit_finds_terms_and_marks_again_and_starts_the_review(desk: Desk) -> None:
    with desk.database.writing() as session:
        bead = beads_of(session, desk.edition_id)[0]
        reviewing.edit_bead(session, bead.id, revision=bead.revision, target=f" Yes: {GOOD} ", actor_id=desk.editor_id)
    with desk.database.reading() as session:
        bead = beads_of(session, desk.edition_id)[0]
        assert (bead.target, bead.origin) == (f"Yes: {GOOD}", Origin.HUMAN)
        (hit,) = bead.hits
        assert (hit.outcome, bead.target[hit.target_start : hit.target_end]) == ("native", "ceasefire")
        assert [(m["start"], m["end"]) for m in bead.marks] == [(5, 8)]
        assert bead.edition.state is State.IN_REVIEW
        assert [c.action for c in history.of(session, "bead", bead.id)] == ["edit"]


def test_an_edit_of_what_has_changed_meanwhile_is_refused(desk: Desk) -> None:
    with desk.database.writing() as session:
        bead = beads_of(session, desk.edition_id)[0]
        seen = bead.revision
        reviewing.edit_bead(session, bead.id, revision=seen, target=GOOD, actor_id=desk.editor_id)
    with pytest.raises(Conflict), desk.database.writing() as session:
        reviewing.edit_bead(session, bead.id, revision=seen, target="Mine!", actor_id=desk.editor_id)
    with desk.database.reading() as session:
        assert beads_of(session, desk.edition_id)[0].target == GOOD


def test_an_empty_text_and_an_unknown_bead_are_refused(desk: Desk) -> None:
    with desk.database.writing() as session:
        bead = beads_of(session, desk.edition_id)[0]
        with pytest.raises(RelaisError, match="empty"):
            reviewing.edit_bead(session, bead.id, revision=bead.revision, target="  ", actor_id=desk.editor_id)
        with pytest.raises(NotFound):
            reviewing.edit_bead(session, 999, revision=0, target="x", actor_id=desk.editor_id)


def test_undo_gives_back_text_and_marks_as_a_change_of_its_own(desk: Desk) -> None:
    with desk.database.writing() as session:
        bead = beads_of(session, desk.edition_id)[0]
        marks = bead.marks
        reviewing.edit_bead(session, bead.id, revision=bead.revision, target="Rubbish.", actor_id=desk.editor_id)
        reviewing.undo_bead(session, bead.id, revision=bead.revision, actor_id=desk.editor_id)
        assert (bead.target, bead.marks) == (BAD, marks)
        assert [c.action for c in history.of(session, "bead", bead.id)] == ["edit", "undo"]


def test_the_proposal_can_be_taken_once(desk: Desk) -> None:
    with desk.database.writing() as session:
        hit = beads_of(session, desk.edition_id)[0].hits[0]
        assert reviewing.accept_proposal(session, hit.id, actor_id=desk.editor_id).target == GOOD
        assert open_violations(session, desk.edition_id) == 0
        hit = beads_of(session, desk.edition_id)[0].hits[0]
        with pytest.raises(Conflict):
            reviewing.accept_proposal(session, hit.id, actor_id=desk.editor_id)


def test_a_waiver_needs_a_reason_holds_through_edits_and_is_remembered(desk: Desk) -> None:
    with desk.database.writing() as session:
        bead = beads_of(session, desk.edition_id)[0]
        with pytest.raises(RelaisError, match="why"):
            reviewing.waive(session, [bead.hits[0].id], reason=" ", actor_id=desk.editor_id)
        reviewing.waive(session, [bead.hits[0].id], reason="a quotation", actor_id=desk.editor_id)
        reviewing.edit_bead(session, bead.id, revision=bead.revision, target=f"{BAD}!", actor_id=desk.editor_id)
        assert bead.hits[0].outcome == "waived"
        reviewing.undo_bead(session, bead.id, revision=bead.revision, actor_id=desk.editor_id)
    again = article(desk.database, desk.editor_id)
    with desk.database.reading() as session:
        (hit,) = beads_of(session, again)[0].hits
        assert (hit.outcome, hit.decided_by_id) == ("waived", desk.editor_id)


def test_teaching_admits_the_rendering_used(desk: Desk) -> None:
    with desk.database.writing() as session:
        bead = beads_of(session, desk.edition_id)[0]
        text = "The truce is holding."
        reviewing.edit_bead(session, bead.id, revision=bead.revision, target=text, actor_id=desk.editor_id)
        assert bead.hits[0].outcome == "violated"
        reviewing.teach(session, bead.hits[0].id, rendering="truce", actor_id=desk.editor_id)
        assert bead.hits[0].outcome == "native"
        term = store.get(session, "ceasefire")
        assert [r.text for r in term.accepted("en")] == ["ceasefire", "truce"]


def test_publishing_waits_for_violations_and_approval_feeds_the_memory(desk: Desk) -> None:
    with desk.database.writing() as session:
        edition = session.get_one(Edition, desk.edition_id)
        with pytest.raises(Conflict):
            reviewing.move_edition(session, edition, State.PUBLISHED, actor_id=desk.editor_id)
        reviewing.move_edition(session, edition, State.APPROVED, actor_id=desk.editor_id)
        with pytest.raises(Conflict, match="violated"):
            reviewing.move_edition(session, edition, State.PUBLISHED, actor_id=desk.editor_id)
        reviewing.accept_proposal(session, beads_of(session, edition.id)[0].hits[0].id, actor_id=desk.editor_id)
        assert edition.state is State.IN_REVIEW
        reviewing.move_edition(session, edition, State.APPROVED, actor_id=desk.editor_id)
        reviewing.move_edition(session, edition, State.PUBLISHED, actor_id=desk.editor_id)
        assert exact(session, "en", [SOURCE], edition.glossary_stamp) == {SOURCE: GOOD}
        assert edition.scores


def test_teaching_never_admits_what_the_glossary_forbids(desk: Desk) -> None:
    with desk.database.writing() as session:
        hit = beads_of(session, desk.edition_id)[0].hits[0]
        with pytest.raises(Conflict, match="forbids"):
            reviewing.teach(session, hit.id, rendering="Cease-fire", actor_id=desk.editor_id)
        with pytest.raises(Conflict, match="already"):
            reviewing.teach(session, hit.id, rendering="Ceasefire", actor_id=desk.editor_id)
