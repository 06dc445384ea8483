"""Imports add and change; what a file leaves out stays."""

from glossary.exchange import plan, read
from glossary.terms import CaseRule, Rendering, Status, Term

BARRAGE = Term(
    "barrage",
    "barrage",
    (
        Rendering("en", "dam", gender=None),
        Rendering("en", "barrage", Status.FORBIDDEN),
        Rendering("uk", "гребля", gender="f", forms={"gen.pl": "гребель"}),
    ),
    case=CaseRule.EXACT,
    note="on a river",
)
STRIKE = Term("a", "grève", (Rendering("en", "strike"),))
SHORE = Term("b", "grève", (Rendering("en", "shore"),))


def _import(existing: list[Term], table: str) -> list[Term]:
    planned = plan(existing, read(table.encode()))
    return list(planned.to_store)


def test_absent_column_and_empty_cell_leave_what_is_there() -> None:
    assert _import([BARRAGE], "fr,en\nbarrage,dam\n") == []
    assert _import([BARRAGE], "fr,en,uk,note\nbarrage,dam,,\n") == []


def test_forbidden_mark_survives_a_file_without_marks() -> None:
    assert _import([BARRAGE], "fr,en\nbarrage,barrage\n") == []


def test_forbidden_mark_is_lifted_only_by_a_status() -> None:
    (changed,) = _import([BARRAGE], "fr,en,status\nbarrage,barrage,admitted\n")
    assert [(r.text, r.status.value) for r in changed.renderings][:2] == [("dam", "preferred"), ("barrage", "admitted")]


def test_new_first_rendering_becomes_the_preferred_one() -> None:
    (changed,) = _import([BARRAGE], "fr,en\nbarrage,weir|dam\n")
    assert [(r.text, r.status.value) for r in changed.renderings if r.language == "en"] == [
        ("dam", "admitted"), ("barrage", "forbidden"), ("weir", "preferred"),
    ]  # fmt: skip
    assert changed.renderings[2].forms == {"gen.pl": "гребель"} or changed.renderings[3].forms == {"gen.pl": "гребель"}


def test_note_changes_and_the_difference_is_shown() -> None:
    planned = plan([BARRAGE], read(b"fr,en,note\nbarrage,dam,across a valley\n"))
    assert planned.changed[0].differences() == [("note", "on a river", "across a valley")]


def test_same_file_twice_changes_nothing_the_second_time() -> None:
    table = "fr,en\nbarrage,weir\ngrève,strike\ngrève,shore\ndigue,dyke\ndigue,dyke\n"
    first = plan([BARRAGE], read(table.encode()))
    stored = {t.key: t for t in (BARRAGE, *first.to_store)}
    assert len(first.new) == 3
    second = plan(stored.values(), read(table.encode()))
    assert (second.new, second.changed) == ((), ())


def test_entries_with_one_source_are_told_apart_by_rendering() -> None:
    (changed,) = _import([STRIKE, SHORE], "fr,en,note\ngrève,shore,coast\n")
    assert (changed.key, changed.note) == ("b", "coast")
    (new,) = _import([STRIKE, SHORE], "fr,en\ngrève,beach\n")
    assert new.key not in ("a", "b")


def test_a_variant_finds_its_term() -> None:
    term = Term("x", "lanceur d’alerte", (Rendering("en", "whistleblower"),), variants=("donneur d’alerte",))
    assert _import([term], "fr,en\ndonneur d'alerte,whistleblower\n") == []


def test_key_renames_a_source() -> None:
    (changed,) = _import([BARRAGE], "key,fr,en\nbarrage,barrage hydraulique,dam\n")
    assert (changed.key, changed.source) == ("barrage", "barrage hydraulique")
