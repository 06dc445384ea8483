"""Terms in French text: which stretches are one, and which only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.matching import Matcher, Occurrence
from glossary.terms import CaseRule, Rendering, Status, Term

NBSP, NB_HYPHEN, SOFT = "\u00a0", "\u2011", "\u00ad"


def _term(source: str, case: CaseRule = CaseRule.ANY, key: str = "", **fields: object) -> Term:
    return Term(key or source, source, (Rendering("en", source),), case=case, **fields)  # type: ignore[arg-type]


def _name(source: str, kind: str = "place", **fields: object) -> Term:
    return _term(source, CaseRule.NAME, kind=kind, part_of_speech="name", **fields)


def _found(text: str, *terms: Term) -> list[str]:
    return [o.span.of(text) for o in Matcher(terms).occurrences(text) if not o.nested]


VOLUNTEERS = _term("coalition des volontaires")
TRUCE = _term("cessez-le-feu")


@pytest.mark.parametrize(
    "text",
    [
        "Un cessez-le-feu tient.",
        "Cessez-le-feu : trois jours.",
        "LE CESSEZ-LE-FEU TIENT.",
        "Le Cessez-Le-Feu tient.",
        f"Le cessez{NB_HYPHEN}le{NB_HYPHEN}feu tient.",
        f"Le ces{SOFT}sez-le-feu tient.",
        f"Le cessez-le-{SOFT}feu tient.",
        "Le cessez le feu tient.",
        "Le cessez-le-\nfeu tient.",
        "Le « cessez-le-feu » tient.",
        "Le ᴄᴇssᴇᴢ-ʟᴇ-ꜰᴇᴜ tient.",
        "Ce cessez-le-feu-là tient.",
        "L’anti-cessez-le-feu parle.",
    ],
)
def test_spellings_of_a_hyphenated_term(text: str) -> None:
    assert len(_found(text, TRUCE)) == 1


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("La coalition des volontaires parle.", "coalition des volontaires"),
        (f"La coalition{NBSP}des{NBSP}volontaires parle.", f"coalition{NBSP}des{NBSP}volontaires"),
        ("La coalition des\nvolontaires parle.", "coalition des\nvolontaires"),
        ("La coalition des\r\n   volontaires parle.", "coalition des\r\n   volontaires"),
        ("La coalition des <em>volontaires</em> parle.", "coalition des <em>volontaires"),
        ("La coalition des **volontaires** parle.", "coalition des **volontaires"),
        ("Les coalitions des volontaires parlent.", "coalitions des volontaires"),
    ],
)
def test_spans_count_in_the_original(text: str, span: str) -> None:
    assert _found(text, VOLUNTEERS) == [span]


@pytest.mark.parametrize(
    "text",
    [
        "La coalition - des volontaires.",  # a dash
        "Une coalition\n\ndes volontaires.",  # another paragraph
        "La coalition, des volontaires.",
        "La coalitions-nous des volontaires.",
    ],
)
def test_what_does_not_reach_over(text: str) -> None:
    assert _found(text, VOLUNTEERS) == []


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ"])
def test_elided_article_stays_outside(apostrophe: str) -> None:
    text = f"Hier, l{apostrophe}avocat a plaidé."
    (occurrence,) = Matcher([_term("avocat")]).occurrences(text)
    assert occurrence.span == (8, 14)
    assert occurrence.plural is False


def test_aspirate_h_and_vowels_after_elision() -> None:
    text = "La hausse, l’huissier, le haut-commissaire, qu’accord, jusqu’accord."
    terms = [_term(s) for s in ("hausse", "huissier", "haut-commissaire", "accord")]
    assert _found(text, *terms) == ["hausse", "huissier", "haut-commissaire", "accord", "accord"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("homme", "Le prud’homme siège."),
        ("île", "La presqu’île est belle."),
        ("feu", "Un pare-feu protège."),
        ("accord", "L’accord-cadre est prêt."),
        ("commissaire", "Le haut-commissaire parle."),
        ("pont", "Le ponton, les appontements."),
        ("sommet", "voir https://exemple.fr/sommet-de-paix?sommet=1"),
        ("sommet", "écrire à sommet@exemple.fr"),
        ("sommet", "voir www.sommet.org"),
        ("sommet", "voir sommet.fr pour en savoir plus"),
        ("sommet", "#sommet @sommet sommet_2 image_sommet.jpg"),
        ("grève", "Il grève le budget."),
        ("accord", "Il s’accorde, elle n’accord."),
    ],
)
def test_not_inside_something_else(source: str, text: str) -> None:
    assert _found(text, _term(source)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’ÉTAT MEMBRE", ["ÉTAT MEMBRE"]),
        ("L’ETAT MEMBRE", ["ETAT MEMBRE"]),
        ("Les Etats membres", ["Etats membres"]),
        ("un état membre", ["état membre"]),
        ("un etat membre", []),  # accents count on small letters
        ("un e\u0301tat membre", ["e\u0301tat membre"]),  # decomposed
    ],
)
def test_accents(text: str, expected: list[str]) -> None:
    assert _found(text, _term("État membre")) == expected


def test_accents_tell_words_apart() -> None:
    assert _found("La pêche, le péché, PECHE.", _term("péché")) == ["péché", "PECHE"]


@pytest.mark.parametrize(
    ("source", "text", "count"),
    [
        ("sous-marin", "Le sous-marin, un autre sous-marin, deux sous-marins, l’envoi de sous-marins.", 4),
        ("sous-marin", "Le câble sous-marin et les fonds sous-marins.", 0),
        ("réfugié", "Des réfugiés ; le jeune réfugié ; elle s’est réfugiée ailleurs.", 2),
        ("percée", "Une percée ; l’arche percée par un drone.", 1),
    ],
)
def test_nouns_that_are_adjectives_as_well(source: str, text: str, count: int) -> None:
    assert len(_found(text, _term(source))) == count


def test_case_rules() -> None:
    text = "L’ARN ferme ; Arn dort. Délibération paraît, la délibération aussi. DÉLIBÉRATION."
    exact = [_term("ARN", CaseRule.EXACT), _term("Délibération", CaseRule.EXACT)]
    assert _found(text, *exact) == ["ARN", "Délibération"]
    assert _found(text, _name("Délibération", "organisation")) == ["Délibération", "DÉLIBÉRATION"]
    assert _found(text, _term("délibération")) == ["Délibération", "délibération", "DÉLIBÉRATION"]


def test_stop_words_are_terms_like_others() -> None:
    text = "On paraît jeudi. La Une du journal est prête."
    assert _found(text, _term("On", CaseRule.EXACT), _term("La Une", CaseRule.EXACT)) == ["On", "La Une"]


def test_capitals_of_title_and_headline() -> None:
    text = "Le Fil de Kerlann publie. LE FIL DE KERLANN recrute."
    assert len(_found(text, _term("le fil de kerlann"))) == 2


@pytest.mark.parametrize(
    ("text", "plural"),
    [
        ("Des cessez-le-feu", True),
        ("trois cessez-le-feu", True),
        ("12 cessez-le-feu", True),
        ("un cessez-le-feu", False),
        ("du cessez-le-feu", False),
        ("avant cessez-le-feu", None),
    ],
)
def test_number_of_invariable_terms_from_the_word_before(text: str, plural: bool | None) -> None:
    assert [o.plural for o in Matcher([TRUCE]).occurrences(text)] == [plural]


def test_number_and_gender_of_inflected_terms() -> None:
    text = "Les procureurs généraux et les lanceuses d’alerte."
    found = Matcher([_term("procureur général"), _term("lanceur d'alerte")]).occurrences(text)
    assert [(o.span.of(text), o.plural) for o in found] == [("procureurs généraux", True), ("lanceuses d’alerte", True)]


def test_longest_wins_and_nested_are_reported() -> None:
    text = "La coalition des volontaires et la coalition."
    found = Matcher([VOLUNTEERS, _term("coalition"), _term("volontaire")]).occurrences(text)
    assert [(o.span.of(text), o.nested) for o in found] == [
        ("coalition des volontaires", False),
        ("coalition", True),
        ("volontaires", True),
        ("coalition", False),
    ]


def test_overlapping_terms() -> None:
    text = "un accord de paix durable et juste"
    found = Matcher([_term("accord de paix"), _term("paix durable et juste")]).occurrences(text)
    assert [(o.term.source, o.nested) for o in found] == [("accord de paix", True), ("paix durable et juste", False)]


def _strike_or_shore(key: str, english: str, topics: tuple[str, ...] = ()) -> Term:
    return Term(key, "grève", (Rendering("en", english),), topics=topics)


def test_two_entries_with_one_source_are_rivals() -> None:
    found = Matcher([_strike_or_shore("a", "strike"), _strike_or_shore("b", "shore")]).occurrences(
        "La grève gagne la grève."
    )
    assert [(o.term.key, [r.key for r in o.rivals]) for o in found] == [("a", ["b"]), ("a", ["b"])]
    assert [r.text for r in found[0].term.accepted("en")] == ["strike", "shore"]


def test_what_one_rival_accepts_the_other_does_not_forbid() -> None:
    forbids = Term("a", "grève", (Rendering("en", "strike"), Rendering("en", "shore", Status.FORBIDDEN)))
    (found,) = Matcher([forbids, _strike_or_shore("b", "shore")]).occurrences("La grève.")
    assert found.term.forbidden("en") == ()


def test_topics_choose_among_entries() -> None:
    matcher = Matcher(
        [
            _strike_or_shore("a", "strike", ("work",)),
            _strike_or_shore("b", "shore", ("coast",)),
            _strike_or_shore("c", "beach"),
        ]
    )

    def keys(topics: tuple[str, ...]) -> list[list[str]]:
        found = matcher.occurrences("La grève.", topics)
        return [[o.term.key, *(r.key for r in o.rivals)] for o in found]

    assert keys(()) == [["c"]]
    assert keys(("coast",)) == [["b", "c"]]


def test_inactive_terms_are_not_looked_for() -> None:
    assert _found("un sommet", _term("sommet", active=False)) == []


PLACES = [_name(p) for p in ("Kiev", "Paris", "Berlin", "Moscou", "Europe")]
PEOPLE = [_name(p, "person") for p in ("Anne Morvan", "Vladimir Poutine")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("à Kiev, à Paris", ["Kiev", "Paris"]),
        ("KIEV ET PARIS", ["KIEV", "PARIS"]),
        ("le kiev de paris", []),
        ("la ligne Paris-Berlin", ["Paris", "Berlin"]),
        ("l’axe Kiev–Paris", ["Kiev", "Paris"]),
        ("le pro-Kiev et l’anti-Moscou", ["Kiev", "Moscou"]),
        ("l’après-Europe", ["Europe"]),
        ("Saint-Paris et Paris-Plages", []),
        ("le Dynamo Kiev et le Kiev Post", []),
        ("Selon Kiev, Paris attend.", ["Kiev", "Paris"]),
        ("À Moscou Vladimir Poutine attend.", ["Moscou", "Vladimir Poutine"]),
        ("Le président Poutine. M. Poutine. Selon Poutine.", ["Poutine", "Poutine", "Poutine"]),
        ("Anne Morvan arrive ; Morvan repart.", ["Anne Morvan", "Morvan"]),
        ("Il y a Julie Morvan. Julie Morvan aussi.", []),
        ("le morvan", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert _found(text, *PLACES, *PEOPLE) == expected


def test_surname_alone_is_the_same_person() -> None:
    person = Term(
        "anne-morvan", "Anne Morvan", (Rendering("uk", "Анн Морван", gender="f"),), kind="person", case=CaseRule.NAME
    )
    full, short = Matcher([person]).occurrences("Anne Morvan arrive. Mme Morvan repart.")
    assert full.term.key == short.term.key
    assert [r.text for r in short.term.accepted("uk")] == ["Морван", "Анн Морван"]
    assert [r.text for r in full.term.accepted("uk")] == ["Анн Морван"]


def test_person_named_in_full_before_is_meant_later() -> None:
    people = [_name("Anne Morvan", "person"), _name("Paul Morvan", "person")]
    found = Matcher(people).occurrences("Morvan parle. Paul Morvan arrive. Morvan repart.")
    assert [(o.term.key, len(o.rivals)) for o in found] == [("Anne Morvan", 1), ("Paul Morvan", 0), ("Paul Morvan", 0)]


def test_two_capitals_may_be_a_numeral() -> None:
    assert _found("Louis XI et Xi.", _name("Xi")) == ["Xi"]


@given(st.text(alphabet="acdeilnostvu-’' \n\u00a0\u00ad<>*bE\u0301œ", max_size=60), st.integers(0, 60))
def test_any_surroundings_leave_spans_true(noise: str, at: int) -> None:
    """Whatever stands around it, a found span reads like the term."""
    text = noise[:at] + " coalition des volontaires " + noise[at:]
    for occurrence in Matcher([VOLUNTEERS]).occurrences(text):
        letters = [c for c in occurrence.span.of(text).replace("<b>", "").lower() if c.isalpha()]
        assert "".join(letters) in ("coalitiondesvolontaires", "coalitionsdesvolontaires")


def test_empty_glossary_and_empty_text() -> None:
    assert Matcher([]).occurrences("Un texte.") == []
    assert Matcher([TRUCE]).occurrences("") == []


def test_occurrence_defaults() -> None:
    (occurrence,) = Matcher([TRUCE]).occurrences("cessez-le-feu")
    assert occurrence == Occurrence(TRUCE, occurrence.span)
