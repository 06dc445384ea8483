"""Finding terms in French text: every occurrence of every term in one pass, in whatever form it stands there.

An Aho-Corasick automaton (Aho & Corasick 1975, by pyahocorasick) runs over the coarse form of the text; what it finds
is then compared with the term's spelling in the text itself, where case, accents and neighbouring characters count.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import ahocorasick

from corpus.spans import Span
from glossary.inflection.fr import SourceForm, lore, source_forms
from glossary.names import short_of, stands_alone
from glossary.normalise import APOSTROPHES, HYPHENS, coarse, fine, normalise, without_accents
from glossary.terms import CaseRule, Rendering, Status, Term


@dataclass(frozen=True)
class Occurrence:
    """A term found in a text.

    ``plural`` is the number the text shows, None if it shows none. A ``nested`` occurrence lies in (or across the end
    of) a longer one and is not enforced. ``rivals`` are other entries with the same source text (« grève »: strike,
    shore): then ``term`` is the first of them that also accepts the renderings of the others, as nothing here tells
    which is meant.
    """

    term: Term
    span: Span
    plural: bool | None = None
    nested: bool = False
    rivals: tuple[Term, ...] = ()


class _Entry(NamedTuple):
    term: Term
    spelling: str  # fine form
    plural: bool | None


class _Found(NamedTuple):
    entry: _Entry
    span: Span


class Matcher:
    """All active terms, ready to be looked for. Building costs about 20 µs a term; a matcher never changes."""

    def __init__(self, terms: Iterable[Term]) -> None:
        entries: dict[str, list[_Entry]] = defaultdict(list)
        for term in terms:
            if term.active:
                for whole in (term, *short_of(term)):
                    for form in source_forms(whole):
                        _enter(entries, whole, form)
        self._automaton = ahocorasick.Automaton()
        for key, found in entries.items():
            self._automaton.add_word(key, (len(key), tuple(found)))
        self._empty = not entries
        if not self._empty:
            self._automaton.make_automaton()

    def occurrences(self, text: str, topics: Collection[str] = ()) -> list[Occurrence]:
        """Occurrences in order of their start, the longest of overlapping ones first, the others marked nested."""
        if self._empty or not text:
            return []
        allowed = set(topics)
        found = [f for f in self._spelled(text) if not f.entry.term.topics or allowed & set(f.entry.term.topics)]
        return _resolved(text, _independent(text, found))

    def _spelled(self, text: str) -> list[_Found]:
        """Candidates with the right spelling at word boundaries, outside addresses."""
        flat = normalise(text)
        haystack, last = flat.text, len(flat.text) - 1
        addresses = _Stretches(m.span() for m in _ADDRESS.finditer(text)) if _MAYBE_ADDRESS.search(text) else None
        found: list[_Found] = []
        for end, (length, entries) in self._automaton.iter(haystack):
            start = end - length + 1
            if (start and haystack[start - 1].isalnum()) or (end < last and haystack[end + 1].isalnum()):
                continue
            span = flat.original_span(start, end + 1)
            if addresses and addresses.touch(span):
                continue
            surface = fine(span.of(text))
            found += [_Found(e, span) for e in entries if _spelled_so(surface, e) and _free(text, span, e.term)]
        return found


def _enter(entries: dict[str, list[_Entry]], term: Term, form: SourceForm) -> None:
    spelling = fine(form.text)
    if key := coarse(spelling).strip():
        entries[key].append(_Entry(term, spelling, form.plural))


def _spelled_so(surface: str, entry: _Entry) -> bool:
    """Whether the text's own spelling is the term's, as far as the term's case rule lets capitals and accents go."""
    spelling, rule = entry.spelling, entry.term.case
    if surface == spelling:
        return True
    if len(surface) != len(spelling):
        return False
    pairs = list(zip(surface, spelling, strict=True))
    if rule is CaseRule.ANY:
        return all(_same_letter(a, b) for a, b in pairs)
    if all(a == b or (b.isupper() and a == without_accents(b)) for a, b in pairs):
        return True
    if rule is CaseRule.EXACT:
        return False
    if surface[0].isupper() and surface[1:] == spelling[1:] and _same_letter(surface[0], spelling[0]):
        return True
    # « LOUIS XI » is not about Xi: two capital letters may be a numeral.
    return len(surface) > 2 and surface.isupper() and all(_same_letter(a, b) for a, b in pairs)


