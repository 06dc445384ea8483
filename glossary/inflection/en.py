"""English forms of a rendering: plural and possessive of the head, hyphenated spellings, irregular nouns."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from glossary.inflection.base import Forms
from glossary.normalise import without_accents
from glossary.terms import Rendering


@cache
def lore() -> dict[str, Any]:
    """Word lists of `data/english.toml`."""
    return tomllib.loads(resources.files("glossary").joinpath("data", "english.toml").read_text(encoding="utf-8"))


class EnglishInflector:
    """Forms of English renderings."""

    language = "en"

    def forms(self, rendering: Rendering) -> Forms:
        """Singular, plural and possessives; a name, an acronym or an indeclinable rendering has one number."""
        text = " ".join(rendering.text.split())
        if rendering.number == "pl":
            by_tag = {"pl": (text,), "poss.pl": possessive(text, plural=True)}
        elif rendering.number == "sg" or rendering.indeclinable or _is_name(text):
            by_tag = {"sg": (text,), "poss.sg": possessive(text)}
        else:
            plural = pluralise(text)
            owners = tuple(dict.fromkeys(p for form in plural for p in possessive(form, plural=True)))
            by_tag = {"sg": (text,), "pl": plural, "poss.sg": possessive(text), "poss.pl": owners}
        return Forms(by_tag, {f: s for forms in by_tag.values() for f in forms if (s := _spellings(f))})


def _is_name(text: str) -> bool:
    """Whether it is one word with a capital, a proper name, which has no plural (« Kyiv »); an acronym may have one."""
    return " " not in text and text[:1].isupper() and not text[:2].isupper()


def pluralise(phrase: str) -> tuple[str, ...]:
    """Plurals of a noun phrase, the usual one first: its head before a preposition, or as the data file has it."""
    lower = phrase.lower()
    if whole := lore()["phrase_plural"].get(lower):
        return tuple(_cased_like(phrase, p) for p in whole)
    words = re.split(r"(\s|-)", phrase)
    head = len(words) - 1
    for n in range(2, len(words), 2):
        if words[n].lower() in lore()["prepositions"]:
            head = n - 2
            break
    if head == len(words) - 1 and len(words) > 1 and words[-1].lower() in lore()["postpositive"]:
        head -= 2
    plurals = _plural_word(words[head])
    return tuple(dict.fromkeys("".join([*words[:head], p, *words[head + 1 :]]) for p in plurals))


def _plural_word(word: str) -> tuple[str, ...]:
    lower = word.lower()
    if lower in lore()["invariable"]:
        return (word,)
    if irregular := lore()["irregular"].get(lower):
        return tuple(_cased_like(word, p) for p in irregular)
    if suffix := next((s for s in lore()["irregular_suffix"] if lower.endswith(s)), None):
        return (word[: -len(suffix)] + lore()["irregular_suffix"][suffix],)
    if word.isupper() and len(word) > 1:
        return (word + "s",)
    if re.search(r"(s|x|z|ch|sh)$", lower) and lower not in lore()["hard_ch"]:
        return (word + "es",)
    if re.search(r"[^aeiou]y$", lower):
        return (word[:-1] + "ies",)
    return (word + "s",)


def possessive(form: str, *, plural: bool = False) -> tuple[str, ...]:
    """Both apostrophes; after a plural's s the apostrophe alone, after another s both usages."""
    if form.lower().endswith("s"):
        if plural:
            return (form + "’", form + "'")
        return (form + "’", form + "'", form + "’s", form + "'s")
    return (form + "’s", form + "'s")


def _cased_like(model: str, word: str) -> str:
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _spellings(form: str) -> tuple[str, ...]:
    """Two or three words hyphenated, as before a noun (« front-line positions »); names without foreign accents."""
    words = form.split(" ")
    hyphenated = ["-".join(words)] if len(words) in (2, 3) and form.islower() else []
    if len(words) > 2 and form.islower():
        hyphenated.append(f"{words[0]}-{' '.join(words[1:])}")
    bare = without_accents(form)
    return (*hyphenated, *([bare] if bare != form else []))
