"""Terms that the translation lacks, put there: replacement and constrained decoding compete by model score.

All sentences of the chunk go through a round together, one open occurrence of each; a round asks the engine for at
most four batches, however many sentences there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.spans import Span
from glossary.enforcement.base import Engine, Wanted
from glossary.enforcement.candidates import Candidate, form_choices, replaced
from glossary.enforcement.constrained import finished, prefix
from glossary.enforcement.draft import Draft, ask_scores
from glossary.enforcement.guards import objection
from glossary.enforcement.place import insertion_place, places

# In natural log units a token of the whole sentence; measured by bench/enforcement.py.
MARGIN = 1.0  # a repair that costs more is proposed to the editor, not applied
GOOD_ENOUGH = 0.25  # a replacement that costs no more than this is not challenged by decoding anew
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
    """Round after round until no occurrence is open."""
    while jobs := [_Job(draft, draft.open[0]) for draft in drafts if draft.open]:
        ask_scores([job.draft for job in jobs], engine)
        _try(jobs, engine, [_first_candidates(job) for job in jobs])
        _try(jobs, engine, [_wider_candidates(job) for job in jobs])
        _decode_anew([job for job in jobs if job.places and _cost(job) > GOOD_ENOUGH], engine)
        for job in jobs:
            _decide(job)


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
    return score - (DECODING_MUST_GAIN if candidate.method == "constrained" else 0)


def _cost(job: _Job) -> float:
    best = job.best()
    return (job.draft.score or 0.0) - best[0] if best else float("inf")


def _decide(job: _Job) -> None:
    draft, fate, best = job.draft, job.draft.fates[job.number], job.best()
    fate.closed = True
    if best is None:
        fate.method = job.refused or "no place"
        return
    score, candidate = best
    if (draft.score or 0.0) - score <= MARGIN:
        draft.apply(job.number, candidate, score)
    else:
        fate.method, fate.proposal = "too costly", candidate.text
        fate.score_before, fate.score_after = draft.score, score
