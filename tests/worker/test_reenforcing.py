"""A changed term and the editions it touches, on both databases; the engine is a stub that uses the new rendering."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus import history
from corpus.database import Database
from corpus.editions import NewBead, NewHit, beads_of
from corpus.errors import Conflict, Unavailable
from corpus.models import Edition, Origin, State
from corpus.spans import Span
from glossary import store
from glossary.terms import Rendering
from tests.service.seeding import TERMS, Seeded, seed_article, seed_terms, seed_users
from worker import reenforcing, reviewing, tasks
from worker.pipeline import Translation
from worker.reenforcing import reenforce, touched
from worker.sources import Source

TRUCE = replace(TERMS[0], renderings=(Rendering("en", "truce"), Rendering("uk", "перемир’я")))
NEW = "A truce has held since Monday."


class Engine:
    """Stands in for `worker.pipeline.translate`; remembers what it was asked for."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(
        self, sources: Sequence[Source], languages: Sequence[str], *_: object, **__: object
    ) -> dict[str, Translation]:
        self.seen += [source.text for source in sources]
        hit = NewHit("ceasefire", "cessez-le-feu", Span(3, 16), Span(2, 7), "enforced", form="truce")
        beads = [NewBead((s.position,), s.text, NEW, hits=[hit]) for s in sources]
        return {language: Translation(language, ["fr→xx"], [], beads) for language in languages}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    stub = Engine()
    monkeypatch.setattr(reenforcing, "translate", stub)
    return stub


@pytest.fixture
def editor(database: Database) -> int:
    return seed_users(database)["olena"]


@pytest.fixture
def seeded(database: Database, editor: int) -> Seeded:
    """An article whose English violates « cessez-le-feu » in its fourth bead, and then the term changes."""
    seed_terms(database)
    stored = seed_article(database)
    with database.writing() as session:
        store.save(session, TRUCE, actor_id=editor)
    return stored


def of(database: Database, seeded: Seeded, language: str = "en") -> list[reenforcing.Touched]:
    with database.reading() as session:
        return touched(session, [TRUCE], edition_id=seeded.editions[language])


def target(database: Database, seeded: Seeded) -> tuple[str, list[str]]:
    with database.reading() as session:
        bead = beads_of(session, seeded.editions["en"])[3]
        return bead.target, [hit.outcome for hit in bead.hits]


def test_only_unpublished_newest_editions_with_the_term_are_touched(database: Database, seeded: Seeded) -> None:
    seed_article(database, state=State.PUBLISHED)
    seed_article(database, blocks=[("paragraph", ["Rien de tel ici."])])
    corrected = seed_article(database)
    newest = seed_article(database, article_id=corrected.article)
    with database.reading() as session:
        found = touched(session, [TRUCE])
    wanted = [*newest.editions.values(), *seeded.editions.values()]
    assert sorted(change.edition_id for change in found) == sorted(wanted)
    assert {len(change.bead_ids) for change in found} == {1}
    assert {change.by_hand for change in found} == {0}


def test_a_term_that_was_removed_or_renamed_touches_what_it_had_hit(database: Database, seeded: Seeded) -> None:
    with database.reading() as session:
        assert [c.language for c in touched(session, [], ["ceasefire"])] == ["uk", "en"]
        renamed = replace(TRUCE, source="armistice")
        assert [c.language for c in touched(session, [renamed])] == ["uk", "en"]
        assert touched(session, [replace(renamed, key="other")]) == []


def test_those_beads_alone_are_translated_again(
    database: Database, seeded: Seeded, editor: int, engine: Engine
) -> None:
    with database.reading() as session:
        others = [bead.target for bead in beads_of(session, seeded.editions["en"]) if bead.position != 3]
    (change,) = of(database, seeded)
    assert reenforce(database, change, actor_id=editor, reason="glossary") == 1
    assert engine.seen == ["Le cessez-le-feu tient depuis lundi."]
    assert target(database, seeded) == (NEW, ["enforced"])
    with database.reading() as session:
        beads = beads_of(session, seeded.editions["en"])
        assert [bead.target for bead in beads if bead.position != 3] == others
        assert [(c.action, c.reason) for c in history.of(session, "bead", beads[3].id)] == [("retranslate", "glossary")]


