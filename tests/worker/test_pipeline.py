"""The way of a sentence, on the starter packages and the starter glossary."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from corpus.models import Origin
from glossary.catalogue import starter_terms
from worker import settings as worker_settings
from worker.glossary_state import GlossaryState
from worker.ingest import ingest
from worker.pipeline import translate
from worker.segmentation import segment_document
from worker.sources import Source, sources_in

STATE = GlossaryState.of(starter_terms())
TRUCE = "Le cessez-le-feu tient."


@pytest.fixture(autouse=True)
def _installed(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(packages))
    worker_settings.settings.cache_clear()


def sources(text: str) -> list[Source]:
    document = ingest(text.encode())
    return sources_in(document, segment_document(document))


def remembering(target: str) -> object:
    def memory(_language: str, texts: Sequence[str]) -> Mapping[str, str]:
        return {text: target for text in texts if text == TRUCE}

    return memory


def test_an_approved_target_is_taken_as_it_is_with_its_terms_found() -> None:
    memory = remembering("The ceasefire holds , as agreed.")
    (bead,) = translate([Source(0, TRUCE)], ["en"], STATE, memory=memory)["en"].beads  # type: ignore[arg-type]
    assert (bead.origin, bead.target) == (Origin.MEMORY, "The ceasefire holds , as agreed.")
    assert [(hit.outcome, hit.form) for hit in bead.hits] == [("native", "ceasefire")]


def test_a_remembered_target_that_violates_a_term_is_translated_anew() -> None:
    memory = remembering("The cease-fire holds.")
    (bead,) = translate([Source(0, TRUCE)], ["en"], STATE, memory=memory)["en"].beads  # type: ignore[arg-type]
    assert bead.origin is Origin.MT
    assert "ceasefire" in bead.target


def test_hits_marks_and_flags_count_in_the_text_that_is_stored() -> None:
    text = "# Titre du jour\n\nLa **coalition des volontaires** aidera Kiev à hauteur de 12,5 % dès\nle 3 mai."
    done = translate(sources(text), ["en", "uk"], STATE)
    for language, expected in {"en": "coalition of the willing", "uk": "оаліці"}.items():
        bead = done[language].beads[-1]
        coalition = next(hit for hit in bead.hits if hit.term == "coalition des volontaires")
        assert coalition.source.of(bead.source) == "coalition des volontaires"
        assert coalition.target
        assert expected in coalition.target.of(bead.target)
        (mark,) = bead.marks
        assert mark["kind"] == "bold"
        assert expected in bead.target[mark["start"] : mark["end"]]
        for flag in bead.flags:
            assert flag["target"] is None or 0 <= flag["target"][0] <= flag["target"][1] <= len(bead.target)


def test_every_language_gets_one_bead_a_segment_in_order() -> None:
    several = sources("Un titre\n\nLe maire a parlé. Il a plu.\n\nLe cessez-le-feu tient.")
    for translation in translate(several, ["uk", "en"], STATE).values():
        assert [bead.segments for bead in translation.beads] == [(0,), (1,), (2,), (3,)]
        assert all(bead.target.strip() for bead in translation.beads)
