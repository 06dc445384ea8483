"""Sentence alignment of a text and its translation."""

from corpus.alignment.aligner import align
from corpus.alignment.base import Bead, Side

__all__ = ["Bead", "Side", "align"]
