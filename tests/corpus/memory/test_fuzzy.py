"""Fuzzy offers and concordance, on both kinds of database."""

import pytest
from sqlalchemy import Connection, event

from corpus.database import Database
from corpus.editions import beads_of
from corpus.exchange.base import Unit
from corpus.memory import concordance, fuzzy, import_units, remember
from corpus.models import MemoryUnit
from corpus.worddiff import Edit, Piece, word_diff
from tests.corpus.stories import store

PAIRS = [
    ("Le pont de Vaumarin rouvrira mardi à la circulation.", "The Vaumarin bridge will reopen to traffic on Tuesday."),
    ("La digue de Corlay tient malgré les pluies.", "The Corlay dyke is holding despite the rain."),
    ("Salle ９, 14 h 30", "Room ９, 2.30 p.m."),
    ("Non.", "No."),
    ("L'œuvre a été restaurée à l'été.", "The work was restored in summer."),
]


def fill(database: Database) -> None:
    with database.writing() as session:
        remember(session, store(session, PAIRS))


@pytest.mark.parametrize(
    ("source", "target", "low", "high"),
    [
        (PAIRS[0][0], PAIRS[0][1], 100, 100),
        ("Le pont de Vaumarin rouvrira jeudi à la circulation.", PAIRS[0][1], 90, 99),
        ("Le pont de Vaumarin rouvrira à la circulation.", PAIRS[0][1], 80, 99),
        ("La digue de Corlay tient, malgré la pluie.", PAIRS[1][1], 80, 99),
        ("Salle 9, 14 h 30", "Room 9, 2.30 p.m.", 100, 100),
        ("Salle 9, 15 h 30", "Room ９, 2.30 p.m.", 70, 99),
        ("Non !", "No.", 65, 99),
        ("L’œuvre a été restaurée à l’été.", PAIRS[4][1], 100, 100),
    ],
)
def test_the_best_offer_its_score_and_what_differs(
    database: Database, source: str, target: str, low: int, high: int
) -> None:
    fill(database)
    with database.reading() as session:
        best = fuzzy(session, "en", source)[0]
    assert best.target == target
    assert low <= best.score <= high
    assert "".join(p.text for p in best.diff if p.edit is not Edit.REMOVED) == source
    assert "".join(p.text for p in best.diff if p.edit is not Edit.ADDED) == best.source


@pytest.mark.parametrize("source", ["", " ", "?!", "Un tout autre sujet, sans rapport aucun.", 'a" OR "b', "' | 'x'"])
def test_nothing_like_it_is_no_offer(database: Database, source: str) -> None:
    fill(database)
    with database.reading() as session:
        assert fuzzy(session, "en", source) == []
        assert fuzzy(session, "uk", PAIRS[0][0]) == []


def test_an_edited_bead_is_found_by_its_new_text_alone(database: Database) -> None:
    with database.writing() as session:
        edition = store(session, PAIRS)
        remember(session, edition)
        bead = beads_of(session, edition.id)[1]
        bead.target = "The dyke at Corlay holds."
        remember(session, edition)
        assert [o.target for o in fuzzy(session, "en", PAIRS[1][0])] == ["The dyke at Corlay holds."]
        assert concordance(session, "en", "despite", side="target") == []
        session.delete(session.query(MemoryUnit).filter_by(bead_id=bead.id).one())
        session.flush()
        assert fuzzy(session, "en", PAIRS[1][0]) == []


@pytest.mark.parametrize(
    ("query", "side", "found"),
    [
        ("pont vaumarin", "source", ["pont", "Vaumarin"]),
        ("PONT", "source", ["pont"]),
        ("oeuvre ete", "source", ["œuvre", "été", "été"]),
        ("restaur", "source", ["restaurée"]),
        ("dyke holding", "target", ["dyke", "holding"]),
        ("bridge dyke", "target", None),
        ('pont" OR "digue', "source", None),
        ("'pont'", "source", ["pont"]),
        ("* : {source} NEAR(", "source", None),
        ("", "source", None),
    ],
)
def test_concordance(database: Database, query: str, side: str, found: list[str] | None) -> None:
    fill(database)
    with database.reading() as session:
        examples = concordance(session, "en", query, side=side)  # type: ignore[arg-type]
    shown = [[span.of(getattr(e, side)) for span in e.spans] for e in examples]
    assert shown == ([found] if found else [])


def test_word_diff() -> None:
    assert word_diff("Le pont rouvre.", "Le vieux pont ferme.") == [
        Piece(Edit.SAME, "Le"),
        Piece(Edit.ADDED, " vieux"),
        Piece(Edit.SAME, " pont "),
        Piece(Edit.REMOVED, "rouvre"),
        Piece(Edit.ADDED, "ferme"),
        Piece(Edit.SAME, "."),
    ]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_starts_with_the_word_index_before_it_has_statistics(database: Database) -> None:
    """Else it expects one unit of a language, reads all of them, and a search takes seconds."""
    with database.writing() as session:
        pairs = (Unit("", f"Le pont {k} rouvre à Vaumarin {k % 7}.", f"Bridge {k}", "fr", "en") for k in range(3000))
        import_units(session, pairs, "a.tmx")
    plans: list[str] = []

    def explain(connection: Connection, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if "relais_words" in statement and not statement.startswith("EXPLAIN"):
            lines = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)  # type: ignore[arg-type]
            plans.append("\n".join(line for (line,) in lines))

    event.listen(database.engine, "before_cursor_execute", explain)
    with database.reading() as session:
        assert fuzzy(session, "en", "Le pont 12 rouvre à Vaumarin.")[0].target == "Bridge 12"
        assert len(concordance(session, "en", "pont vaum", limit=5)) == 5
    assert len(plans) == 2
    assert all("ix_memory_source_words" in plan and "ix_memory_lookup" not in plan for plan in plans), plans
