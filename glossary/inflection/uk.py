"""Ukrainian forms of a rendering: the head and what agrees with it decline, complements stay.

« коаліція охочих » → « коаліцією охочих »; « Верховна Рада » → « Верховною Радою »; « Марія Залеська » → « Марії
Залеської »; « п’ять країн » → « п’ятьох країн »; НАТО stays. Letters' case and the kind of apostrophe are kept.
"""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from glossary.inflection.base import Forms
from glossary.inflection.uk_persons import guess_gender, person
from glossary.inflection.uk_words import (
    CASES,
    NUMBERS,
    Noun,
    Slots,
    adjective,
    agrees,
    fixed_noun,
    lore,
    noun,
    parses,
)
from glossary.terms import Rendering

_WORD = re.compile(r"[\w’'ʼ\u02bb‑-]+|[^\w’'ʼ\u02bb‑-]+")
_MOST_FORMS = 24  # of one tag: with several alternatives a word, the product would grow past use


class Head(NamedTuple):
    """Where the declining part of a phrase ends, and the noun that leads it."""

    at: int
    noun: Noun


class UkrainianInflector:
    """Forms of Ukrainian renderings."""

    language = "uk"

    def forms(self, rendering: Rendering) -> Forms:
        """Forms by case and number. A word that nothing is known of is left as it is in every case."""
        text = " ".join(rendering.text.split())
        slots = self._slots(text, rendering)
        by_tag = {tag: tuple(_restored(form, text) for form in forms) for tag, forms in slots.items() if forms}
        spellings = {form: _spellings(form) for forms in by_tag.values() for form in forms}
        return Forms(by_tag, {form: others for form, others in spellings.items() if others})

    def _slots(self, text: str, rendering: Rendering) -> Slots:
        if _acronym(text) and rendering.gender == "m" and not rendering.indeclinable:
            return _spoken_acronym(_plain(text))
        if rendering.indeclinable or _acronym(text):
            return _unchanged(_plain(text), rendering.number)
        if gender := _person_gender(text, rendering):
            return person(_plain(text), gender)
        tokens = _WORD.findall(text)
        words = tokens[::2] if _is_word(tokens[0]) else tokens[1::2]
        plain = [_plain(word) for word in words]
        gaps = tokens[1::2] if _is_word(tokens[0]) else tokens[0::2]
        slots = _phrase(plain, words, rendering)
        before = "" if _is_word(tokens[0]) else gaps.pop(0)
        return {tag: tuple(_assembled(before, line, gaps) for line in lines) for tag, lines in slots.items()}


Line = tuple[str, ...]
Lines = dict[str, tuple[Line, ...]]


def _assembled(before: str, line: Line, gaps: Sequence[str]) -> str:
    return before + "".join(word + gap for word, gap in itertools.zip_longest(line, gaps, fillvalue=""))


def _phrase(plain: list[str], words: list[str], rendering: Rendering) -> Lines:
    """Word lines by tag."""
    if counted := _numeral_phrase(plain, words):
        return counted
    if verb := _verb(plain):
        return verb
    head = _head(plain, words, rendering)
    if head is None:
        return _adjective_alone(plain, rendering) or {t: (tuple(plain),) for t in _unchanged("", rendering.number)}
    coordinated = _coordinated(plain, head, rendering)
    lines: Lines = {}
    for tag in head.noun.slots:
        if rendering.number and not tag.endswith(rendering.number):
            continue
        found: list[Line] = []
        for form in head.noun.slots[tag]:
            as_tag = _as_seen(form, head.noun, tag)
            options = [_agreeing(word, head.noun, as_tag) for word in plain[: head.at]] + [(form,)]
            options += _after_head(plain, words, head, coordinated, as_tag)
            found += itertools.product(*options)
        lines[tag] = tuple(dict.fromkeys(found))[:_MOST_FORMS]
    return lines


def _as_seen(form: str, head: Noun, tag: str) -> str:
    """For an accusative the case it looks like, which adjectives follow: « бойовий літак », « бойового літака »."""
    case, number = tag.split(".")
    if case != "acc" or (number == "sg" and head.gender == "f"):
        return tag
    return next((f"{like}.{number}" for like in ("nom", "gen") if form in head.slots.get(f"{like}.{number}", ())), tag)


