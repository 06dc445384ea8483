"""The metrics of the WMT terminology task: how well translations keep terms, against references.

Exact match, window overlap and term-biased TER: Anastasopoulos, Bérard, Cross and others, “On the evaluation of machine
translation for terminology consistency” (2021), as the WMT terminology tasks use them. Where the published scripts take
lemmas from a neural tagger, these take pymorphy3's (uk) or the forms of `glossary.inflection` (en).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache

from sacrebleu.metrics.lib_ter import _shift as best_shift  # the search of TER; it asks only for a distance

from corpus.spans import Span
from glossary.inflection import comparable, forms
from glossary.inflection.en import lore as english
from glossary.inflection.uk_words import parses
from glossary.terms import Rendering

TERM_WEIGHT = 2  # of an edit that touches a word of a term, in term-biased TER; other edits cost 1
WINDOWS = (2, 3)  # words at each side of a term
_WORD = re.compile(r"\w+(?:['’ʼ‑-]\w+)*|[^\w\s]")


@dataclass(frozen=True)
class TermPair:
    """A source term of a sentence, and the renderings of which any is right (as in the reference, or a list)."""

    source: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Scores:
    """Of a set of translations; all from 0 to 1 but ``one_minus_term``, which can be below 0. None without terms."""

    sentences: int
    terms: int
    exact_match: float | None
    lemma_match: float | None
    window_overlap_2: float | None
    window_overlap_3: float | None
    one_minus_term: float

    def as_dict(self) -> dict[str, float | int | None]:
        """Figures by name, for JSON."""
        return asdict(self)


def score(
    hypotheses: Sequence[str], references: Sequence[str], terms: Sequence[Sequence[TermPair]], language: str
) -> Scores | None:
    """All metrics; the three sequences are parallel, None where they are empty."""
    if not hypotheses:
        return None
    pairs = [
        (_words(hypothesis), _words(reference), list(of_sentence))
        for hypothesis, reference, of_sentence in zip(hypotheses, references, terms, strict=True)
    ]
    number = sum(len(of_sentence) for _, _, of_sentence in pairs)
    with_terms = [pair for pair in pairs if pair[2]]
    exact = sum(_count(found_at(h, t, _same)) for h, _, t in with_terms)
    lemma = sum(_count(found_at(h, t, same_lemma(language))) for h, _, t in with_terms)
    windows = [mean(window_overlap(h, r, t, language, size) for h, r, t in with_terms) for size in WINDOWS]
    errors = mean(term_biased_ter(h, r, t, language) for h, r, t in pairs)
    return Scores(
        sentences=len(pairs),
        terms=number,
        exact_match=exact / number if number else None,
        lemma_match=lemma / number if number else None,
        window_overlap_2=windows[0],
        window_overlap_3=windows[1],
        one_minus_term=1 - (errors or 0.0),
    )


Same = Callable[[str, str], bool]


def found_at(words: Sequence[str], terms: Iterable[TermPair], same: Same) -> list[Span | None]:
    """For each pair the stretch of words where one of its targets stands; each stretch serves one pair only."""
    taken: set[Span] = set()
    found: list[Span | None] = []
    for pair in terms:
        spans = (span for target in pair.targets for span in _places(words, _words(target), same))
        first = next((span for span in spans if span not in taken), None)
        found.append(first)
        if first:
            taken.add(first)
    return found


def window_overlap(
    hypothesis: Sequence[str], reference: Sequence[str], terms: Sequence[TermPair], language: str, size: int
) -> float:
    """How much of the reference's `size` words at each side of a term stands around it in the hypothesis too.

    Punctuation does not count. The mean over the terms found in both (by lemma), 0 where there is none.
    """
    same = same_lemma(language)
    places = zip(found_at(hypothesis, terms, same), found_at(reference, terms, same), strict=True)
    shares = []
    for here, there in places:
        if here and there:
            around, wanted = _around(hypothesis, here, size), _around(reference, there, size)
            kept = 0
            for word in wanted:
                if word in around:
                    around.remove(word)
                    kept += 1
            shares.append(kept / len(wanted) if wanted else 0.0)
    return mean(shares) or 0.0


def term_biased_ter(
    hypothesis: Sequence[str], reference: Sequence[str], terms: Sequence[TermPair], language: str
) -> float:
    """TERm: edits and shifts for each word of the reference, an edit of a term's word counted twice.

    Shifts are found as TER finds them (Snover and others 2006, through sacreBLEU) and cost 1.
    """
    if not reference:
        return float(len(hypothesis))
    of_terms = {n for span in found_at(reference, terms, same_lemma(language)) if span for n in range(*span)}
    distance = WeightedDistance(reference, [TERM_WEIGHT if n in of_terms else 1 for n in range(len(reference))])
    words, shifts, checked = list(hypothesis), 0, 0
    while True:
        gain, shifted, checked = best_shift(words, list(reference), distance, checked)
        if gain <= 0:
            break
        words, shifts = shifted, shifts + 1
    return (shifts + distance(words)[0]) / len(reference)


class WeightedDistance:
    """Levenshtein distance to a reference whose words have weights, with the trace that sacreBLEU's shift search reads.

    A missing or replaced word of the reference costs its weight, a word too many 1. The trace has a letter an edit:
    " " kept, "s" replaced, "i" a word of the reference inserted, "d" a word of the hypothesis deleted.
    """

    def __init__(self, reference: Sequence[str], weights: Sequence[int]) -> None:
        self._reference, self._weights = reference, weights
        first = [(0, "")]
        for weight in weights:
            first.append((first[-1][0] + weight, "i"))
        self._rows = [first]
        self._words: list[str] = []

    def __call__(self, hypothesis: Sequence[str]) -> tuple[int, str]:
        """Cost and trace; rows of the matrix are kept for the next hypothesis that begins alike."""
        pairs = enumerate(zip(hypothesis, self._words, strict=False))
        same = next((n for n, (a, b) in pairs if a != b), min(len(hypothesis), len(self._words)))
        del self._rows[same + 1 :]
        for word in hypothesis[same:]:
            self._rows.append(self._next_row(word))
        self._words = list(hypothesis)
        return self._rows[-1][-1][0], self._trace()

    def _next_row(self, word: str) -> list[tuple[int, str]]:
        above = self._rows[-1]
        row = [(above[0][0] + 1, "d")]
        for j, (wanted, weight) in enumerate(zip(self._reference, self._weights, strict=True), start=1):
            same = word == wanted
            diagonal, up, left = above[j - 1][0] + (0 if same else weight), above[j][0] + 1, row[-1][0] + weight
            if diagonal <= up and diagonal <= left:
                row.append((diagonal, " " if same else "s"))
            else:
                row.append((up, "d") if up <= left else (left, "i"))
        return row

    def _trace(self) -> str:
        i, j, trace = len(self._rows) - 1, len(self._reference), []
        while i or j:
            trace.append(self._rows[i][j][1])
            i, j = i - (trace[-1] != "i"), j - (trace[-1] != "d")
        return "".join(reversed(trace))


def same_lemma(language: str) -> Same:
    """Whether two words can be forms of one word."""
    lemmas = _ukrainian_lemmas if language == "uk" else _english_lemmas
    return lambda one, other: one == other or not lemmas(one).isdisjoint(lemmas(other))


@lru_cache(maxsize=65536)
def _ukrainian_lemmas(word: str) -> frozenset[str]:
    return frozenset(parse.normal_form for parse in parses(word))


@lru_cache(maxsize=65536)
def _english_lemmas(word: str) -> frozenset[str]:
    """Words of which `word` is a plural or possessive: what could be cut off it, tried on the real inflection."""
    bare = word.removesuffix("'s").removesuffix("'")
    ends = [bare, bare.removesuffix("s"), bare.removesuffix("es")]
    ends += [bare[:-3] + "y"] if bare.endswith("ies") else []
    ends += [singular for singular, plurals in english()["irregular"].items() if bare in plurals]
    return frozenset(e for e in ends if e and word in map(comparable, forms(Rendering("en", e)).all)) | {word}


def mean(values: Iterable[float]) -> float | None:
    """None of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else None


def _same(one: str, other: str) -> bool:
    return one == other


def _count(found: Iterable[Span | None]) -> int:
    return sum(span is not None for span in found)


def _words(text: str) -> list[str]:
    """Words and punctuation marks, without what `comparable` leaves out."""
    return _WORD.findall(comparable(text))


def _places(words: Sequence[str], wanted: Sequence[str], same: Same) -> Iterable[Span]:
    for n in range(len(words) - len(wanted) + 1 if wanted else 0):
        if all(same(word, target) for word, target in zip(words[n : n + len(wanted)], wanted, strict=True)):
            yield Span(n, n + len(wanted))


def _around(words: Sequence[str], span: Span, size: int) -> list[str]:
    before = [word for word in words[: span.start] if word[0].isalnum()]
    after = [word for word in words[span.end :] if word[0].isalnum()]
    return [*before[-size:], *after[:size]]