def _same_letter(in_text: str, in_term: str) -> bool:
    """Accents count on small letters; on capitals French practice may leave them out."""
    if in_text.isupper():
        return without_accents(in_text).lower() == without_accents(in_term).lower()
    return in_term.lower() in (in_text, without_accents(in_text) if in_term.isupper() else in_text)


_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_WORD_BEFORE = re.compile(rf"([^\W\d_]+)[{APOSTROPHES}]$")
_PART_BEFORE = re.compile(rf"(?<![\w])([^\W\d_]+)[{HYPHENS}]$")
_PART_AFTER = re.compile(rf"[{HYPHENS}]([^\W\d_]+)")
_PRONOUN_BEFORE = re.compile(rf"(?<![\w{HYPHENS}])([^\W\d_]+)[ \u00a0\n]+$|([^\W\d_]+)[{APOSTROPHES}]$")


def _free(text: str, span: Span, term: Term) -> bool:
    """Whether what stands next to a candidate leaves it a word: no underscore, no letters behind an apostrophe."""
    before, after = text[max(0, span.start - 16) : span.start], text[span.end : span.end + 16]
    if before.endswith("_") or after.startswith("_"):
        return False
    if len(after) > 1 and after[0] in APOSTROPHES and after[1].isalpha():
        return False
    if before and before[-1] in APOSTROPHES and (elided := _WORD_BEFORE.search(before)):
        word = elided.group(1).lower()
        named = term.case is not CaseRule.ANY
        if word not in lore()["elided"] and not (named and word in lore()["elided_before_names"]):
            return False
    if term.part_of_speech == "noun" and term.case is CaseRule.ANY and " " not in term.source:
        pronoun = _PRONOUN_BEFORE.search(before)
        if pronoun and _APOSTROPHE.sub("'", pronoun.group().strip().lower()) in lore()["before_verb"]:
            return False
    return term.source not in lore()["also_modifier"] or _before_noun(text, span)


def _before_noun(text: str, span: Span) -> bool:
    """Whether a word that may be an adjective is a noun here: « le sous-marin », not « un câble sous-marin »."""
    found = _DETERMINER.search(text[max(0, span.start - 20) : span.start])
    if not found:
        return True
    word = _APOSTROPHE.sub("'", found.group(1).lower())
    return word.isdigit() or any(word in lore()[kind] for kind in ("singular", "plural", "before_noun"))


def _independent(text: str, found: list[_Found]) -> list[_Found]:
    """Without the candidates that are only a part: of a hyphenated word, of another name, of their own full name.

    Two names joined by a hyphen (« Paris-Berlin ») are two names.
    """
    names = [f.span for f in found if f.entry.term.case is CaseRule.NAME]
    starts, ends = {span.start for span in names}, {span.end for span in names}
    whole: dict[str, _Stretches] = _longest(found)
    kept = []
    for candidate in found:
        span, term = candidate.span, candidate.entry.term
        named = term.case is CaseRule.NAME
        if _bound_before(text, span) and not (named and span.start - 1 in ends):
            continue
        if _bound_after(text, span) and not (named and span.end + 1 in starts):
            continue
        if named and not stands_alone(text, span, term, starts, ends):
            continue
        if whole[term.key].around(span):
            continue
        kept.append(candidate)
    return kept


