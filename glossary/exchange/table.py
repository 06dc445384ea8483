"""Relais's own table of terms, whatever file it comes in: rows of cells under a header, to entries and back.

Columns, of which only ``fr`` and one language are needed: key, kind (term, person, place, organisation), fr (variants
after a bar), en, uk (see `glossary.exchange.cells`), status, case (any, name, exact), note, domain, definition,
part_of_speech, topics, active, and for each language en_grammar (m f n sg pl indecl) and en_forms (gen.sg=…;dat.sg=…).
An empty cell, like an absent column, leaves what an existing term has.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from corpus.errors import RelaisError
from glossary.exchange.base import Entry
from glossary.exchange.cells import (
    escaped,
    forms_cell,
    grammar_cell,
    has_status,
    plain,
    rendering_cell,
    renderings,
    split,
)
from glossary.normalise import without_accents
from glossary.terms import CaseRule, Rendering, Status, Term

LANGUAGES = ("en", "uk")
T = TypeVar("T")
COLUMNS = (
    "key", "kind", "fr", "en", "uk", "status", "case", "note", "domain", "definition", "part_of_speech", "topics",
    "active", "en_grammar", "uk_grammar", "en_forms", "uk_forms",
)  # fmt: skip
_ALIASES = {
    "french": "fr", "français": "fr", "french term": "fr", "source": "fr", "fr-fr": "fr", "term": "fr",
    "english": "en", "anglais": "en", "en-us": "en", "en-gb": "en",
    "ukrainian": "uk", "ukrainien": "uk", "українська": "uk", "uk-ua": "uk", "ua": "uk",
    "pos": "part_of_speech", "part of speech": "part_of_speech", "description": "definition", "id": "key",
    "comment": "note", "notes": "note", "case-sensitive": "case", "subject": "domain",
}  # fmt: skip
_TEXT_COLUMNS = ("note", "domain", "definition", "part_of_speech")
_CASE_WORDS = {
    "any": CaseRule.ANY, "insensitive": CaseRule.ANY, "no": CaseRule.ANY, "false": CaseRule.ANY, "non": CaseRule.ANY,
    "name": CaseRule.NAME, "nom": CaseRule.NAME, "proper": CaseRule.NAME,
    "exact": CaseRule.EXACT, "sensitive": CaseRule.EXACT, "case-sensitive": CaseRule.EXACT, "yes": CaseRule.EXACT,
    "true": CaseRule.EXACT, "oui": CaseRule.EXACT,
}  # fmt: skip
_STATUS_WORDS = {
    "preferred": Status.PREFERRED, "approved": Status.PREFERRED, "admitted": Status.ADMITTED,
    "forbidden": Status.FORBIDDEN, "deprecated": Status.FORBIDDEN, "interdit": Status.FORBIDDEN,
}  # fmt: skip


def columns(header: Sequence[str]) -> list[str]:
    """Column names of a header row, "" for columns that Relais does not know."""
    names = []
    for cell in header:
        name = cell.strip().strip("\ufeff").lower().replace("_", "-")
        name = _ALIASES.get(name, name.replace("-", "_"))
        names.append(name if name in COLUMNS and name not in names else "")
    return names


def is_header(row: Sequence[str]) -> bool:
    """Whether a first row names the columns: French and at least one more language.

    A row of DeepL's (source, target, FR, UK) is none, although it ends in language names.
    """
    names = columns(row)
    if len(row) == 4 and names[:2] == ["", ""]:
        return False
    return "fr" in names and any(language in names for language in LANGUAGES)


def entries(rows: Iterable[tuple[int, Sequence[str]]]) -> list[Entry]:
    """Entries of numbered rows, the header first. Raises `RelaisError` naming the row."""
    numbered = iter(rows)
    _, header = next(numbered, (0, ()))
    names = columns(header)
    if not is_header(header):
        raise RelaisError("the glossary's first row must name the columns fr and en or uk")
    found: list[Entry] = []
    taken: set[str] = set()
    for line, row in numbered:
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name and cell.strip()}
        if cells:
            try:
                entry = _entry(cells, line, taken)
            except RelaisError as error:
                raise RelaisError("row %(row)s: %(reason)s", row=line, reason=str(error)) from None
            taken.add(entry.term.key)
            found.append(entry)
    return found


def _entry(cells: dict[str, str], line: int, taken: set[str]) -> Entry:
    sources = [plain(part) for part in split(cells.get("fr", "")) if part]
    if not sources or not any(c.isalnum() for c in sources[0]):
        raise RelaisError("a term needs a French text")
    given = {"source"} | ({"variants"} if len(sources) > 1 else set())
    default = _word(cells, "status", _STATUS_WORDS)
    kind = cells.get("kind", "term")
    rule = _word(cells, "case", _CASE_WORDS)
    found: list[Rendering] = []
    for language in LANGUAGES:
        grammar, forms = cells.get(f"{language}_grammar", ""), cells.get(f"{language}_forms", "")
        if language in cells:
            made = renderings(language, cells[language], grammar, forms, default)
            found += [numbered(r, kind) for r in made] if kind != "term" else made
            given |= {language} | ({"status"} if default or has_status(cells[language]) else set())
            given |= {"grammar"} if grammar or forms else set()
    given |= {name for name in (*_TEXT_COLUMNS, "kind", "case", "topics", "active") if name in cells}
    given |= {"key"} if "key" in cells else set()
    term = Term(
        key=cells.get("key") or free_key(sources[0], found, taken),
        source=sources[0],
        renderings=tuple(found),
        variants=tuple(dict.fromkeys(sources[1:])),
        kind=kind,
        case=rule or (CaseRule.ANY if kind == "term" else CaseRule.NAME),
        active=cells.get("active", "yes").lower() not in ("no", "false", "0", "non", "ні"),
        topics=tuple(t.strip() for t in cells.get("topics", "").split("|") if t.strip()),
        note=cells.get("note", ""),
        domain=cells.get("domain", ""),
        definition=cells.get("definition", ""),
        part_of_speech=cells.get("part_of_speech") or ("noun" if kind == "term" else "name"),
    )
    return Entry(term, frozenset(given), line)


def _word(cells: dict[str, str], column: str, words: dict[str, T]) -> T | None:
    """What a cell that holds one of a few words means; None where it is empty. Raises `RelaisError`."""
    cell = cells.get(column, "").lower()
    if cell and cell not in words:
        raise RelaisError("%(column)s cannot be %(cell)s", column=column, cell=cell)
    return words.get(cell)


def numbered(rendering: Rendering, kind: str) -> Rendering:
    """A name's rendering has one number: the singular, unless it says the plural. A person's needs none said."""
    if kind == "person" or rendering.number:
        return rendering
    return Rendering(
        rendering.language,
        rendering.text,
        rendering.status,
        rendering.gender,
        "sg",
        rendering.indeclinable,
        rendering.forms,
    )


def slug(text: str) -> str:
    """A text as a word for keys: « Cessez-le-feu » → cessez-le-feu."""
    return re.sub(r"[^0-9a-zа-яґєії]+", "-", without_accents(text.replace("œ", "oe")).lower()).strip("-") or "term"


def free_key(source: str, found: Sequence[Rendering], taken: set[str]) -> str:
    """A key for a new term: its slug, for a second one of the same source with its rendering's, then with a number."""
    key = slug(source)
    if key in taken and found:
        key = f"{key}-{slug(found[0].text)}"
    base, n = key, 2
    while key in taken:
        key, n = f"{base}-{n}", n + 1
    return key


def rows(terms: Iterable[Term]) -> list[list[str]]:
    """Header and rows; `entries` gives the same terms back."""
    return [list(COLUMNS), *(_row(term) for term in terms)]


def _row(term: Term) -> list[str]:
    by_language = {lang: [r for r in term.renderings if r.language == lang] for lang in LANGUAGES}
    cells = {
        "key": term.key,
        "kind": term.kind,
        "fr": "|".join(escaped(text) for text in (term.source, *term.variants)),
        "case": str(term.case),
        "note": term.note,
        "domain": term.domain,
        "definition": term.definition,
        "part_of_speech": term.part_of_speech,
        "topics": "|".join(term.topics),
        "active": "yes" if term.active else "no",
    }
    for language, found in by_language.items():
        cells[language] = rendering_cell(found)
        cells[f"{language}_grammar"] = grammar_cell(found)
        cells[f"{language}_forms"] = forms_cell(found)
    return [cells.get(name, "") for name in COLUMNS]
