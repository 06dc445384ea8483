"""The stored glossary, ready for matching, built anew only when a term has changed."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from corpus.models import Change
from glossary.matching import Matcher
from glossary.review import ForbiddenRenderings
from glossary.store import load, stamp
from glossary.terms import Term

_lock = threading.Lock()
_states: dict[tuple[str, int], "GlossaryState"] = {}


@dataclass(frozen=True)
class GlossaryState:
    """The active terms, one matcher for all of them, and the stamp that names this state."""

    terms: tuple[Term, ...]
    matcher: Matcher
    stamp: str
    _forbidden: dict[str, ForbiddenRenderings] = field(default_factory=dict)

    def forbidden(self, language: str) -> ForbiddenRenderings:
        """The forbidden renderings of a language, ready to be looked for."""
        if language not in self._forbidden:
            self._forbidden[language] = ForbiddenRenderings(self.terms, language)
        return self._forbidden[language]

    @classmethod
    def of(cls, terms: Sequence[Term]) -> "GlossaryState":
        """A state of these terms."""
        return cls(tuple(terms), Matcher(terms), stamp(terms))


def glossary_state(session: Session) -> GlossaryState:
    """The state of the glossary now. The last change of a term names it, so looking costs one query."""
    changed = session.scalar(select(func.max(Change.id)).where(Change.subject == "term")) or 0
    key = (str(session.get_bind().engine.url), changed)
    with _lock:
        if key not in _states:
            _states.clear()
            _states[key] = GlossaryState.of(load(session))
        return _states[key]
