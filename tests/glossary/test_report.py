"""The report over stored hits, on both databases."""

from datetime import UTC, date, datetime

import pytest

from corpus.database import Database
from corpus.editions import beads_of
from corpus.models import Edition, Hit, State
from glossary.report import report
from tests.service.seeding import Seeded, seed_article, seed_terms

MAY = datetime(2026, 5, 20, 12, tzinfo=UTC)  # a Wednesday


@pytest.fixture
def seeded(database: Database) -> Seeded:
    """Two articles in two languages: one of May, in which English has a third hit, and one of June."""
    seed_terms(database)
    first, second = seed_article(database), seed_article(database)
    with database.writing() as session:
        for number in first.editions.values():
            session.get_one(Edition, number).created_at = MAY
        for number in second.editions.values():
            session.get_one(Edition, number).created_at = datetime(2026, 6, 1, tzinfo=UTC)
        bead = session.get_one(Edition, first.editions["en"]).beads[0]
        bead.hits = [
            Hit(
                edition_id=bead.edition_id,
                term_key="coalition",
                term="coalition des volontaires",
                source_start=0,
                source_end=2,
                outcome="native",
            )
        ]
    return first


def test_terms_are_counted_by_language_most_violated_first(database: Database, seeded: Seeded) -> None:
    with database.reading() as session:
        lines = report(session).terms
    assert [(x.key, x.language, x.occurrences, dict(x.outcomes)) for x in lines] == [
        ("ceasefire", "en", 2, {"violated": 2}),
        ("ceasefire", "uk", 2, {"violated": 2}),
        ("coalition", "en", 3, {"native": 1, "enforced": 2}),
        ("coalition", "uk", 2, {"enforced": 2}),
    ]


def test_weeks_begin_on_monday(database: Database, seeded: Seeded) -> None:
    with database.reading() as session:
        found = report(session, language="en")
    assert {monday: dict(outcomes) for monday, outcomes in found.weeks["en"].items()} == {
        date(2026, 5, 18): {"violated": 1, "native": 1, "enforced": 1},
        date(2026, 6, 1): {"violated": 1, "enforced": 1},
    }
    assert found.as_dict()["terms"][1]["weeks"][0] == {
        "week": "2026-05-18",
        "native": 1,
        "enforced": 1,
        "violated": 0,
        "waived": 0,
    }


def test_language_and_day_narrow_it(database: Database, seeded: Seeded) -> None:
    with database.reading() as session:
        found = report(session, language="uk", since=datetime(2026, 5, 21, tzinfo=UTC))
    assert [(x.language, x.occurrences) for x in found.terms] == [("uk", 1), ("uk", 1)]
    assert list(found.weeks) == ["uk"]


def test_a_sentence_kept_by_a_correction_counts_once(database: Database, seeded: Seeded) -> None:
    with database.writing() as session:
        beads = beads_of(session, seeded.editions["en"])
        beads[2].carried_from_id = beads[0].id
    with database.reading() as session:
        assert report(session, language="en").terms[1].occurrences == 2  # of three


def test_the_machine_is_scored_against_what_editors_approved(database: Database, seeded: Seeded) -> None:
    with database.reading() as session:
        assert report(session).scores == {}
    seed_article(database, languages=("en",), state=State.APPROVED)
    with database.writing() as session:
        bead = beads_of(session, seeded.editions["en"])[2]
        bead.approved_at, bead.machine = MAY, "Willing coalitions paid for it."
    with database.reading() as session:
        scores = report(session).scores
    assert list(scores) == ["en"]
    assert (scores["en"].sentences, scores["en"].terms) == (6, 2)
    assert scores["en"].exact_match == 0.5
    assert 0 < scores["en"].one_minus_term < 1


def test_an_empty_house_reports_nothing(database: Database) -> None:
    with database.reading() as session:
        assert report(session).as_dict() == {"terms": [], "weeks": {}, "scores": {}}
