"""Glossaries of one language pair: DeepL's (source, target) and Google's unidirectional tables, without a header."""

from collections.abc import Iterable

from corpus.errors import RelaisError
from glossary.exchange.base import Entry
from glossary.exchange.separated import numbered_rows, written
from glossary.exchange.table import LANGUAGES, free_key
from glossary.terms import Rendering, Term


class DeepL:
    """DeepL's glossary CSV: source and target, optionally followed by the two language codes, unquoted where it can."""

    name = "deepl"
    suffixes: tuple[str, ...] = ()

    def read(self, data: bytes, *, language: str | None = None) -> list[Entry]:
        """Pairs with French as the source, or as the target of a reversed glossary where the codes say so."""
        found: list[Entry] = []
        taken: set[str] = set()
        for line, row in numbered_rows(data):
            source, target, to = _pair([cell.strip() for cell in row], language, line)
            rendering = Rendering(to, target)
            term = Term(free_key(source, (rendering,), taken), source, (rendering,))
            taken.add(term.key)
            found.append(Entry(term, frozenset({"source", to}), line))
        return found

    def write(self, terms: Iterable[Term], *, language: str | None = None) -> bytes:
        """Source, preferred target, FR and the target's code; variants get a row each, as DeepL matches as written."""
        return written(_rows(terms, language, codes=True), ",")


class Google:
    """Google Cloud Translation's unidirectional glossary: two columns, no header."""

    name = "google"
    suffixes: tuple[str, ...] = ()

    def read(self, data: bytes, *, language: str | None = None) -> list[Entry]:
        """Pairs, like DeepL's without codes."""
        return DeepL().read(data, language=language)

    def write(self, terms: Iterable[Term], *, language: str | None = None) -> bytes:
        """Source and preferred target."""
        return written(_rows(terms, language, codes=False), ",")


def _pair(row: list[str], language: str | None, line: int) -> tuple[str, str, str]:
    """French text, target text and target language of a row. Raises `RelaisError`."""
    if len(row) < 2 or not row[0] or not row[1]:
        raise RelaisError("row %(row)s: a glossary of pairs has a source and a target in each row", row=line)
    codes = [cell.lower().replace("_", "-").partition("-")[0] for cell in row[2:4]]
    if len(codes) == 2 and all(codes):
        if codes[0] == "fr" and codes[1] in LANGUAGES:
            return row[0], row[1], codes[1]
        if codes[1] == "fr" and codes[0] in LANGUAGES:
            return row[1], row[0], codes[0]
        raise RelaisError("row %(row)s: is not a pair of French and English or Ukrainian", row=line)
    if language not in LANGUAGES:
        raise RelaisError("say which language the glossary's targets are in: en or uk")
    return row[0], row[1], language


def _rows(terms: Iterable[Term], language: str | None, *, codes: bool) -> list[list[str]]:
    if language not in LANGUAGES:
        raise RelaisError("say which language the glossary's targets are in: en or uk")
    rows: dict[str, list[str]] = {}
    for term in terms:
        target = term.preferred(language)
        if target and term.active:
            for source in (term.source, *term.variants):
                rows.setdefault(source, [source, target.text, *(("FR", language.upper()) if codes else ())])
    return list(rows.values())
