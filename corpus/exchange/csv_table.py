"""The bilingual table as CSV (RFC 4180, UTF-8 with a byte-order mark so that spreadsheets see it)."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from corpus.errors import RelaisError
from corpus.exchange import table
from corpus.exchange.base import Header, Reading, Report, Unit

name = "csv"
suffixes = (".csv", ".tsv")
media_type = "text/csv"

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LONGEST = 10_000_000  # characters of a cell


def defused(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would compute; `restored` takes it away again."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def restored(text: str) -> str:
    """Undoes `defused`, exactly."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text


def write(stream: BinaryIO, header: Header, units: Iterator[Unit]) -> Report:
    """Comma, double quotes where needed, CRLF."""
    report = Report()
    stream.write(b"\xef\xbb\xbf")
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(table.columns(header))
    for unit in units:
        writer.writerow([defused(cell) for cell in table.row(header, unit)])
        report.written += 1
        stream.write(buffer.getvalue().encode("utf-8", "replace"))
        buffer.seek(0)
        buffer.truncate()
    stream.write(buffer.getvalue().encode())
    return report


def read(stream: BinaryIO) -> Reading:
    """Comma, semicolon or tab, as the first row has it. Raises `RelaisError` for what is not UTF-8 or not CSV."""
    csv.field_size_limit(_LONGEST)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    return table.reading(_rows(text, stream))


def _rows(text: io.TextIOWrapper, stream: BinaryIO) -> Iterator[list[str]]:
    try:
        first = text.readline()
        delimiter = max(",;\t", key=first.count)
        for cells in csv.reader(_lines(first, text), delimiter=delimiter, strict=True):
            yield [restored(cell) for cell in cells]
    except UnicodeDecodeError:
        raise RelaisError("the table is not UTF-8 text") from None
    except csv.Error as error:
        raise RelaisError("the table is not CSV: %(reason)s", reason=str(error)) from None
    finally:
        if not stream.closed:
            text.detach()  # the stream is the caller's to close


def _lines(first: str, rest: io.TextIOWrapper) -> Iterator[str]:
    yield first
    yield from rest
