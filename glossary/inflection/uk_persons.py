"""Ukrainian declension of personal names, by the gender of the bearer.

Rules: Український правопис 2019, §§ 97-111 (прізвища, імена, по батькові, слова іншомовного походження). The dictionary
is asked only where it knows a word as a given name; surnames follow their endings, as living names mostly do.
"""

import re
from itertools import product
from typing import Any

from glossary.inflection.uk_words import CASES, Slots, adjective, lore, paradigm_of, parses

_SIBILANT = "жчшщ"
_VOWELS = "аеєиіїоуюя"

Table = tuple[str, ...]


def _sg(stem: str, endings: Table, nominative: str) -> Slots:
    """Singular slots: `endings` of gen dat acc ins loc voc (alternatives by slash) on a stem."""
    forms: Slots = {"nom.sg": (nominative,)}
    for case, ending in zip(CASES[1:], endings, strict=True):
        forms[f"{case}.sg"] = tuple(stem + e for e in ending.split("/"))
    return forms


def _fixed(word: str) -> Slots:
    return {f"{case}.sg": (word,) for case in CASES}


def person(name: str, gender: str) -> Slots:
    """Singular slots of a whole lower-case name; words after particles and roman numerals included."""
    words = name.split(" ")
    parts = [_word(word, n, words, gender) for n, word in enumerate(words)]
    return {f"{c}.sg": _combined([part[f"{c}.sg"] for part in parts]) for c in CASES}


