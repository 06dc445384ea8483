"""Routes with the glossary, over the starter packages: each leg once, hits and links counted in the French source."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import corpus.settings
import worker.settings
from corpus.spans import Span
from glossary.enforcement import Enforced, Engine, Hypothesis, Link, Outcome, Wanted
from glossary.terms import CaseRule, Rendering, Status, Term
from worker.enforcing import continue_leg, translate_leg, translate_route
from worker.engine import packages
from worker.engine.packages import InstalledPackage
from worker.engine.routes import Route, route
from worker.engine.translator import translator_for


def _term(source: str, en: str, uk: str, case: CaseRule = CaseRule.ANY) -> Term:
    pairs = [("en", en), ("uk", uk)]
    renderings = tuple(Rendering(code, text, Status.PREFERRED) for code, text in pairs if text)
    return Term(source, source, renderings, case=case, kind="place" if case is CaseRule.NAME else "term")


COALITION = _term("coalition des volontaires", "coalition of the willing", "коаліція охочих")
CEASEFIRE = _term("cessez-le-feu", "ceasefire", "припинення вогню")
KYIV = _term("Kiev", "Kyiv", "Київ", CaseRule.NAME)
ENGLISH_ONLY = _term("sommet", "summit", "")
UKRAINIAN_ONLY = _term("réunion", "", "зустріч")


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Route]]:
    patch = pytest.MonkeyPatch()
    patch.setenv("RELAIS_DATA", str(tmp_path_factory.mktemp("data")))
    patch.delenv("ARGOS_PACKAGES_DIR", raising=False)
    corpus.settings.settings.cache_clear()
    worker.settings.settings.cache_clear()
    packages.install_starter()
    yield {language: route("fr", language) for language in ("en", "uk")}
    patch.undo()
    corpus.settings.settings.cache_clear()
    worker.settings.settings.cache_clear()


def _wanted(source: str, *terms: Term) -> tuple[Wanted, ...]:
    return tuple(Wanted(t, Span(source.index(t.source), source.index(t.source) + len(t.source)), False) for t in terms)


SOURCES = [
    "La coalition des volontaires se réunira mardi à Kiev.",
    "Le sommet a salué le cessez-le-feu.",
    "La réunion aura lieu à Paris.",
    "",
]
WANTED = [
    _wanted(SOURCES[0], COALITION, KYIV),
    _wanted(SOURCES[1], ENGLISH_ONLY, CEASEFIRE),
    _wanted(SOURCES[2], UKRAINIAN_ONLY),
    (),
]


class _Counted:
    """An engine that counts how often it decodes."""

    def __init__(self, engine: Engine, count: dict[str, int], label: str) -> None:
        self._engine, self._count, self._label = engine, count, label
        self.score, self.complete = engine.score, engine.complete

    def translate(self, sources: Sequence[str], n_best: int = 1) -> list[list[Hypothesis]]:
        self._count[self._label] = self._count.get(self._label, 0) + 1
        return self._engine.translate(sources, n_best)


def test_each_leg_is_decoded_once_and_every_occurrence_has_its_hit(routes: dict[str, Route]) -> None:
    decoded: dict[str, int] = {}

    def engine_for(package: InstalledPackage) -> Engine:
        return _Counted(translator_for(package), decoded, package.label)

    done = translate_route(SOURCES, WANTED, routes, engine_for=engine_for)
    assert decoded == {"fr→en": 1, "en→uk": 1}
    assert [len(done[code]) for code in ("en", "uk")] == [4, 4]
    for code, hidden in (("en", UKRAINIAN_ONLY), ("uk", ENGLISH_ONLY)):
        for source, wanted, enforced in zip(SOURCES, WANTED, done[code], strict=True):
            expected = [(w.term.key, w.span) for w in wanted if w.term is not hidden]
            assert [(h.term.key, h.source) for h in enforced.hits] == expected
            for hit in enforced.hits:
                assert hit.source.of(source) == hit.term.source
                assert hit.target is None or hit.target.of(enforced.text) == hit.form
    assert "coalition of the willing" in done["en"][0].text
    assert done["uk"][0].hits[0].form.lower().startswith("коаліці")
    assert done["uk"][3] == Enforced("", (), (), done["uk"][3].score)


def test_links_of_the_second_leg_count_in_the_french_source(routes: dict[str, Route]) -> None:
    done = translate_route(["Le président est arrivé à Paris."], [()], routes)["uk"][0]
    paris = max(
        (link for link in done.links if link.target.of(done.text).startswith("Париж")), key=lambda link: link.weight
    )
    assert paris.source.of("Le président est arrivé à Paris.") == "Paris"


def test_a_corrected_pivot_is_what_the_second_leg_translates(routes: dict[str, Route]) -> None:
    source = "Le cessez-le-feu tient."
    wanted = _wanted(source, CEASEFIRE)
    pivot = Enforced("The ceasefire is in force in Paris.", (), (Link(Span(3, 16), Span(4, 13), 1.0),), -0.1)
    [done] = continue_leg([pivot], [wanted], "uk", translator_for(routes["uk"].legs[1]))
    assert "Париж" in done.text
    assert [(h.source, h.outcome) for h in done.hits if h.outcome is not Outcome.VIOLATED] == [
        (wanted[0].span, done.hits[0].outcome)
    ]


def test_a_leg_by_itself(routes: dict[str, Route]) -> None:
    [done] = translate_leg(
        ["Kiev attend."], [_wanted("Kiev attend.", KYIV)], "en", translator_for(routes["en"].legs[0])
    )
    assert "Kyiv" in done.text and done.hits[0].term is KYIV


def test_only_the_pivot_is_wanted_for_ukrainian_alone(routes: dict[str, Route], tmp_path: Path) -> None:
    done = translate_route(SOURCES[:1], WANTED[:1], {"uk": routes["uk"]})
    assert list(done) == ["uk"]