def _longest(found: list[_Found]) -> dict[str, "_Stretches"]:
    """Of each term, its candidates that lie in no other candidate of the same term."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for candidate in sorted(found, key=lambda f: (f.span.start, -f.span.end)):
        of_term = spans[candidate.entry.term.key]
        if not of_term or candidate.span.end > of_term[-1][1]:
            of_term.append(candidate.span)
    return {key: _Stretches(of_term) for key, of_term in spans.items()}


def _bound_before(text: str, span: Span) -> bool:
    if not (_hyphen(text, span.start - 1) and text[span.start - 2 : span.start - 1].isalnum()):
        return False
    first = _PART_BEFORE.search(text[max(0, span.start - 24) : span.start])
    return not (first and first.group(1).lower() in lore()["loose_first"])


def _bound_after(text: str, span: Span) -> bool:
    if not (_hyphen(text, span.end) and text[span.end + 1 : span.end + 2].isalnum()):
        return False
    last = _PART_AFTER.match(text, span.end)
    return not (last and last.group(1).lower() in lore()["loose_last"])


def _hyphen(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at] in HYPHENS


def _resolved(text: str, found: list[_Found]) -> list[Occurrence]:
    """Longest first (then leftmost): the winners, and what overlaps them as nested; same place, same occurrence."""
    places: dict[Span, list[_Entry]] = defaultdict(list)
    for candidate in found:
        places[candidate.span].append(candidate.entry)
    full_names = {c.entry.term.key: c.span.start for c in reversed(found) if _is_full_name(c.entry.term)}
    taken = _Taken()
    occurrences: list[Occurrence] = []
    for span in sorted(places, key=lambda s: (s.start - s.end, s.start)):
        entries = places[span]
        if len(entries) > 1:
            named = [e for e in entries if full_names.get(e.term.key, span.start) < span.start]
            entries = sorted(named or entries, key=lambda e: (not e.term.topics, e.spelling != fine(span.of(text))))
        terms = list({e.term.key: e.term for e in entries}.values())
        plural = entries[0].plural if entries[0].plural is not None else _number_before(text, span)
        nested = not taken.take(span)
        occurrences.append(Occurrence(_either(terms), span, plural, nested, tuple(terms[1:])))
    return sorted(occurrences, key=lambda o: (o.span.start, -o.span.end))


def _is_full_name(term: Term) -> bool:
    """Of persons who share a surname, the one named in full before is meant later."""
    return term.kind == "person" and " " in term.source


def _either(terms: Sequence[Term]) -> Term:
    """The first of several entries, accepting what any of them accepts."""
    first, *others = terms
    if not others:
        return first
    admitted = [replace(r, status=Status.ADMITTED) for t in others for r in t.renderings if _accepts(r)]
    known = {(r.language, r.text) for r in first.renderings if _accepts(r)}
    admitted = [r for r in admitted if (r.language, r.text) not in known]
    accepted = known | {(r.language, r.text) for r in admitted}
    own = [r for r in first.renderings if _accepts(r) or (r.language, r.text) not in accepted]
    return replace(first, renderings=(*own, *admitted))


def _accepts(rendering: Rendering) -> bool:
    return rendering.status is not Status.FORBIDDEN


_DETERMINER = re.compile(rf"([^\W\d_]+(?:[{APOSTROPHES}]|(?=\s))|\d+(?=\s))\s*$")


def _number_before(text: str, span: Span) -> bool | None:
    """Number told by the word before: « les cessez-le-feu »."""
    found = _DETERMINER.search(text[max(0, span.start - 20) : span.start])
    if not found:
        return None
    word = _APOSTROPHE.sub("'", found.group(1).lower())
    if word.isdigit():
        return int(word) > 1
    if word in lore()["plural"]:
        return True
    return False if word in lore()["singular"] else None


_TOP = "com|org|net|info|eu|fr|be|ch|ca|de|uk|ua|us|int|gov|edu|mil|io|tv|html?|pdf|jpe?g|png|docx?|xlsx?|odt|txt|csv"
_MAYBE_ADDRESS = re.compile(rf"://|[@#]|www\.|\.(?:{_TOP})\b")
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*://[^\s<>«»]+|www\.[^\s<>«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)[@#]\w+"
    rf"|[\w-]+(?:\.[\w-]+)*\.(?:{_TOP})\b(?:/[^\s<>«»]*)?",
    re.IGNORECASE,
)


class _Stretches:
    """Stretches of a text, sorted by start and by end."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = list(spans)
        self._starts = [start for start, _ in self._spans]

    def around(self, span: Span) -> bool:
        """Whether a stretch contains the span and more."""
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and self._spans[at][1] >= span.end and self._spans[at] != span

    def touch(self, span: Span) -> bool:
        """Whether the last stretch that begins before the span's end overlaps it."""
        before = bisect_right(self._starts, span.end - 1) - 1
        return before >= 0 and self._spans[before][1] > span.start


class _Taken:
    """Spans taken so far, none overlapping another."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, span: Span) -> bool:
        """Add the span and say yes, unless it overlaps one taken before."""
        at = bisect_right(self._starts, span.start)
        if (at and self._ends[at - 1] > span.start) or (at < len(self._starts) and self._starts[at] < span.end):
            return False
        self._starts.insert(at, span.start)
        self._ends.insert(at, span.end)
        return True
