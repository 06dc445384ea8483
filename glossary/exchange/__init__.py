"""Glossaries in and out: CSV, TSV, XLSX, TBX-Basic 2 and 3, DeepL's and Google's layouts."""

from collections.abc import Iterable
from pathlib import PurePath

from corpus.errors import RelaisError
from glossary.exchange.base import Entry, GlossaryFormat
from glossary.exchange.merge import Change, Plan, plan
from glossary.exchange.pairs import DeepL, Google
from glossary.exchange.separated import Csv, Tsv, numbered_rows
from glossary.exchange.table import is_header
from glossary.exchange.tbx import Tbx, Tbx2
from glossary.exchange.xlsx import Xlsx
from glossary.terms import Term

__all__ = ["FORMATS", "Change", "Entry", "Plan", "plan", "read", "write"]

_ALL: list[GlossaryFormat] = [Csv(), Tsv(), Xlsx(), Tbx(), Tbx2(), DeepL(), Google()]
FORMATS = {form.name: form for form in _ALL}


def read(data: bytes, *, filename: str = "", form: str | None = None, language: str | None = None) -> list[Entry]:
    """Entries of a glossary file. The format is what the content shows, unless `form` names it.

    A table without a header is a glossary of pairs; `language` then is that of its targets. Raises `RelaisError`.
    """
    return (FORMATS[form] if form else _recognised(data, filename)).read(data, language=language)


def write(terms: Iterable[Term], form: str, *, language: str | None = None) -> bytes:
    """A glossary file. Raises `RelaisError` for an unknown format, or a pair format without its language."""
    if form not in FORMATS:
        raise RelaisError("there is no glossary format %(name)s", name=form)
    return FORMATS[form].write(terms, language=language)


def _recognised(data: bytes, filename: str) -> GlossaryFormat:
    if data[:4] == b"PK\x03\x04":
        return FORMATS["xlsx"]
    head = data[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<"):
        return FORMATS["tbx"]
    rows = numbered_rows(data)
    if rows and not is_header(rows[0][1]) and len(rows[0][1]) in (2, 4):
        return FORMATS["deepl"]
    suffix = PurePath(filename).suffix.lower()
    return FORMATS["tsv"] if suffix in Tsv.suffixes else FORMATS["csv"]
