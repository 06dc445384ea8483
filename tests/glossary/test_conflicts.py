"""Contradictions in a glossary."""

from glossary.conflicts import Kind, conflicts
from glossary.terms import CaseRule, Rendering, Status, Term


def _term(key: str, source: str, *renderings: Rendering, **fields: object) -> Term:
    return Term(key, source, renderings or (Rendering("en", key),), **fields)  # type: ignore[arg-type]


def _kinds(*terms: Term) -> list[tuple[Kind, tuple[str, ...]]]:
    return [(c.kind, tuple(t.key for t in c.terms)) for c in conflicts(terms)]


def test_same_source_unless_topics_part_them() -> None:
    assert _kinds(_term("a", "grève"), _term("b", "grève")) == [(Kind.SAME_SOURCE, ("a", "b"))]
    apart = [_term("a", "grève", topics=("work",)), _term("b", "grève", topics=("coast",))]
    assert _kinds(*apart) == []


def test_shared_inflected_form() -> None:
    assert _kinds(_term("a", "travail"), _term("b", "travaux")) == [(Kind.SHARED_FORM, ("a", "b"))]


def test_case_tells_terms_apart() -> None:
    exact = {"case": CaseRule.EXACT}
    assert _kinds(_term("a", "ARS", **exact), _term("b", "Ars", **exact)) == []


def test_forbidden_here_preferred_there() -> None:
    forbids = _term("a", "cessez-le-feu", Rendering("en", "ceasefire"), Rendering("en", "truce", Status.FORBIDDEN))
    prefers = _term("b", "trêve", Rendering("en", "truce"))
    assert _kinds(forbids, prefers) == [(Kind.FORBIDDEN_ELSEWHERE, ("a", "b"))]


def test_forbidden_and_accepted_in_one_entry() -> None:
    both = _term("a", "drone", Rendering("en", "drone"), Rendering("en", "Drone", Status.FORBIDDEN))
    assert _kinds(both) == [(Kind.FORBIDDEN_ITSELF, ("a",))]


def test_language_without_a_preferred_rendering() -> None:
    assert _kinds(_term("a", "drone", Rendering("en", "uav", Status.FORBIDDEN))) == [(Kind.NO_PREFERRED, ("a",))]


def test_inactive_terms_contradict_nobody() -> None:
    assert _kinds(_term("a", "grève"), _term("b", "grève", active=False)) == []
