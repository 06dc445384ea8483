"""The bilingual table that proofreaders get as CSV, XLSX or DOCX, and send back.

Columns are found by the name in their first row, in any order. Identity of the edition is in the rows themselves:
``id`` is ``article/version/unit``, so a row pasted from another file is noticed.
"""

from collections.abc import Iterable, Iterator, Sequence

from corpus.errors import RelaisError
from corpus.exchange.base import Header, Reading, State, Unit
from corpus.exchange.languages import language

_STATES = {state.value: state for state in State}
FIXED = ("id", "kind", "state", "note")


def columns(header: Header) -> list[str]:
    """Names of the columns; the two texts are under their languages' codes."""
    return ["id", "kind", header.source_language, header.target_language, "state", "note"]


def row(header: Header, unit: Unit) -> list[str]:
    """The cells of a unit."""
    key = f"{header.article}/{header.version}/{unit.id}" if header.article else unit.id
    return [key, unit.kind, unit.source, unit.target or "", unit.state.value if unit.state else "", unit.note]


def reading(rows: Iterator[Sequence[str | None]]) -> Reading:
    """Units of the rows after the first. An empty cell or a missing column means "leave it as it is".

    Raises `RelaisError` when the two columns of text cannot be told, or rows are of several editions.
    """
    names = [(cell or "").strip() for cell in next(rows, ())]
    texts = [
        k for k, cell in enumerate(names) if cell and cell.casefold() not in FIXED and len(language(cell)) in (2, 3)
    ]
    if len(texts) < 2:
        raise RelaisError("the first row of the table must name the two languages, such as fr and en")
    places = {cell.casefold(): k for k, cell in enumerate(names)}
    first = next(rows, None)
    article, version, _ = _identity(_cell(first, places.get("id"))) if first else ("", "", "")
    header = Header(language(names[texts[0]]), language(names[texts[1]]), article=article, version=version)
    following = rows if first is None else _chained(first, rows)
    return Reading(header, _units(following, header, places, (texts[0], texts[1])))


def _chained(first: Sequence[str | None], rest: Iterable[Sequence[str | None]]) -> Iterator[Sequence[str | None]]:
    yield first
    yield from rest


def _units(
    rows: Iterator[Sequence[str | None]], header: Header, places: dict[str, int], texts: tuple[int, int]
) -> Iterator[Unit]:
    for number, cells in enumerate(rows, 2):
        if not any(cells):
            continue
        article, version, key = _identity(_cell(cells, places.get("id")))
        if (article, version) != (header.article, header.version):
            raise RelaisError("row %(row)d belongs to another edition", row=number)
        yield Unit(
            id=key,
            source=_cell(cells, texts[0]),
            target=_cell(cells, texts[1]) or None,
            source_language=header.source_language,
            target_language=header.target_language,
            state=_STATES.get(_cell(cells, places.get("state")).casefold()),
            note=_cell(cells, places.get("note")),
            kind=_cell(cells, places.get("kind")) or "paragraph",
        )


def _cell(cells: Sequence[str | None], place: int | None) -> str:
    return (cells[place] or "") if place is not None and place < len(cells) else ""


def _identity(key: str) -> tuple[str, str, str]:
    parts = key.split("/")
    return (parts[0], parts[1], "/".join(parts[2:])) if len(parts) >= 3 else ("", "", key)
