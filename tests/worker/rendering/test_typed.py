"""Plain text and Markdown written back: signs, addresses, titles, line prefixes and encodings stay."""

import pytest

from tests.worker.rendering.engines import rendered, shouted, unchanged

MARKDOWN = """---
title: Le pont
tags: [a, b]
---

# Le *pont* rouvre

Chapeau
=======

Le conseil a publié [le **rapport** complet](https://fil.example/r_2031(final).pdf "PDF") et ![la digue](digue.jpg). Deux \\* mots ; `code` et <https://fil.example> ou [réf][un].

> Une citation.

1. Un point.
2. Un autre<br>
   sur deux lignes.
   - dedans

| Gare | Heure |
|------|-------|
| Mirval | fermée |

<div class="x"><p>Un <b>bloc</b></p></div>

```
du texte
   en colonnes
```

[un]: https://fil.example/un
"""


def test_markdown_with_its_own_words_comes_back_byte_for_byte() -> None:
    made = rendered(MARKDOWN.encode(), unchanged, filename="a.md").decode()
    assert made.split("\n\n") == MARKDOWN.split("\n\n")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            'Un [mot clé](a_(b).pdf "PDF") et ![la digue](d.jpg).',
            'UN [MOT CLÉ](a_(b).pdf "PDF") ET ![LA DIGUE](d.jpg).',
        ),
        ("# Un *titre*\n\nUn mot.\n", "# UN *TITRE*\n\nUN MOT.\n"),
        ("> Un mot\n> de plus.\n", "> UN MOT DE PLUS.\n"),
        ("- Un **mot**\n- Deux\n", "- UN **MOT**\n- DEUX\n"),
        ("# T\r\n\r\nUn mot ;\r\nun autre.\r\n", "# T\r\n\r\nUN MOT ; UN AUTRE.\r\n"),
        ("# T\n\n5 \\* 3 et a\\_b.\n", "# T\n\n5 \\* 3 ET A_B.\n"),
        ("# T\n\n<p>Un <b>mot</b></p>\n\nFin.\n", "# T\n\n<p>UN <b>MOT</b></p>\n\nFIN.\n"),
    ],
)
def test_words_of_markdown_change_and_nothing_else(source: str, expected: str) -> None:
    assert rendered(source.encode(), shouted, filename="a.md").decode() == expected


def test_what_would_be_markup_in_a_target_is_escaped() -> None:
    assert rendered(b"# T\n\nUn mot.\n", lambda _: "- a * b [c](d)", filename="a.md") == (
        b"# \\- a \\* b \\[c\\](d)\n\n\\- a \\* b \\[c\\](d)\n"
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "Un titre\n\n  Un **mot**. Deux _mots_.\n\n\n- Trois\n",
            "UN TITRE\n\n  UN **MOT**. DEUX _MOTS_.\n\n\n- TROIS\n",
        ),
        ("Un titre\r\n\r\n**Un mot.**\r\n", "UN TITRE\r\n\r\n**UN MOT.**\r\n"),
        ("\ufeffUn mot [ici](https://fil.example/a_b).", "\ufeffUN MOT [ICI](https://fil.example/a_b)."),
        ("Un soft\u00adhyphen\u00ad.\n\nDeux.", "UN SOFTHYPHEN.\n\nDEUX."),
    ],
)
def test_words_of_a_text_change_and_nothing_else(source: str, expected: str) -> None:
    assert rendered(source.encode(), shouted, filename="a.txt").decode() == expected


def test_an_encoding_that_lacks_letters_becomes_utf_8() -> None:
    text = "Le café est fermé.".encode("cp1252")
    assert rendered(text, shouted) == "LE CAFÉ EST FERMÉ.".encode("cp1252")
    assert rendered(text, lambda _: "Кав’ярня") == "Кав’ярня".encode()
