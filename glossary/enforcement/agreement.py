"""Accepted forms in the wrong number or case, compared with the term's other forms in their place.

Being in the glossary does not make a form right: «Канада підтримує коаліція охочих» holds an accepted form. The word
that governs the term speaks first (`government`), then the model's score of the form it asks for. Forms that nothing
speaks against stand as the engine chose them: its search has compared them already, and scoring all of them anew would
cost as much time as the translation (bench/enforcement.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from glossary.enforcement.accept import Found, right_number
from glossary.enforcement.base import Engine
from glossary.enforcement.candidates import Candidate, by_likelihood, replaced
from glossary.enforcement.draft import Draft
from glossary.enforcement.government import Force, Government, asked_for
from glossary.enforcement.guards import objection
from glossary.inflection import forms

# In natural log units a token of the whole sentence; measured by bench/enforcement.py. By how much the model may like
# the other form less (if negative: must like it better) for it to be put there.
MAY_COST = {Force.RULE: 0.5, Force.LIKELY: 0.1, Force.FAINT: -0.1}
MOST_CHECKED = 20  # occurrences of one sentence
NUMBER_MAY_COST = 0.15


@dataclass(frozen=True)
class _Doubt:
    draft: Draft
    number: int
    others: tuple[Candidate, ...]
    may_cost: float


def agree(drafts: Sequence[Draft], engine: Engine) -> None:
    """Repair forms that grammar or score speaks against; one batch of scores for all sentences, of each one form."""
    most = min(MOST_CHECKED, max((len(d.wanted) for d in drafts), default=0))
    for number in range(most):
        doubts = [doubt for d in drafts if number < len(d.wanted) and (doubt := _doubt(d, number))]
        if not doubts:
            continue
        flat = [(doubt.draft.source, candidate.text) for doubt in doubts for candidate in doubt.others]
        scores = iter(engine.score([s for s, _ in flat], [t for _, t in flat]))
        for doubt in doubts:
            _settle(doubt, [(next(scores), candidate) for candidate in doubt.others])


def _doubt(draft: Draft, number: int) -> _Doubt | None:
    found = draft.found[number]
    if found is None:
        return None
    wrong_number = not right_number(found, draft.wanted[number].plural)
    asked = asked_for(draft.text, found.span.start) if draft.language == "uk" else None
    cases = _cases(found.tags)
    if asked and asked.rules_out(cases):
        may_cost = MAY_COST[asked.force]
    elif wrong_number:
        may_cost = NUMBER_MAY_COST
    else:
        return None
    others = _others(draft, number, found, asked)
    return _Doubt(draft, number, others, may_cost) if others else None


def _others(draft: Draft, number: int, found: Found, asked: Government | None) -> tuple[Candidate, ...]:
    """The term's other forms in this place, of the source's number and of the cases asked for."""
    wanted, tagged = draft.wanted[number], forms(found.rendering)
    here = found.span.of(draft.text)
    numbers = {tag.split(".")[-1] for tag in found.tags}
    if not right_number(found, wanted.plural):
        numbers = {"pl" if wanted.plural else "sg"}
    tags = [t for t in tagged.by_tag if t.split(".")[-1] in numbers and not t.startswith(("voc", "poss"))]
    if asked:
        tags = [t for t in tags if t.split(".")[0] in asked.cases] or tags
    listed = dict.fromkeys(form for t in sorted(tags, key=by_likelihood) if (form := tagged.first(t)))
    return tuple(
        replaced(draft.text, draft.links, wanted, found.span, form, draft.language, "agreement")
        for form in listed
        if form.casefold() != here.casefold() and not set(tagged.tags_of(form)) <= set(found.tags)
    )


def _settle(doubt: _Doubt, scored: list[tuple[float, Candidate]]) -> None:
    draft, number = doubt.draft, doubt.number
    for score, candidate in sorted(scored, key=lambda s: s[0], reverse=True):
        if draft.score - score > doubt.may_cost:
            return
        if objection(draft.text, candidate, number, draft.wanted, draft.found, draft.language) is None:
            draft.apply(number, candidate, score)
            return


def _cases(tags: Sequence[str]) -> frozenset[str]:
    return frozenset(tag.split(".")[0] for tag in tags)
