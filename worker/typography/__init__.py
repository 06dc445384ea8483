"""Typography of the target: a translation as the house prints it. Pure functions over tables of house style."""

from collections.abc import Callable

from corpus.spans import Span
from worker.typography import apostrophes, dashes, dates, figures, money, quotes, spaces, times
from worker.typography.base import Draft, Hint, Rule
from worker.typography.style import Style, load_style, style_of

__all__ = ["Style", "load_style", "style_of", "typeset", "typeset_with_map"]

_MOST_ROUNDS = 4  # a rule may make work for one before it (a mark turned round by its new neighbours)

RULES: tuple[Rule, ...] = (
    spaces.single_spaces,
    quotes.quotes,
    apostrophes.apostrophes,
    spaces.before_punctuation,
    quotes.comma_outside,
    dashes.ellipses,
    times.times,
    dates.numeric_dates,
    dates.ordinals,
    spaces.number_signs,
    figures.separators,
    money.magnitudes,
    money.signs,
    dashes.minus,
    dashes.ranges,
    dashes.between_words,
    spaces.percent_and_degree,
    spaces.units,
)


def typeset(text: str, language: str, *, source: str | None = None, style: Style | None = None) -> str:
    """`text` in the house style of `language` ("en", "uk"). What is set right already stays as it is.

    ``source``: the French it was made from; it settles whether a comma in a figure is decimal. Capitals, words and the
    values of figures never change. Raises `RelaisError` for a language without a house style.
    """
    return typeset_with_map(text, language, source=source, style=style)[0]


def typeset_with_map(
    text: str, language: str, *, source: str | None = None, style: Style | None = None
) -> tuple[str, Callable[[Span], Span]]:
    """As `typeset`, and where each stretch of `text` stands in the result."""
    style = style or style_of(language)
    hint = Hint(source)
    draft = Draft(text)
    for _ in range(_MOST_ROUNDS):
        before = draft.text
        for rule in RULES:
            draft.apply(rule(draft.text, style, hint))
        if draft.text == before:
            break
    return draft.text, draft.moved
