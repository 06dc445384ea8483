"""Forms of a rendering in its language, one module a language: en, uk. (`fr` knows source terms.)"""

from functools import lru_cache

from corpus.errors import RelaisError
from glossary.inflection.base import Forms, Inflector, comparable
from glossary.inflection.en import EnglishInflector
from glossary.inflection.uk import UkrainianInflector
from glossary.terms import Rendering

__all__ = ["Forms", "comparable", "forms"]

_INFLECTORS: dict[str, Inflector] = {i.language: i for i in (EnglishInflector(), UkrainianInflector())}


def forms(rendering: Rendering) -> Forms:
    """All forms of a rendering, those the newsroom overrode as it wrote them. Raises `RelaisError` for a language
    that has no inflection here."""
    return _cached(_Key(rendering))


class _Key:
    """A rendering as a dictionary key: its overrides are a mutable mapping, which cannot be hashed."""

    def __init__(self, rendering: Rendering) -> None:
        self.rendering = rendering
        r = rendering
        self._identity = (r.language, r.text, r.gender, r.number, r.indeclinable, tuple(sorted(r.forms.items())))

    def __hash__(self) -> int:
        return hash(self._identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._identity == other._identity


@lru_cache(maxsize=65536)
def _cached(key: _Key) -> Forms:
    rendering = key.rendering
    inflector = _INFLECTORS.get(rendering.language)
    if inflector is None:
        raise RelaisError("no inflection for the language %(language)s", language=rendering.language)
    made = inflector.forms(rendering)
    overridden = {tag: tuple(part.strip() for part in text.split("|")) for tag, text in rendering.forms.items() if text}
    return Forms({**made.by_tag, **overridden}, made.spellings) if overridden else made
