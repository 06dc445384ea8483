"""What became of terms in a given translation, without an engine."""

import pytest

from glossary.enforcement.base import Outcome, Wanted
from glossary.matching import Matcher
from glossary.review import ForbiddenRenderings, candidates, locate
from glossary.terms import CaseRule, Rendering, Status, Term


def _term(source: str, *renderings: str, kind: str = "term", gender: str | None = None) -> Term:
    """Renderings in Cyrillic are Ukrainian; ! marks a forbidden one, the first of a language is preferred."""
    made: list[Rendering] = []
    for text in renderings:
        language = "uk" if any("а" <= c <= "ї" for c in text.lower()) else "en"
        first = not any(r.language == language for r in made)
        status = Status.FORBIDDEN if text[0] == "!" else Status.PREFERRED if first else Status.ADMITTED
        made.append(Rendering(language, text.lstrip("!"), status, gender))
    return Term(source, source, tuple(made), kind=kind, case=CaseRule.NAME if kind != "term" else CaseRule.ANY)


def _verdicts(source: str, target: str, language: str, *terms: Term) -> list[tuple[str, str]]:
    wanted = [Wanted(o.term, o.span, o.plural) for o in Matcher(terms).occurrences(source) if not o.nested]
    hits = locate(source, target, wanted, language)
    assert [h.source for h in hits] == [w.span for w in wanted]
    assert all(h.target is None or h.form == h.target.of(target) for h in hits)
    return [(hit.method if hit.outcome is Outcome.VIOLATED else hit.outcome.value, hit.form) for hit in hits]


DAM, DYKE = _term("barrage", "dam", "гребля"), _term("digue", "dyke", "дамба")
TRUCE = _term("cessez-le-feu", "ceasefire", "!cease-fire", "припинення вогню", "!перемир’я")


def test_one_verdict_an_occurrence() -> None:
    source = "Le barrage fuit. Le barrage tient. Le barrage sera vidé."
    target = "The dam leaks. The dam holds. The barrage will be emptied."
    assert _verdicts(source, target, "en", DAM) == [("native", "dam"), ("native", "dam"), ("missing", "")]


def test_each_occurrence_has_its_own_target_span() -> None:
    source, target = "La digue et la digue.", "The dyke and the dyke."
    wanted = [Wanted(o.term, o.span) for o in Matcher([DYKE]).occurrences(source)]
    assert [h.target for h in locate(source, target, wanted, "en")] == [(4, 8), (17, 21)]


def test_more_uses_in_the_target_are_no_fault() -> None:
    assert _verdicts("La digue tient.", "The dyke holds, the dyke stays.", "en", DYKE) == [("native", "dyke")]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Cinq digues et deux barrages cèdent.", "Прорвало п'ять дамб і дві греблі.", ["дамб", "греблі"]),
        ("Les digues", "Дамби", ["Дамби"]),
    ],
)
def test_inflected_ukrainian_is_native(source: str, target: str, expected: list[str]) -> None:
    assert _verdicts(source, target, "uk", DAM, DYKE) == [("native", form) for form in expected]


def test_plural_only_renderings() -> None:
    talks, town = _term("négociation", "перемовини"), _term("commune", "громада")
    source, target = "Après les négociations, la commune a voté.", "Після перемовин громада проголосувала."
    assert _verdicts(source, target, "uk", talks, town) == [("native", "перемовин"), ("native", "громада")]


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        ("A ceasefire holds.", ("native", "ceasefire")),
        ("The ceasefire's end", ("native", "ceasefire's")),
        ("A cease-fire holds.", ("forbidden", "cease-fire")),
        ("A cease‑fire holds.", ("forbidden", "cease‑fire")),
        ("A misceasefire holds.", ("missing", "")),
    ],
)
def test_forbidden_renderings_and_word_boundaries(target: str, verdict: tuple[str, str]) -> None:
    assert _verdicts("Un cessez-le-feu tient.", target, "en", TRUCE) == [verdict]


def test_form_inside_a_longer_word_is_not_native() -> None:
    assert _verdicts("Un cessez-le-feu", "Припинення вогнюватиметься", "uk", TRUCE) == [("missing", "")]


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        ("Канада підтримує коаліцію охочих.", ("native", "коаліцію охочих")),
        ("Канада підтримує коаліція охочих.", ("wrong case", "коаліція охочих")),
        ("Зустріч із коаліція охочих.", ("wrong case", "коаліція охочих")),
        ("Зустріч із коаліцією охочих.", ("native", "коаліцією охочих")),
        ("Коаліція охочих зустрілася.", ("native", "Коаліція охочих")),
        # free word order of human texts is no fault
        ("Так вважає міністр оборони, і допомагає коаліція охочих.", ("native", "коаліція охочих")),
        ("План, якого домоглася коаліція охочих.", ("native", "коаліція охочих")),
        ("У квітні коаліція охочих зустрінеться.", ("native", "коаліція охочих")),
    ],
)
def test_wrong_case_is_not_native(target: str, verdict: tuple[str, str]) -> None:
    term = _term("coalition des volontaires", "coalition of the willing", "коаліція охочих")
    assert _verdicts("La coalition des volontaires", target, "uk", term) == [verdict]


@pytest.mark.parametrize(
    ("name", "rendering", "gender", "target", "verdict"),
    [
        ("Maria Zaleska", "Марія Залеська", "f", "Слова Марії Залеської.", "native"),
        ("Maria Zaleska", "Марія Залеська", "f", "Слова Марії Залеського.", "wrong form"),
        ("Jean Castelnau", "Жан Кастельно", "m", "Слова Жана Кастельно.", "native"),
        ("Jean Castelnau", "Жан Кастельно", "m", "Слова Жана Кастельна.", "wrong form"),
        ("Marie Aubrac", "Марі Обрак", "f", "Слова Марі Обрака.", "wrong form"),
        ("Émile Zola", "Еміль Золя", "m", "Слова Еміля Золі.", "wrong form"),
    ],
)
def test_names_that_do_not_decline(name: str, rendering: str, gender: str, target: str, verdict: str) -> None:
    ((found, _),) = _verdicts(f"Selon {name}", target, "uk", _term(name, rendering, kind="person", gender=gender))
    assert found == verdict


def test_wrong_english_plural() -> None:
    term = _term("avocat général", "attorney general")
    assert _verdicts("Des avocats généraux", "Attorney generals met.", "en", term) == [
        ("wrong form", "Attorney generals")
    ]


def test_rivals_are_both_accepted() -> None:
    strike = Term("a", "grève", (Rendering("en", "strike"),))
    shore = Term("b", "grève", (Rendering("en", "shore"),))
    source = "La grève des dockers gagne la grève de sable."
    assert _verdicts(source, "The strike reaches the shore.", "en", strike, shore) == [
        ("native", "strike"),
        ("native", "shore"),
    ]
    (first, _) = Matcher([strike, shore]).occurrences(source)
    assert candidates(first.term, "en") == ["strike", "shore"]


def test_forbidden_rendering_without_its_source_is_a_flag() -> None:
    forbidden = ForbiddenRenderings([TRUCE, DAM], "en")
    assert [(t.key, s.of("The cease-fire holds.")) for t, s in forbidden.flags("The cease-fire holds.", [])] == [
        ("cessez-le-feu", "cease-fire")
    ]
    assert forbidden.flags("The ceasefire and the dam hold.", []) == []
    assert ForbiddenRenderings([DAM], "en").flags("Anything.", []) == []
