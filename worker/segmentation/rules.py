"""Whether a full stop, question mark, exclamation mark or ellipsis ends a French sentence.

`decide` answers True (it does), False (it does not) or None: then sentencex's opinion stands. The cases are those that
sentencex gets wrong in French (docs/decisions/0300-segmentation.md has the table).
"""

import re
from typing import NamedTuple

from worker.ingest.lines import left_open
from worker.segmentation.lexicon import Abbreviation, abbreviation, opens_a_sentence

_SPACE = " \u00a0\u202f\u2009"
_SIGNS = "\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d"  # emoji and the like close what they comment
TERMINATOR = re.compile(
    rf"(?P<mark>[.!?…‽](?:[{_SPACE}]?[.!?…‽])*)"
    rf"(?P<closers>(?:[{_SPACE}]?[»›]|[”\")\]]|[’'](?!\w)|\[\d{{1,3}}\]|[¹²³]+|[{_SPACE}]?[{_SIGNS}]+)*)"
)
_TOKEN = re.compile(r"[^\s«»“”\"(\[{/,;:!?…]*$")
_ELISION = re.compile(r"^.*[’'](?=.)")
_NEXT = re.compile(r"(?P<gap>\s*)(?P<openers>(?:[«“\"‘(\[–—\-•*]\s*|['’](?=\w))*)(?P<word>\w*)(?P<rest>\W?\s?\w?)")
_ROMAN = re.compile(r"[IVXLC]+$")
_DOTTED = re.compile(r"(?:[^\W\d_][a-z]?\.-?)+[^\W\d_][a-zé]?$")
_LABEL = re.compile(r"(?:^\s*|[\n:;.!?»]\s+|[-–—•]\s+)\(?(?:\d{1,3}|[IVX]{1,4}|[A-Za-z])$")
_ADDRESS = re.compile(r"@|/|www\.|=|\.\w+\.")
_SITE = re.compile(r"@|/|www\.|=|[a-z]{2}\.[a-z]{2}")
_DOMAIN = re.compile(
    r"(?:fr|com|org|net|eu|uk|ua|be|ch|ca|de|info|gouv|io|tv|lu|int|pdf|docx?|jpe?g|png|txt|html?)$", re.I
)
_BRACKETS = {"(": ")", "[": "]"}
_WINDOW = 300  # characters looked back for an open bracket or dash
_SURE_END = re.compile(r"(?:[aeiouyéèêàâûùîôœ]|[eé]s|ent|er|ez|it|ons)$")


class Place(NamedTuple):
    """A terminator in its surroundings; `after` is what `_NEXT` matched behind it."""

    text: str
    begin: int  # of the sentence so far
    start: int  # of the mark
    end: int  # behind the closers
    mark: str
    closers: str
    after: re.Match[str]

    @property
    def word(self) -> str:
        """The token before the mark, without an elided article."""
        found = _TOKEN.search(self.text, max(self.begin, self.start - 40), self.start)
        return _ELISION.sub("", found[0]) if found else ""

    @property
    def follows_space(self) -> bool:
        """Whether white space comes behind the mark."""
        return bool(self.after["gap"])

    @property
    def next_word(self) -> str:
        return self.after["word"]


def place(text: str, begin: int, found: re.Match[str]) -> Place:
    """The terminator `found` with what is behind it."""
    after = _NEXT.match(text, found.end())
    assert after is not None  # noqa: S101 - every part of the pattern may be empty
    return Place(text, begin, found.start(), found.end(), found["mark"], found["closers"], after)


def decide(here: Place, *, without_capitals: bool) -> bool | None:
    """Whether the sentence ends here; None leaves it to sentencex."""
    if here.after.end("gap") >= len(here.text):
        return True
    if not here.follows_space:
        return _glued(here)
    if not here.next_word and not here.after["openers"]:
        # punctuation, or a sign that is no letter: « ? », lance-t-il »
        return False if here.text[here.after.end("gap")] in ",;:!?.»)]" else None
    if _in_brackets(here) or (here.closers.endswith(")") and here.after["openers"][:1] in ("–", "—", "-")):
        return False  # « MIRVAL (Agence K.) – Le pont »
    if here.mark == "." and not (here.closers and here.next_word[:1].isupper()):
        verdict = _after_word(here)
        if verdict is not None:
            return verdict
    return _by_next(here, without_capitals=without_capitals)


