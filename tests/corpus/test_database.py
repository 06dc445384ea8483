"""Units of work and migrations, on both kinds of database."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, select

from corpus.database import Database
from corpus.errors import RelaisError, Unavailable
from corpus.models import Article, Base


def test_writing_commits_and_an_error_leaves_nothing(database: Database) -> None:
    with database.writing() as session:
        session.add(Article(title="Le pont de Vaumarin"))
    with pytest.raises(RelaisError), database.writing() as session:
        session.add(Article(title="À moitié"))
        session.flush()
        raise RelaisError("stop")
    with database.reading() as session:
        assert session.scalars(select(Article.title)).all() == ["Le pont de Vaumarin"]


def test_migrations_give_the_models_tables_and_go_back_to_nothing(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": lambda _o, name, *_: not str(name).endswith(("_index", "_search"))}
        )
        assert [d for d in compare_metadata(context, Base.metadata) if d[0] in ("add_table", "add_column")] == []
    database.migrate("base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    database.migrate()
    assert "articles" in inspect(database.engine).get_table_names()


@pytest.mark.parametrize("url", ["not a url", "postgresql://nobody@127.0.0.1:1/nothing", "sqlite:////proc/relais.db"])
def test_a_database_that_cannot_be_opened_is_one_clear_error(url: str) -> None:
    with pytest.raises(Unavailable, match="database"):
        Database(url).migrate()


def test_a_file_that_is_no_database_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "relais.db").write_text("Ceci n’est pas une base de données. " * 50)
    with pytest.raises(Unavailable, match="database"):
        Database(f"sqlite:///{tmp_path / 'relais.db'}").migrate()
