"""The translation memory: approved beads, and units from elsewhere, for exact reuse, fuzzy offers and concordance."""

from corpus.memory.reuse import exact, remember

__all__ = ["exact", "remember"]