def _glued(here: Place) -> bool | None:
    """No white space behind: a sentence ends only where a typist forgot the space."""
    word, following = here.word, here.next_word
    if not following[:1].isupper() and not (here.after["openers"][:1] in ("«", "“") and following):
        return False
    token = re.search(r"\S*$", here.text[max(here.begin, here.start - 80) : here.start])
    behind = re.match(r"\S*", here.text[here.end : here.end + 80])
    around = (token[0] if token else "") + here.mark + (behind[0].rstrip(".,;:!?…»)") if behind else "")
    if _ADDRESS.search(around) or _DOMAIN.match(following):
        return False
    if here.closers or here.mark != ".":
        return len(word) != 1
    if (following.isupper() and len(following) > 1) or (len(following) == 2 and not opens_a_sentence(following)):
        return False
    plain = word.isalpha() and len(word) > 2 and word[1:].islower()
    if plain:
        return abbreviation(word) not in (Abbreviation.TITLE, Abbreviation.INNER)
    return word[:1].isdigit() and opens_a_sentence(following)  # « à 18h00.Les bureaux »


def _after_word(here: Place) -> bool | None:
    """A single full stop: is the word before it an abbreviation, an initial or a label?"""
    word, following = here.word, here.next_word
    goes_on = not following[:1].isupper()
    if _LABEL.search(here.text[max(here.begin, here.start - 8) : here.start]) and _is_label(here):
        return False
    if _SITE.search(word) and not goes_on:
        return True
    kind = None if _is_sum(here) else abbreviation(word)
    if kind in (Abbreviation.TITLE, Abbreviation.INNER):
        return False
    if kind is Abbreviation.REFERENCE:
        return not (goes_on or _ROMAN.match(following) or (len(following) == 1 and not _elided(here)))
    if kind is Abbreviation.CLOSING:
        if word == "etc" and following[:1].isdigit():
            return True
        return not goes_on and not here.after["openers"].startswith("(")
    if _DOTTED.match(word) or (len(word) == 1 and word.isalpha() and word not in "aàyô"):
        return not goes_on and _new_sentence(here)
    return None


def _is_sum(here: Place) -> bool:
    """« 3 M. »: millions, not Monsieur."""
    return here.word == "M" and here.text[here.begin : here.start - 1].rstrip()[-1:].isdigit()


def _is_label(here: Place) -> bool:
    """« 1. Le préfet rouvre »: only where a sentence or an item may begin."""
    before = here.text[here.begin : here.start].lstrip()
    return len(before) <= 5 or before[: -len(here.word)].rstrip()[-1:] in (":", ";", "-", "–", "—", "•")


def _elided(here: Place) -> bool:
    """« L'eau », « D'autres »: one capital, then an apostrophe."""
    return here.after["rest"][:1] in ("'", "’")


def _new_sentence(here: Place) -> bool:
    """Behind an initial or an acronym: does the next word open a sentence, or is it the rest of a name?"""
    if _elided(here):
        return not here.after["rest"][-1:].isupper()
    if not opens_a_sentence(here.next_word):
        return False
    return not here.after["rest"][-1:].isupper()  # « J.-M. Le Brec »


def _in_brackets(here: Place) -> bool:
    """Inside brackets that opened within the sentence and close later in it, or around the mark alone: « (!) »."""
    if here.closers[-1:] in (")", "]"):
        alone = here.text[: here.start].rstrip()[-1:]
        return alone in ("(", "[")
    since = here.text[max(here.begin, here.end - _WINDOW) : here.end]
    for opening, closing in _BRACKETS.items():
        at = since.rfind(opening)
        if at > 0 and since[:at].strip() and closing not in since[at:]:
            return closing in here.text[here.end : here.end + _WINDOW].split("\n\n")[0]
    return False


def _by_next(here: Place, *, without_capitals: bool) -> bool | None:
    """By what comes next, once the word before is known to be an ordinary one."""
    first = here.next_word[:1]
    if first.isupper():
        return not _in_dashes(here) and _before_capital(here)
    if first.isdigit():
        return None if here.mark != "." else True
    if here.closers.strip().startswith(("»", "›", "”", '"')):
        return False  # « Oui. » dit-il
    if without_capitals:
        return here.mark not in ("…", "...")
    plain = here.mark == "." and not here.after["openers"] and len(here.word) > 3
    # the typist forgot the capital; abbreviations end in a consonant
    return plain and _SURE_END.search(here.word) is not None


def _before_capital(here: Place) -> bool | None:
    """A capital comes next. « Yahoo! France » is left to sentencex, which knows such names."""
    if here.closers or "?" in here.mark or (here.mark[0] == "!" and not here.word):
        return True
    if here.mark in ("…", "..."):  # « Et… Paris » goes on, « On verra… Paris » does not
        return opens_a_sentence(here.next_word) or not left_open(here.word.lower())
    return None


def _in_dashes(here: Place) -> bool:
    """« Ce plan – qui l'eût cru ? – Paris le défend »: between two dashes of one sentence."""
    if here.after["openers"][:1] not in ("–", "—"):
        return False
    since = here.text[max(here.begin, here.start - _WINDOW) : here.start].strip(_SPACE)
    return len(re.findall(r"\s[–—]\s", since)) % 2 == 1