def _combined(options: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The words side by side: all first choices, then all others."""
    lines = [""]
    for option in options:
        lines = [f"{line} {form}".strip() for form in option for line in lines]
    return tuple(dict.fromkeys(lines))


def _word(word: str, place: int, words: list[str], gender: str) -> Slots:
    if not re.search("[а-яґєії]", word) or (word in lore()["particles"] and (place or word != "ден")):
        return _fixed(word)
    if len(words) > 1 and place < len(words) - 1 and not _is_surname(word, words[place + 1 :]):
        return given_name(word, gender)
    if len(words) > 1 and word.endswith(("ович", "йович", "івна", "ївна")):
        return given_name(word, gender)
    slavic = len(words) == 1 or words[0] in (*lore()["slavic_given"], *lore()["given_o"])
    return surname(word, gender, slavic=slavic)


def _is_surname(word: str, rest: list[str]) -> bool:
    """Whether a word before the last is a surname, too: all that follows are numerals or particles."""
    return all(not re.search("[а-яґєії]", w) for w in rest) and not parses(word)[0].is_known


def given_name(word: str, gender: str) -> Slots:
    """Singular slots of a given name or patronymic."""
    if "-" in word:
        return _hyphenated([given_name(part, gender) for part in word.split("-")])
    if gender == "f":
        return _woman(word)
    tag = next(
        (p for p in parses(word) if p.is_known and {"Name", "masc"} <= p.tag.grammemes and p.normal_form == word), None
    )
    if tag and "Fixd" not in tag.tag and word[-1] not in "о":
        known = noun_of(tag)
        if known:
            return known
    return _man(word, declined_o=word in lore()["given_o"])


def noun_of(parse: Any) -> Slots | None:
    """Singular slots of a dictionary name, the long dative (-ові) beside the short."""
    slots = paradigm_of(parse).slots
    return slots if all(f"{c}.sg" in slots for c in CASES) else None


def surname(word: str, gender: str, *, slavic: bool = True) -> Slots:
    """Singular slots of a surname. ``slavic``: -ін and -ин take -им in the instrumental (« Путіним »)."""
    if "-" in word:
        parts = word.split("-")
        return _hyphenated(
            [_fixed(p) if p in lore()["particles"] else surname(p, gender, slavic=slavic) for p in parts]
        )
    if gender == "f":
        return _womans_surname(word)
    if re.search(r"[сцз]ький$|[^аеєиіїоуюя]ий$|[нт]ій$", word) and len(word) > 4:
        return {t: f for t, f in adjective(word, "m", True).items() if t.endswith("sg")}
    if re.search(r"[оеє]в$", word) or (slavic and re.search(r"[іїи]н$", word) and len(word) > 4):
        return _sg(word, ("а", "у/ові", "а", "им", "і/у/ові", "/у" if word.endswith("н") else "/е"), word)
    if word.endswith("енко") or (word.endswith("ко") and slavic):
        return _sg(word[:-1], ("а", "у/ові", "а", "ом", "ові/у", "у/о"), word)
    if re.search(r"[^аеєиіїоуюя]ець$", word) and slavic:
        return _sg(word[:-3] + "ц", ("я", "ю/еві", "я", "ем", "еві/і/ю", "ю"), word)
    return _man(word, declined_o=False)


def _man(word: str, *, declined_o: bool) -> Slots:
    """A man's name that declines like a noun, or not at all."""
    stem, last = word[:-1], word[-1]
    if last in "ая":
        return _fixed(word) if word in lore()["fixed_a"] or stem[-1] in "уо" else _in_a(word)
    if last == "о":
        return (
            _sg(stem, ("а", "у/ові", "а", "ом", "ові/у/і", "е" if stem[-1] not in "гкх" else "у"), word)
            if declined_o
            else _fixed(word)
        )
    if last in _VOWELS:
        return _fixed(word)
    if last == "й":
        if stem[-1] not in _VOWELS:
            return _fixed(word)
        return _sg(stem, ("я", "ю/єві", "я", "єм", "єві/ї/ю", "ю"), word)
    if last == "ь" or word in lore()["soft_r"]:
        soft = stem if last == "ь" else word
        return _sg(soft, ("я", "ю/еві", "я", "ем", "еві/і/ю", "ю"), word)
    if last in _SIBILANT:
        return _sg(word, ("а", "у/еві", "а", "ем", "еві/і/у", "е/у"), word)
    if last == "ц":
        return _sg(word, ("а", "у/ові/еві", "а", "ем/ом", "ові/еві/і/у", "е/у"), word)
    return _sg(
        word, ("а", "у/ові", "а", "ом", "ові/у" + ("" if last in "гкх" else "/і"), "у" if last in "гкх" else "е"), word
    )


def _woman(word: str) -> Slots:
    if word.endswith(("а", "я")):
        return _in_a(word)
    if word in ("любов", "нінель", "юдиф", "есфір", "рахіль"):
        stem = word.rstrip("ь")
        doubled = "'ю" if stem[-1] in "бпвмфр" else stem[-1] + "ю"
        return _sg(stem, ("і", "і", "", doubled, "і", "е" if stem == "любов" else ""), word) | {"acc.sg": (word,)}
    return _fixed(word)


def _womans_surname(word: str) -> Slots:
    if _adjectival_surname(word):
        slots = {t: f for t, f in adjective(word, "f", True).items() if t.endswith("sg")}
        return slots | {"voc.sg": (word, word[:-1] + "о") if not word.endswith("ька") else (word,)}
    if word.endswith(("ая", "яя")) and len(word) > 4:
        return _sg(word[:-2], ("ої", "ій", "у", "ою", "ій", "ая"), word)
    return (
        _in_a(word)
        if word.endswith(("а", "я")) and word not in lore()["fixed_a"] and word[-2] not in "уо"
        else _fixed(word)
    )


def _adjectival_surname(word: str) -> bool:
    """« Залеська », « Захарова », « Навальна », « Біла », not « Калина »."""
    if word in lore()["noun_surnames"]:
        return False
    if re.search(r"([сцз]ьк|ов|ев|єв|[іїи]н|[иіо]в|[бвгджзклмпрстхцчшщь]н)а$", word):
        return True
    known = {p.tag.POS for p in parses(word) if p.is_known and "nomn" in p.tag}
    return word.endswith("а") and "ADJF" in known and "NOUN" not in known


_SOFTENED = {"г": "з", "ґ": "з", "к": "ц", "х": "с"}


def _in_a(word: str) -> Slots:
    """First declension: -а (hard; after a sibilant mixed) and -я (soft; after a vowel or an apostrophe with ї)."""
    stem, last = word[:-1], word[-1]
    if last == "я":
        if stem[-1] in _VOWELS + "'":
            return _sg(stem, ("ї", "ї", "ю", "єю", "ї", "є"), word)
        return _sg(stem, ("і", "і", "ю", "ею", "і", "ю/е"), word)
    if stem[-1] in _SIBILANT:
        return _sg(stem, ("і", "і", "у", "ею", "і", "о/е"), word)
    if stem[-1] in _VOWELS:  # « Нетая », « Гарсія » end in -я; -іа, -еа stay
        return _fixed(word)
    soft = stem[:-1] + _SOFTENED.get(stem[-1], stem[-1]) + "і"
    return _sg(stem, ("и", "", "у", "ою", "", "о"), word) | {"dat.sg": (soft,), "loc.sg": (soft,)}


def _hyphenated(parts: list[Slots]) -> Slots:
    return {f"{c}.sg": tuple("-".join(line) for line in product(*(p[f"{c}.sg"] for p in parts))) for c in CASES}


def guess_gender(name: str) -> str | None:
    """Gender by the given name, if the dictionary knows it as one; None where it does not say."""
    first = name.split(" ", maxsplit=1)[0].partition("-")[0]
    if first in lore()["slavic_given"] or first in lore()["given_o"]:
        return "m"
    known = [p.tag for p in parses(first) if p.is_known and "Name" in p.tag and _may_be_nominative(p.tag)]
    known.sort(
        key=lambda tag: "Fixd" in tag
    )  # « Емманюель » is a man's name that declines before a woman's that does not
    return ("f" if "femn" in known[0] else "m") if known else None


def _may_be_nominative(tag: Any) -> bool:
    return "nomn" in tag or "Fixd" in tag or tag.case is None
