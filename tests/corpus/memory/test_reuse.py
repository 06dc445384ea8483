"""Exact reuse and what an approval leaves in the memory."""

import pytest
from sqlalchemy import func, select

from corpus.database import Database
from corpus.editions import NewHit, beads_of
from corpus.memory import exact, remember
from corpus.memory.lookup import lookup_key
from corpus.models import MemoryUnit
from corpus.spans import Span
from tests.corpus.stories import store

NNBSP, NBSP = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qu'est-ce que c'est ?", f"Qu’est-ce que c’est{NBSP}?"),
        ("Qu'est-ce que c'est ?", f"Qu’est-ce que c’est{NNBSP}?"),
        ("Porte ４, 18 h 15", f"Porte 4, 18{NBSP}h{NBSP}15"),
        ("Porte ٤", "Porte 4"),
        ("Une  digue\ttient.", " Une digue tient. "),
        ("Un cessez\u2011le\u2011feu", "Un cessez-le-feu"),
        ("re\u0301union", "r\u00e9union"),
        ("con\u00adtrat", "contrat"),
    ],
)
def test_spellings_that_are_one_text(one: str, other: str) -> None:
    assert lookup_key(one) == lookup_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Le pont.", "le pont."), ("été", "ete"), ("10² m", "102 m"), ("Non.", "Non !"), ("a-t-il", "a t il")],
)
def test_spellings_that_are_two_texts(one: str, other: str) -> None:
    assert lookup_key(one) != lookup_key(other)


def test_what_was_approved_is_found_again_however_it_is_spelt(database: Database) -> None:
    with database.writing() as session:
        pairs = [("Qu'est-ce que c'est ?", "What is it?"), ("Porte ４, étage 2", "Gate ４, floor 2")]
        remember(session, store(session, pairs))
    with database.reading() as session:
        new = f"Qu’est-ce que c’est{NBSP}?"
        sources = [new, "Qu'est-ce que c'est ?", "Porte 4, étage 2", "Jamais vu."]
        assert exact(session, "en", sources, "state-1") == {
            new: "What is it?",
            "Qu'est-ce que c'est ?": "What is it?",
            "Porte 4, étage 2": "Gate 4, floor 2",
        }
        assert exact(session, "uk", sources, "state-1") == {}
        assert exact(session, "en", sources, "another state") == {}


def test_approving_again_updates_and_never_doubles(database: Database) -> None:
    with database.writing() as session:
        pairs = [("Non.", "No."), ("Non.", "Against."), ("Non.", "No."), ("La digue tient.", "The dike holds.")]
        edition = store(session, pairs)
        assert remember(session, edition) == 4
        assert remember(session, edition) == 4
        assert session.scalar(select(func.count(MemoryUnit.id))) == 3
        beads_of(session, edition.id)[3].target = "The dyke holds."
        remember(session, edition)
        assert session.scalar(select(func.count(MemoryUnit.id))) == 3
        assert exact(session, "en", ["La digue tient."], "state-1") == {"La digue tient.": "The dyke holds."}


@pytest.mark.parametrize("edited", [0, 1])
def test_two_beads_with_one_pair_part_when_one_is_edited(database: Database, edited: int) -> None:
    with database.writing() as session:
        edition = store(session, [("Non.", "No."), ("Non.", "No.")])
        remember(session, edition)
        beads_of(session, edition.id)[edited].target = "Against."
        remember(session, edition)
        remember(session, edition)
        assert sorted(session.scalars(select(MemoryUnit.target))) == ["Against.", "No."]


def test_the_newest_approval_is_used_and_a_correction_does_not_double(database: Database) -> None:
    with database.writing() as session:
        first = store(session, [("La digue tient.", "The dike holds.")])
        remember(session, first)
        remember(session, store(session, [("La digue tient.", "The dyke is holding.")]))
        assert exact(session, "en", ["La digue tient."], "state-1") == {"La digue tient.": "The dyke is holding."}
        again = store(session, [("La digue tient.", "The dike holds.")], article_id=first.version.article_id)
        remember(session, again)
        assert session.scalar(select(func.count(MemoryUnit.id))) == 2
        assert exact(session, "en", ["La digue tient."], "state-1") == {"La digue tient.": "The dike holds."}


@pytest.mark.parametrize(("outcome", "kept"), [("native", 1), ("enforced", 1), ("violated", 0), ("waived", 0)])
def test_exceptions_are_no_models(database: Database, outcome: str, kept: int) -> None:
    with database.writing() as session:
        hit = NewHit("pont", "pont", Span(3, 7), None, outcome)
        edition = store(session, [("Le pont rouvre.", "It reopens.")], hits={0: hit})
        assert remember(session, edition) == kept
        beads_of(session, edition.id)[0].hits[0].outcome = "violated"
        assert remember(session, edition) == 0
        assert session.scalar(select(func.count(MemoryUnit.id))) == 0
