"""The official table's own examples, and the way back."""

import pytest

from glossary.romanisation import cyrillic, romanised


@pytest.mark.parametrize(
    ("ukrainian", "latin"),
    [
        ("Алушта", "Alushta"),
        ("Борщагівка", "Borshchahivka"),
        ("Згурський", "Zghurskyi"),
        ("Розгон", "Rozghon"),
        ("Ґалаґан", "Galagan"),
        ("Єнакієве", "Yenakiieve"),
        ("Гаєвич", "Haievych"),
        ("Їжакевич", "Yizhakevych"),
        ("Кадиївка", "Kadyivka"),
        ("Йосипівка", "Yosypivka"),
        ("Стрий", "Stryi"),
        ("Щербухи", "Shcherbukhy"),
        ("Юрій", "Yurii"),
        ("Крюківка", "Kriukivka"),
        ("Яготин", "Yahotyn"),
        ("Знам’янка", "Znamianka"),
        ("Феодосія", "Feodosiia"),
        ("Львів і КИЇВ", "Lviv i KYIV"),
    ],
)
def test_official_table(ukrainian: str, latin: str) -> None:
    assert romanised(ukrainian) == latin


@pytest.mark.parametrize(
    ("latin", "ukrainian"),
    [
        ("Andrii Shevchenko", "Андрій Шевченко"),
        ("Oleksandr Kovalenko", "Олександр Коваленко"),
        ("Mykhailo", "Михайло"),
        ("Mykolaiv", "Миколаїв"),
        ("Khmelnytskyi", "Хмельницький"),
        ("Yuliia", "Юлія"),
        ("Zghurskyi", "Згурський"),
        ("Tchernychov", "Чернишов"),
        ("Andriï Tchernenko", "Андрій Черненко"),
        ("Serhiï Jadan", "Сергій Жадан"),
        ("STRYI", "СТРИЙ"),
    ],
)
def test_back(latin: str, ukrainian: str) -> None:
    assert cyrillic(latin)[0] == ukrainian


def test_what_cannot_be_read_stays() -> None:
    assert cyrillic("R2-D2") == ["R2-D2"]
    assert romanised("NATO 2024") == "NATO 2024"
