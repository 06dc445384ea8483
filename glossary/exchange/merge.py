"""What an import would change: the plan of a dry run, and the terms that carrying it out would store.

An import adds and changes, it never removes: what a file does not give (an absent column, an empty cell, a rendering it
does not list, a forbidden mark) stays as it is. Importing one's own export changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from glossary.exchange.base import Entry
from glossary.exchange.table import LANGUAGES, free_key
from glossary.normalise import fine
from glossary.terms import Rendering, Status, Term

_FIELDS = ("kind", "case", "note", "domain", "definition", "part_of_speech", "topics", "active")


@dataclass(frozen=True)
class Change:
    """A term before and after an import."""

    before: Term
    after: Term

    def differences(self) -> list[tuple[str, str, str]]:
        """What changes, as (field, before, after), all as text."""
        pairs = [
            (name, getattr(self.before, name), getattr(self.after, name)) for name in ("source", "variants", *_FIELDS)
        ]
        found = [(name, _shown(old), _shown(new)) for name, old, new in pairs if old != new]
        for language in LANGUAGES:
            old, new = (
                ", ".join(_described(r) for r in t.renderings if r.language == language)
                for t in (self.before, self.after)
            )
            if old != new:
                found.append((language, old, new))
        return found


@dataclass(frozen=True)
class Plan:
    """An import, not carried out yet: `to_store` is all that would be written."""

    new: tuple[Term, ...]
    changed: tuple[Change, ...]
    unchanged: int

    @property
    def to_store(self) -> tuple[Term, ...]:
        """New and changed terms, as they would be stored."""
        return (*self.new, *(change.after for change in self.changed))


def plan(existing: Iterable[Term], entries: Sequence[Entry]) -> Plan:
    """Match a file's entries with the glossary and see what they change. Rows for one term count together."""
    state = {term.key: term for term in existing}
    originals = dict(state)
    in_file = Counter(fine(e.term.source) for e in entries)
    by_source: dict[str, list[str]] = {}
    for term in state.values():
        for spelling in dict.fromkeys(fine(text) for text in (term.source, *term.variants)):
            by_source.setdefault(spelling, []).append(term.key)
    touched: dict[str, None] = {}
    for entry in entries:
        source = fine(entry.term.source)
        key = _matching(entry, state, by_source.get(source, []), alone=in_file[source] == 1)
        if key is None:
            key = entry.term.key
            if key in state:
                key = free_key(entry.term.source, entry.term.renderings, set(state))
            state[key] = replace(entry.term, key=key)
            by_source.setdefault(source, []).append(key)
        else:
            state[key] = merged(state[key], entry)
        touched[key] = None
    new = tuple(state[key] for key in touched if key not in originals)
    changed = tuple(
        Change(originals[key], state[key]) for key in touched if key in originals and state[key] != originals[key]
    )
    return Plan(new, changed, len(touched) - len(new) - len(changed))


def _matching(entry: Entry, state: dict[str, Term], same_source: list[str], *, alone: bool) -> str | None:
    """Key of the term an entry speaks of, None for a new one.

    By its key if the file gives keys; else by its French text (or variant), and where several terms or entries share
    that (« grève »: strike, shore), by a rendering in common.
    """
    if "key" in entry.given:
        return entry.term.key if entry.term.key in state else None
    if alone and len(same_source) == 1:
        return same_source[0]
    said = {(r.language, _same(r.text)) for r in entry.term.renderings}
    for key in same_source:
        if said & {(r.language, _same(r.text)) for r in state[key].renderings}:
            return key
    return None


def merged(existing: Term, entry: Entry) -> Term:
    """The existing term with what the entry gives."""
    new, given = entry.term, entry.given
    values = {name: getattr(new, name) for name in _FIELDS if name in given}
    if "variants" in given:
        values["variants"] = tuple(dict.fromkeys((*existing.variants, *new.variants)))
    if "key" in given:
        values["source"] = new.source
    kept = [r for r in existing.renderings if r.language not in given]
    for language in LANGUAGES:
        if language in given:
            kept += _renderings(
                [r for r in existing.renderings if r.language == language],
                [r for r in new.renderings if r.language == language],
                given,
            )
    order = {language: n for n, language in enumerate(dict.fromkeys(r.language for r in existing.renderings))}
    kept.sort(key=lambda r: order.get(r.language, len(order)))
    return replace(existing, renderings=tuple(kept), **values)


def _renderings(old: list[Rendering], new: list[Rendering], given: frozenset[str]) -> list[Rendering]:
    """The old ones, updated by the new, then the new ones; one of them preferred at most.

    A file that says nothing of status leaves an old rendering's as it is, and its first rendering is the preferred one
    unless that is forbidden.
    """
    said = {_same(r.text): r for r in new}
    result = []
    for rendering in old:
        update = said.pop(_same(rendering.text), None)
        result.append(_updated(rendering, update, given) if update else rendering)
    result += said.values()
    first = next((r for r in new if r.status is Status.PREFERRED), None)
    wanted = next((r for r in result if first and _same(r.text) == _same(first.text)), None)
    if wanted and wanted.status is not Status.FORBIDDEN:
        result = [_ranked(r, is_first=r is wanted) for r in result]
    return result


def _updated(old: Rendering, new: Rendering, given: frozenset[str]) -> Rendering:
    if "grammar" in given:
        old = replace(old, gender=new.gender, number=new.number, indeclinable=new.indeclinable, forms=new.forms)
    return replace(old, text=new.text, status=new.status if "status" in given else old.status)


def _ranked(rendering: Rendering, *, is_first: bool) -> Rendering:
    if is_first:
        return replace(rendering, status=Status.PREFERRED)
    return replace(rendering, status=Status.ADMITTED) if rendering.status is Status.PREFERRED else rendering


def _same(text: str) -> str:
    """What makes two renderings one: their text, whatever the apostrophe."""
    return " ".join(text.replace("'", "’").replace("ʼ", "’").split())


def _shown(value: object) -> str:
    return ", ".join(str(v) for v in value) if isinstance(value, tuple) else str(value)


def _described(rendering: Rendering) -> str:
    marks = {Status.PREFERRED: "", Status.ADMITTED: " (admitted)", Status.FORBIDDEN: " (forbidden)"}
    grammar = " ".join(w for w in (rendering.gender, rendering.number, "indecl" if rendering.indeclinable else "") if w)
    forms = ";".join(f"{tag}={form}" for tag, form in rendering.forms.items())
    return rendering.text + marks[rendering.status] + "".join(f" [{part}]" for part in (grammar, forms) if part)
