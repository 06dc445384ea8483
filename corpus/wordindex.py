"""Searching texts by their words, without case and accents, on both kinds of database.

The indexes are made by migration 0002. What users type never reaches a query language: it is cut into words, and only
letters and digits are left of it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, Subquery, bindparam, text
from sqlalchemy.orm import Session

from corpus.spans import Span

LONGEST = 60  # letters of a word that the index keeps on PostgreSQL
# Letters and digits; New Tai Lue and Vedic signs are none to SQLite's Unicode 6.1.
_WORD = re.compile(r"[^\W_\u1980-\u19df\u1cd0-\u1cff]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_MARKS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_STRESS = re.compile(r"[\u0300-\u036f]+")
_WRITTEN = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")  # a word with its combining marks, as it stands in a text


@dataclass(frozen=True)
class Word:
    """A word to be found; with ``prefix``, every word that begins so."""

    text: str
    prefix: bool = False


def plain(text: str) -> str:
    """Lower case, no accents on Latin letters, no stress marks, ligatures undone; й and ї stay what they are."""
    text = unicodedata.normalize("NFD", text.lower().translate(_LIGATURES))
    return _STRESS.sub("", unicodedata.normalize("NFC", _MARKS.sub("", text)))


def words(text: str) -> list[str]:
    """The words of a text as the indexes have them, in order; apostrophes and hyphens part words."""
    return _WORD.findall(plain(text))


def typed(query: str) -> list[Word]:
    """What somebody types into a search box: each word may go on, the shortest ones only at the end."""
    found = words(query)
    last = len(found) - 1
    return [Word(word[:LONGEST], prefix=i == last or len(word) > 2) for i, word in enumerate(found)]


def ids(
    session: Session, table: str, column: str, alternatives: Sequence[Sequence[Word]], *, limit: int, newest: bool
) -> Subquery:
    """The numbers of at most `limit` rows of `table` whose `column` holds all words of one of the alternatives.

    ``newest`` gives the highest numbers, in no order; without it PostgreSQL may stop at any `limit` rows, and is quick
    for frequent words too.
    """
    if session.get_bind().dialect.name == "sqlite":
        query = f"SELECT rowid AS id FROM {table}_search WHERE {table}_search MATCH :words ORDER BY rowid DESC LIMIT :n"  # noqa: S608
        words = " OR ".join("(" + " AND ".join(map(_fts5, some)) + ")" for some in alternatives)
        return _subquery(query, f"{{{column}}} : ({words})", limit)
    query = f"SELECT id FROM {table} WHERE relais_words({column}) @@ CAST(:words AS tsquery)"  # noqa: S608
    if newest:  # materialised, or the planner may walk through all rows from the newest on
        query = f"WITH found AS MATERIALIZED ({query}) SELECT id FROM found ORDER BY id DESC"  # noqa: S608
    words = " | ".join("(" + " & ".join(map(_tsquery, some)) + ")" for some in alternatives)
    return _subquery(f"{query} LIMIT :n", words, limit)


def _subquery(query: str, words: str, limit: int) -> Subquery:
    bound = text(query).bindparams(bindparam("words", words, unique=True), bindparam("n", limit, unique=True))
    return bound.columns(id=Integer).subquery()


def _fts5(word: Word) -> str:
    return f'"{word.text}"*' if word.prefix else f'"{word.text}"'


def _tsquery(word: Word) -> str:
    return f"'{word.text}':*" if word.prefix else f"'{word.text}'"


def places(text: str, wanted: Sequence[Word]) -> list[Span]:
    """Where the words of a query stand in `text`."""

    def found(written: str) -> bool:
        word = plain(written)
        return any(word.startswith(w.text) if w.prefix else word == w.text for w in wanted)

    return [Span(*match.span()) for match in _WRITTEN.finditer(text) if found(match.group())]
