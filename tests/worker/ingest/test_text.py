"""Plain text and Markdown: blocks, headline, boilerplate, marks, encodings."""

import pytest

from corpus.errors import NotFound, RelaisError
from worker.ingest import ingest, restore
from worker.ingest.base import Document, Kind
from worker.ingest.reasons import reason_sentence, reasons, warning_sentence, warnings

BODY = "Le pont de Mirval a rouvert mardi matin. La mairie attend 4 000 véhicules par jour."


def read(text: str, **names: str) -> Document:
    return ingest(text.encode(), **names)


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(b.kind.value, b.span.of(document.text)) for b in document.blocks]


def aside(document: Document) -> list[tuple[str, str]]:
    return [(s.reason, s.text) for s in document.set_aside]


def marks(document: Document) -> list[tuple[str, str, str | None]]:
    return [(m.kind, m.span.of(document.text), m.href) for b in document.blocks for m in b.marks]


PAGE = """Aller au contenu
Le Fil de Mirval
Accueil > Régions > Orne
Le pont de bois rouvre - Le Fil de Mirval

Le pont de bois rouvre

Par Léonie Aubrac
Publié le 12 mai 2031 à 6 h 40 – Mis à jour le 13 mai
Temps de lecture : 4 min
Partager
Facebook
Copié!
La maire de Mirval
La maire de Mirval sur le pont, lundi. © Agence K / J. Roussel

Le pont a rouvert dans la nuit. Trois villages respirent.

Table of Contents
Un chantier de trois mois
Et maintenant ?

Un chantier de trois mois

Les ouvriers sont venus de toute la région. Partager la peine des riverains est un devoir, dit la maire.

À lire aussi
Le bac de Kerlann reprend du service

Lire aussi : La gare rouvre

Et maintenant ?

« Un pont n'est jamais fini »

La préfète parle d'un essai.

Mots-clés : pont, Mirval
À propos de l'auteur
Léonie Aubrac
Journaliste au Fil depuis 2020, elle suit la région.
Articles reliés
La crue de 1856
Le pont de pierre
Laisser un commentaire
Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *
Nom *
Les opinions exprimées dans cet article n'engagent que leur auteur.
© 2031 Le Fil de Mirval. Tous droits réservés.
Retour en haut
"""


def test_a_pasted_page_keeps_its_story_alone() -> None:
    assert blocks(read(PAGE)) == [
        ("headline", "Le pont de bois rouvre"),
        ("credit", "Par Léonie Aubrac"),
        ("caption", "La maire de Mirval sur le pont, lundi."),
        ("paragraph", "Le pont a rouvert dans la nuit. Trois villages respirent."),
        ("heading", "Un chantier de trois mois"),
        ("paragraph", "Les ouvriers sont venus de toute la région. Partager la peine des riverains est un devoir, dit la maire."),
        ("heading", "Et maintenant ?"),
        ("quote", "« Un pont n'est jamais fini »"),
        ("paragraph", "La préfète parle d'un essai."),
    ]  # fmt: skip


def test_what_is_set_aside_has_a_reason_and_its_text() -> None:
    found = dict.fromkeys(aside(read(PAGE)))
    for expected in [
        ("skip_link", "Aller au contenu"),
        ("page_furniture", "Le Fil de Mirval"),
        ("breadcrumb", "Accueil > Régions > Orne"),
        ("repeated_headline", "Le pont de bois rouvre - Le Fil de Mirval"),
        ("reading_time", "Temps de lecture : 4 min"),
        ("share", "Copié!"),
        ("repeated_caption", "La maire de Mirval"),
        ("credit", "© Agence K / J. Roussel"),
        ("table_of_contents", "Et maintenant ?"),
        ("related", "Le bac de Kerlann reprend du service"),
        ("author_box", "Journaliste au Fil depuis 2020, elle suit la région."),
        ("related", "La crue de 1856"),
        ("comments", "Laisser un commentaire"),
        ("disclaimer", "Les opinions exprimées dans cet article n'engagent que leur auteur."),
        ("copyright", "© 2031 Le Fil de Mirval. Tous droits réservés."),
        ("back_to_top", "Retour en haut"),
    ]:
        assert expected in found


def test_every_character_outside_blocks_and_asides_is_white_space() -> None:
    document = read(PAGE)
    assert document.text == PAGE
    spans = sorted([b.span for b in document.blocks] + [s.span for s in document.set_aside])
    at = 0
    for span in spans:
        assert not document.text[at : span.start].strip()
        at = span.end
    assert not document.text[at:].strip()


