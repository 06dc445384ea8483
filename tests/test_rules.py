"""The rules that hold always, tried on invented histories of articles.

The engine is a stub: the rules must hold whatever a model says. That an answered upload survives every kill is shown in
`end_to_end/test_killed_worker.py`; that joining segments gives back the text, in `worker/segmentation`; that nothing sent
is rendered unsanitised, in `service`.
"""

from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.beads import edit
from corpus.database import Database
from corpus.editions import NewBead, beads_of, get_edition
from corpus.jobs import create_job
from corpus.models import Origin, User, Version
from glossary.catalogue import starter_terms
from glossary.enforcement.base import Hypothesis, Wanted
from tests.conftest import copied
from worker import work
from worker.enforcing import translate_route
from worker.engine.packages import InstalledPackage
from worker.engine.routes import Route
from worker.glossary_state import GlossaryState
from worker.ingest import ingest
from worker.pipeline import Translation
from worker.sources import Source
from worker.submission import store

SENTENCES = [f"La phrase numéro {n} parle du village {name}." for n, name in enumerate("ABCDEFGH")]
histories = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=9), min_size=1, max_size=4)
_names = count()


def machine(sources: Sequence[Source], languages: Sequence[str], *_: object, **__: object) -> dict[str, Translation]:
    beads = [NewBead((s.position,), s.text, f"[mt] {s.text}") for s in sources]
    return {language: Translation(language, [], [], beads) for language in languages}


def translated(database: Database, sentences: list[str], article_id: int | None) -> Version:
    with database.writing() as session:
        document = ingest("\n\n".join(["Un titre", *sentences]).encode())
        version = store(session, document, article_id=article_id)
        create_job(session, version, ["en", "uk"])
    while work.cut_next(database, "one") or work.translate_next(database, "one"):
        pass
    return version


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories, edited=st.data())
def test_beads_cover_every_version_and_human_work_stays(
    history: list[list[str]],
    edited: st.DataObject,
    sqlite_template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(work, "translate", machine)
    database = copied(sqlite_template, tmp_path / f"{next(_names)}.db")
    with database.writing() as session:
        user = User(login="olena", name="Olena", password_hash="", session_key="")
        session.add(user)
    article_id, by_hand = None, set()
    for sentences in history:
        version = translated(database, sentences, article_id)
        article_id = version.article_id
        with database.writing() as session:
            version = session.get_one(Version, version.id)
            for language in ("en", "uk"):
                beads = beads_of(session, get_edition(session, version.id, language).id)
                assert [s.position for bead in beads for s in bead.segments] == [s.position for s in version.segments]
                assert all(bead.source == " ".join(s.span.of(version.text) for s in bead.segments) for bead in beads)
            for bead in beads:
                if bead.source in by_hand and sentences.count(bead.source) == 1:
                    assert (bead.origin, bead.target) == (Origin.HUMAN, f"[hand] {bead.source}")
            chosen = edited.draw(st.sampled_from(list(beads)))
            target = f"[hand] {chosen.source}"
            edit(
                session, chosen, revision=chosen.revision, target=target, marks=[], hits=[], flags=[], actor_id=user.id
            )
            once = {bead.source for bead in beads if sentences.count(bead.source) == 1}
            by_hand = {bead.source for bead in beads if bead.origin is Origin.HUMAN} & once
    database.dispose()


class Babbler:
    """An engine that says what the test draws."""

    def __init__(self, words: str) -> None:
        self._words = words

    def translate(self, sources: Sequence[str], n_best: int = 1) -> list[list[Hypothesis]]:
        return [[Hypothesis(self._words, -1.0)] * n_best for _ in sources]

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        return [-1.0 - len(target) / 1000 for target in targets]

    def complete(self, sources: Sequence[str], prefixes: Sequence[str]) -> list[Hypothesis]:
        return [Hypothesis(f"{prefix} {self._words}", -1.0) for prefix in prefixes]


PIECES = ["la coalition des volontaires", "un cessez-le-feu", "Kiev", "l’OTAN", "le quartier général", "mardi", "et"]
SAID = ["the ceasefire", "coalition", "Kyiv", "NATO", "headquarters", "вогню", "коаліція охочих", ",", "and", "42"]
STATE = GlossaryState.of(starter_terms())


@settings(max_examples=60, deadline=None)
@given(
    source=st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join),
    said=st.lists(st.sampled_from(SAID), max_size=8).map(" ".join),
)
def test_every_occurrence_has_exactly_one_hit_whatever_the_engine_says(source: str, said: str) -> None:
    wanted = [Wanted(o.term, o.span, o.plural) for o in STATE.matcher.occurrences(source) if not o.nested]
    legs = [_leg("fr", "en"), _leg("en", "uk")]
    routes = {"en": Route(tuple(legs[:1])), "uk": Route(tuple(legs))}
    done = translate_route([source], [wanted], routes, engine_for=lambda _: Babbler(said))
    for language, (enforced,) in done.items():
        due = [w.span for w in wanted if w.term.accepted(language)]
        assert [hit.source for hit in enforced.hits] == due
        for hit in enforced.hits:
            assert hit.target is None or hit.target.of(enforced.text) == hit.form


def _leg(source: str, target: str) -> InstalledPackage:
    return InstalledPackage(path=Path(f"/{source}-{target}"), from_code=source, to_code=target, version="0", sha256="")
