"""The batched translator over the starter packages."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.spans import Span
from glossary.enforcement.base import Hypothesis, Link
from worker.engine import health, packages, translator
from worker.engine.batching import Part, joined, parts
from worker.engine.model import Decoded
from worker.engine.opaque import Clear, clear, put_back, without
from worker.engine.repetition import loops, runaway
from worker.engine.tokens import Tokens
from worker.engine.translator import Translator

Starter = dict[str, Translator]
STRANGE = ("⁇", "<unk>", "▁", "\ufffd")


def test_parallel_to_the_sources_with_scores_and_links(starter: Starter) -> None:
    sources = ["La réunion aura lieu mardi à Bruxelles.", "", "Paris", "La réunion aura lieu mardi à Bruxelles."]
    found = starter["fr→en"].translate(sources, n_best=3)
    assert [len(h) for h in found] == [3, 1, 3, 3]
    assert found[0] == found[3]
    assert "Brussels" in found[0][0].text and found[1][0].text == ""
    linked = {link.target.of(found[0][0].text): link.source.of(sources[0]) for link in found[0][0].links}
    assert linked["Brussels"] == "Bruxelles"
    assert [h.score for h in found[0]] == sorted((h.score for h in found[0]), reverse=True)


def test_scores_of_decoder_and_of_given_text_are_one_scale(starter: Starter) -> None:
    source = "Le ministre a parlé à Paris."
    best = starter["fr→en"].translate([source])[0][0]
    right, wrong = starter["fr→en"].score([source, source], [best.text, "A cow eats grass."])
    assert right == pytest.approx(best.score, abs=0.02)
    assert wrong < right - 1


def test_completion_begins_as_told_and_is_scored_whole(starter: Starter) -> None:
    source = "La réunion aura lieu mardi à Bruxelles."
    [found] = starter["fr→en"].complete([source], ["The gathering"])
    assert found.text.startswith("The gathering ")
    assert found.score == pytest.approx(starter["fr→en"].score([source], [found.text])[0], abs=0.02)
    assert any(link.target == Span(4, 13) for link in found.links)


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("Le club ⚽ Étoile de Łomża joue ici le 4 ♥ mai.", ["⚽", "Łomża", "♥"]),
        (
            "Écrivez à redaction@exemple.fr ou voir https://exemple.fr/a_b?c=1.",
            ["redaction@exemple.fr", "https://exemple.fr/a_b?c=1"],
        ),
        ("Le magazine « Новый день » reparaît.", ["Новый день"]),
        ("Le compte @desk_01 a publié #PaixDurable hier.", ["@desk_01", "#PaixDurable"]),
        ("✅ Accord signé", ["✅"]),
        ("Accord signé 🎉", ["🎉"]),
    ],
)
def test_what_no_engine_should_touch_survives_both_legs(source: str, kept: list[str], starter: Starter) -> None:
    english = starter["fr→en"].translate([source])[0][0].text
    ukrainian = starter["en→uk"].translate([english])[0][0].text
    for text in (english, ukrainian):
        assert [k for k in kept if k not in text] == []
        assert not any(mark in text for mark in STRANGE)


def test_taking_out_and_putting_back(starter: Starter) -> None:
    tokenizer = starter["fr→en"]._model.tokenizer
    source = "Voir www.exemple.fr (site ♥)."
    cleared = clear(source, tokenizer)
    assert cleared.text == "Voir (site)."
    assert [o.text for o in cleared.opaque] == ["www.exemple.fr", "♥"]
    assert cleared.original(Span(6, 10)).of(source) == "site"
    back = put_back(Hypothesis("See (site).", 0.0), cleared)
    assert "www.exemple.fr" in back.text and "♥" in back.text
    assert without(back.text, cleared.opaque) == "See (site)."


def test_equal_text_without_letters_stays(starter: Starter) -> None:
    sources = ["* * *", "12 345,6 %", "https://exemple.fr/", "—"]
    assert [h[0].text for h in starter["fr→en"].translate(sources)] == sources


@pytest.mark.parametrize("label", ["fr→en", "en→uk"])
def test_short_headlines_do_not_loop(label: str, starter: Starter) -> None:
    sources = ["Défavorable", "Non !", "Ramons, ramons toujours !", "Immobilisme", "Urgent"]
    for source, [best, *_] in zip(sources, starter[label].translate(sources), strict=True):
        assert not loops(best.text)
        assert len(best.text) <= 4 * len(source) + 20


@pytest.mark.parametrize(
    ("text", "looping"),
    [
        ("adverse " * 5, True),
        ("the war and the war and the war and the war and", True),
        ("the gates of the dam, the gates of the dam, the gates of the dam", True),
        ("мирмирмирмирмирмир", True),
        ("Non, non, non !", False),
        ("", False),
        ("Вони прийшли, вони побачили, вони перемогли.", False),
        ("1000000000000", False),
    ],
)
def test_loops(text: str, looping: bool) -> None:
    assert loops(text) is looping


def test_a_source_that_repeats_itself_may_be_repeated() -> None:
    assert not runaway("Non, non, non, non, non !", "No, no, no, no, no!")
    assert runaway("Non !", "No, no, no, no, no!")
    assert runaway("Non !", "No, no, no!")
    assert runaway("La digue tient.", "The dam holds the dam holds")
    assert not runaway("Il va de mieux en mieux.", "He is getting better and better.")
    assert runaway("Oui", "A long answer that the source does not give at all")


@pytest.mark.parametrize("source", ["Kiev", "👍 Kiev", "\u200bKiev\u200b", "Odessa", "Bruxelles"])
def test_a_bare_name_is_said_once(source: str, starter: Starter) -> None:
    english = starter["fr→en"].translate([source])[0][0]
    ukrainian = starter["en→uk"].translate([english.text])[0][0]
    for text in (english.text, ukrainian.text):
        assert len(re.findall(r"\w+", text)) == 1, text
    assert all(link.source.end <= len(source) for link in english.links)


def test_no_source_comes_out_empty(starter: Starter) -> None:
    sources = ["A", "B.", "à", "x y z", "Ok", "II", "n°"]
    for label in ("fr→en", "en→uk"):
        assert all(h[0].text.strip() for h in starter[label].translate(sources))


def test_what_still_loops_is_said_once(starter: Starter, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = "mainstre " * 30 + "adverse wind adverse wind."
    tokens = starter["fr→en"]._model.tokenizer.encode(chain)
    monkeypatch.setattr(
        starter["fr→en"]._model,
        "decode",
        lambda s, **_: [[Decoded(tokens, -1.0, [[0.1] * 99] * len(tokens.pieces))] for _ in s],
    )
    assert starter["fr→en"].translate(["Défavorable au projet de digue."])[0][0].text == "mainstre adverse wind."


def test_a_looping_output_is_decoded_again(starter: Starter, monkeypatch: pytest.MonkeyPatch) -> None:
    model = starter["fr→en"]._model
    real = model.decode
    calls: list[bool] = []

    def stub(sources: Sequence[Tokens], *, no_repeat: bool = False, **options: Any) -> list[list[Decoded]]:
        calls.append(no_repeat)
        if no_repeat:
            return real(sources, no_repeat=True, **options)
        return [[Decoded(Tokens("adverse " * 60, (), ()), -1.0, [])] for _ in sources]

    monkeypatch.setattr(model, "decode", stub)
    [[best]] = starter["fr→en"].translate(["La réunion est reportée."])
    assert calls == [False, True] and not loops(best.text)


def test_entities_and_marks_of_the_unknown_are_cleaned(starter: Starter, monkeypatch: pytest.MonkeyPatch) -> None:
    dirty = "Mirval&apos;s mayor ⁇ &amp; council"
    monkeypatch.setattr(
        starter["fr→en"]._model,
        "decode",
        lambda s, **_: [[Decoded(Tokens(dirty, ("x",), (Span(0, 6),)), -1.0, [[0.1] * 99])] for _ in s],
    )
    assert starter["fr→en"].translate(["La maire et le conseil de Mirval"])[0][0].text == "Mirval's mayor & council"


LONG = (
    "Le conseil, réuni lundi sous la présidence du doyen, a adopté le budget ; " * 12
    + "la séance a été levée à 19 heures."
)


def test_an_over_long_sentence_is_cut_at_clauses_and_nothing_is_lost(starter: Starter) -> None:
    tokenizer = starter["fr→en"]._model.tokenizer
    found = parts(LONG, tokenizer, longest=60)
    assert " ".join(p.span.of(LONG) for p in found) == LONG
    assert all(len(tokenizer.encode(p.span.of(LONG)).pieces) <= 60 for p in found)
    assert all(p.span.of(LONG)[-1] in ";,." for p in found)
    whole = joined(LONG, found, [Hypothesis(f"part{n}", -1.0) for n in range(len(found))])
    assert whole.text.split() == [f"part{n}" for n in range(len(found))] and whole.score == pytest.approx(-1)
    [[best]] = starter["fr→en"].translate([LONG])
    assert "19" in best.text[-30:]
    assert all(link.source.end <= len(LONG) and link.target.end <= len(best.text) for link in best.links)


@pytest.mark.parametrize(
    ("second", "translated", "expected"),
    [
        ("mais la pluie tombe.", "But the rain falls.", "The dam holds, but the rain falls."),
        ("à Paris on attend.", "Paris is waiting.", "The dam holds, Paris is waiting."),
        ("je reste.", "I stay.", "The dam holds, I stay."),
        ("Paris attend.", "Paris waits.", "The dam holds, Paris waits."),
    ],
)
def test_parts_are_joined_as_one_sentence(second: str, translated: str, expected: str, starter: Starter) -> None:
    source = f"La digue tient, {second}"
    spans = [Span(0, 15), Span(16, len(source))]
    found = [Part(span, Clear(span.of(source)), None) for span in spans]
    name = (Link(Span(2, 7), Span(0, 5), 1.0),) if second.startswith("à Paris") else ()
    whole = joined(source, found, [Hypothesis("The dam holds,", -1.0), Hypothesis(translated, -1.0, name)])
    assert whole.text == expected


def test_text_without_a_place_to_cut_is_still_translated(starter: Starter) -> None:
    assert starter["fr→en"].translate(["mot" * 400])[0][0].text


@pytest.mark.long
def test_three_thousand_short_sentences_keep_their_numbers(starter: Starter) -> None:
    found = starter["fr→en"].translate([f"Article {n} : adopté." for n in range(1, 3001)])
    wrong = [n for n, h in enumerate(found, 1) if re.findall(r"\d+", h[0].text) != [str(n)]]
    assert wrong == []


def test_the_model_is_loaded_once_a_process(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[Path] = []
    real = translator.Model

    def counted(folder: Path) -> Any:
        loads.append(folder)
        return real(folder)

    packages.install_starter()
    monkeypatch.setattr(translator, "Model", counted)
    package = packages.installed()[0]
    assert translator.translator_for(package) is translator.translator_for(packages.installed()[0])
    assert len(loads) == 1


def test_a_package_that_says_one_token_for_ever_is_refused(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = "mainstre " * 80
    monkeypatch.setattr(
        health.Model, "decode", lambda self, s, **_: [[Decoded(Tokens(chain, (), ()), -1.0, [])] for _ in s]
    )
    with pytest.raises(Exception, match="does not translate"):
        packages.install_starter()
    assert packages.installed() == []


def test_no_network_is_asked_for(starter: Starter, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.create_connection", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert starter["fr→en"].translate(["Le pont rouvre.", "La déviation reste en place."])
