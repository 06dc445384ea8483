"""Numbers that a decoder garbled are put right; those it rightly wrote in another way are left."""

import pytest

from corpus.spans import Span
from glossary.enforcement.base import Hypothesis, Link
from worker.engine.figures import with_source_figures


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("L’article 66 est adopté.", "Article 6 is adopted.", "Article 66 is adopted."),
        ("Article 444 : adopté.", "Article 44444:", "Article 444:"),
        ("Article 1166 : adopté.", "Article 1666: adopted.", "Article 1166: adopted."),
        ("De 1914 à 1918", "From 1914 to 198", "From 1914 to 1918"),
        ("Rendez-vous à 14 heures.", "We meet at 2 p.m.", "We meet at 2 p.m."),
        ("Les années 90", "The 1990s", "The 1990s"),
        ("2,5 millions d’euros", "2.5 million euros", "2.5 million euros"),
        ("Il manque 12,5 % du stock.", "12.55% of the stock", "12,5% of the stock"),
        ("3,25 points", "3.2 points", "3,25 points"),
        ("1 166 soldats", "1666 soldiers", "1 166 soldiers"),
        ("12 000 hommes", "12,000 men", "12,000 men"),
        ("Trois pays", "3 countries", "3 countries"),
        ("Le 5 mai", "On 6 May", "On 6 May"),
    ],
)
def test_with_source_figures(source: str, target: str, expected: str) -> None:
    assert with_source_figures(source, Hypothesis(target, -1.0)).text == expected


def test_links_move_with_the_text() -> None:
    link = Link(Span(11, 17), Span(10, 17), 1.0)
    [moved] = with_source_figures("Article 66 adopté", Hypothesis("Article 6 adopted", -1.0, (link,))).links
    assert moved.target == Span(11, 18)
