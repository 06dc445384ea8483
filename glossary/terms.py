"""What a glossary entry is: a source term and, for each target language, the renderings a newsroom wants or bans."""

from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """How a newsroom stands to a rendering."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    FORBIDDEN = "forbidden"


class CaseRule(StrEnum):
    """How capitals count when a term is looked for in the source."""

    ANY = "any"  # « Cessez-le-feu », « CESSEZ-LE-FEU »
    NAME = "name"  # a proper name: as written, or all in capitals
    EXACT = "exact"  # only as written


@dataclass(frozen=True)
class Rendering:
    """One target text of a term. ``forms`` overrides generated forms: {"gen.sg": "коаліції охочих", …}."""

    language: str  # "en", "uk"
    text: str  # the dictionary form
    status: Status = Status.PREFERRED
    gender: str | None = None  # "m", "f", "n", where the head word's cannot be guessed
    number: str | None = None  # "sg" or "pl" where the rendering has only one
    indeclinable: bool = False
    forms: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Term:
    """A glossary entry. ``key`` names it for good; two entries with one source text differ by condition or domain."""

    key: str
    source: str  # French, dictionary form
    renderings: tuple[Rendering, ...]
    part_of_speech: str = "noun"  # noun, verb, adjective, name, phrase
    case: CaseRule = CaseRule.ANY
    variants: tuple[str, ...] = ()  # other French spellings: « Zelenskyy », « cessez le feu »
    kind: str = "term"  # term, person, place, organisation
    domain: str = ""
    note: str = ""
    definition: str = ""
    active: bool = True
    topics: tuple[str, ...] = ()  # only in articles with one of these topics, where not empty

    def preferred(self, language: str) -> Rendering | None:
        """The rendering Relais writes in `language`, if the entry has one."""
        return next((r for r in self.renderings if r.language == language and r.status is Status.PREFERRED), None)

    def accepted(self, language: str) -> tuple[Rendering, ...]:
        """Preferred first, then the admitted ones."""
        of_language = [r for r in self.renderings if r.language == language and r.status is not Status.FORBIDDEN]
        return tuple(sorted(of_language, key=lambda r: r.status is not Status.PREFERRED))

    def forbidden(self, language: str) -> tuple[Rendering, ...]:
        """Renderings that must not stand in a translation into `language`."""
        return tuple(r for r in self.renderings if r.language == language and r.status is Status.FORBIDDEN)
