"""A sentence on its way through enforcement."""

from dataclasses import dataclass, field

from corpus.spans import Span
from glossary.enforcement.accept import Found, assign
from glossary.enforcement.base import Enforced, Hit, Link, Outcome, Sentence, Wanted
from glossary.enforcement.candidates import Candidate


@dataclass
class Fate:
    """What became of one occurrence so far. ``form`` and ``method`` are set once a form was put there."""

    method: str = ""
    score_before: float | None = None
    score_after: float | None = None
    proposal: str | None = None
    closed: bool = False  # nothing more will be tried


@dataclass
class Draft:
    """The translation as it stands now. ``found[i]`` is the form that stands for ``wanted[i]``, None for none.

    ``score`` is the mean log probability of a token of the text as it stands.
    """

    source: str
    text: str
    links: tuple[Link, ...]
    wanted: tuple[Wanted, ...]
    language: str
    score: float
    found: list[Found | None] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)

    @classmethod
    def of(cls, sentence: Sentence, language: str) -> "Draft":
        """Occurrences whose term has no rendering in the language are left out."""
        wanted = tuple(w for w in sentence.wanted if w.term.accepted(language))
        first = sentence.hypothesis
        draft = cls(sentence.source, first.text, first.links, wanted, language, first.score)
        draft.found = assign(draft.text, draft.links, wanted, language)
        draft.fates = [Fate() for _ in wanted]
        return draft

    @property
    def open(self) -> list[int]:
        """Occurrences that have no form yet and have not been given up."""
        return [n for n, f in enumerate(self.found) if f is None and not self.fates[n].closed]

    def kept(self, but: int | None = None) -> list[Span]:
        """Stretches that stand for occurrences, which a repair must not touch."""
        return [f.span for n, f in enumerate(self.found) if f and n != but]

    def apply(self, number: int, candidate: Candidate, score: float) -> None:
        """Put a repair in place."""
        fate = self.fates[number]
        fate.method, fate.score_before, fate.score_after = candidate.method, self.score, score
        fate.proposal, fate.closed = None, True
        self.text, self.links, self.score = candidate.text, candidate.links, score
        self.found = assign(self.text, self.links, self.wanted, self.language)

    def enforced(self) -> Enforced:
        """The outcome, one hit for each occurrence."""
        hits = tuple(map(self._hit, range(len(self.wanted))))
        return Enforced(self.text, hits, self.links, self.score)

    def _hit(self, number: int) -> Hit:
        wanted, found, fate = self.wanted[number], self.found[number], self.fates[number]
        outcome = Outcome.VIOLATED
        if found and fate.proposal is None:
            outcome = Outcome.ENFORCED if fate.method in REPAIRS else Outcome.NATIVE
        return Hit(
            term=wanted.term,
            source=wanted.span,
            target=found.span if found else None,
            outcome=outcome,
            method=fate.method or ("accept" if found else "not found"),
            form=found.span.of(self.text) if found else "",
            score_before=fate.score_before,
            score_after=fate.score_after,
            proposal=fate.proposal,
        )


REPAIRS = frozenset({"alternative", "replacement", "insertion", "constrained", "agreement"})
