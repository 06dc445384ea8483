"""Spreadsheets (XLSX): Relais's table in the first sheet."""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from corpus.errors import RelaisError
from glossary.exchange import table
from glossary.exchange.base import Entry
from glossary.terms import Term

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Xlsx:
    """One sheet, header first. Every cell is written as text, so that none becomes a formula."""

    name = "xlsx"
    suffixes: tuple[str, ...] = (".xlsx",)

    def read(self, data: bytes, *, language: str | None = None) -> list[Entry]:  # noqa: ARG002 - the header says it
        """Entries of the first sheet; numbers and truth values as the sheet shows them."""
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
            raise RelaisError("the glossary is not an XLSX workbook") from None
        return table.entries(_rows(book.worksheets[0]))

    def write(self, terms: Iterable[Term], *, language: str | None = None) -> bytes:  # noqa: ARG002
        """All columns of all terms."""
        book = Workbook(write_only=True)
        sheet = book.create_sheet("glossary")
        for row in table.rows(terms):
            sheet.append([_text_cell(sheet, value) for value in row])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


def _text_cell(sheet: Any, value: str) -> Any:
    cell = WriteOnlyCell(sheet, value=_CONTROL.sub("", value))
    cell.data_type = "s"
    return cell


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_shown(value, number) for value in row]
        if any(cell.strip() for cell in cells):
            yield number, cells


def _shown(value: object, row: int) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.date | datetime.time):
        raise RelaisError("row %(row)s: a term is text, not a date", row=row)
    return str(value)
