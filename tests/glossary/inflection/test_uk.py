"""Ukrainian forms, checked by hand by a reader of Ukrainian."""

import csv
from pathlib import Path

import pytest

from glossary.inflection import forms
from glossary.terms import Rendering

TABLE = list(csv.DictReader(Path(__file__).with_name("uk_terms.tsv").open(encoding="utf-8"), delimiter="\t"))
TAGS = [f"{case}.{number}" for number in ("sg", "pl") for case in ("nom", "gen", "dat", "acc", "ins", "loc")]


def _rendering(text: str, grammar: str = "") -> Rendering:
    words = grammar.split()
    return Rendering(
        "uk",
        text,
        gender=next((w for w in words if w in "mfn"), None),
        number=next((w for w in words if w in ("sg", "pl")), None),
        indeclinable="indecl" in words,
    )


def test_table_is_large_enough() -> None:
    assert len(TABLE) >= 60
    assert all(" " in row["term"] or "-" in row["term"] for row in TABLE)


@pytest.mark.parametrize("row", TABLE, ids=[row["term"] for row in TABLE])
def test_terms_of_several_words(row: dict[str, str]) -> None:
    """The first form of each case and number is the one in the table; a number that a term lacks is not made."""
    found = forms(_rendering(row["term"], row["grammar"])).by_tag
    assert {tag: found.get(tag, ("",))[0] for tag in TAGS} == {tag: row[tag] for tag in TAGS}


@pytest.mark.parametrize(
    ("text", "grammar", "tag", "form"),
    [
        # capitals, apostrophes, sounds that change
        ("Київ", "", "gen.sg", "Києва"),
        ("Кам’янське", "", "loc.sg", "Кам’янському"),
        ("об’єднання", "", "gen.pl", "об’єднань"),
        ("об'єднання", "", "gen.pl", "об'єднань"),
        ("обʼєднання", "", "ins.pl", "обʼєднаннями"),
        ("ПОСОЛЬСТВО", "", "nom.sg", "ПОСОЛЬСТВО"),
        ("Львів", "", "loc.sg", "Львові"),
        ("Чернігів", "", "ins.sg", "Черніговом"),
        ("Гаага", "", "loc.sg", "Гаазі"),
        # the right one of several dictionary entries
        ("рада", "", "gen.sg", "ради"),
        ("гребля", "", "gen.pl", "гребель"),
        ("дамба", "", "gen.pl", "дамб"),
        ("громада", "", "gen.pl", "громад"),
        ("Чорне море", "sg", "gen.sg", "Чорного моря"),
        # one number only, none, or no forms at all
        ("перемовини", "", "gen.pl", "перемовин"),
        ("Суми", "pl", "loc.pl", "Сумах"),
        ("Черкаси", "pl", "gen.pl", "Черкас"),
        ("НАТО", "", "ins.sg", "НАТО"),
        ("ЗСУ", "", "gen.sg", "ЗСУ"),
        ("Баку", "indecl", "loc.sg", "Баку"),
        ("ембарго", "", "gen.sg", "ембарго"),
        # hyphens and quotation marks
        ("штаб-квартира", "", "acc.sg", "штаб-квартиру"),
        ("Івано-Франківськ", "sg", "gen.sg", "Івано-Франківська"),
        ("Ростов-на-Дону", "m sg", "gen.sg", "Ростова-на-Дону"),
        ("місто-герой", "", "gen.sg", "міста-героя"),
        ("«Нитка Мірваля»", "", "loc.sg", "«Нитці Мірваля»"),
        # two heads
        ("Боснія і Герцеговина", "sg", "ins.sg", "Боснією і Герцеговиною"),
        # numerals
        ("п’ять країн", "", "gen.pl", "п’яти країн"),
        ("п’ять країн", "", "dat.pl", "п’яти країнам"),
        ("дві держави", "", "ins.pl", "двома державами"),
        ("28 пунктів", "", "loc.pl", "28 пунктах"),
        # adjectives
        ("ядерний", "", "gen.sg", "ядерного"),
        ("синій", "f", "gen.sg", "синьої"),
    ],
)
def test_single_forms(text: str, grammar: str, tag: str, form: str) -> None:
    assert forms(_rendering(text, grammar)).by_tag[tag][0] == form


