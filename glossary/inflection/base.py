"""The contract of an inflection: a rendering in, all its forms by tag out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from glossary.terms import Rendering


@dataclass(frozen=True)
class Forms:
    """Every form of a rendering.

    ``by_tag`` maps "gen.pl" (uk: nom gen dat acc ins loc voc; sg, pl) or "sg", "pl", "poss.sg", "poss.pl" (en) to the
    forms with that tag, the one to write first. ``spellings`` are further accepted spellings of the same forms
    (alternations at a word's start, hyphen or none), by the form they spell.
    """

    by_tag: dict[str, tuple[str, ...]]
    spellings: Mapping[str, tuple[str, ...]]

    @cached_property
    def all(self) -> frozenset[str]:
        """Accepted surface forms; the case of the first letter does not count."""
        listed = {form for forms in self.by_tag.values() for form in forms}
        return frozenset(listed | {s for form in listed for s in self.spellings.get(form, ())})

    @cached_property
    def _tags(self) -> dict[str, tuple[str, ...]]:
        tags: dict[str, list[str]] = {}
        for tag, forms in self.by_tag.items():
            for form in forms:
                for spelling in (form, *self.spellings.get(form, ())):
                    tags.setdefault(comparable(spelling), []).append(tag)
        return {form: tuple(dict.fromkeys(found)) for form, found in tags.items()}

    def tags_of(self, form: str) -> tuple[str, ...]:
        """Tags a surface form can have, empty if it is none of the rendering's."""
        return self._tags.get(comparable(form), ())

    def first(self, tag: str) -> str | None:
        """The form to write for a tag."""
        return next(iter(self.by_tag.get(tag, ())), None)


_UNIFIED = str.maketrans(
    {"’": "'", "ʼ": "'", "‑": "-", "‐": "-", "\u00a0": " ", "\u202f": " ", "\u00ad": None, "\u0301": None}
)


def comparable(form: str) -> str:
    """A form without what does not tell forms apart: case, kind of apostrophe and hyphen, stress marks."""
    return " ".join(form.translate(_UNIFIED).casefold().split())


class Inflector(Protocol):
    """One language, one module."""

    language: str

    def forms(self, rendering: Rendering) -> Forms:
        """All forms of a rendering, without its overrides."""
        ...
