"""Untranslated text: a target that is its source, or a stretch of French in an English sentence."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from corpus.spans import Span
from worker.checks.addresses import ADDRESS
from worker.checks.base import Context, Flag, Pair, Severity, fold

_WORD = re.compile(r"[^\W\d_]+")
_ACCENT = re.compile(r"[àâçéèêëîïôûùœ]")
_UNSPACED = re.compile(r"(?<=[«“])\s")
_FEWEST = 2  # words in small letters that a copied stretch must have besides a function word


class Untranslated:
    """Names alone may be copied, and what `Context.kept` lists; French function words give a copied sentence away."""

    codes = ("untranslated", "partly_untranslated")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:
        if pair.folded_source.strip() == pair.folded_target.strip():
            if _is_language(_without(pair.source, context.kept)):
                yield Flag("untranslated", Span(0, len(pair.target)), Severity.ERROR)
            return
        for span in _copied(pair):
            words = span.of(pair.target)
            if not any(fold(words) in fold(kept) for kept in context.kept):
                severity = Severity.ERROR if " " in words else Severity.WARNING  # one word may be a loan
                yield Flag("partly_untranslated", span, severity, {"words": words})


def _without(text: str, kept: tuple[str, ...]) -> str:
    for name in kept:
        text = text.replace(name, " ")
    return ADDRESS.sub(" ", text)


def _is_language(text: str) -> bool:
    """Whether a text is more than names, figures and signs."""
    small = [word for word in _WORD.findall(text) if word.islower() and len(word) > 1]
    return any(word not in _function_words() for word in small) and len(_WORD.findall(text)) > 1


def _blanked(text: str) -> str:
    """The text with a dash for every character of an address."""
    return (
        ADDRESS.sub(lambda address: "-" * len(address.group()), text)
        if "@" in text or "www" in text or ":" in text
        else text
    )


def _copied(pair: Pair) -> Iterable[Span]:
    """Stretches of the target's words that follow each other in the source too and hold French words."""
    padded = f" {' '.join(_WORD.findall(_blanked(pair.folded_source)))} "
    run: list[re.Match[str]] = []
    for match in [*_WORD.finditer(_blanked(pair.folded_target)), None]:
        if match and f" {' '.join([*(m.group() for m in run), match.group()])} " in padded:
            run.append(match)
            continue
        if run and _is_french(pair, run):
            yield Span(run[0].start(), run[-1].end())
        run = [match] if match and f" {match.group()} " in padded else []


def _is_french(pair: Pair, run: list[re.Match[str]]) -> bool:
    words = [pair.target[m.start() : m.end()] for m in run]
    small = [word for word in words if word.islower() and word not in _function_words() and len(word) > 2]
    function = any(word in _function_words() for word in words)
    accented = any(_ACCENT.search(word) and word not in _loan_words() for word in small)
    title = words[0][0].isupper() and any(f"{mark}{words[0]}" in _UNSPACED.sub("", pair.source) for mark in '«“"')
    return not title and ((function and len(small) >= _FEWEST) or (accented and len(small) >= 1))


@cache
def _function_words() -> frozenset[str]:
    return _list("french_function_words.txt")


@cache
def _loan_words() -> frozenset[str]:
    return _list("french_loan_words.txt")


def _list(name: str) -> frozenset[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
