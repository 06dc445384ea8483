"""What a repaired translation must not have lost or gained beside the term."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from corpus.spans import Span
from glossary.enforcement.accept import Found, accepted_in, assign
from glossary.enforcement.base import Wanted
from glossary.enforcement.candidates import Candidate
from glossary.enforcement.likeness import alike

_WORD = re.compile(r"\w+(?:['’ʼ-]\w+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SHORTEST, _LONGEST = 0.7, 1.5  # of the number of words before, the term aside
_REPLACED = 2  # words that a wrong rendering has, about
DECODED = ("alternative", "constrained")  # methods that write the whole sentence anew
_STEM = 4  # letters by which two forms of a word are known as one; enough for a guard that only refuses


def objection(
    before: str, after: Candidate, number: int, wanted: Sequence[Wanted], found: Sequence[Found | None], language: str
) -> str | None:
    """Why the candidate for the occurrence `number` must not be used; None when nothing else was lost.

    ``found``: forms that stood for the occurrences before, which must all be there afterwards.
    """
    if not _at_word_boundaries(after.text, after.span):
        return "not at word boundaries"
    now = assign(after.text, after.links, wanted, language)
    if now[number] is None or any(f and not n for f, n in zip(found, now, strict=True)):
        return "another term was lost"
    if _doubled(before, after):
        return "a word is doubled"
    if _twice(before, after.text, number, wanted, language):
        return "the term stands twice"
    return _lost_by_decoding(before, after.text, after.form) if after.method in DECODED else None


def _twice(before: str, after: str, number: int, wanted: Sequence[Wanted], language: str) -> bool:
    """Whether the term now stands more often than the source has it, beside what stood there before."""
    term = wanted[number].term
    asked = sum(w.term.key == term.key for w in wanted)
    stands = len(accepted_in(after, term, language))
    return stands > asked and stands > len(accepted_in(before, term, language))


def _at_word_boundaries(text: str, span: Span) -> bool:
    return not (text[span.start - 1 : span.start].isalnum() or text[span.end : span.end + 1].isalnum())


def _doubled(before: str, after: Candidate) -> bool:
    """A word twice in a row, or one of the form's words in another form right beside it, that was not so before."""
    if _twins(after.text) - _twins(before):
        return True
    own = _WORD.findall(after.form)
    beside = _WORD.findall(after.text[: after.span.start])[-2:] + _WORD.findall(after.text[after.span.end :])[:2]
    return any(alike(a, b) for a in own for b in beside)


def _twins(text: str) -> Counter[str]:
    words = [w.casefold() for w in _WORD.findall(text)]
    pairs = pairwise(words)
    articles = {"a", "an", "the"}
    return Counter(f"{a} {b}" for a, b in pairs if a == b or (a in articles and b in articles))


def _lost_by_decoding(before: str, after: str, form: str) -> str | None:
    """What a sentence that the decoder wrote anew, for the sake of `form`, lost: length, a number, a name, its end."""
    old, new, own = (len(_WORD.findall(text)) for text in (before, after, form))
    if new - own < _SHORTEST * (old - _REPLACED) or new > _LONGEST * old + own:
        return "the length changed"
    if Counter(_NUMBER.findall(before)) != Counter(_NUMBER.findall(after)):
        return "a number was lost"
    missing = _names(before) - _names(after) - {_stem(w) for w in _WORD.findall(form)}
    if len(missing) > len(_names(f". {form}")):  # the wrong rendering may have been a name itself
        return "a name was lost"
    if before.rstrip()[-1:] in ".!?…" and after.rstrip()[-1:] not in '.!?…»”"':
        return "the end was lost"
    return None


def _names(text: str) -> set[str]:
    """Stems of words with a capital that do not begin the text."""
    begin = len(text) - len(text.lstrip("«“„\"'( "))
    return {_stem(m.group()) for m in _WORD.finditer(text) if m.start() > begin and m.group()[0].isupper()}


def _stem(word: str) -> str:
    return word.casefold().replace("’", "'")[:_STEM]
