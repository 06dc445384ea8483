"""The translation memory: approved beads, and units from elsewhere, for exact reuse, fuzzy offers and concordance."""

from corpus.memory.concordance import Example, concordance
from corpus.memory.fuzzy import Offer, fuzzy
from corpus.memory.importing import Imported, forget, import_units, units_of
from corpus.memory.reuse import exact, remember

__all__ = [
    "Example",
    "Imported",
    "Offer",
    "concordance",
    "exact",
    "forget",
    "fuzzy",
    "import_units",
    "remember",
    "units_of",
]
