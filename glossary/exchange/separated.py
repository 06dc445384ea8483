"""CSV and TSV with a header: Relais's own columns, or a Google glossary of equivalent terms (language codes)."""

import csv
import io
from collections.abc import Iterable

from corpus.errors import RelaisError
from glossary.exchange import table
from glossary.exchange.base import Entry
from glossary.terms import Term


class Csv:
    """Comma- (or, as French spreadsheets write it, semicolon-) separated values."""

    name = "csv"
    suffixes: tuple[str, ...] = (".csv",)
    delimiter = ","

    def read(self, data: bytes, *, language: str | None = None) -> list[Entry]:  # noqa: ARG002 - the header says it
        """Entries; the row number in errors is the file's line."""
        return table.entries(numbered_rows(data))

    def write(self, terms: Iterable[Term], *, language: str | None = None) -> bytes:  # noqa: ARG002
        """All columns of all terms, UTF-8."""
        return written(table.rows(terms), self.delimiter)


class Tsv(Csv):
    """Tab-separated values."""

    name = "tsv"
    suffixes: tuple[str, ...] = (".tsv", ".tab")
    delimiter = "\t"


def decoded(data: bytes) -> str:
    """Text of a table file: UTF-8, or UTF-16 with its mark. Raises `RelaisError`."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise RelaisError("the glossary is not UTF-8 text") from None


def numbered_rows(data: bytes) -> list[tuple[int, list[str]]]:
    """Rows with the line each ends on; the delimiter is the one that splits the first line most."""
    text = decoded(data)
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(("\t", ",", ";"), key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise RelaisError("the glossary is not a well-formed table: %(reason)s", reason=str(error)) from None


def written(rows: Iterable[Iterable[str]], delimiter: str) -> bytes:
    """A table as UTF-8 bytes, lines ended by a line feed."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
