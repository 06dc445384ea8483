"""HTML: a page's story, fragments, marks, regions set aside."""

import pytest

from worker.ingest import ingest
from worker.ingest.base import Document, Kind
from worker.segmentation import segment_document

PAGE = """<!DOCTYPE html><html lang="fr"><head><title>La digue tient - Le Fil</title>
<meta property="og:title" content="La digue tient"><meta name="author" content="Léonie Aubrac">
<meta property="article:published_time" content="2031-05-12T06:40:00+02:00"></head>
<body class="single has-sidebar"><a class="skip-link" href="#c">Aller au contenu</a>
<header><div class="logo"><a href="/">Le Fil</a></div><nav><ul><li><a href="/m">Monde</a></li><li><a href="/e">Éco</a></li></ul></nav></header>
<div class="breadcrumbs"><a href="/">Accueil</a> › <a href="/r">Régions</a></div>
<main><article><header><h1>La digue tient</h1><p class="chapo">Trois villages ont été évacués dans la nuit.</p>
<div class="entry-meta">Par <a href="/a">Léonie Aubrac</a> <time>12 mai 2031</time></div></header>
<div class="share-buttons"><a href="#">Facebook</a><span>Copié!</span></div>
<figure><img src="d.jpg" alt="La digue"><figcaption>La digue, lundi. <span class="credit">© Agence K</span></figcaption></figure>
<p>La digue tient depuis <strong>six heures</strong>, selon <a href="https://mirval.example/r" title="PDF">le rapport</a>.
Les secours sont sur place.</p>
<div class="ad-slot">Publicité</div>
<h2>Les secours à pied d'œuvre</h2>
<p>Le maire a parlé.<br><br>« Nous tiendrons », a-t-il dit.</p>
<p class="read-more"><strong>Lire aussi :</strong> <a href="/x">La gare rouvre</a></p>
<p style="display:none">Texte caché.</p>
<p>Le trafic reprendra lundi, x<sup>2</sup> et CO<sub>2</sub>.</p>
<ul class="tags"><li><a>Crue</a></li><li><a>Mirval</a></li></ul>
<div class="author-box"><p>Léonie Aubrac est journaliste au Fil depuis 2020.</p></div></article>
<section id="comments"><h3>2 commentaires</h3><p>Un lecteur trouve cela bien.</p><form><label>Nom *</label><button>Publier</button></form></section></main>
<aside class="sidebar"><h3>Les plus lus</h3><ul><li><a>Un autre article sur un autre sujet.</a></li></ul></aside>
<footer><p>© 2031 Le Fil. Tous droits réservés.</p><a href="#top">Retour en haut</a></footer>
<script>var cache = "Texte de script.";</script></body></html>"""


def read(text: str) -> Document:
    return ingest(text.encode())


def segments(text: str) -> list[str]:
    document = read(text)
    return [span.of(document.text) for spans in segment_document(document) for span in spans]


def marks(document: Document) -> list[tuple[str, str, str | None]]:
    return [(m.kind, m.span.of(document.text), m.href) for b in document.blocks for m in b.marks]


