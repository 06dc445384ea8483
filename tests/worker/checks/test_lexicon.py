"""The lexicon of grave words knows every inflected form, and no word that merely contains one."""

from functools import cache

import pymorphy3
import pytest

from worker.checks.base import fold
from worker.checks.grave import _lexicon
from worker.checks.sounds import alike

LEMMAS = {
    "death": "вбивство убивство вбивця убивця вбити загибель загиблий",
    "rape": "зґвалтування зґвалтувати ґвалтівник",
    "massacre": "різанина",
    "genocide": "геноцид",
    "nuclear": "ядерний атомний термоядерний",
    "surrender": "капітуляція капітулювати",
    "torture": "тортури катування катувати",
    "hostage": "заручник заручниця",
    "terrorism": "тероризм терорист терористичний теракт",
    "suicide": "самогубство самогубець",
    "coup": "путч заколот переворот",
    "deportation": "депортація депортувати",
    "invasion": "вторгнення вторгатися",
    "kidnapping": "викрадення",
    "apartheid": "апартеїд рабство",
}


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="uk")


def _forms(lemma: str) -> set[str]:
    return {form.word for form in _analyzer().parse(lemma)[0].lexeme}


@pytest.mark.parametrize(("concept", "lemma"), [(c, lemma) for c, lemmas in LEMMAS.items() for lemma in lemmas.split()])
def test_every_form_of_a_ukrainian_word_is_known(concept: str, lemma: str) -> None:
    forms = _forms(lemma)
    assert len(forms) > 3
    for form in forms:
        found = [mention.concept for mention in _lexicon().mentions(fold(f"про {form}."), "uk")]
        assert concept in found, form


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Ґвалт і ґудзик; різниця, різні; заручини; ядро; атлас."),
        ("en", "Rapeseed, grapes, a skill, Killybegs, a terrace, an overkill switch."),
        ("fr", "La violette violente, le voile, la victoire, un tueur à gages mis à part, cancérologue."),
        ("en", "The kill switch was pressed."),
    ],
)
def test_words_that_only_look_like_one_are_left_alone(language: str, text: str) -> None:
    named = [mention for mention in _lexicon().mentions(fold(text), language) if mention.names]
    assert [mention.span.of(text) for mention in named] in ([], ["tueur"])


@pytest.mark.parametrize(
    ("apostrophe", "text", "found"),
    [("'", "він з'бив", 0), ("’", "він з’убив", 0), ("ʼ", "він зʼубив", 0), ("", "Він убив.", 1)],
)
def test_an_apostrophe_is_a_letter_of_its_ukrainian_word(apostrophe: str, text: str, found: int) -> None:
    assert apostrophe in text
    assert len([m for m in _lexicon().mentions(fold(text), "uk") if m.names]) == found


@pytest.mark.parametrize(
    ("french", "target", "same"),
    [
        ("Tchernychov", "Чернишову", True),
        ("Tchernychov", "Chernyshov", True),
        ("Zelensky", "Зеленського", True),
        ("Witkoff", "Віткофф", True),
        ("Kushner", "Кушнеру", True),
        ("Chevtchenko", "Шевченком", True),
        ("Horvatic", "Horvatić", True),
        ("Kermadec", "Кермадек", True),
        ("Kermadec", "Посадовець", False),
        ("Zelensky", "Макрон", False),
    ],
)
def test_names_sound_alike_across_alphabets(french: str, target: str, same: bool) -> None:
    assert alike(french, target) is same