def test_everything_set_aside_can_be_restored() -> None:
    document = read(PAGE)
    number = next(i for i, s in enumerate(document.set_aside) if s.text == "La crue de 1856")
    restored = restore(document, number)
    assert ("paragraph", "La crue de 1856") in blocks(restored)
    assert [b.span for b in restored.blocks] == sorted(b.span for b in restored.blocks)
    while restored.set_aside:
        restored = restore(restored, 0)
    assert "".join(b.span.of(document.text) for b in restored.blocks).split() == PAGE.split() or (
        "".join("".join(b.span.of(document.text) for b in restored.blocks).split()) == "".join(PAGE.split())
    )
    with pytest.raises(NotFound):
        restore(document, len(document.set_aside))


@pytest.mark.parametrize(
    "text",
    [
        "Publié en 1902, le roman de Mirval n'a pas vieilli d'une ligne.",
        "Le site utilise des cookies sans le dire, a jugé le tribunal.",
        "Les internautes peuvent refuser les cookies depuis lundi.",
        "Les propos exprimés par le maire n'engagent que lui, dit l'opposition.",
        "Réactions",
        "Contact rompu entre Mirval et Estrel",
        "Publicité mensongère : Nordal condamnée",
        "Suivez-nous, a dit le guide aux touristes.",
        "À lire aussi dans la presse locale, le récit du sauvetage a ému.",
        "Mise à jour le 3 mai, la carte des crues inquiète les assureurs.",
        "Facebook et Telegram suspendent le compte du maire",
        "Écouter la rivière, un art perdu.",
        "Reproduction du saumon : la rivière revit",
        "Les archives © de 1902 n'ont pas été retrouvées, dit la mairie de Mirval, qui les cherche.",
        "Sur la photo, le maire sourit.",
        "Suivant.",
    ],
)
def test_what_only_looks_like_boilerplate_stays(text: str) -> None:
    document = read(f"Le pont rouvre à Mirval\n\n{BODY}\n\n{text}\n\n{BODY} Fin.")
    assert text in [b.span.of(document.text) for b in document.blocks]
    assert not document.set_aside


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Le pont de Mirval rouvre\n\n{BODY}", "Le pont de Mirval rouvre"),
        (f"Le pont de Mirval rouvre\n\nLe pont de Mirval rouvre\n\n{BODY}", "Le pont de Mirval rouvre"),
        (f"Monde\n\nLe pont de Mirval rouvre\n\n{BODY}", "Le pont de Mirval rouvre"),
        (f"Aller au contenu\nPartager\nLe pont de Mirval rouvre\n\n{BODY}", "Le pont de Mirval rouvre"),
        (f"Le pont de Mirval rouvre | Le Fil\nMenu\nLe pont de Mirval rouvre\n{BODY}", "Le pont de Mirval rouvre"),
        (f"Qui paiera le pont de Mirval ?\n\n{BODY}", "Qui paiera le pont de Mirval ?"),
        (f"« Nous tiendrons » : Mirval face à la crue\n\n{BODY}", "« Nous tiendrons » : Mirval face à la crue"),
        (f"{BODY}\nUn sous-titre du texte\n{BODY} Fin.", ""),
        (BODY, ""),
    ],
)
def test_the_headline_is_found(text: str, title: str) -> None:
    document = read(text)
    assert document.title == title
    assert sum(b.kind is Kind.HEADLINE for b in document.blocks) == bool(title)


def test_a_long_line_below_the_headline_is_the_standfirst() -> None:
    text = f"Le pont rouvre\n\nRéunis mardi, les maires de la vallée ont adopté un calendrier qui détaille la part de chacun\n\n{BODY}"
    assert [b.kind.value for b in read(text).blocks] == ["headline", "standfirst", "paragraph"]


def test_lines_typed_one_under_another_are_blocks_and_wrapped_lines_are_not() -> None:
    typed = "Le pont rouvre\nIl a rouvert mardi.\nLes suites\nLa gare attend son tour, dit le maire."
    assert len(read(typed).blocks) == 4
    wrapped = (
        "Le conseil municipal de Mirval s'est réuni mardi soir au palais de\n"
        "Kerlann pour voter le budget de la digue, en présence du préfet de\n"
        "l'Orne. La séance a duré trois heures et le vote a été acquis par\n"
        "vingt voix contre cinq."
    )
    assert len(read(wrapped).blocks) == 1


def test_signs_of_marks_in_a_plain_text_are_read() -> None:
    document = read(
        "**35 pays** ont signé *le texte* de [la note](https://mirval.example/a(b)). 3 * 4 * 5 = 60, voir ma_note_a.txt."
    )
    assert document.text == "35 pays ont signé le texte de la note. 3 * 4 * 5 = 60, voir ma_note_a.txt."
    assert marks(document) == [
        ("bold", "35 pays", None),
        ("italic", "le texte", None),
        ("link", "la note", "https://mirval.example/a(b)"),
    ]


MARKDOWN = """---
title: Un titre de fichier
author: Léonie Aubrac
---
# Le pont **rouvre**

Le conseil a publié [le rapport *complet*](https://mirval.example/rapport(final).pdf "PDF") et ![la digue](digue.jpg).

## Les suites

1. Le *premier* point
2. Le second
   - un détail

> « Restez chez vous. »

```
nom = "valeur"
```
"""


