"""What the aligner takes and gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bead:
    """Consecutive source sentences and the consecutive target sentences that render them.

    Numbers count from 0. One side may be empty (left out, added). ``score`` is the probability of the bead under the
    aligner's model, 0 to 1: what an editor sorts by to find the doubtful ones.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float


@dataclass(frozen=True)
class Side:
    """The sentences of one text, and the numbers of those that begin a paragraph (none known: empty)."""

    sentences: Sequence[str]
    paragraphs: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of_paragraphs(cls, paragraphs: Sequence[Sequence[str]]) -> "Side":
        """A text given as paragraphs of sentences."""
        starts: set[int] = set()
        sentences: list[str] = []
        for paragraph in paragraphs:
            if paragraph:
                starts.add(len(sentences))
                sentences.extend(paragraph)
        return cls(sentences, frozenset(starts))