def test_a_page_gives_its_story_and_sets_the_rest_aside() -> None:
    document = read(PAGE)
    assert [(b.kind.value, b.span.of(document.text)) for b in document.blocks] == [
        ("headline", "La digue tient"),
        ("standfirst", "Trois villages ont été évacués dans la nuit."),
        ("caption", "La digue, lundi."),
        ("paragraph", "La digue tient depuis six heures, selon le rapport. Les secours sont sur place."),
        ("heading", "Les secours à pied d'œuvre"),
        ("paragraph", "Le maire a parlé."),
        ("paragraph", "« Nous tiendrons », a-t-il dit."),
        ("paragraph", "Le trafic reprendra lundi, x2 et CO2."),
    ]
    assert marks(document) == [
        ("bold", "six heures", None),
        ("link", "le rapport", "https://mirval.example/r"),
        ("superscript", "2", None),
        ("subscript", "2", None),
    ]
    found = {(s.reason, s.text) for s in document.set_aside}
    assert found >= {
        ("skip_link", "Aller au contenu"),
        ("navigation", "Monde"),
        ("share", "Copié!"),
        ("credit", "© Agence K"),
        ("alternative_text", "La digue"),
        ("advertising", "Publicité"),
        ("related", "Lire aussi : La gare rouvre"),
        ("hidden", "Texte caché."),
        ("tags", "Crue"),
        ("author_box", "Léonie Aubrac est journaliste au Fil depuis 2020."),
        ("comments", "Un lecteur trouve cela bien."),
        ("page_furniture", "Un autre article sur un autre sujet."),
    }
    assert "script" not in document.text
    assert document.metadata["byline"] == "Léonie Aubrac"
    assert document.metadata["date"] == "2031-05-12T06:40:00+02:00"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        # inline elements are no boundaries
        ('<p><strong><a href="/d"><u>Le conseil de Vau</u>clérac <i>a voté</i></a> la <b>fermeture</b></strong> lundi.</p>',
         ["Le conseil de Vauclérac a voté la fermeture lundi."]),
        # the article in an aside, the consent box before it
        ('<body><div id="consent"><p>Nous utilisons des cookies pour mesurer. Vous pouvez refuser.</p></div><aside class="content">'
         "<h1>Le bac rouvre</h1><p>Après trois mois, le bac a rouvert.</p><p>La mairie attend 4 000 passages.</p></aside></body>",
         ["Le bac rouvre", "Après trois mois, le bac a rouvert.", "La mairie attend 4 000 passages."]),
        # two containers
        ('<article><div class="body"><p>Une partie : la crue.</p></div><div class="ad">PUBLICITÉ</div>'
         '<div class="body"><p>Une autre : les secours.</p></div></article>',
         ["Une partie : la crue.", "Une autre : les secours."]),
        # lists, lone text, quotes
        ("<article><p>Sont ouverts :</p><ul><li>le bac ;</li><li>la gare d'Estrel.</li></ul>Un numéro vert existe."
         "<blockquote>« Venez. »</blockquote></article>",
         ["Sont ouverts :", "le bac ;", "la gare d'Estrel.", "Un numéro vert existe.", "« Venez. »"]),
        # neighbours are not glued together
        ('<div class="loc">Mirval</div><div class="date">3 juin 2031</div><p>L\'eau<br>monte.</p><table><tr><td>Bac</td><td>fermé</td></tr></table>',
         ["Mirval", "3 juin 2031", "L'eau\nmonte.", "Bac", "fermé"]),
        ("<p>Les sub\u00adven\u00adtions sont &eacute;puis&#233;es&nbsp;!</p>", ["Les subventions sont épuisées\u00a0!"]),
        ("<nav><a>Accueil</a> <a>Sports</a></nav><article><h1>Le bac rouvre</h1><p>Enfin.</p></article>", ["Le bac rouvre", "Enfin."]),
        ("<p>Tapez &lt;b&gt;ici&lt;/b&gt; et 3 &lt; 5.</p>", ["Tapez <b>ici</b> et 3 < 5."]),
        ('<!-- wp:paragraph {"a":1} --><p>Le maire part.</p><!-- /wp:paragraph -->', ["Le maire part."]),
        ("<pre>Gare d'Estrel     08 h 12\nGare de Kerlann   08 h 40</pre><p>Sous réserve.</p>",
         ["Gare d'Estrel", "08 h 12", "Gare de Kerlann", "08 h 40", "Sous réserve."]),
        ('La rubrique <span data-max="&gt;5">%1$s</span> ferme jeudi.', ["La rubrique %1$s ferme jeudi."]),
        ("<p>Il a dit <q>oui</q> hier.</p>", ["Il a dit « oui » hier."]),
        ("<div><a href='/a'>Monde</a> <a href='/b'>Sports</a></div><p>Le bac rouvre ce matin.</p>", ["Le bac rouvre ce matin."]),
        ("<p>Un <p>Deux <div>Trois", ["Un", "Deux", "Trois"]),
    ],
)  # fmt: skip
def test_segments_of(page: str, expected: list[str]) -> None:
    assert segments(page) == expected


def test_marks_nest_and_untranslatable_text_is_marked() -> None:
    document = read('<p>Cordialement, <span translate="no">La rédaction</span> <em>et <b>nous</b></em></p>')
    assert marks(document) == [("keep", "La rédaction", None), ("italic", "et nous", None), ("bold", "nous", None)]


def test_list_items_keep_their_numbers_beside_the_text() -> None:
    document = read("<p>Deux points.</p><ol start='3'><li>Un</li><li>Deux<ul><li>Trois</li></ul></li></ol>")
    items = [(b.span.of(document.text), b.marker, b.level) for b in document.blocks if b.kind is Kind.LIST_ITEM]
    assert items == [("Un", "3.", 1), ("Deux", "4.", 1), ("Trois", "•", 2)]


def test_the_encoding_a_page_names_is_used_where_it_is_not_utf_8() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Привіт.</p></body></html>'
    assert ingest(page.encode("cp1251")).text == "Привіт."
    latin = '<html><head><meta charset="iso-8859-1"></head><body><p>L’été.</p></body></html>'
    assert ingest(latin.encode("cp1252")).text == "L’été."


def test_a_page_without_a_title_element_in_its_body_takes_the_one_it_names() -> None:
    page = "<html><head><title>Le bac rouvre à Kerlann</title></head><body><p>Il a rouvert mardi, dit la mairie.</p></body></html>"
    assert read(page).title == "Le bac rouvre à Kerlann"
