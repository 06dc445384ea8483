"""A small newsroom: three accounts, a term or two, and an article with its editions, as the pipeline would store them."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from corpus import jobs
from corpus.articles import NewBlock, NewVersion, add_version, create_article, store_segments
from corpus.database import Database
from corpus.editions import NewBead, NewHit, get_edition, move, store_beads
from corpus.models import Edition, Job, Role, State, User, Version
from corpus.spans import Span
from glossary import store
from glossary.terms import Rendering, Status, Term

PASSWORD = "a password for tests"
LOGINS = {"paul": Role.STAFF, "olena": Role.EDITOR, "roussel": Role.EDITOR, "claire": Role.ADMIN}

BLOCKS: list[tuple[str, list[str]]] = [
    ("headline", ["Le barrage de Mirval rouvre"]),
    ("standfirst", ["Deux ans de travaux s’achèvent."]),
    ("paragraph", ["La coalition des volontaires a payé les travaux.", "Le cessez-le-feu tient depuis lundi."]),
    ("list_item", ["Kiev a remercié les ingénieurs."]),
]
TARGETS = {
    "en": [
        "The Mirval dam reopens",
        "Two years of work come to an end.",
        "The coalition of the willing paid for the works.",
        "The truce has held since Monday.",
        "Kyiv thanked the engineers.",
    ],
    "uk": [
        "Гребля в Мірвалі знову працює",
        "Два роки робіт завершуються.",
        "Коаліція охочих оплатила роботи.",
        "Перемир’я триває від понеділка.",
        "Київ подякував інженерам.",
    ],
}
TERMS = (
    Term(
        "ceasefire",
        "cessez-le-feu",
        (
            Rendering("en", "ceasefire"),
            Rendering("en", "cease-fire", Status.FORBIDDEN),
            Rendering("uk", "припинення вогню"),
            Rendering("uk", "перемир’я", Status.FORBIDDEN),
        ),
    ),
    Term(
        "coalition",
        "coalition des volontaires",
        (Rendering("en", "coalition of the willing"), Rendering("uk", "коаліція охочих")),
    ),
)
PROPOSAL = {"en": "The ceasefire has held since Monday.", "uk": "Припинення вогню триває від понеділка."}


@dataclass
class Seeded:
    """Numbers of what was stored."""

    article: int
    version: int
    job: str
    editions: dict[str, int] = field(default_factory=dict)
    beads: dict[str, list[int]] = field(default_factory=dict)
    violated: dict[str, int] = field(default_factory=dict)


@cache
def _hash() -> str:
    return generate_password_hash(PASSWORD, method="scrypt:1024:8:1")  # cheap: this is about pages, not guessing


def seed_users(database: Database) -> dict[str, int]:
    """Accounts of every role, all with the same password."""
    with database.writing() as session:
        users = [
            User(
                login=login,
                name=login.title(),
                role=role,
                language="en",
                password_hash=_hash(),
                session_key=f"key-{login}",
            )
            for login, role in LOGINS.items()
        ]
        session.add_all(users)
        session.flush()
        return {user.login: user.id for user in users}


def seed_terms(database: Database) -> None:
    with database.writing() as session:
        for term in TERMS:
            store.save(session, term, actor_id=None)


def seed_article(
    database: Database,
    *,
    languages: tuple[str, ...] = ("en", "uk"),
    state: State = State.MACHINE,
    blocks: list[tuple[str, list[str]]] = BLOCKS,
    article_id: int | None = None,
    marks: list[dict[str, Any]] | None = None,
    **article: Any,
) -> Seeded:
    """An article (or, with ``article_id``, a correction) whose editions are in `state`."""
    with database.writing() as session:
        version = _version(session, blocks, article_id, marks or [], article)
        job = jobs.create_job(session, version, languages)
        jobs.cut_job(session, job, [(0, sum(len(sentences) for _, sentences in blocks))])
        seeded = Seeded(version.article_id, version.number, job.key)
        for language in languages:
            edition = get_edition(session, version.id, language)
            edition.route = ["fr→en"] if language == "en" else ["fr→en", "en→uk"]
            if state is not State.TRANSLATING:
                store_beads(session, edition, _beads(language, [s for _, sentences in blocks for s in sentences]))
            _remember(session, seeded, edition)
        if state is not State.TRANSLATING:
            _finish(session, job, languages, version, state)
    return seeded


def _version(session: Session, blocks: Any, article_id: int | None, marks: Any, article: dict[str, Any]) -> Version:
    text, new, spans = "", [], []
    for kind, sentences in blocks:
        start = len(text)
        of_block = []
        for sentence in sentences:
            of_block.append(Span(len(text), len(text) + len(sentence)))
            text += sentence + " "
        new.append(NewBlock(kind, Span(start, len(text) - 1), marks=marks if kind == "paragraph" else []))
        spans.append(of_block)
        text = text[:-1] + "\n\n"
    title = next((sentences[0] for kind, sentences in blocks if kind == "headline"), blocks[0][1][0])
    stored = NewVersion(title=title, text=text, blocks=new)
    version = add_version(session, article_id, stored) if article_id else create_article(session, stored, **article)
    store_segments(session, version, spans)
    return version


def _beads(language: str, sentences: list[str]) -> list[NewBead]:
    beads = []
    for i, source in enumerate(sentences):
        target = TARGETS[language][i] if i < len(TARGETS[language]) else f"[{language}] {source}"
        hits = []
        if "coalition des volontaires" in source:
            words = "coalition of the willing" if language == "en" else "Коаліція охочих"
            hits.append(_hit("coalition", "coalition des volontaires", source, target, words, "enforced"))
        if "cessez-le-feu" in source:
            words = "truce" if language == "en" else "Перемир’я"
            hits.append(_hit("ceasefire", "cessez-le-feu", source, target, words, "violated", PROPOSAL[language]))
        flags = []
        if "Kiev" in source:
            flags = [
                {
                    "code": "name_missing",
                    "severity": "warning",
                    "source": None,
                    "target": None,
                    "params": {"name": "X", "word": "X"},
                }
            ]
        beads.append(NewBead((i,), source, target, hits=hits, flags=flags))
    return beads


def _hit(
    key: str, term: str, source: str, target: str, words: str, outcome: str, proposal: str | None = None
) -> NewHit:
    at, there = source.index(term), target.index(words)
    return NewHit(
        key, term, Span(at, at + len(term)), Span(there, there + len(words)), outcome, form=words, proposal=proposal
    )


def _remember(session: Session, seeded: Seeded, edition: Edition) -> None:
    session.expire(edition, ["beads"])
    seeded.editions[edition.language] = edition.id
    seeded.beads[edition.language] = [bead.id for bead in edition.beads]
    for bead in edition.beads:
        for hit in bead.hits:
            if hit.outcome == "violated":
                seeded.violated[edition.language] = hit.id


def _finish(session: Session, job: Job, languages: tuple[str, ...], version: Version, state: State) -> None:
    job.segments_done = job.segments_total
    jobs.finish_job(session, job)
    for language in languages:
        edition = get_edition(session, version.id, language)
        if state in (State.APPROVED, State.PUBLISHED):
            for bead in edition.beads:
                for hit in bead.hits:
                    hit.outcome = "waived" if hit.outcome == "violated" else hit.outcome
            move(session, edition, State.APPROVED, actor_id=None)
        if state is State.PUBLISHED:
            move(session, edition, State.PUBLISHED, actor_id=None)


def set_embargo(database: Database, number: int, moment: datetime) -> None:
    """An embargo that came after publication."""
    from corpus.models import Article

    with database.writing() as session:
        session.get_one(Article, number).embargo = moment