def test_markdown() -> None:
    document = read(MARKDOWN)
    assert document.format == "markdown"
    assert document.metadata == {"title": "Un titre de fichier", "author": "Léonie Aubrac"}
    assert blocks(document) == [
        ("headline", "Le pont rouvre"),
        ("paragraph", "Le conseil a publié le rapport complet et la digue."),
        ("heading", "Les suites"),
        ("list_item", "Le premier point"),
        ("list_item", "Le second"),
        ("list_item", "un détail"),
        ("quote", "« Restez chez vous. »"),
        ("paragraph", 'nom = "valeur"'),
    ]
    assert [(b.marker, b.level) for b in document.blocks if b.kind is Kind.LIST_ITEM] == [
        ("1.", 1),
        ("2.", 1),
        ("•", 2),
    ]
    link = next(m for b in document.blocks for m in b.marks if m.kind == "link")
    assert (link.href, link.title) == ("https://mirval.example/rapport(final).pdf", "PDF")
    assert ("italic", "complet", None) in marks(document)
    assert ("image", "la digue", "digue.jpg") in marks(document)
    assert ("code", 'nom = "valeur"', None) in marks(document)


def test_markdown_with_elements_of_html_is_markdown() -> None:
    document = read("# Le bac rouvre\n\nIl a <b>rouvert</b> mardi.<br>Enfin, dit *la maire*.")
    assert document.format == "markdown"
    assert document.blocks[1].span.of(document.text) == "Il a rouvert mardi.\nEnfin, dit la maire."
    assert ("italic", "la maire", None) in marks(document)


@pytest.mark.parametrize(
    ("names", "expected"),
    [({}, "text"), ({"filename": "NOTE.MD"}, "markdown"), ({"media_type": "text/markdown; charset=utf-8"}, "markdown"),
     ({"filename": "note.docx"}, "text")],
)  # fmt: skip
def test_a_name_decides_only_where_the_content_leaves_it_open(names: dict[str, str], expected: str) -> None:
    assert read("Le *pont* rouvre.", **names).format == expected


@pytest.mark.parametrize(
    ("data", "text", "warning"),
    [
        ("Les familles évacuées".encode(), "Les familles évacuées", None),
        (("a" * 4000 + " évacuées").encode(), "a" * 4000 + " évacuées", None),
        ("\ufeffRégie à l'été".encode(), "Régie à l'été", None),
        ("Régie à l’été, 5 €".encode("cp1252"), "Régie à l’été, 5 €", "encoding"),
        ("Régie ".encode() + "à l’été".encode("cp1252") + " évacuée".encode(), "Régie à l’été évacuée", "mixed_encodings"),
        ("Régie à l'été".encode("utf-16"), "Régie à l'été", None),
        ("Régie à l'été".encode("utf-16-le"), "Régie à l'été", "encoding"),
        ("Régie à l'été".encode("utf-16-be"), "Régie à l'été", "encoding"),
        ("Les sub\u00adven\u00adtions".encode(), "Les subventions", None),
        ("La di\x00gue tient bon\u200b ici ce soir encore.".encode(), "La digue tient bon ici ce soir encore.", "control_characters"),
    ],
)  # fmt: skip
def test_encodings(data: bytes, text: str, warning: str | None) -> None:
    document = ingest(data)
    assert document.text == text
    assert [code for code, _ in document.warnings] == ([warning] if warning else [])


def test_every_word_of_ingest_has_a_sentence_in_three_languages() -> None:
    for table in (reasons(), warnings()):
        assert all(set(words) == {"fr", "en", "uk"} and all(words.values()) for words in table.values())
    assert reason_sentence("share", "fr") == "Bouton de partage"
    assert "Windows-1252" in warning_sentence("encoding", {"encoding": "Windows-1252"}, "uk")


def test_every_reason_in_the_tables_has_a_sentence() -> None:
    from worker.ingest import boilerplate, html_regions

    used = {reason for reason, _, _ in boilerplate._patterns()} | {reason for reason, _ in html_regions._patterns()}
    assert used <= reasons().keys()


@pytest.mark.parametrize("data", [b"", b"   \n\t ", "« … » — !".encode(), b"***", "\ufeff".encode()])
def test_an_empty_upload_is_one_clear_error(data: bytes) -> None:
    with pytest.raises(RelaisError):
        ingest(data)


def test_a_long_line_below_a_markdown_headline_is_the_standfirst() -> None:
    standfirst = "Détruit par la crue, l’ouvrage a été rebâti grâce à un prêt et à la patience du village"
    document = ingest(f"# Le pont rouvre\n\n{standfirst}\n\nIl a plu.".encode(), filename="a.md")
    assert [block.kind.value for block in document.blocks] == ["headline", "standfirst", "paragraph"]
