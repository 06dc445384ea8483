"""A page written back: only its words change, every element once, whatever the order of the target's words."""

import re

import pytest

from corpus.errors import RelaisError
from tests.worker.rendering.engines import rendered, shouted, unchanged

PAGE = """<!DOCTYPE html>
<html class="no-js" lang="fr"><head><title>La digue - Le Fil</title><script>var page = "<p>non</p>";</script></head>
<body data-x='1>0'><!-- début --><nav><a href="/">Accueil</a></nav><article>
<h1 id=titre>La digue <em>tient</em></h1>
<p class="a&amp;b">Un <b>mot. Deux</b> mots<br>sur deux lignes.<!-- ici --> Une <img src=a.png alt="La digue"> image, un <script>if (1<2) {}</script> script &amp; une note<sup><a href="#n1">1</a></sup>.</p>
<ul><li>Un pont fermé<li><a name="x"></a>Un pont <span class='t'>ouvert</span></ul>
<p><b>Premier alinéa.<br><br>Second alinéa.</b></p><pre>Gare    08 h 12\nPont    08 h 40</pre>
<p>Il a dit <q>oui</q> hier.</p></article></body></html>
"""


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        '<!-- bloc {"a":true} --><p>Le maire est parti.</p><!-- /bloc -->',
        "<p><strong><a href='/d'><u>Le conseil</u> <i class=\"x\">a voté</i></a> la <b>loi</b></strong> lundi.</p>",
        '<p><b id="1">É</b><i id="2">lise</i> <a id="3" href="/e">Morin</a> préside.</p>',
        'La page <span class="r-%2$s" data-max="&gt;5">%1$s</span> ferme jeudi.',
        '<p>Bien à vous, <span translate="no">Le Fil</span></p><p translate="no">© Le Fil, tous droits réservés</p>',
        "<p>Un texte <b>mal fermé</i> qui reste</p><p>Un autre.</p>",
    ],
)
def test_with_its_own_words_a_page_comes_back_byte_for_byte(page: str) -> None:
    made = rendered(page.encode(), unchanged, language="fr").decode()
    assert made.replace("<br> ", "<br>") == page


def test_only_words_change() -> None:
    made = rendered(PAGE.encode(), shouted).decode()
    tags = re.compile(r"<!--.*?-->|<script>.*?</script>|<[^>]*>", re.DOTALL)
    assert [t.replace('lang="en"', 'lang="fr"') for t in tags.findall(made)] == tags.findall(PAGE)
    assert ">Accueil<" in made  # what was set aside stays
    for words in ("LA DIGUE <em>TIENT</em>", "SCRIPT &amp; UNE NOTE", "GARE    08 H 12\nPONT    08 H 40"):
        assert words in made


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<p translate="no">© Le Fil</p><p>Un mot.</p>', '<p translate="no">© Le Fil</p><p>UN MOT.</p>'),
        ("<p>Un <span translate='no'>Fil <b>bleu</b></span> court.</p>",
         "<p>UN <span translate='no'>Fil <b>bleu</b></span> COURT.</p>"),
        ("<p>2 &lt; 3 &amp; 4 euros</p>", "<p>2 &lt; 3 &amp; 4 EUROS</p>"),
    ],
)  # fmt: skip
def test_what_is_kept_and_what_is_escaped(page: str, expected: str) -> None:
    assert rendered(page.encode(), shouted).decode() == expected


def test_the_encoding_stays_and_holds_every_letter() -> None:
    page = '<html><head><meta charset="windows-1252"></head><body><p>Le café est fermé, dit-on.</p></body></html>'
    made = rendered(page.encode("cp1252"), lambda _: "Кав’ярня — café", language="uk")
    assert "café</p>".encode("cp1252") in made
    assert b"&#1050;" in made


def test_a_headline_from_the_title_goes_back_there() -> None:
    page = "<html><head><title>Le pont rouvre</title></head><body><p>Le pont a rouvert mardi.</p></body></html>"
    assert "<title>LE PONT ROUVRE</title>" in rendered(page.encode(), shouted).decode()


def test_no_file_with_a_part_untranslated() -> None:
    with pytest.raises(RelaisError, match="block 2"):
        rendered(b"<h1>Un titre</h1><p>Un mot de plus.</p>", lambda text: "" if "mot" in text else text)
