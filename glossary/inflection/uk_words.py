"""Paradigms of single Ukrainian words, from pymorphy3's dictionary with the project's corrections over it."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import pymorphy3

CASES = ("nom", "gen", "dat", "acc", "ins", "loc", "voc")
NUMBERS = ("sg", "pl")
_CASE_OF = {"nomn": "nom", "gent": "gen", "datv": "dat", "accs": "acc", "ablt": "ins", "loct": "loc", "voct": "voc"}
_GENDER_OF = {"masc": "m", "femn": "f", "neut": "n"}
_UNUSUAL = {"Dist", "Arch", "Slng", "alt"}
_NAMES = {"Name", "Surn", "Patr"}

Slots = dict[str, tuple[str, ...]]
"""Forms by tag ("gen.pl"), the usual one first; lower case, apostrophe U+0027."""


@dataclass(frozen=True)
class Noun:
    """A noun's paradigm. ``plural``: the word as entered is the nominative plural; then there are plural slots only."""

    slots: Slots
    gender: str  # m, f, n
    animate: bool
    plural: bool = False


@cache
def analyzer() -> Any:
    """pymorphy3's analyser with the Ukrainian dictionary (0.1 s, 15 MB)."""
    return pymorphy3.MorphAnalyzer(lang="uk")


@cache
def lore() -> dict[str, Any]:
    """Word lists of `data/ukrainian.toml`."""
    return tomllib.loads(resources.files("glossary").joinpath("data", "ukrainian.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def parses(word: str) -> tuple[Any, ...]:
    """pymorphy3's analyses of a lower-case word."""
    return tuple(analyzer().parse(word))


@lru_cache(maxsize=4096)
def noun(word: str, gender: str | None = None, number: str | None = None) -> Noun | None:
    """The noun whose nominative a lower-case word is, or None. Common nouns come before names, singulars first."""
    if special := lore()["noun"].get(word):
        return _from_data(special)
    if adjectival := _adjectival(word):
        return adjectival
    if made := _compound(word, gender, number):
        return made
    found = [p for p in parses(word) if p.tag.POS == "NOUN" and _is_nominative(p)]
    found = [p for p in found if gender is None or _gender(p) in (gender, None) or "plur" in p.tag] or (
        [] if gender else found
    )
    if not found or (
        not (chosen := min(found, key=lambda p: _rank(p, number))).is_known and _NAMES & chosen.tag.grammemes
    ):
        return None  # a surname is the analyser's guess for whatever it does not know
    best = paradigm_of(chosen)
    return _as_thing(best) if word in lore()["things"] else best


def _as_thing(word: Noun) -> Noun:
    """A machine whose name is also an agent's (« винищувач »): its accusative is the nominative, or the genitive."""
    accusatives = {
        f"acc.{n}": tuple(dict.fromkeys((*word.slots[f"nom.{n}"], *word.slots[f"gen.{n}"])))
        for n in NUMBERS
        if f"nom.{n}" in word.slots
    }
    return Noun(word.slots | accusatives, word.gender, False, word.plural)


def _rank(parse: Any, number: str | None) -> tuple[bool, ...]:
    tag = parse.tag
    return (
        not parse.is_known,
        bool(_NAMES & tag.grammemes),
        bool(_UNUSUAL & tag.grammemes),
        ("plur" in tag) != (number == "pl"),
        "Fixd" in tag,
        not any("plur" in form.tag for form in parse.lexeme),  # an entry for a village of that name has no plural
    )


def _is_nominative(parse: Any) -> bool:
    """Some dictionary entries leave the case of their first form out."""
    return "nomn" in parse.tag or (parse.tag.case is None and parse.word == parse.normal_form) or "Fixd" in parse.tag


def _gender(parse: Any) -> str | None:
    return _GENDER_OF.get(parse.tag.gender or "")


def paradigm_of(parse: Any) -> Noun:
    """Paradigm of one of pymorphy3's analyses."""
    if "Fixd" in parse.tag:
        return fixed_noun(parse.word, _gender(parse) or "n")
    plural = "plur" in parse.tag
    slots: dict[str, list[str]] = {}
    unusual: dict[str, list[str]] = {}
    for form in parse.lexeme:
        case = _CASE_OF.get(form.tag.case or "", "nom")
        number = "pl" if "plur" in form.tag else "sg"
        if (plural and number == "sg") or (number == "sg" and _gender(form) not in (_gender(parse), None)):
            continue  # « повірений » and « повірена » are one entry of the dictionary
        into = unusual if _UNUSUAL & form.tag.grammemes - parse.tag.grammemes else slots
        into.setdefault(f"{case}.{number}", []).append(form.word)
    for tag, forms in unusual.items():
        slots.setdefault(tag, forms)
    animate = "anim" in parse.tag
    stem = slots.get("gen.sg", [""])[0][:-1]
    ordered = {tag: _ordered(tag, list(dict.fromkeys(forms)), animate, stem) for tag, forms in slots.items()}
    gender = _gender(parse) or next((g for f in parse.lexeme if (g := _GENDER_OF.get(f.tag.gender or ""))), "m")
    return Noun(_filled(ordered), gender, animate, plural)


def _ordered(tag: str, forms: list[str], animate: bool, stem: str) -> tuple[str, ...]:
    """Usual form first: persons take -ові, things -у in the dative and -і (after -к: -у) in the locative."""
    if tag == "acc.pl" and animate:
        return tuple(sorted(forms, key=lambda f: f.endswith(("и", "і", "ї"))))
    if forms[0].endswith(("ім", "їм")):
        return tuple(sorted(forms, key=lambda f: f.endswith(("ім", "їм"))))
    if tag == "loc.sg" and not animate:
        return tuple(sorted(forms, key=lambda f: (f not in (stem + "і", stem + "ї"), _long(f))))
    if tag in ("dat.sg", "loc.sg"):
        return tuple(sorted(forms, key=lambda f: _long(f) != animate))
    return tuple(forms)


def _long(form: str) -> bool:
    return form.endswith(("ові", "еві", "єві"))


def _filled(slots: Slots) -> Slots:
    """Slots in the usual order, with the vocative plural equal to the nominative where the dictionary leaves it out."""
    if "nom.pl" in slots:
        slots.setdefault("voc.pl", slots["nom.pl"])
    if "nom.sg" in slots:
        slots.setdefault("voc.sg", slots["nom.sg"])
    return {f"{c}.{n}": slots[f"{c}.{n}"] for n in NUMBERS for c in CASES if f"{c}.{n}" in slots}


def fixed_noun(word: str, gender: str = "n", numbers: tuple[str, ...] = NUMBERS) -> Noun:
    """A noun that never changes."""
    return Noun({f"{c}.{n}": (word,) for n in numbers for c in CASES}, gender, False)


def _from_data(entry: dict[str, Any]) -> Noun:
    """A paradigm of the data file: ``sg`` and ``pl`` list the seven cases, alternatives joined by a slash."""
    slots = {
        f"{case}.{number}": tuple(form.split("/"))
        for number in NUMBERS
        if number in entry
        for case, form in zip(CASES, entry[number].split(), strict=True)
    }
    return Noun(slots, entry.get("gender", "m"), entry.get("animate", False), "sg" not in entry)


def _adjectival(word: str) -> Noun | None:
    """Adjectives that serve as nouns (« черговий », « Рівне »), as the data file lists them by gender."""
    for gender, words in lore()["adjectival"].items():
        if word in words:
            slots = adjective(word, gender[0], animate=gender == "m_animate")
            return Noun(slots, gender[0], gender == "m_animate", gender == "pl") if slots else None
    return None


def _compound(word: str, gender: str | None, number: str | None) -> Noun | None:
    """Hyphenated nouns: a fixed first part stays (« штаб-квартири »), two nouns both decline (« країни-члена »)."""
    first, hyphen, last = word.partition("-")
    if not hyphen or not last or any(p.is_known and p.tag.POS == "NOUN" and _is_nominative(p) for p in parses(word)):
        return None
    if first in lore()["fixed_first"] or noun(first) is None:
        end = noun(last, gender, number) if first in lore()["fixed_first"] else None
        return end and Noun(
            {t: tuple(f"{first}-{f}" for f in forms) for t, forms in end.slots.items()},
            end.gender,
            end.animate,
            end.plural,
        )
    begin, end = noun(first, None, number), noun(last, None, number)
    if begin is None or end is None or begin.plural != end.plural:
        return None
    if not begin.animate and "acc.pl" in end.slots:  # « підтримати держави-члени »
        end.slots["acc.pl"] = tuple(dict.fromkeys((*end.slots["nom.pl"], *end.slots["acc.pl"])))
    shared = [t for t in begin.slots if t in end.slots]
    slots = {t: tuple(f"{a}-{b}" for a in begin.slots[t] for b in end.slots[t]) for t in shared}
    return Noun(slots, begin.gender, begin.animate, begin.plural)


Endings = dict[str, tuple[str | None, ...]]

_HARD: Endings = {
    "m": ("ий", "ого", "ому", None, "им", "ому/ім", "ий"),
    "n": ("е", "ого", "ому", "е", "им", "ому/ім", "е"),
    "f": ("а", "ої", "ій", "у", "ою", "ій", "а"),
    "pl": ("і", "их", "им", None, "ими", "их", "і"),
}
_SOFT: Endings = {
    "m": ("ій", "ього", "ьому", None, "ім", "ьому/ім", "ій"),
    "n": ("є", "ього", "ьому", "є", "ім", "ьому/ім", "є"),
    "f": ("я", "ьої", "ій", "ю", "ьою", "ій", "я"),
    "pl": ("і", "іх", "ім", None, "іми", "іх", "і"),
}
_VOWEL_SOFT: Endings = {
    "m": ("їй", "його", "йому", None, "їм", "йому/їм", "їй"),
    "n": ("є", "його", "йому", "є", "їм", "йому/їм", "є"),
    "f": ("я", "йої", "їй", "ю", "йою", "їй", "я"),
    "pl": ("ї", "їх", "їм", None, "їми", "їх", "ї"),
}


@lru_cache(maxsize=4096)
def adjective(word: str, gender: str, animate: bool) -> Slots:
    """Slots of an adjective entered in the nominative of its gender (m, f, n or pl); {} if it has no such ending.

    An adjective entered in the singular has its plural too. The types are those of any grammar: hard, soft, and soft
    after a vowel (« безкраїй »).
    """
    kind = _declension(word, gender)
    if kind is None:
        return {}
    table, stem = kind
    slots: Slots = {}
    for number, key in (("sg", gender), ("pl", "pl")) if gender != "pl" else (("pl", "pl"),):
        for case, ending in zip(CASES, table[key], strict=True):
            slots[f"{case}.{number}"] = tuple(stem + e for e in ending.split("/")) if ending else ()
        if not slots[f"acc.{number}"]:
            like, other = ("gen", "nom") if animate else ("nom", "gen")
            also = slots[f"{other}.{number}"] if number == "pl" and animate else ()
            slots[f"acc.{number}"] = slots[f"{like}.{number}"] + also
    return slots


def _declension(word: str, gender: str) -> tuple[Endings, str] | None:
    ending = {"m": "[иії]й", "f": "[ая]", "n": "[еє]", "pl": "[ії]"}[gender]
    if not re.search(rf"\w{ending}$", word):
        return None
    stem = word[: -2 if gender == "m" else -1]
    last = word[len(stem)]
    if last in "ияє" and last == "и":
        return _HARD, stem
    if gender == "m":
        return (_VOWEL_SOFT if last == "ї" else _SOFT), stem
    if gender == "pl":
        if last == "ї":
            return _VOWEL_SOFT, stem
        return (_SOFT if _soft_stem(stem) else _HARD), stem
    if last in "яє":
        return (_VOWEL_SOFT if stem[-1] in "аеєиіїоуюя" else _SOFT), stem
    return _HARD, stem


def _soft_stem(stem: str) -> bool:
    """Whether an adjective with this stem is soft (« синій »): pymorphy3 knows its masculine."""
    word = stem + "ій"
    return any(p.is_known and p.tag.POS == "ADJF" and p.normal_form == word for p in parses(word))


def agrees(word: str, head: Noun) -> bool:
    """Whether a lower-case word can be an adjective, participle or pronoun that agrees with `head`'s nominative."""
    for parse in parses(word):
        tag = parse.tag
        if tag.POS not in ("ADJF", "NPRO", "NUMR") or not ("nomn" in tag or tag.case is None):
            continue
        if ("plur" in tag) == head.plural and (head.plural or _gender(parse) == head.gender):
            return True
    return False
