"""French source terms: the spellings under which a term of any length may stand in an article.

Matching only needs to recognise, never to write, so the rules may make a form too many where none would collide.
Source of the rules: any school grammar (pluriel et féminin des noms et des adjectifs, noms composés).
"""

import itertools
import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from glossary.terms import CaseRule, Term

_WORDS = re.compile(r"[^\W\d_]+['’]|[^\W_]+|\W+|_+")


class SourceForm(NamedTuple):
    """A French spelling of a term. ``plural`` is None where the spelling shows no number."""

    text: str
    plural: bool | None


@cache
def lore() -> dict[str, Any]:
    """Word lists of `data/french.toml`."""
    return tomllib.loads(resources.files("glossary").joinpath("data", "french.toml").read_text(encoding="utf-8"))


def source_forms(term: Term) -> list[SourceForm]:
    """The term's spellings: as entered, and for common nouns and adjectives every number and gender."""
    found: dict[str, bool | None] = {}
    for source in (term.source, *term.variants):
        forms = _inflected(source) if _inflects(term) else [SourceForm(source, None)]
        for form, plural in forms:
            for spelling in _ligatures(form):
                found[spelling] = plural if found.get(spelling, plural) == plural else None
    return list(itertools.starmap(SourceForm, found.items()))


def _inflects(term: Term) -> bool:
    return term.part_of_speech in ("noun", "adjective") and term.case is CaseRule.ANY and term.kind == "term"


def _ligatures(form: str) -> set[str]:
    return {form, form.replace("œ", "oe"), form.replace("oe", "œ")}


def _inflected(source: str) -> list[SourceForm]:
    """Number and gender of the head and of what agrees with it; complements (« de … », « à … ») stay."""
    tokens = _WORDS.findall(source)
    head = _agreeing(tokens)
    rest = "".join(tokens[len(head) :])
    words = "".join(head).rstrip()
    gap = "".join(head)[len(words) :]
    forms: list[SourceForm] = []
    singular_is_plural = pluralise(words) == words
    for gendered in dict.fromkeys((words, _feminine_phrase(words))):
        forms.append(SourceForm(gendered + gap + rest, None if singular_is_plural else False))
        plurals = {pluralise(gendered), *_compound_plurals(gendered), *_anti_unchanged(gendered)} - {gendered}
        forms += [SourceForm(plural + gap + rest, True) for plural in sorted(plurals)]
        if _ends_in_anti(gendered):  # « bouclier antimissiles »
            forms.append(SourceForm(gendered.removesuffix("s") + "s" + gap + rest, False))
    return forms


def _ends_in_anti(phrase: str) -> bool:
    """Whether the last word is « anti » with a noun, whose number usage leaves open: « mines antichar(s) »."""
    *words, last = phrase.split(" ")
    return bool(words) and last.startswith("anti")


def _anti_unchanged(phrase: str) -> set[str]:
    if not _ends_in_anti(phrase):
        return set()
    *words, last = phrase.split(" ")
    return {f"{pluralise(' '.join(words))} {last}"}


def _agreeing(tokens: list[str]) -> list[str]:
    """The words from the first up to the one that begins a complement; never none."""
    stop = set(lore()["complement"])
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else " "
        if number and "-" not in before and token.lower().replace("’", "'") in stop:
            return tokens[:number]
    return tokens


def pluralise(phrase: str) -> str:
    """Every word of a phrase in the plural, hyphenated ones by `_compound_plurals`' first choice."""
    return " ".join(_plural_of_compound(word) for word in phrase.split(" "))


def _plural_of_compound(word: str) -> str:
    parts = word.split("-")
    if len(parts) == 1:
        return _plural_word(word)
    if len(parts) > 2 or parts[0].lower() in lore()["fixed_first"]:
        return word if len(parts) > 2 or parts[0] in ("porte", "cessez") else f"{parts[0]}-{_plural_word(parts[1])}"
    return "-".join(_plural_word(part) for part in parts)


def _compound_plurals(phrase: str) -> set[str]:
    """Plurals of a phrase with one hyphenated word in it, which usage hesitates over: last, first or all parts."""
    words = phrase.split(" ")
    found = set()
    for number, word in enumerate(words):
        parts = word.split("-")
        if len(parts) != 2:
            continue
        first, last = (_plural_word(part) for part in parts)
        for choice in (f"{parts[0]}-{last}", f"{first}-{parts[1]}", f"{first}-{last}"):
            others = [pluralise(w) for w in words]
            found.add(" ".join([*others[:number], choice, *others[number + 1 :]]))
    return found


def _plural_word(word: str) -> str:
    lower = word.lower()
    if special := lore()["plural_of"].get(lower):
        return _as_cased(word, special)
    if lower.endswith(("s", "x", "z")) or not lower[-1:].isalpha() or word.isupper():
        return word
    if lower.endswith("al"):
        return word[:-2] + "aux"
    if lower.endswith(("eau", "au", "eu")):
        return word + "x"
    return word + "s"


def _feminine_phrase(phrase: str) -> str:
    """The phrase about a woman, if its first word (or the noun after « vice- ») names a person; else as it is."""
    words = phrase.split(" ")
    nouns = [n for n, word in enumerate(words) if _feminine_noun(word) != word]
    if not nouns or (nouns[0] and not _feminine_adjective(words[0])):
        return phrase
    return " ".join(
        _feminine_noun(word) if n == nouns[0] else _feminine_adjective(word) for n, word in enumerate(words)
    )


_PERSON_ENDINGS = (("ateur", "atrice"), ("cteur", "ctrice"), ("iteur", "itrice"), ("teur", "teuse"), ("ceur", "ceuse"),
                   ("geur", "geuse"), ("seur", "seuse"), ("leur", "leuse"), ("neur", "neuse"), ("ien", "ienne"),
                   ("ier", "ière"), ("éen", "éenne"))  # fmt: skip
_ADJECTIVE_ENDINGS = (("eux", "euse"), ("if", "ive"), ("er", "ère"), ("en", "enne"), ("on", "onne"), ("el", "elle"),
                      ("et", "ète"), ("f", "ve"), ("e", "e"))  # fmt: skip


def _feminine_noun(word: str) -> str:
    *first, last = word.split("-")
    feminine = lore()["feminine_of"].get(last.lower())
    if feminine is None:
        feminine = next((last[: -len(m)] + f for m, f in _PERSON_ENDINGS if last.lower().endswith(m)), last)
    return "-".join([*first, _as_cased(last, feminine)])


def _feminine_adjective(word: str) -> str:
    *first, last = word.split("-")
    feminine = lore()["feminine_of"].get(last.lower())
    if feminine is None:
        feminine = next((last[: -len(m)] + f for m, f in _ADJECTIVE_ENDINGS if last.lower().endswith(m)), last + "e")
    return "-".join([*first, _as_cased(last, feminine)])


def _as_cased(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