@pytest.mark.parametrize("work", ["edit", "approve", "waive", "approve all"])
def test_human_work_stays_and_only_its_hits_are_found_again(
    database: Database, seeded: Seeded, editor: int, engine: Engine, work: str
) -> None:
    text = "The truce has held since Monday."
    with database.writing() as session:
        bead = beads_of(session, seeded.editions["en"])[3]
        if work == "edit":
            reviewing.edit_bead(session, bead.id, revision=bead.revision, target=f"{text} ", actor_id=editor)
        elif work == "approve":
            reviewing.approve_bead(session, bead.id, revision=bead.revision, actor_id=editor)
        elif work == "waive":
            reviewing.waive(session, [bead.hits[0].id], reason="a quotation", actor_id=editor)
        else:
            reviewing.move_edition(session, session.get_one(Edition, bead.edition_id), State.APPROVED, actor_id=editor)
    (change,) = of(database, seeded)
    assert change.by_hand == 1
    assert reenforce(database, change, actor_id=editor, reason="glossary") == 0
    assert target(database, seeded) == (text, ["native"])


def test_a_waiver_is_kept_where_the_term_is_still_violated(
    database: Database, seeded: Seeded, editor: int, engine: Engine
) -> None:
    with database.writing() as session:
        hit = beads_of(session, seeded.editions["en"])[3].hits[0]
        reviewing.waive(session, [hit.id], reason="a quotation", actor_id=editor)
        store.save(session, replace(TRUCE, renderings=(Rendering("en", "armistice"),)), actor_id=editor)
    (change,) = of(database, seeded)
    reenforce(database, change, actor_id=editor, reason="glossary")
    assert target(database, seeded) == ("The truce has held since Monday.", ["waived"])


def test_what_was_published_meanwhile_is_left_alone(
    database: Database, seeded: Seeded, editor: int, engine: Engine
) -> None:
    (change,) = of(database, seeded)
    with database.writing() as session:
        session.get_one(Edition, seeded.editions["en"]).state = State.PUBLISHED
    with pytest.raises(Conflict):
        reenforce(database, change, actor_id=editor, reason="glossary")
    assert target(database, seeded) == ("The truce has held since Monday.", ["violated"])


def test_a_bead_edited_while_the_engine_worked_is_not_overwritten(
    database: Database, seeded: Seeded, editor: int, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*arguments: object, **options: object) -> dict[str, Translation]:
        with database.writing() as session:
            bead = beads_of(session, seeded.editions["en"])[3]
            reviewing.edit_bead(session, bead.id, revision=bead.revision, target="By hand.", actor_id=editor)
        return engine(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(reenforcing, "translate", meanwhile)
    (change,) = of(database, seeded)
    assert reenforce(database, change, actor_id=editor, reason="glossary") == 0
    with database.reading() as session:
        bead = beads_of(session, seeded.editions["en"])[3]
        assert (bead.target, bead.origin) == ("By hand.", Origin.HUMAN)


def test_the_task_enforces_one_edition_and_may_run_twice(
    database: Database, seeded: Seeded, editor: int, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "database", lambda: database)
    edition_id = seeded.editions["en"]
    assert tasks.reenforce("ceasefire", edition_id, editor, "glossary") == 1
    assert target(database, seeded) == (NEW, ["enforced"])
    tasks.reenforce("ceasefire", edition_id, editor, "glossary")
    assert target(database, seeded) == (NEW, ["enforced"])
    assert tasks.reenforce("no such term", edition_id, editor, "glossary") == 0


def test_without_a_queue_the_editor_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> None:
        raise Unavailable("the queue cannot be reached")

    monkeypatch.setattr(tasks, "check_broker", down)
    with pytest.raises(Unavailable):
        tasks.ask_to_reenforce("ceasefire", 1, actor_id=1, reason="glossary")
