"""A stored article with one finished edition, for tests of the database."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from corpus.articles import NewBlock, NewVersion, add_version, create_article, store_segments
from corpus.editions import NewBead, NewHit, get_edition, store_beads
from corpus.jobs import create_job, cut_job, finish_chunk, finish_job
from corpus.models import Edition, State, User
from corpus.spans import Span


def editor(session: Session, login: str = "claire") -> User:
    """A user who may do everything an editor does."""
    user = User(login=login, name=login.title(), password_hash="x", session_key="x")
    session.add(user)
    session.flush()
    return user


def text_of(sentences: Sequence[str]) -> NewVersion:
    """A version with one paragraph a sentence; the first is the title."""
    blocks, start = [], 0
    for sentence in sentences:
        blocks.append(NewBlock("paragraph", Span(start, start + len(sentence))))
        start += len(sentence) + 1
    return NewVersion(title=sentences[0], text="\n".join(sentences), blocks=blocks)


def store(
    session: Session,
    pairs: Sequence[tuple[str, str]],
    language: str = "en",
    *,
    article_id: int | None = None,
    stamp: str = "state-1",
    hits: dict[int, NewHit] | None = None,
) -> Edition:
    """Store (source, target) sentences as a translated article, or as the next version of one."""
    new = text_of([source for source, _ in pairs])
    version = create_article(session, new) if article_id is None else add_version(session, article_id, new)
    store_segments(session, version, [[block.span] for block in version.blocks])
    job = create_job(session, version, [language])
    (chunk,) = cut_job(session, job, [(0, len(pairs))])
    edition = get_edition(session, version.id, language)
    edition.glossary_stamp = stamp
    found = hits or {}
    beads = [NewBead((i,), s, t, hits=[found[i]] if i in found else []) for i, (s, t) in enumerate(pairs)]
    store_beads(session, edition, beads)
    finish_chunk(session, chunk)
    finish_job(session, job)
    session.flush()
    assert edition.state is State.MACHINE
    return edition
