"""Backup and restore, on both kinds of database."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from corpus.database import Database
from corpus.errors import Conflict, RelaisError
from corpus.keeping import backup, check, postgresql, restore
from corpus.memory import fuzzy, remember
from corpus.models import Article
from corpus.search import search_articles
from tests.corpus.stories import store

PAIRS = [("Le pont de Vaumarin rouvre.", "The Vaumarin bridge reopens.")]


def titles(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Article.title).order_by(Article.id)))


def fill(database: Database, title: str = "Le pont de Vaumarin rouvre.") -> None:
    with database.writing() as session:
        remember(session, store(session, [(title, "The Vaumarin bridge reopens.")]))


def test_what_was_backed_up_comes_back(database: Database, tmp_path: Path) -> None:
    fill(database)
    path = tmp_path / "relais.backup"
    assert backup(database, path) == path.stat().st_size
    fill(database, "Un article de plus.")
    assert [p.name for p in tmp_path.iterdir() if "partial" in p.name or p.name.startswith("relais.backup-")] == []
    with pytest.raises(Conflict, match="2 article"):
        restore(database, path)
    restore(database, path, replace=True)
    assert titles(database) == ["Le pont de Vaumarin rouvre."]
    with database.reading() as session:
        assert check(session) == []
        assert len(search_articles(session, "vaumarin")) == 1
        assert search_articles(session, "plus") == []
        assert fuzzy(session, "en", PAIRS[0][0])[0].score == 100
    fill(database, "Et la suite.")
    assert len(titles(database)) == 2


def test_a_backup_is_of_one_moment_while_others_write(database: Database, tmp_path: Path) -> None:
    fill(database)
    with database.writing() as session:
        store(session, [("À moitié écrit.", "Half written.")])
        backup(database, tmp_path / "relais.backup")
    restore(database, tmp_path / "relais.backup", replace=True)
    assert titles(database) == ["Le pont de Vaumarin rouvre."]


def test_a_backup_of_an_earlier_revision_is_brought_to_the_newest(database: Database, tmp_path: Path) -> None:
    fill(database)
    database.migrate("0001")
    backup(database, tmp_path / "old.backup")
    database.migrate("base")
    restore(database, tmp_path / "old.backup")
    with database.reading() as session:
        assert len(search_articles(session, "vaumarin")) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no backup"),
        (b"Bonjour", "no backup"),
        (b"SQLite format 3\0" + b"x" * 5000, "damaged|is a backup of SQLite"),
        (b"PGDMP" + b"x" * 5000, "damaged|is a backup of PostgreSQL"),
    ],
)
def test_what_is_no_backup_changes_nothing(database: Database, tmp_path: Path, content: bytes, said: str) -> None:
    fill(database)
    (tmp_path / "broken").write_bytes(content)
    with pytest.raises(RelaisError, match=said):
        restore(database, tmp_path / "broken", replace=True)
    with pytest.raises(RelaisError, match="cannot be read"):
        restore(database, tmp_path / "nothing", replace=True)
    assert titles(database) == ["Le pont de Vaumarin rouvre."]


def test_a_damaged_backup_changes_nothing(database: Database, tmp_path: Path) -> None:
    fill(database)
    path = tmp_path / "relais.backup"
    backup(database, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(RelaisError, match="damaged"):
        restore(database, path, replace=True)
    assert titles(database) == ["Le pont de Vaumarin rouvre."]


def test_a_backup_never_overwrites_what_is_none(database: Database, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("à garder")
    with pytest.raises(RelaisError, match="is no backup"):
        backup(database, tmp_path / "notes.txt")
    with pytest.raises(RelaisError, match="cannot be written"):
        backup(database, tmp_path / "no folder" / "relais.backup")
    if database.sqlite:
        with pytest.raises(RelaisError, match="the database itself"):
            backup(database, Path(str(database.url.database)))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_backup_of_a_newer_relais_is_refused(database: Database, tmp_path: Path) -> None:
    backup(database, tmp_path / "new.backup")
    connection = sqlite3.connect(tmp_path / "new.backup")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(RelaisError, match="newer Relais"):
        restore(database, tmp_path / "new.backup")


def test_a_missing_program_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(postgresql, "PLACES", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RelaisError, match="pg_dump is missing: install"):
        postgresql.find("pg_dump")
