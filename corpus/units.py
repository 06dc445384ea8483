"""Stored editions as units of exchange, drawn from the database as they are used."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from corpus.exchange.base import Annotation, Header, Unit
from corpus.exchange.base import State as UnitState
from corpus.marks import Mark
from corpus.models import Article, Bead, Block, Edition, Hit, Origin, Segment, State, Version
from corpus.spans import Span

_BATCH = 500
_APPROVED = (State.APPROVED, State.PUBLISHED)
_STATES = {Origin.MT: UnitState.MACHINE, Origin.MEMORY: UnitState.MEMORY, Origin.HUMAN: UnitState.EDITED}


def header_of(session: Session, edition: Edition) -> Header:
    """What a file says of an edition: article and version are Relais's own numbers."""
    version = edition.version
    article = version.article
    return Header(
        source_language=article.source_language,
        target_language=edition.language,
        article=str(article.id),
        version=str(version.number),
        title=_headline(session, edition) or version.title,
        date=edition.published_at or edition.translated_at,
        original=f"urn:relais:article:{article.id}:version:{version.number}",
        uri=f"urn:relais:article:{article.id}:version:{version.number}:{edition.language}",
    )


def _headline(session: Session, edition: Edition) -> str:
    """The translation of the block that the article has its title from, if there is one."""
    version = edition.version
    blocks = sorted(version.blocks, key=lambda block: (block.kind != "headline", block.position))
    block = next((b for b in blocks if b.kind == "headline" or b.span.of(version.text) == version.title), None)
    if block is None:
        return ""
    of_block = (Bead.edition_id == edition.id, Segment.version_id == version.id, Segment.block_id == block.id)
    query = select(Bead.target).join(Segment, Segment.position == Bead.position).where(*of_block)
    return " ".join(session.scalars(query.order_by(Bead.position)))


def units_of(session: Session, edition: Edition) -> Iterator[Unit]:
    """The beads of an edition, in order. The id is `bead.revision`: it tells whether the bead has changed since."""
    return _drawn(session, _beads().where(Bead.edition_id == edition.id))


def units_of_corpus(session: Session, language: str, *, approved: bool = False) -> Iterator[Unit]:
    """All beads in a language, article by article: of each the newest version that has any, none that is withdrawn.

    ``approved`` leaves out what no editor stands for. `Unit.group` is the article's number.
    """
    later, newer = aliased(Version), aliased(Edition)
    wanted = newer.state.in_(_APPROVED) if approved else newer.state.not_in((State.TRANSLATING, State.WITHDRAWN))
    newest = (
        select(func.max(later.number))
        .join(newer, newer.version_id == later.id)
        .where(later.article_id == Version.article_id, newer.language == Edition.language, wanted)
        .scalar_subquery()
    )
    query = _beads().where(Edition.language == language, Version.number == newest, Article.withdrawn_at.is_(None))
    return _drawn(session, query)


def _beads() -> Select[*tuple[Any, ...]]:
    first = and_(Segment.version_id == Edition.version_id, Segment.position == Bead.position)
    return (
        select(Bead, Edition.language, Edition.state, Article.source_language, Article.id, Block)
        .join(Bead.edition)
        .join(Version, Version.id == Edition.version_id)
        .join(Article, Article.id == Version.article_id)
        .join(Segment, first)
        .join(Block, Block.id == Segment.block_id)
        .options(selectinload(Bead.hits))
        .order_by(Article.id, Bead.edition_id, Bead.position)
    )


def _drawn(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[Unit]:
    for bead, language, state, source_language, article_id, block in session.execute(
        query.execution_options(yield_per=_BATCH)
    ):
        yield Unit(
            id=f"{bead.id}.{bead.revision}",
            source=bead.source,
            target=bead.target or None,
            source_language=source_language,
            target_language=language,
            state=_state(bead, state),
            hits=tuple(_annotation(hit) for hit in bead.hits),
            marks=tuple(Mark.from_dict(m) for m in bead.marks),
            kind=block.kind,
            level=block.level,
            block=block.position,
            group=str(article_id),
        )


def _state(bead: Bead, state: State) -> UnitState:
    if not bead.target.strip():
        return UnitState.UNTRANSLATED
    return UnitState.APPROVED if bead.approved_at or state in _APPROVED else _STATES[bead.origin]


def _annotation(hit: Hit) -> Annotation:
    target = None if hit.target_start is None or hit.target_end is None else Span(hit.target_start, hit.target_end)
    return Annotation(hit.term, hit.outcome, Span(hit.source_start, hit.source_end), target)
