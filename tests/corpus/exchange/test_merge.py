"""What a file that comes back would change."""

import pytest

from corpus.exchange import State, Unit, xliff12
from corpus.exchange.merge import Effect, compare
from tests.corpus.exchange.units import STORY, again, unit


def effects(units: list[Unit], beads: list[Unit], **known: list[Unit]) -> list[tuple[str | None, Effect]]:
    return [(f.bead.id if f.bead else None, f.effect) for f in compare(units, beads, **known)]


def test_an_untouched_export_changes_nothing() -> None:
    assert {f.effect for f in compare(again(xliff12, STORY), STORY)} == {Effect.SAME}
    assert [f.state for f in compare(again(xliff12, STORY), STORY)] == [u.state for u in STORY]


BEAD = unit("1", "La digue tient.", "The dike holds.", State.MACHINE)


@pytest.mark.parametrize(
    ("incoming", "effect", "state"),
    [
        (unit("1", BEAD.source, "The dyke holds.", State.EDITED), Effect.CHANGED, State.EDITED),
        (unit("1", BEAD.source, "The dyke holds.", State.MACHINE), Effect.CHANGED, State.EDITED),
        (unit("1", BEAD.source, "The dyke holds.", State.APPROVED), Effect.CHANGED, State.APPROVED),
        (unit("1", BEAD.source, BEAD.target, State.APPROVED), Effect.APPROVED, State.APPROVED),
        (unit("1", BEAD.source, BEAD.target, None), Effect.SAME, State.MACHINE),
        (unit("1", BEAD.source, None, None), Effect.SAME, State.MACHINE),
        (unit("1", BEAD.source, BEAD.source, State.UNTRANSLATED), Effect.SAME, State.MACHINE),
        (unit("1", "La digue a tenu.", "The dyke held.", State.APPROVED), Effect.STALE, State.REJECTED),
        (unit("8", "Rien de tel.", "No such thing.", State.APPROVED), Effect.UNKNOWN, None),
    ],
)
def test_effects(incoming: Unit, effect: Effect, state: State | None) -> None:
    (found,) = compare([incoming], [BEAD])
    assert (found.effect, found.state) == (effect, state)


def test_the_same_source_several_times_keeps_its_order() -> None:
    beads = [unit(str(k), "Non.", None, State.UNTRANSLATED) for k in range(3)]
    units = [unit("", "Non.", target, State.EDITED) for target in ("No.", "Against.", "No.")]
    assert effects(units, beads) == [("0", Effect.CHANGED), ("1", Effect.CHANGED), ("2", Effect.CHANGED)]


def test_empty_and_repeated_ids_meet_by_source_and_no_bead_twice() -> None:
    beads = [unit("6", "Un.", "One"), unit("7", "Deux.", "Two"), unit("8", "Trois.", "Three")]
    units = [
        unit("", "Trois.", "Three!"),
        unit("7", "Deux.", "Two!"),
        unit("7", "Un.", "One!"),
        unit("7", "Deux.", "2"),
    ]
    assert effects(units, beads) == [
        ("8", Effect.CHANGED),
        ("7", Effect.CHANGED),
        ("6", Effect.CHANGED),
        (None, Effect.UNKNOWN),
    ]


def test_quotes_do_not_hide_a_unit() -> None:
    bead = unit("1", 'Le maire a dit "non" au projet "Quai"', "x")
    changed = unit("1", bead.source, 'The mayor said "no" to the "Quai" project')
    assert [f.unit.target for f in compare(again(xliff12, [changed]), [bead]) if f.effect is Effect.CHANGED] == [
        changed.target
    ]


def test_both_sides_changed_is_a_conflict() -> None:
    exported = [unit("1", "Un.", "One"), unit("2", "Deux.", "Two"), unit("3", "Trois.", "Three")]
    now = [unit("1", "Un.", "One, here"), unit("2", "Deux.", "Two, here"), unit("3", "Trois.", "Three")]
    file = [unit("1", "Un.", "One, there"), unit("2", "Deux.", "Two"), unit("3", "Trois.", "Three, there")]
    assert effects(file, now, exported=exported) == [("1", Effect.CONFLICT), ("2", Effect.SAME), ("3", Effect.CHANGED)]
