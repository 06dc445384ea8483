"""All flags of one bead: what the checks see, and forbidden renderings that no hit accounts for."""

from collections.abc import Sequence
from typing import Any

from glossary.enforcement.base import Hit
from worker.checks import Context, Flag, check
from worker.glossary_state import GlossaryState


def flags_of(
    source: str,
    target: str,
    language: str,
    hits: Sequence[Hit],
    glossary: GlossaryState,
    *,
    score: float | None = None,
    scores: tuple[float, ...] = (),
    kind: str = "paragraph",
    untouched: tuple[str, ...] = (),
) -> list[dict[str, Any]]:
    """JSON-able flags; ``score`` is this bead's mean log probability a token, ``scores`` are its neighbours'.

    ``untouched``: stretches that were not to be translated.
    """
    kept = (*untouched, *(hit.form for hit in hits if hit.form))
    flags = check(source, target, language, context=Context(score, scores, kind, kept))
    for term, span in glossary.forbidden(language).flags(target, hits):
        flags.append(Flag("forbidden_rendering", span, params={"text": span.of(target), "term": term.source}))
    return [flag.as_dict() for flag in flags]
