"""Enforcement of a chunk of sentences, step by step: accept, agreement, repair."""

from collections.abc import Sequence

from glossary.enforcement.agreement import agree
from glossary.enforcement.base import Enforced, Engine, Sentence
from glossary.enforcement.draft import Draft
from glossary.enforcement.repair import repair


def enforce(sentences: Sequence[Sentence], language: str, engine: Engine) -> list[Enforced]:
    """Every wanted term in an accepted, fitting form where that can be had at a fair price; the rest reported.

    One hit for each occurrence whose term has a rendering in `language`, in the order of `Sentence.wanted`. The number
    of calls of the engine depends on the most terms in one sentence, not on the number of sentences.
    """
    drafts = [Draft.of(sentence, language) for sentence in sentences]  # accept
    agree(drafts, engine)
    repair(drafts, engine)
    return [draft.enforced() for draft in drafts]
