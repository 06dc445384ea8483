"""Scores kept on approval, the audit trail given out, and taking changes back."""

from datetime import timedelta

import pytest

from corpus.audit import FIELDS, trail
from corpus.beads import edit
from corpus.database import Database
from corpus.editions import beads_of, move
from corpus.errors import Conflict
from corpus.models import Edition, State, User, now
from corpus.scoring import score_edition, scores_over_time
from corpus.undoing import undo_edition
from glossary import store as terms
from glossary.integrity import check as without_hits
from glossary.terms import CaseRule, Rendering, Status, Term
from glossary.undoing import undo_term
from tests.corpus.stories import editor, store

PAIRS = [
    ("Le pont rouvre mardi matin.", "The bridge reopens on Tuesday morning."),
    ("La digue tient.", "The dike holds."),
]
BRIDGE = Term(
    "pont", "pont", (Rendering("en", "bridge"), Rendering("uk", "міст", Status.ADMITTED, forms={"gen.sg": "мосту"})),
    case=CaseRule.EXACT, variants=("ponts",), topics=("faits divers",),
)  # fmt: skip


def edited(database: Database) -> tuple[Edition, User]:
    with database.writing() as session:
        user = editor(session)
        edition = store(session, PAIRS)
        bead = beads_of(session, edition.id)[1]
        edit(session, bead, revision=bead.revision, target="The dyke holds.", marks=[], hits=[], flags=[],
             actor_id=user.id, reason="orthographe")  # fmt: skip
        return edition, user


def test_scores_say_how_far_the_machine_was(database: Database) -> None:
    edition, user = edited(database)
    with database.writing() as session:
        edition = session.get_one(Edition, edition.id)
        edition.packages = [{"name": "fr→en", "version": "1.9", "sha256": "x"}]
        move(session, edition, State.APPROVED, actor_id=user.id)
        score_edition(session, edition)
        (scored,) = scores_over_time(session, language="en")
        assert list(scores_over_time(session, language="uk")) == []
        metrics = {m["metric"]: m for m in scored.scores["metrics"]}
        assert set(metrics) == {"BLEU", "chrF++", "TER"}
        assert 0 < metrics["TER"]["score"] < 30
        assert 60 < metrics["chrF++"]["score"] < 100
        assert all("version:" in m["signature"] for m in metrics.values())
        assert (scored.scores["sentences"], scored.scores["unchanged"]) == (2, 1)
        assert scored.scores["packages"] == edition.packages
        assert scored.scores["glossary_stamp"] == "state-1"


def test_what_no_machine_wrote_has_no_scores(database: Database) -> None:
    edition, user = edited(database)
    with database.writing() as session:
        edition = session.get_one(Edition, edition.id)
        for bead in beads_of(session, edition.id):
            bead.machine = None
        move(session, edition, State.APPROVED, actor_id=user.id)
        score_edition(session, edition)
        assert edition.scores == {}
        assert list(scores_over_time(session)) == []


def test_the_audit_trail_says_who_when_what_and_why(database: Database) -> None:
    edition, _ = edited(database)
    with database.reading() as session:
        lines = list(trail(session))
        assert all(tuple(line) == FIELDS for line in lines)
        assert [line["id"] for line in lines] == sorted(line["id"] for line in lines)
        (line,) = trail(session, subject="bead")
        assert (line["actor"], line["action"], line["reason"]) == ("claire", "edit", "orthographe")
        assert (line["before"]["target"], line["after"]["target"]) == ("The dike holds.", "The dyke holds.")
        article_id = session.get_one(Edition, edition.id).version.article_id
        assert len(list(trail(session, article_id=article_id))) == len(lines)
        assert list(trail(session, article_id=article_id + 1)) == []
        assert list(trail(session, since=now() + timedelta(hours=1))) == []
        assert list(trail(session, until=now() - timedelta(hours=1))) == []


@pytest.mark.parametrize(
    ("way", "back"),
    [
        ([State.IN_REVIEW], State.MACHINE),
        ([State.IN_REVIEW, State.APPROVED], State.IN_REVIEW),
        ([State.APPROVED], State.IN_REVIEW),
        ([State.APPROVED, State.WITHDRAWN], State.IN_REVIEW),
        ([State.APPROVED, State.PUBLISHED, State.WITHDRAWN], State.IN_REVIEW),
    ],
)
def test_a_state_is_taken_back(database: Database, way: list[State], back: State) -> None:
    with database.writing() as session:
        user, edition = editor(session), store(session, PAIRS)
        for state in way:
            move(session, edition, state, actor_id=user.id)
        session.flush()
        assert undo_edition(session, edition, actor_id=user.id) is back
        assert edition.state is back


def test_states_that_stay(database: Database) -> None:
    with database.writing() as session:
        user, edition = editor(session), store(session, PAIRS)
        with pytest.raises(Conflict, match="nothing to undo"):
            undo_edition(session, edition, actor_id=user.id)
        move(session, edition, State.APPROVED, actor_id=user.id)
        move(session, edition, State.PUBLISHED, actor_id=user.id)
        session.flush()
        with pytest.raises(Conflict, match="only be withdrawn"):
            undo_edition(session, edition, actor_id=user.id)
        newer = store(session, PAIRS, article_id=edition.version.article_id)
        move(session, newer, State.APPROVED, actor_id=user.id)
        move(session, newer, State.PUBLISHED, actor_id=user.id)
        session.flush()
        with pytest.raises(Conflict, match="newer version"):
            undo_edition(session, edition, actor_id=user.id)


def test_a_term_is_taken_back(database: Database) -> None:
    changed = Term("pont", "pont", (Rendering("en", "span"),))
    with database.writing() as session:
        user = editor(session)
        with pytest.raises(Conflict):
            undo_term(session, "pont", actor_id=user.id)
        terms.save(session, BRIDGE, actor_id=user.id)
        terms.save(session, changed, actor_id=user.id)
        session.flush()
        assert undo_term(session, "pont", actor_id=user.id) == BRIDGE
        assert terms.get(session, "pont") == BRIDGE
        session.flush()
        with pytest.raises(Conflict):
            undo_term(session, "pont", actor_id=user.id)
        terms.delete(session, "pont", actor_id=user.id)
        session.flush()
        assert undo_term(session, "pont", actor_id=user.id) == BRIDGE
        assert terms.load(session) == [BRIDGE]


def test_a_term_just_made_is_unmade(database: Database) -> None:
    with database.writing() as session:
        user = editor(session)
        terms.save(session, BRIDGE, actor_id=user.id)
        session.flush()
        assert undo_term(session, "pont", actor_id=user.id) is None
        assert terms.load(session) == []


def test_an_occurrence_without_a_hit_is_found_while_the_glossary_is_the_same(database: Database) -> None:
    with database.writing() as session:
        user = editor(session)
        terms.save(session, Term("pont", "pont", (Rendering("en", "bridge"),)), actor_id=user.id)
        edition = store(session, PAIRS, stamp=terms.stamp(terms.load(session)))
        session.flush()
        assert [(v.rule, v.subject) for v in without_hits(session)] == [("every-occurrence-has-one-hit", "bead")]
        terms.save(session, Term("digue", "digue", (Rendering("en", "dyke"),)), actor_id=user.id)
        session.flush()
        assert list(without_hits(session)) == []
        assert edition.state is State.MACHINE
