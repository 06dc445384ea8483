"""Migrations up and down on a filled database of both kinds: nothing of what was stored is lost on the way."""

import pytest
from sqlalchemy import inspect, select

from corpus.beads import edit
from corpus.database import Database
from corpus.editions import NewHit, beads_of, move
from corpus.keeping import check
from corpus.memory import fuzzy, remember
from corpus.models import Base, State
from corpus.search import search_articles
from corpus.spans import Span
from tests.corpus.stories import editor, store

PAIRS = [("L’été à Vaumarin", "Summer in Vaumarin"), ("Le pont rouvre mardi.", "The bridge reopens on Tuesday.")]


LATER = ("marker", "part")  # of blocks, since 0003


def fill(database: Database) -> None:
    with database.writing() as session:
        user = editor(session)
        edition = store(session, PAIRS, hits={1: NewHit("pont", "pont", Span(3, 7), Span(4, 10), "native")})
        bead = beads_of(session, edition.id)[1]
        edit(session, bead, revision=bead.revision, target="On Tuesday, the bridge reopens.", marks=[], hits=[],
             flags=[], actor_id=user.id)  # fmt: skip
        move(session, edition, State.APPROVED, actor_id=user.id)
        remember(session, edition)
        store(session, [("Л’виробництво", "Запуск"), ("Fin.", "Кінець.")], "uk")


def rows(database: Database) -> dict[str, list[str]]:
    """Every table's rows, without the columns that later migrations added."""
    with database.reading() as session:
        return {
            t.name: sorted(str(r) for r in session.execute(select(*(c for c in t.columns if c.name not in LATER))))
            for t in Base.metadata.sorted_tables
        }


def indexes_answer(database: Database) -> bool:
    with database.reading() as session:
        found = (
            search_articles(session, "ete"),
            search_articles(session, "bridge"),
            fuzzy(session, "en", "Le pont rouvre."),
        )
        return all(found) and check(session) == []


def test_one_step_down_and_up_again_keeps_every_row(database: Database) -> None:
    fill(database)
    before = rows(database)
    database.migrate("0001")
    assert rows(database) == before
    assert [name for name in inspect(database.engine).get_table_names() if "search" in name] == []
    fill_below = "UPDATE versions SET title = title"  # the triggers are gone with the indexes
    with database.engine.begin() as connection:
        connection.exec_driver_sql(fill_below)
    database.migrate()
    assert rows(database) == before
    assert indexes_answer(database)


def test_rows_stored_before_the_indexes_are_found_after(database: Database) -> None:
    fill(database)
    database.migrate("0001")
    database.migrate()
    assert indexes_answer(database)


def test_down_to_nothing_and_up_again(database: Database) -> None:
    fill(database)
    database.migrate("base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    database.migrate()
    fill(database)
    assert indexes_answer(database)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_text_of_a_million_words_is_indexed_and_kept(database: Database) -> None:
    """A tsvector holds a megabyte; a longer text must be stored all the same."""
    words = " ".join(f"mot{k:x}" for k in range(200_000))
    with database.writing() as session:
        store(session, [(words, "x" * 5_000), ("mot1 " + "\u4e00\u4e01 " * 100_000, "y")])
    with database.reading() as session:
        assert len(search_articles(session, "mot1f")) == 1