def _after_head(
    plain: list[str], words: list[str], head: Head, coordinated: Noun | None, tag: str
) -> list[tuple[str, ...]]:
    """What may stand behind the head: a second head after « і », a name that is an adjective, a fixed complement."""
    rest = plain[head.at + 1 :]
    if coordinated and tag in coordinated.slots:
        return [(rest[0],), coordinated.slots[tag], *((word,) for word in rest[2:])]
    if (
        len(rest) == 1 and words[-1][:1].isupper() and agrees(rest[0], head.noun)
    ):  # « на острові Зміїному » or « Зміїний »
        return [tuple(dict.fromkeys((*_agreeing(rest[0], head.noun, tag), rest[0])))]
    return [(word,) for word in rest]


def _agreeing(word: str, head: Noun, tag: str) -> tuple[str, ...]:
    """Forms of a word before the head: an adjective's by agreement, anything else as it is."""
    if not agrees(word, head):
        return (word,)
    slots = adjective(word, "pl" if head.plural else head.gender, head.animate)
    return slots.get(tag) or _pronoun(word, head, tag) or (word,)


def _pronoun(word: str, head: Noun, tag: str) -> tuple[str, ...]:
    """Possessives and the like (« наш », « весь »), by the dictionary."""
    case, number = tag.split(".")
    wanted = {"nom": "nomn", "gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "loc": "loct", "voc": "voct"}
    gender = "plur" if number == "pl" else {"m": "masc", "f": "femn", "n": "neut"}[head.gender]
    for parse in parses(word):
        found = [f.word for f in parse.lexeme if {wanted[case], gender} <= f.tag.grammemes]
        if found:
            return tuple(found)
    return ()


def _head(plain: list[str], words: list[str], rendering: Rendering) -> Head | None:
    """The first noun in the nominative that all words before it agree with, adverbs aside.

    A word that is both adjective and noun (« Чорне », « військовий ») is an adjective if a noun it agrees with follows.
    """
    candidates = []
    for at, word in enumerate(plain):
        found = _noun_at(word, words[at], rendering)
        if found and all(agrees(w, found) or _adverb(w) for w in plain[:at]):
            candidates.append(Head(at, found))
        if not (_may_modify(word) or _adverb(word)):
            break
    return candidates[-1] if candidates else None


def _noun_at(word: str, written: str, rendering: Rendering) -> Noun | None:
    if _acronym(written):
        return fixed_noun(word, rendering.gender or "m")
    if not re.search("[а-яґєії]", word):
        return None
    found = noun(word, rendering.gender, rendering.number)
    unknown = found is None and rendering.gender and not any(p.is_known for p in parses(word))
    return _by_ending(word, rendering.gender or "") if unknown else found


def _by_ending(word: str, gender: str) -> Noun | None:
    """A noun that the dictionary lacks, its gender given: declined like a name with that ending."""
    if gender == "n":
        return fixed_noun(word, "n")
    slots = person(word, gender)
    short_first = {
        t: tuple(sorted(slots[t], key=lambda f: f.endswith(("ові", "еві", "єві")))) for t in ("dat.sg", "loc.sg")
    }
    accusative = {"acc.sg": slots["nom.sg"]} if gender == "m" and slots["acc.sg"] == slots["gen.sg"] else {}
    return Noun(slots | short_first | accusative, gender, False)


def _may_modify(word: str) -> bool:
    return any(p.tag.POS in ("ADJF", "NPRO") and ("nomn" in p.tag or p.tag.case is None) for p in parses(word))


def _adverb(word: str) -> bool:
    return any(p.is_known and p.tag.POS == "ADVB" for p in parses(word))


def _coordinated(plain: list[str], head: Head, rendering: Rendering) -> Noun | None:
    """The second of two heads joined by « і » (« Боснія і Герцеговина »)."""
    if len(plain) <= head.at + 2 or plain[head.at + 1] not in ("і", "й", "та"):
        return None
    second = noun(plain[head.at + 2], None, rendering.number)
    return second if second and second.plural == head.noun.plural else None


def _adjective_alone(plain: list[str], rendering: Rendering) -> Lines:
    """An adjective as a term: every gender's forms, the entered one's first."""
    last = plain[-1]
    if not _may_modify(last):
        return {}
    slots: dict[str, list[str]] = {}
    stem = re.sub("(ий|ій|а|я|е|є|і)$", "", last)
    masculine = next((p.normal_form for p in parses(last) if p.tag.POS == "ADJF"), stem + "ий")
    genders = {"m": masculine, "f": masculine[:-2] + "а", "n": masculine[:-2] + "е"}
    if masculine.endswith("ій"):
        genders |= {"f": masculine[:-2] + "я", "n": masculine[:-2] + "є"}
    wanted = [rendering.gender] if rendering.gender else sorted(genders, key=lambda g: genders[g] != last)
    for gender in wanted:
        for tag, forms in adjective(genders[gender], gender, animate=False).items():
            slots.setdefault(tag, []).extend(forms)
            if tag == "acc.sg" and gender == "m":
                slots[tag].append(genders["m"][:-2] + ("ього" if masculine.endswith("ій") else "ого"))
    return {tag: tuple((*plain[:-1], form) for form in dict.fromkeys(forms)) for tag, forms in slots.items()}


def _verb(plain: list[str]) -> Lines:
    """A verb first: all its finite forms under one tag each of the dictionary's; the rest stays."""
    found = next((p for p in parses(plain[0]) if p.is_known and "infn" in p.tag), None)
    if found is None or noun(plain[0]) is not None:
        return {}
    lines: dict[str, list[Line]] = {}
    for form in found.lexeme:
        lines.setdefault(str(form.tag).replace(" ", ",").lower(), []).append((form.word, *plain[1:]))
    return {tag: tuple(dict.fromkeys(forms)) for tag, forms in lines.items()}


def _numeral_phrase(plain: list[str], words: list[str]) -> Lines:
    """« п’ять країн », « 28 пунктів »: as entered in the nominative and accusative, else numeral and noun decline."""
    if len(plain) < 2:
        return {}
    digits = words[0].isdigit()
    numeral = next((p for p in parses(plain[0]) if p.is_known and p.tag.POS == "NUMR"), None)
    if not digits and numeral is None:
        return {}
    counted = _counted(plain[1:])
    if counted is None:
        return {}
    lines: Lines = {}
    for case in CASES:
        if case in ("nom", "acc", "voc"):
            lines[f"{case}.pl"] = (tuple(plain),)
            continue
        first = (plain[0],) if digits else _numeral_forms(numeral, case) or (plain[0],)
        lines[f"{case}.pl"] = tuple(itertools.product(first, *counted[case]))
    return lines


def _numeral_forms(numeral: object, case: str) -> tuple[str, ...]:
    wanted = {"gen": "gent", "dat": "datv", "ins": "ablt", "loc": "loct"}[case]
    return tuple(dict.fromkeys(f.word for f in numeral.lexeme if wanted in f.tag))  # type: ignore[attr-defined]


def _counted(words: list[str]) -> dict[str, list[tuple[str, ...]]] | None:
    """Plural forms by case of the words after a numeral: adjectives up to the first noun, then everything stays."""
    for at, word in enumerate(words):
        lemma = next((p for p in parses(word) if p.is_known and p.tag.POS == "NOUN" and "plur" in p.tag), None)
        if lemma is None:
            continue
        case_of = {"gen": "gent", "dat": "datv", "ins": "ablt", "loc": "loct"}
        counted: dict[str, list[tuple[str, ...]]] = {}
        for case, wanted in case_of.items():
            forms = [f.word for f in lemma.lexeme if {wanted, "plur"} <= f.tag.grammemes]
            before = [_plural_adjective(w, case) for w in words[:at]]
            counted[case] = [*before, tuple(dict.fromkeys(forms)) or (word,), *((w,) for w in words[at + 1 :])]
        return counted
    return None


def _plural_adjective(word: str, case: str) -> tuple[str, ...]:
    stem = re.sub("(их|іх|і)$", "", word)
    return adjective(stem + "і", "pl", animate=False).get(f"{case}.pl") or (word,)


def _person_gender(text: str, rendering: Rendering) -> str | None:
    """Gender of the bearer if the rendering is a person's name, else None.

    It is one if all its words (but particles) begin with a capital, its number is not given, and its gender is given or
    its first word is a given name; « Верховна Рада » and « Чорне море » are not.
    """
    words = text.split(" ")
    if rendering.number or "«" in text:
        return None
    if not all(w[:1].isupper() or w.partition("-")[0] in lore()["particles"] for w in words):
        return None
    gender = rendering.gender if rendering.gender in ("m", "f") else None
    first = _plain(words[0])
    if len(words) == 1:
        return gender if gender and _only_surname(first, gender) else None
    return gender if gender and not _may_modify_known(first) else guess_gender(_plain(text))


def _may_modify_known(word: str) -> bool:
    return any(p.is_known and p.tag.POS == "ADJF" and "nomn" in p.tag for p in parses(word)) and not any(
        "Name" in p.tag for p in parses(word)
    )


def _only_surname(word: str, gender: str) -> bool:
    """Whether a single capitalised word with a given gender is a surname rather than a place with that gender."""
    grammeme = {"m": "masc", "f": "femn"}[gender]
    known = [p for p in parses(word) if p.is_known and p.tag.POS == "NOUN" and grammeme in p.tag]
    return not any(not {"Surn", "Name"} & p.tag.grammemes for p in known)


def _acronym(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters) and not any(c in "- " for c in text)


def _is_word(token: str) -> bool:
    return bool(re.match(r"[\w’'ʼ]", token))


def _plain(text: str) -> str:
    """Lower case, apostrophe and hyphen as the dictionary has them."""
    return re.sub("[’ʼ\u02bb]", "'", text.replace("‑", "-")).lower()


_ACRONYM_ENDINGS = {"gen": "у", "dat": "у", "acc": "", "ins": "ом", "loc": "і", "voc": ""}


def _spoken_acronym(word: str) -> Slots:
    """An acronym that is said as a man's word and so declines (« ХАМАСу »), or is left as it is."""
    slots: Slots = {"nom.sg": (word,)}
    for case, ending in _ACRONYM_ENDINGS.items():
        slots[f"{case}.sg"] = (word + ending, word) if ending else (word,)
    return slots


def _unchanged(text: str, number: str | None) -> Slots:
    return {f"{c}.{n}": (text,) for n in NUMBERS if number in (None, n) for c in CASES}


def _restored(form: str, model: str) -> str:
    """The form with the capitals, apostrophe and hyphen of the rendering, word by word."""
    apostrophe = next((c for c in model if c in "’'ʼ\u02bb"), "’")
    pieces = re.split("([ -])", form)
    models = re.split("([ ‑-])", model)
    if len(pieces) == len(models):
        pieces = [_cased(piece, like) for piece, like in zip(pieces, models, strict=True)]
    return "".join(pieces).replace("'", apostrophe)


def _cased(word: str, model: str) -> str:
    if word.strip("-") == "":
        return model
    if _acronym(model):  # an ending stays small: « ХАМАСу »
        return model + word[len(model) :] if word.startswith(_plain(model)) else word.upper()
    if word == _plain(model):
        return model.replace("’", "'").replace("ʼ", "'")
    capital = next((n for n, c in enumerate(model) if c.isalpha()), None)
    if capital is not None and model[capital].isupper() and capital < len(word):
        return word[:capital] + word[capital].upper() + word[capital + 1 :]
    return word


def _spellings(form: str) -> tuple[str, ...]:
    """Other spellings: by sound « у/в », « і/й/та », « з/із/зі », « учитель/вчитель »; a quoted name without quotes."""
    if form.startswith("«") and form.endswith("»"):
        return (form[1:-1], f"„{form[1:-1]}“", f"“{form[1:-1]}”")
    words = form.split(" ")
    options = []
    for word in words:
        same = next((g for g in lore()["alternations"] if word in g), None)
        begun = next((g for g in lore()["initial"] if word.lower().startswith(tuple(g))), None)
        if same and len(words) > 1:
            options.append(same)
        elif begun:
            options.append([word, *_other_beginnings(word, begun)])
        else:
            options.append([word])
    return tuple(s for line in itertools.product(*options) if (s := " ".join(line)) != form)


def _other_beginnings(word: str, group: list[str]) -> list[str]:
    old = next(start for start in group if word.lower().startswith(start))
    made = [new + word[len(old) :] for new in group if new != old]
    return [m[:1].upper() + m[1:] if word[:1].isupper() else m for m in made]
