"""Units of a file into the memory."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from corpus.database import Database
from corpus.errors import RelaisError
from corpus.exchange.base import State, Unit
from corpus.memory import exact, fuzzy, import_units, remember, units_of
from corpus.models import MemoryUnit
from tests.corpus.stories import store


def unit(source: str, target: str | None, state: State | None = None, languages: str = "fr en") -> Unit:
    source_language, target_language = languages.split()
    return Unit("1", source, target, source_language, target_language, state)


def test_a_file_imported_twice_adds_nothing(database: Database) -> None:
    units = [unit("Non.", "No."), unit("Non.", "Against."), unit("Non.", "No."), unit("La digue tient.", "It holds.")]
    with database.writing() as session:
        first = import_units(session, units, "archive.tmx")
        again = import_units(session, units, "archive.tmx")
        assert (first.read, first.new, first.known) == (4, 3, 1)
        assert (again.read, again.new, again.known) == (4, 0, 4)
        assert [(u.source, u.target) for u in units_of(session)] == [
            (u.source, u.target) for u in units[:2] + units[3:]
        ]
        assert set(session.scalars(select(MemoryUnit.imported_from))) == {"archive.tmx"}


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (unit("Un pont.", None), "unfinished"),
        (unit("Un pont.", " \n"), "unfinished"),
        (unit("Un pont.", "Un pont."), "unfinished"),
        (unit(" ", "A bridge."), "unfinished"),
        (unit("Un pont.", "A bridge.", State.MACHINE), "unapproved"),
        (unit("Un pont.", "A bridge.", State.REJECTED), "unapproved"),
        (unit("Un pont." * 5000, "A bridge."), "long"),
        (unit("Un pont.", "A bridge.", State.APPROVED), ""),
    ],
)
def test_what_is_left_out_and_why(database: Database, new: Unit, reason: str) -> None:
    with database.writing() as session:
        report = import_units(session, [new], "a.tmx")
        assert (report.new, dict(report.skipped)) == ((0, {reason: 1}) if reason else (1, {}))


@pytest.mark.parametrize("languages", ["fr en", "fr-FR EN", "FR en_GB"])
def test_what_is_imported_is_used_whatever_the_state_of_the_glossary(database: Database, languages: str) -> None:
    with database.writing() as session:
        import_units(session, [unit("La digue tient.", "The dyke holds.", languages=languages)], "archive.tmx")
        assert exact(session, "en", ["La digue tient."], "any") == {"La digue tient.": "The dyke holds."}
        (offer,) = fuzzy(session, "en", "La digue tient bon.")
        assert (offer.imported_from, offer.bead_id) == ("archive.tmx", None)
        remember(session, store(session, [("La digue tient.", "The dyke is holding.")]))
        assert exact(session, "en", ["La digue tient."], "state-1") == {"La digue tient.": "The dyke is holding."}


def test_a_file_broken_in_the_middle_leaves_nothing(database: Database) -> None:
    def broken() -> Iterator[Unit]:
        yield from (unit(f"Un pont {i}.", f"Bridge {i}.") for i in range(1200))
        raise RelaisError("line 7: not XML")

    with pytest.raises(RelaisError), database.writing() as session:
        import_units(session, broken(), "broken.tmx")
    with database.reading() as session:
        assert list(units_of(session)) == []
