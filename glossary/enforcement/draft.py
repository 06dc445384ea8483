"""A sentence on its way through enforcement."""

from dataclasses import dataclass, field

from corpus.spans import Span
from glossary.enforcement.accept import Found, assign
from glossary.enforcement.base import Enforced, Engine, Hit, Hypothesis, Link, Outcome, Sentence, Wanted
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

    ``given`` is the engine's own mean log probability; ``score`` that of the text as it stands, once it was asked for
    (tokenised anew, so the two are not compared).
    """

    source: str
    text: str
    links: tuple[Link, ...]
    wanted: tuple[Wanted, ...]
    language: str
    given: float
    found: list[Found | None] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)
    score: float | None = None
    changed: bool = False

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

    def take(self, hypothesis: Hypothesis) -> None:
        """Go on from another of the engine's hypotheses."""
        before, self.given = self.given, hypothesis.score
        satisfied = [f is not None for f in self.found]
        self.text, self.links = hypothesis.text, hypothesis.links
        self.found = assign(self.text, self.links, self.wanted, self.language)
        for fate, had, has in zip(self.fates, satisfied, self.found, strict=True):
            if has and not had:
                fate.method, fate.score_before, fate.score_after = "alternative", before, hypothesis.score

    def apply(self, number: int, candidate: Candidate, score: float) -> None:
        """Put a repair in place."""
        fate = self.fates[number]
        fate.method, fate.score_before, fate.score_after = candidate.method, self.score, score
        fate.proposal, fate.closed = None, True
        self.text, self.links, self.score, self.changed = candidate.text, candidate.links, score, True
        self.found = assign(self.text, self.links, self.wanted, self.language)

    def enforced(self) -> Enforced:
        """The outcome, one hit for each occurrence."""
        hits = tuple(map(self._hit, range(len(self.wanted))))
        return Enforced(
            self.text, hits, self.links, self.score if self.changed and self.score is not None else self.given
        )

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


def ask_scores(drafts: list[Draft], engine: Engine) -> None:
    """Score, in one batch, the texts that have no score yet."""
    unknown = [d for d in drafts if d.score is None]
    scores = engine.score([d.source for d in unknown], [d.text for d in unknown])
    for draft, score in zip(unknown, scores, strict=True):
        draft.score = score
