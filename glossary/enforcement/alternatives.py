"""Among the engine's n-best hypotheses one may hold an accepted form already."""

from collections.abc import Sequence

from glossary.enforcement.accept import assign
from glossary.enforcement.base import Hypothesis
from glossary.enforcement.candidates import Candidate
from glossary.enforcement.draft import Draft

HYPOTHESES = 4  # the width of the beam, beyond which hypotheses are poor


def alternatives(draft: Draft, number: int, hypotheses: Sequence[Hypothesis]) -> list[Candidate]:
    """The hypotheses that hold a form for the occurrence `number`, as candidates."""
    found = []
    for other in hypotheses:
        form = assign(other.text, other.links, draft.wanted, draft.language)[number]
        if form and other.text != draft.text:
            found.append(Candidate(other.text, other.links, form.span, form.span.of(other.text), "alternative"))
    return found
