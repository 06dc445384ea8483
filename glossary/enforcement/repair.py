"""Terms that the translation lacks, put there: replacement, the engine's other hypotheses and constrained decoding
compete by model score.

Replacement is tried first, because scoring costs a small part of decoding; only where it is dear is a sentence decoded
again, and only where nothing else serves are the engine's other hypotheses looked through. All sentences of the chunk
go through a round together, one open occurrence of each, so that the number of calls does not grow with theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.spans import Span
from glossary.enforcement.alternatives import HYPOTHESES, alternatives
from glossary.enforcement.base import Engine, Wanted
from glossary.enforcement.candidates import Candidate, form_choices, replaced
from glossary.enforcement.constrained import finished, prefix
from glossary.enforcement.draft import Draft
from glossary.enforcement.guards import DECODED, objection
from glossary.enforcement.place import insertion_place, places

# In natural log units a token of the whole sentence; measured by bench/enforcement.py. A repair that costs more than
# its margin is proposed to the editor, not applied: the less it leaves of the engine's sentence, the smaller it is.
MARGINS = {"replacement": 1.6, "constrained": 1.0, "alternative": 1.0, "insertion": 0.4}
MOST_REPAIRS = 10  # in one sentence; a list of names pasted as one sentence must not hold up the others
GOOD_ENOUGH = 0.8  # a replacement that costs no more than this is not challenged by decoding anew
CLEARLY_GOOD = 0.1  # and one that costs no more than this not by other stretches either
DECODING_MUST_GAIN = 0.05  # a sentence decoded anew must beat one that keeps the old words by this much
FORMS_TRIED_WIDER = 2  # best forms of the likeliest place that are tried in its neighbours too


@dataclass
class _Job:
    """One open occurrence and the candidates for it, with their scores."""

    draft: Draft
    number: int
    places: list[Span] = field(default_factory=list)
    scored: list[tuple[float, Candidate]] = field(default_factory=list)
    refused: str = ""

    @property
    def wanted(self) -> Wanted:
        return self.draft.wanted[self.number]

    def best(self) -> tuple[float, Candidate] | None:
        """The best candidate nothing speaks against."""
        for score, candidate in sorted(self.scored, key=_rank, reverse=True):
            draft = self.draft
            reason = objection(draft.text, candidate, self.number, draft.wanted, draft.found, draft.language)
            if reason is None:
                return score, candidate
            self.refused = reason
        return None


def repair(drafts: Sequence[Draft], engine: Engine) -> None:
    """Round after round until no occurrence is open, or the most that any sentence may cost have been tried."""
    for _ in range(MOST_REPAIRS):
        jobs = [_Job(draft, draft.open[0]) for draft in drafts if draft.open]
        if not jobs:
            return
        _try(jobs, engine, [_first_candidates(job) for job in jobs])
        _try(jobs, engine, [_wider_candidates(job) if _cost(job) > CLEARLY_GOOD else [] for job in jobs])
        dear = [job for job in jobs if _cost(job) > GOOD_ENOUGH]
        _decode_anew([job for job in dear if job.places], engine)
        unserved = [job for job in dear if not _affordable(job)]
        _try(unserved, engine, _alternatives(unserved, engine))
        for job in jobs:
            _decide(job)
    for draft in drafts:
        for number in draft.open:
            draft.fates[number].method = "too many"


def _first_candidates(job: _Job) -> list[Candidate]:
    """Every form in the likeliest place."""
    draft = job.draft
    job.places = places(draft.text, draft.links, job.wanted, draft.language, draft.kept())
    method = "replacement"
    if not job.places and job.wanted.span.start < job.wanted.span.end:
        job.places = [insertion_place(draft.text, draft.links, job.wanted, draft.source, draft.kept())]
        method = "insertion"
    return [_replaced(job, place, form, method) for place in job.places[:1] for form in _forms(job, place)]


def _wider_candidates(job: _Job) -> list[Candidate]:
    """The best forms in the places beside it."""
    best = [c.form for _, c in sorted(job.scored, key=_rank, reverse=True)[:FORMS_TRIED_WIDER]]
    tagged = [(place, form) for place in job.places[1:] for form in _forms(job, place)]
    return [_replaced(job, place, form, "replacement") for place, form in tagged if form in best]


def _replaced(job: _Job, place: Span, form: str, method: str) -> Candidate:
    draft = job.draft
    return replaced(draft.text, draft.links, job.wanted, place, form, draft.language, method)


def _forms(job: _Job, place: Span) -> list[str]:
    rendering = job.wanted.term.accepted(job.draft.language)[0]
    return form_choices(rendering, job.wanted.plural, job.draft.text, place, job.draft.language)


def _try(jobs: Sequence[_Job], engine: Engine, candidates: Sequence[list[Candidate]]) -> None:
    """Score all candidates of all jobs in one batch."""
    flat = [(job, c) for job, of_job in zip(jobs, candidates, strict=True) for c in of_job]
    scores = engine.score([job.draft.source for job, _ in flat], [c.text for _, c in flat])
    for (job, candidate), score in zip(flat, scores, strict=True):
        job.scored.append((score, candidate))


def _alternatives(jobs: Sequence[_Job], engine: Engine) -> list[list[Candidate]]:
    if not jobs:
        return []
    found = engine.translate([job.draft.source for job in jobs], n_best=HYPOTHESES)
    return [alternatives(job.draft, job.number, hypotheses) for job, hypotheses in zip(jobs, found, strict=True)]


def _decode_anew(jobs: Sequence[_Job], engine: Engine) -> None:
    """The best forms of each job forced as a prefix, one batch for all."""
    asked = []
    for job in jobs:
        place = job.places[0]
        ranked = [c.form for _, c in sorted(job.scored, key=_rank, reverse=True)]
        for form in list(dict.fromkeys(ranked))[:1]:
            asked.append((job, form, prefix(job.draft.text, place, form, job.draft.language)))
    completions = engine.complete([job.draft.source for job, _, _ in asked], [given for _, _, given in asked])
    for (job, form, given), completion in zip(asked, completions, strict=True):
        candidate = finished(given, form, completion, job.wanted)
        if candidate:
            job.scored.append((completion.score, candidate))


def _rank(scored: tuple[float, Candidate]) -> float:
    score, candidate = scored
    return score - (DECODING_MUST_GAIN if candidate.method in DECODED else 0)


def _cost(job: _Job) -> float:
    best = job.best()
    return job.draft.score - best[0] if best else float("inf")


def _affordable(job: _Job) -> bool:
    best = job.best()
    return best is not None and job.draft.score - best[0] <= MARGINS[best[1].method]


def _decide(job: _Job) -> None:
    draft, fate, best = job.draft, job.draft.fates[job.number], job.best()
    fate.closed = True
    if best is None:
        fate.method = job.refused or "no place"
        return
    score, candidate = best
    if _affordable(job):
        draft.apply(job.number, candidate, score)
    else:
        fate.method, fate.proposal = "too costly", candidate.text
        fate.score_before, fate.score_after = draft.score, score
