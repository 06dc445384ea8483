"""Inline markup kept beside a text: one form for uploads, beads and the files of exchange."""

from dataclasses import dataclass
from typing import Any

from corpus.spans import Span


@dataclass(frozen=True)
class Mark:
    """Inline markup over a stretch of text, kept outside the text that is translated.

    ``kind``: bold, italic, underline, strike, superscript, subscript, code, link (with ``href`` and ``title``), image,
    or keep (not to be translated). ``node`` is the number of the element in the file it came from, by which a
    translation is written back. Whoever holds a mark says in which text its offsets count.
    """

    kind: str
    span: Span
    href: str | None = None
    title: str | None = None  # of a link, shown on hovering
    node: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-able: kind, start, end, href; title and node where there are any."""
        found: dict[str, Any] = {"kind": self.kind, "start": self.span.start, "end": self.span.end, "href": self.href}
        if self.title is not None:
            found["title"] = self.title
        if self.node is not None:
            found["node"] = self.node
        return found

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> "Mark":
        """The reverse of `as_dict`."""
        span = Span(stored["start"], stored["end"])
        return cls(stored["kind"], span, stored.get("href"), stored.get("title"), stored.get("node"))
