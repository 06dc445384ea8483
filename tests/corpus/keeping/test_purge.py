"""Withdrawing and purging: the texts go, who did what and when stays."""

from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from corpus import history
from corpus.beads import approve, edit
from corpus.database import Database
from corpus.editions import NewHit, beads_of, move
from corpus.errors import Conflict, NotFound, RelaisError
from corpus.keeping import compact, purge, withdraw_article
from corpus.memory import concordance, exact, remember
from corpus.models import Base, Edition, Job, JobState, MemoryUnit, State, Version
from corpus.search import search_articles, search_beads
from corpus.spans import Span
from tests.corpus.stories import editor, store, text_of

SECRET = [("Madame Quillévéré habite Trégarouan.", "Ms Quillévéré lives in Trégarouan."), ("Fin.", "The end.")]
OTHER = [("La digue tient.", "The dyke holds."), ("Fin.", "The end.")]
HIT = NewHit("quillevere", "Quillévéré", Span(7, 17), Span(3, 13), "enforced", form="Quillévéré")


def fill(database: Database) -> tuple[int, int, int]:
    """The number of an article in two versions, of another, and of an editor."""
    with database.writing() as session:
        user = editor(session)
        edition = store(session, SECRET, hits={0: HIT})
        bead = beads_of(session, edition.id)[0]
        target = "Ms. Quillévéré lives in Trégarouan."
        edit(session, bead, revision=bead.revision, target=target, marks=[], hits=[], flags=[], actor_id=user.id,
             reason="Quillévéré")  # fmt: skip
        approve(session, bead, revision=bead.revision, actor_id=user.id)
        move(session, edition, State.APPROVED, actor_id=user.id)
        remember(session, edition)
        move(session, edition, State.PUBLISHED, actor_id=user.id, reason="prêt")
        article_id = edition.version.article_id
        store(session, [*SECRET, ("Encore Quillévéré.", "Quillévéré again.")], article_id=article_id)
        other = store(session, OTHER)
        remember(session, other)
        return article_id, other.version.article_id, user.id


def everything(database: Database) -> str:
    with database.reading() as session:
        rows = [str(r) for t in Base.metadata.sorted_tables for r in session.execute(select(t))]
    return "\n".join(rows)


def test_purge_leaves_no_text_and_keeps_the_record(database: Database) -> None:
    article_id, other, user_id = fill(database)
    with database.writing() as session:
        withdraw_article(session, article_id, actor_id=user_id, reason="demande de la personne")
    assert "Quillévéré" in everything(database)
    with database.writing() as session:
        purge(session, article_id, actor_id=user_id, reason="droit à l’effacement")
    left = everything(database)
    assert "Quillévéré" not in left
    assert "Trégarouan" not in left
    assert "La digue tient." in left
    with database.reading() as session:
        lines = history.of_article(session, article_id)
        done = [(line.subject, line.action, line.actor_id) for line in lines]
        assert ("bead", "edit", user_id) in done
        assert ("edition", "published", user_id) in done
        assert done[-2:] == [("article", "withdraw", user_id), ("article", "purge", user_id)]
        assert {line.reason for line in lines} >= {"prêt", "demande de la personne", "droit à l’effacement"}
        assert [v.sha256 for v in session.scalars(select(Version).where(Version.article_id == article_id))] == [
            text_of([s for s, _ in SECRET]).sha256,
            text_of([*[s for s, _ in SECRET], "Encore Quillévéré."]).sha256,
        ]
        assert session.scalar(select(func.count(Edition.id))) == 3
        for query in ("Quillévéré", "lives"):
            assert search_articles(session, query) == []
            assert search_beads(session, query) == []
            assert concordance(session, "en", query) == []
        assert exact(session, "en", ["Fin.", "La digue tient."], "state-1") == {
            "Fin.": "The end.",
            OTHER[0][0]: OTHER[0][1],
        }
        assert len(search_articles(session, "digue")) == 1
    assert other != article_id


def test_the_order_of_things(database: Database) -> None:
    article_id, _, user_id = fill(database)
    with database.writing() as session:
        with pytest.raises(Conflict, match="must be withdrawn"):
            purge(session, article_id, actor_id=user_id, reason="x")
        with pytest.raises(RelaisError, match="say why"):
            withdraw_article(session, article_id, actor_id=user_id, reason=" ")
        with pytest.raises(NotFound):
            withdraw_article(session, 999, actor_id=user_id, reason="x")
        withdraw_article(session, article_id, actor_id=user_id, reason="x")
        with pytest.raises(Conflict, match="was withdrawn"):
            withdraw_article(session, article_id, actor_id=user_id, reason="x")
        with pytest.raises(RelaisError, match="say why"):
            purge(session, article_id, actor_id=user_id, reason="")
        purge(session, article_id, actor_id=user_id, reason="x")
        with pytest.raises(Conflict, match="was purged"):
            purge(session, article_id, actor_id=user_id, reason="x")


def test_withdrawing_stops_the_work_and_takes_every_edition(database: Database) -> None:
    article_id, _, user_id = fill(database)
    with database.writing() as session:
        for job in session.scalars(select(Job)):
            job.state = JobState.RUNNING
        session.execute(text("UPDATE editions SET state = 'translating' WHERE id = 2"))
        session.expire_all()
        withdraw_article(session, article_id, actor_id=user_id, reason="erreur")
        of_article = select(Edition).join(Version).where(Version.article_id == article_id)
        assert {edition.state for edition in session.scalars(of_article)} == {State.WITHDRAWN}
        states = session.execute(select(Version.article_id, Job.state).join(Job.version)).tuples().all()
        assert {s for a, s in states if a == article_id} == {JobState.CANCELLED}
        assert {s for a, s in states if a != article_id} == {JobState.RUNNING}


def test_a_sentence_that_another_article_shares_stays_in_the_memory(database: Database) -> None:
    article_id, other, user_id = fill(database)
    with database.writing() as session:
        withdraw_article(session, other, actor_id=user_id, reason="x")
        purge(session, other, actor_id=user_id, reason="x")
        assert sorted(session.scalars(select(MemoryUnit.source))) == ["Madame Quillévéré habite Trégarouan."]
    assert article_id != other


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_letter_is_left_in_the_files(database: Database, tmp_path: Path) -> None:
    article_id, _, user_id = fill(database)
    with database.writing() as session:
        withdraw_article(session, article_id, actor_id=user_id, reason="x")
        purge(session, article_id, actor_id=user_id, reason="x")
    compact(database)
    content = b"".join(path.read_bytes() for path in tmp_path.glob("relais.db*"))
    assert "Quillévéré".encode() not in content
    assert b"quillevere" not in content
    with database.reading() as session:
        assert len(search_articles(session, "digue")) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_compacting_postgresql(database: Database) -> None:
    fill(database)
    compact(database)
    with database.reading() as session:
        assert len(search_articles(session, "digue")) == 1
