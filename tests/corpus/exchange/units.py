"""Units to write, read back and compare."""

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from hypothesis import strategies as st

from corpus.exchange import Annotation, Header, Mark, Reading, Report, State, Unit
from corpus.spans import Span

HEADER = Header("fr", "en", "12", "3", "Le pont & la gare", datetime(2031, 5, 12, 9, 30, tzinfo=UTC))


def unit(key: str, source: str, target: str | None, state: State | None = State.MACHINE, **more: Any) -> Unit:
    return Unit(key, source, target, "fr", "en", state, **more)


STORY = [
    unit("0", "Le pont rouvre", "The bridge reopens", State.APPROVED, kind="headline"),
    unit("1", "La digue tient.", "The dyke holds.", State.EDITED, block=1),
    unit("2", "Le guet veille.", "The watch is on.", State.MACHINE, block=1),
    unit("3", "Premier point", "First point", State.MEMORY, kind="list_item", block=2),
    unit("4", "Second point", "Second point <b>", State.REJECTED, kind="list_item", block=3, note="à revoir"),
    unit("5", "Mirval", "Mirval", State.UNTRANSLATED, block=4),
    unit("6", "Sans traduction.", None, State.UNTRANSLATED, block=5),
]

RICH = unit(
    "7",
    "Le guet de Mirval veille.",
    "The Mirval watch is on.",
    hits=(
        Annotation("guet", "enforced", Span(3, 7), Span(11, 16)),
        Annotation("Mirval", "violated", Span(11, 17), None),
    ),
    marks=(Mark("bold", Span(4, 16)), Mark("link", Span(4, 10), "https://mirval.example/?a=1&b=2")),
)


def written(module: ModuleType, units: Iterable[Unit], header: Header = HEADER, **options: Any) -> tuple[bytes, Report]:
    stream = io.BytesIO()
    report: Report = module.write(stream, header, iter(units), **options)
    return stream.getvalue(), report


def read(module: ModuleType, data: bytes | str, **options: Any) -> Reading:
    found: Reading = module.read(io.BytesIO(data.encode() if isinstance(data, str) else data), **options)
    return found


def again(module: ModuleType, units: Iterable[Unit], **options: Any) -> list[Unit]:
    """The units after a round trip."""
    return list(read(module, written(module, units, **options)[0]))


def bare(units: Iterable[Unit]) -> list[Unit]:
    """Without what only JSON Lines tells."""
    return [replace(u, kind="paragraph", level=0, block=0, group="", hits=(), marks=()) for u in units]


# What a bead may hold: any character that XML can, carriage returns apart (no bead holds one: texts come in as lines).
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t", exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=40,
).filter(str.strip)
