"""The contract of a glossary format: bytes in, entries out; terms in, bytes out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from glossary.terms import Term


@dataclass(frozen=True)
class Entry:
    """A term as a file has it.

    ``given`` names what the file says of it: fields of `Term`, "en" and "uk" for renderings, "status" and "grammar"
    where renderings came with theirs. What is not given is left as it is by an import (`glossary.exchange.merge`).
    ``line`` is the row or element's line in the file, for messages.
    """

    term: Term
    given: frozenset[str]
    line: int = 0


class GlossaryFormat(Protocol):
    """One exchange format, one module."""

    name: str
    suffixes: tuple[str, ...]

    def read(self, data: bytes, *, language: str | None = None) -> list[Entry]:
        """Entries of a file. `language` is the target language where the format does not say it.

        Raises `corpus.errors.RelaisError` with the line, never returns part of a file.
        """
        ...

    def write(self, terms: Iterable[Term], *, language: str | None = None) -> bytes:
        """A file of the terms; formats for one language pair need `language`."""
        ...
