"""Among the engine's n-best hypotheses one may hold an accepted form already, at little cost in score."""

from collections.abc import Sequence

from glossary.enforcement.accept import assign
from glossary.enforcement.base import Hypothesis
from glossary.enforcement.draft import Draft
from glossary.enforcement.guards import loss

MARGIN = 0.15  # natural log units a token; measured by bench/enforcement.py


def prefer(draft: Draft, alternatives: Sequence[Hypothesis]) -> None:
    """Go on from the alternative that holds most terms, if it loses none that the first one holds."""
    if not draft.open:
        return
    held = {n for n, f in enumerate(draft.found) if f}
    best: tuple[int, float, Hypothesis] | None = None
    for other in alternatives:
        if other.text == draft.text or other.score < draft.given - MARGIN:
            continue
        now = {n for n, f in enumerate(assign(other.text, other.links, draft.wanted, draft.language)) if f}
        if not held < now or _loses(draft, other):
            continue
        if best is None or (len(now), other.score) > best[:2]:
            best = (len(now), other.score, other)
    if best:
        draft.take(best[2])


def _loses(draft: Draft, other: Hypothesis) -> bool:
    forms = " ".join(f.rendering.text for f in assign(other.text, other.links, draft.wanted, draft.language) if f)
    return loss(draft.text, other.text, forms) is not None
