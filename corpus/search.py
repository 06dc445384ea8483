"""Search of articles and beads, in French and in the target languages, without case and accents."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from corpus.models import Article, Bead, Edition, State, Version
from corpus.spans import Span
from corpus.wordindex import Word, ids, places, typed

_CANDIDATES = 2_000  # the newest matches of an index; a query that fits more asks for more words


@dataclass(frozen=True)
class FoundArticle:
    """An article, why it was found, and where the words stand in that text.

    ``language``: "fr" for a title or text, else that of the edition. ``text``: the title, or the sentence found.
    """

    article: Article
    language: str
    text: str
    spans: list[Span]


@dataclass(frozen=True)
class FoundBead:
    """A bead whose source or target holds the words; ``spans`` count in that side."""

    bead: Bead
    side: str  # "source" or "target"
    spans: list[Span]

    @property
    def text(self) -> str:
        """The side that was found."""
        return self.bead.source if self.side == "source" else self.bead.target


def search_articles(
    session: Session, query: str, *, states: Collection[State] | None = None, limit: int = 20, offset: int = 0
) -> list[FoundArticle]:
    """Articles with all words of `query` in a title, in a text, or in one sentence; newest first.

    Words may be typed halfway. ``states`` narrows the search to articles with an edition in one of them, and to the
    sentences of those editions: {PUBLISHED} is what readers may find. Withdrawn articles are left out.
    """
    wanted = typed(query)
    if not wanted:
        return []
    in_text = [_versions(session, column, wanted, states) for column in ("title", "text")]
    in_bead = [_beads(session, side, wanted, states, None).with_only_columns(Version.article_id) for side in _SIDES]
    found = or_(*(Article.id.in_(numbers) for numbers in (*in_text, *in_bead)))
    articles = session.scalars(
        select(Article)
        .where(found, Article.withdrawn_at.is_(None))
        .order_by(Article.created_at.desc(), Article.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    sentences = _first_sentences(session, wanted, states, [a.id for a in articles])
    return [_why(article, wanted, sentences.get(article.id)) for article in articles]


def search_beads(
    session: Session,
    query: str,
    *,
    language: str | None = None,
    states: Collection[State] | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[FoundBead]:
    """Beads with all words of `query` in their source or in their target, newest first.

    ``language``: that of the edition. Withdrawn articles are left out.
    """
    wanted = typed(query)
    if not wanted:
        return []
    either = [_beads(session, side, wanted, states, language).with_only_columns(Bead.id) for side in _SIDES]
    rows = session.scalars(
        select(Bead)
        .where(or_(*(Bead.id.in_(numbers) for numbers in either)))
        .options(joinedload(Bead.edition).joinedload(Edition.version).joinedload(Version.article))
        .order_by(Bead.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [_found(bead, wanted) for bead in rows]


_SIDES = ("source", "target")


def _versions(
    session: Session, column: str, wanted: Sequence[Word], states: Collection[State] | None
) -> Select[*tuple[int, ...]]:
    """Numbers of the articles one of whose versions has the words in its title or text."""
    near = ids(session, "versions", column, [wanted], limit=_CANDIDATES, newest=True)
    query = select(Version.article_id).join(near, near.c.id == Version.id)
    if states is not None:
        query = query.join(Edition, Edition.version_id == Version.id).where(Edition.state.in_(states))
    return query


def _beads(
    session: Session, side: str, wanted: Sequence[Word], states: Collection[State] | None, language: str | None
) -> Select[*tuple[Bead]]:
    near = ids(session, "beads", side, [wanted], limit=_CANDIDATES, newest=True)
    query = select(Bead).join(near, near.c.id == Bead.id).join(Edition).join(Version).join(Article)
    query = query.where(Article.withdrawn_at.is_(None))
    if states is not None:
        query = query.where(Edition.state.in_(states))
    return query if language is None else query.where(Edition.language == language)


def _first_sentences(
    session: Session, wanted: Sequence[Word], states: Collection[State] | None, article_ids: Sequence[int]
) -> dict[int, FoundBead]:
    """For each article, the first sentence that has the words, of its newest edition that has one."""
    first: dict[int, int] = {}
    for side in reversed(_SIDES):  # the source is what is kept where both have the words
        query = _beads(session, side, wanted, states, None).where(Version.article_id.in_(article_ids))
        query = query.order_by(Version.number, Bead.position.desc())
        first |= session.execute(query.with_only_columns(Version.article_id, Bead.id)).tuples().all()
    query = select(Bead).where(Bead.id.in_(first.values())).options(joinedload(Bead.edition))
    beads = {bead.id: bead for bead in session.scalars(query)}
    return {article_id: _found(beads[bead_id], wanted) for article_id, bead_id in first.items()}


def _found(bead: Bead, wanted: Sequence[Word]) -> FoundBead:
    sides = {side: places(getattr(bead, side), wanted) for side in _SIDES}
    side = "source" if len(sides["source"]) >= len(sides["target"]) else "target"
    return FoundBead(bead, side, sides[side])


def _why(article: Article, wanted: Sequence[Word], sentence: FoundBead | None) -> FoundArticle:
    if sentence is None or all(places(article.title, [word]) for word in wanted):
        return FoundArticle(article, article.source_language, article.title, places(article.title, wanted))
    language = article.source_language if sentence.side == "source" else sentence.bead.edition.language
    return FoundArticle(article, language, sentence.text, sentence.spans)