@pytest.mark.parametrize(
    ("name", "gender", "genitive", "instrumental"),
    [
        ("Марко Бондаренко", None, "Марка Бондаренка", "Марком Бондаренком"),
        ("Олена Бондаренко", None, "Олени Бондаренко", "Оленою Бондаренко"),
        ("Марія Залеська", None, "Марії Залеської", "Марією Залеською"),
        ("Ірина Мельник", None, "Ірини Мельник", "Іриною Мельник"),
        ("Степан Мельник", None, "Степана Мельника", "Степаном Мельником"),
        ("Жан Кастельно", None, "Жана Кастельно", "Жаном Кастельно"),
        ("Марі Обрак", "f", "Марі Обрак", "Марі Обрак"),
        ("Еміль Золя", None, "Еміля Золя", "Емілем Золя"),
        ("Еліза Фабр", "f", "Елізи Фабр", "Елізою Фабр"),
        ("Тарас Шевчук", None, "Тараса Шевчука", "Тарасом Шевчуком"),
        ("Ігор Кравець", None, "Ігоря Кравця", "Ігорем Кравцем"),
        ("Ілля Коваль", None, "Іллі Коваля", "Іллею Ковалем"),
        ("Андрій Задорожній", None, "Андрія Задорожнього", "Андрієм Задорожнім"),
        ("Людмила Вороніна", None, "Людмили Вороніної", "Людмилою Вороніною"),
        ("Павло Лісін", None, "Павла Лісіна", "Павлом Лісіним"),
        ("Томас Лісін", "m", "Томаса Лісіна", "Томасом Лісіном"),
        ("Ольга Сакс", "f", "Ольги Сакс", "Ольгою Сакс"),
        ("Урсула фон дер Мюль", "f", "Урсули фон дер Мюль", "Урсулою фон дер Мюль"),
        ("Жан-Поль Варен", "m", "Жана-Поля Варена", "Жаном-Полем Вареном"),
        ("Карл XII", "m", "Карла XII", "Карлом XII"),
        ("Коваль", "m", "Коваля", "Ковалем"),
        ("Коваль", "f", "Коваль", "Коваль"),
    ],
)
def test_persons_decline_by_gender(name: str, gender: str | None, genitive: str, instrumental: str) -> None:
    found = forms(Rendering("uk", name, gender=gender)).by_tag
    assert (found["gen.sg"][0], found["ins.sg"][0]) == (genitive, instrumental)
    assert " " not in name or not any(tag.endswith("pl") for tag in found)


@pytest.mark.parametrize(
    ("text", "grammar", "never"),
    [
        ("Київ", "", "Київа"),
        ("Марі Обрак", "f", "Марі Обрака"),
        ("Еміль Золя", "m", "Еміля Золі"),
        ("бойовий літак", "", "бойовий літака"),
        ("спеціальний посланник", "", "спеціальних посланники"),
        ("коаліція охочих", "", "коаліції охочі"),
        ("сухопутні війська", "pl", "сухопутних військ"),
    ],
)
def test_forms_that_are_never_made(text: str, grammar: str, never: str) -> None:
    assert never not in forms(_rendering(text, grammar)).all


def test_accusative_of_machines_and_of_people() -> None:
    assert forms(_rendering("винищувач")).by_tag["acc.sg"] == ("винищувач", "винищувача")
    assert forms(_rendering("основний бойовий танк")).by_tag["acc.sg"][0] == "основний бойовий танк"
    assert forms(_rendering("міністр оборони")).by_tag["acc.sg"] == ("міністра оборони",)


def test_spellings_by_sound_are_accepted() -> None:
    accepted = forms(_rendering("мир і безпека")).all
    assert {"мир і безпека", "мир й безпека", "мир та безпека"} <= accepted
    assert "вчителем" in forms(_rendering("учитель")).all
    assert "операції у Криму" in forms(_rendering("операція в Криму")).all


def test_quoted_names_are_accepted_without_quotes() -> None:
    assert {"«Ниткою Мірваля»", "Ниткою Мірваля", "„Ниткою Мірваля“"} <= forms(_rendering("«Нитка Мірваля»")).all


def test_acronyms_that_are_said_as_words_decline() -> None:
    assert forms(_rendering("ХАМАС", "m")).by_tag["gen.sg"] == ("ХАМАСу", "ХАМАС")
    assert forms(_rendering("МАГАТЕ", "n")).by_tag["gen.sg"] == ("МАГАТЕ",)


def test_overrides_replace_generated_forms() -> None:
    found = forms(Rendering("uk", "Лиман", number="sg", forms={"gen.sg": "Лимана|Лиману"}))
    assert found.by_tag["gen.sg"] == ("Лимана", "Лиману")
    assert found.by_tag["ins.sg"] == ("Лиманом",)


def test_tags_of_a_form_ignore_apostrophe_case_and_stress() -> None:
    found = forms(_rendering("об’єднання"))
    assert found.tags_of("Об'єднань") == ("gen.pl",)
    assert set(forms(_rendering("коаліція охочих")).tags_of("коалі́ції охочих")) == {
        "gen.sg", "dat.sg", "loc.sg", "nom.pl", "acc.pl", "voc.pl",
    }  # fmt: skip
    assert found.tags_of("міністр") == ()


def test_verb_forms() -> None:
    accepted = forms(_rendering("обстріляти")).all
    assert {"обстріляв", "обстріляла", "обстріляють"} <= accepted
