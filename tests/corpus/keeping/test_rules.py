"""Each rule against a database broken on purpose: it is named, and it alone."""

import hashlib
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from corpus.beads import approve, edit
from corpus.database import Database
from corpus.editions import NewHit, beads_of, move
from corpus.keeping import RULES, check, purge, withdraw_article
from corpus.memory import remember
from corpus.models import BeadSegment, Edition, State, now
from corpus.spans import Span
from tests.corpus.stories import editor, store

PAIRS = [("Le pont rouvre.", "The bridge reopens."), ("Rien de plus.", "Nothing more."), ("Fin.", "The end.")]
BRIDGE = NewHit("pont", "pont", Span(3, 7), Span(4, 10), "native", form="bridge")


def fill(session: Session) -> Edition:
    """A published edition with an edited, approved bead, and one that is still in review."""
    user = editor(session)
    edition = store(session, PAIRS, hits={0: BRIDGE})
    bead = beads_of(session, edition.id)[1]
    more: dict[str, object] = {"marks": [], "hits": [], "flags": []}
    edit(session, bead, revision=bead.revision, target="No more.", actor_id=user.id, **more)  # type: ignore[arg-type]
    approve(session, bead, revision=bead.revision, actor_id=user.id)
    move(session, edition, State.APPROVED, actor_id=user.id)
    remember(session, edition)
    move(session, edition, State.PUBLISHED, actor_id=user.id)
    again = store(session, PAIRS, article_id=edition.version.article_id, hits={0: BRIDGE})
    move(session, again, State.IN_REVIEW, actor_id=user.id)
    session.flush()
    return edition


def sql(statement: str) -> Callable[[Session, Edition], None]:
    def run(session: Session, edition: Edition) -> None:
        values = {"edition": edition.id, "version": edition.version_id, "article": edition.version.article_id}
        used = {name: value for name, value in values.items() if f":{name}" in statement}
        session.execute(text(statement), used)

    return run


def shorter_text(session: Session, edition: Edition) -> None:
    version = edition.version
    version.text += "\nEncore."
    version.sha256 = hashlib.sha256(version.text.encode()).hexdigest()


def second_hit(session: Session, edition: Edition) -> None:
    edition.beads[0].hits.append(BRIDGE.row(edition.id))


def linkless(session: Session, edition: Edition) -> None:
    for bead in beads_of(session, edition.id)[:1]:
        session.query(BeadSegment).filter_by(bead_id=bead.id).delete()


BREAKS = [
    ("texts-are-what-was-sent", sql("UPDATE versions SET sha256 = 'x' WHERE id = :version")),
    ("segments-join-to-the-text", shorter_text),
    ("every-segment-is-in-one-bead beads-are-in-order", linkless),
    ("beads-are-in-order", sql("UPDATE beads SET source = 'Le pont rouvre .' WHERE edition_id = :edition AND position = 0")),
    ("beads-are-in-order", sql("UPDATE beads SET position = 7 WHERE edition_id = :edition AND position = 2")),
    ("links-agree", sql("UPDATE hits SET edition_id = (SELECT max(id) FROM editions) WHERE edition_id = :edition")),
    ("hits-lie-in-their-texts", sql("UPDATE hits SET target_end = 99 WHERE edition_id = :edition")),
    ("every-occurrence-has-one-hit", second_hit),
    ("published-editions-violate-nothing", sql("UPDATE hits SET outcome = 'violated' WHERE edition_id = :edition")),
    ("one-edition-is-published changes-of-editions-are-in-the-history states-have-their-moments",
     sql("UPDATE editions SET state = 'published' WHERE id <> :edition")),
    ("one-edition-is-published", sql("UPDATE articles SET withdrawn_at = created_at WHERE id = :article")),
    ("states-have-their-moments", sql("UPDATE beads SET approved_by_id = NULL")),
    ("uploads-are-not-lost", sql("UPDATE jobs SET languages = '[\"en\", \"uk\"]' WHERE version_id = :version")),
    ("finished-jobs-are-finished", sql("UPDATE chunks SET state = 'waiting'")),
    ("versions-are-numbered", sql("UPDATE versions SET number = 5 WHERE id = :version")),
    ("changes-of-beads-are-in-the-history", sql("UPDATE beads SET target = 'Other.' WHERE edition_id = :edition AND position = 1")),
    ("changes-of-beads-are-in-the-history", sql("UPDATE beads SET target = 'Other end.' WHERE edition_id = :edition AND position = 2")),
    ("changes-of-editions-are-in-the-history", sql("UPDATE editions SET state = 'machine' WHERE id <> :edition")),
    ("memory-is-found-by-its-source", sql("UPDATE memory SET source = 'Autre.'")),
]  # fmt: skip


def test_a_sound_database_breaks_no_rule(database: Database) -> None:
    with database.writing() as session:
        edition = fill(session)
        assert check(session) == []
        withdraw_article(session, edition.version.article_id, actor_id=1, reason="erreur")
        assert check(session) == []
        purge(session, edition.version.article_id, actor_id=1, reason="demande")
        assert check(session) == []


def test_each_rule_finds_what_breaks_it(database: Database) -> None:
    with database.writing() as session:
        edition_id = fill(session).id
    found = []
    for _, break_it in BREAKS:
        with database.reading() as session:  # what is broken in it is not kept
            break_it(session, session.get_one(Edition, edition_id))
            session.flush()
            session.expire_all()
            found.append(" ".join(sorted({violation.rule for violation in check(session)})))
    assert found == [" ".join(sorted(names.split())) for names, _ in BREAKS]


def test_every_rule_is_tried(database: Database) -> None:
    assert {name for names, _ in BREAKS for name in names.split()} | {"the-file-is-sound"} == set(RULES)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_word_index_that_lags_is_found(database: Database) -> None:
    with database.writing() as session:
        fill(session)
        session.execute(text("DROP TRIGGER beads_search_delete"))
        session.execute(text("DELETE FROM hits"))
        session.execute(text("DELETE FROM bead_segments"))
        session.execute(text("UPDATE memory SET bead_id = NULL"))
        session.execute(text("DELETE FROM beads WHERE carried_from_id IS NULL"))
        session.expire_all()
        assert "the-file-is-sound" in {v.rule for v in check(session)}


def test_an_edition_that_waits_for_nobody(database: Database) -> None:
    with database.writing() as session:
        version = fill(session).version
        session.add(Edition(version=version, language="uk", created_at=now()))
        session.flush()
        assert {v.rule for v in check(session)} == {"finished-jobs-are-finished"}
