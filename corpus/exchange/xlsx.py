"""The bilingual table as XLSX. Every cell is text, so that nothing is computed and nothing retyped."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from corpus.errors import RelaisError
from corpus.exchange import table
from corpus.exchange.base import Header, Reading, Report, Unit
from corpus.exchange.characters import printable

name = "xlsx"
suffixes = (".xlsx",)
media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_LONGEST = 32_767  # characters that a cell holds
_ROWS = 1_048_576  # of a sheet
_WIDTHS = (12, 12, 70, 70, 14, 30)
_UNPACKED = 2_000_000_000  # bytes that a workbook may unpack to
_DECIMALS = re.compile(r"^0(?:\.(0+))?$")


def write(stream: BinaryIO, header: Header, units: Iterator[Unit]) -> Report:
    """One sheet. Raises `RelaisError` for a text longer than a cell holds."""
    report = Report()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(f"{header.source_language}-{header.target_language}")
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_cell(sheet, title, bold=True) for title in table.columns(header)])
    for unit in units:
        cells = table.row(header, unit)
        clean = [printable(cell) for cell in cells]
        if clean != cells:
            report.cleaned.append(unit.id)
        if max(map(len, clean)) > _LONGEST:
            sheet.close()
            raise RelaisError("unit %(unit)s is longer than a spreadsheet cell holds", unit=unit.id)
        if report.written + 2 > _ROWS:
            sheet.close()
            raise RelaisError("a spreadsheet holds %(rows)d rows and no more", rows=_ROWS)
        sheet.append([_cell(sheet, text) for text in clean])
        report.written += 1
    book.save(stream)
    return report


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # also of what begins with "=": never a formula
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def read(stream: BinaryIO) -> Reading:
    """First sheet. Raises `RelaisError` for formulas, and for values whose text cannot be known, naming the cell."""
    _inspect(stream)
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
    except Exception:  # openpyxl lets through what its many parsers raise
        raise RelaisError("the workbook is damaged") from None
    sheet.reset_dimensions()
    return table.reading(_rows(sheet))


def _inspect(stream: BinaryIO) -> None:
    """Refuses what is no workbook, unpacks to too much, or declares entities."""
    try:
        with zipfile.ZipFile(stream) as archive:
            if sum(member.file_size for member in archive.infolist()) > _UNPACKED:
                raise RelaisError("the workbook is too large to be read")
            for member in archive.infolist():
                with archive.open(member) as part:
                    if b"<!DOCTYPE" in part.read(2048):
                        raise RelaisError("the workbook declares entities; such files are not read")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise RelaisError("the file is not an XLSX workbook") from None
    stream.seek(0)


def _rows(sheet: Any) -> Iterator[list[str | None]]:
    try:
        for row in sheet.iter_rows():
            yield [_text(cell) for cell in row]
    except RelaisError:
        raise
    except Exception:  # a damaged part shows only when it is reached
        raise RelaisError("the workbook is damaged") from None


def _text(cell: Any) -> str | None:
    """The text a person sees in the cell, or a refusal."""
    value = cell.value
    if value is None or isinstance(value, str):
        if cell.data_type == "f":
            raise _refused(cell, "a formula")
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(cell)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise _refused(cell, "a date or time")


def _number(cell: Any) -> str:
    """A number as its format shows it. Raises `RelaisError` for formats that are not plain decimals."""
    shown = _DECIMALS.match(cell.number_format)
    if shown:
        return f"{cell.value:.{len(shown[1] or '')}f}"
    if cell.number_format in ("General", "@"):
        return str(cell.value) if isinstance(cell.value, int) else f"{cell.value:.15g}"
    raise _refused(cell, "a formatted number")


def _refused(cell: Any, what: str) -> RelaisError:
    return RelaisError("cell %(cell)s holds %(what)s, not text", cell=cell.coordinate, what=what)
