"""Published stories, ready for a page: which are visible, in which language, and their text block by block."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from corpus.articles import get_version
from corpus.editions import beads_of, published
from corpus.errors import NotFound, RelaisError
from corpus.models import Article, Bead, Block, Edition, State, Version, now
from service.settings import TARGETS


class Gone(RelaisError):
    """It was published once."""

    status = 410
    code = "gone"


@dataclass(frozen=True)
class Passage:
    """A block as readers see it: text with its marks, offsets from its start."""

    kind: str
    text: str
    marks: list[dict[str, Any]] = field(default_factory=list)
    level: int = 0


@dataclass(frozen=True)
class Pair:
    """A bead as readers see it: the original and the translation."""

    kind: str
    source: str
    target: str
    marks: list[dict[str, Any]]


@dataclass(frozen=True)
class Story:
    """An article in one language. ``edition`` is None for the original itself."""

    article: Article
    version: Version
    language: str
    edition: Edition | None
    passages: list[Passage]
    languages: list[str]  # in which it can be read, the original's first
    corrected_at: datetime | None  # of the original, where this translation does not have the correction yet
    updated_at: datetime | None  # where this text replaced an earlier published one
    first_published_at: datetime | None

    @property
    def title(self) -> str:
        """The headline in the story's language."""
        return title_of(self.passages) or self.version.title

    @property
    def summary(self) -> str:
        """The standfirst, else the beginning of the first paragraph; plain text."""
        return summary_of(self.passages)

    @property
    def body(self) -> list[Passage]:
        """What stands below headline and standfirst."""
        first = next((p for p in self.passages if p.kind == "standfirst"), None)
        headline = next((p for p in self.passages if p.kind == "headline"), None)
        return [p for p in self.passages if p is not first and p is not headline]

    @property
    def standfirst(self) -> Passage | None:
        """The first standfirst."""
        return next((p for p in self.passages if p.kind == "standfirst"), None)


def visible() -> ColumnElement[bool]:
    """The condition under which an article may be shown at all."""
    return Article.withdrawn_at.is_(None) & or_(Article.embargo.is_(None), Article.embargo <= now())


def languages_of(session: Session, article: Article) -> list[str]:
    """Languages in which an article can be read now, the original's first; none where nothing is published."""
    if article.withdrawn_at or (article.embargo and article.embargo > now()):
        return []
    query = select(Edition.language).join(Version).where(Version.article_id == article.id)
    found = set(session.scalars(query.where(Edition.state == State.PUBLISHED)))
    return [article.source_language, *(t for t in TARGETS if t in found)] if found else []


def find_article(session: Session, number: int) -> tuple[Article, list[str]]:
    """An article that can be read, and its languages. Raises `NotFound` or `Gone`, which tell nothing of it."""
    article = session.get(Article, number)
    if article is None or (article.embargo and article.embargo > now()):
        raise NotFound("there is nothing at this address")
    languages = languages_of(session, article)
    if not languages:
        raise _absent(session, article, TARGETS)
    return article, languages


def find_story(session: Session, number: int, language: str) -> Story:
    """Raises `NotFound` where it was never published in this language, `Gone` where it no longer is."""
    article, languages = find_article(session, number)
    if language not in languages:
        raise _absent(session, article, (language,))
    newest = get_version(session, article.id)
    if language == article.source_language:
        passages, edition, version = original_passages(newest), None, newest
    else:
        edition = published(session, article.id, language)
        if edition is None:
            raise _absent(session, article, (language,))
        version = edition.version
        passages = edition_passages(version, beads_of(session, edition.id))
    first = _first_published(session, article, language)
    return Story(
        article=article,
        version=version,
        language=language,
        edition=edition,
        passages=passages,
        languages=languages,
        corrected_at=newest.created_at if newest.number > version.number else None,
        updated_at=_updated(version, edition, first),
        first_published_at=first,
    )


def _absent(session: Session, article: Article, languages: Sequence[str]) -> RelaisError:
    query = select(Edition.id).join(Version).where(Version.article_id == article.id, Edition.language.in_(languages))
    if session.scalar(query.where(Edition.published_at.is_not(None)).limit(1)):
        return Gone("this article has been withdrawn")
    return NotFound("there is nothing at this address")


def _first_published(session: Session, article: Article, language: str) -> datetime | None:
    query = select(func.min(Edition.published_at)).join(Version).where(Version.article_id == article.id)
    return session.scalar(query if language == article.source_language else query.where(Edition.language == language))


def _updated(version: Version, edition: Edition | None, first: datetime | None) -> datetime | None:
    """When readers got this text in place of an earlier one."""
    replaced = version.created_at if edition is None else edition.published_at
    return replaced if version.number > 1 and replaced and first and replaced > first else None


def original_passages(version: Version) -> list[Passage]:
    """The blocks of a version."""
    return [
        Passage(b.kind, b.span.of(version.text), [_shifted(m, -b.start) for m in b.marks], b.level)
        for b in version.blocks
    ]


def edition_passages(version: Version, beads: Iterable[Bead]) -> list[Passage]:
    """The blocks of a version in an edition's words: a bead stands in the block of its first segment."""
    texts: dict[int, str] = {}
    marks: dict[int, list[dict[str, Any]]] = {}
    for bead in beads:
        block = bead.segments[0].block_id
        before = texts.get(block)
        start = len(before) + 1 if before else 0
        marks.setdefault(block, []).extend(_shifted(m, start) for m in bead.marks)
        texts[block] = f"{before} {bead.target}" if before else bead.target
    return [Passage(b.kind, texts[b.id], marks[b.id], b.level) for b in version.blocks if b.id in texts]


def pairs_of(session: Session, edition: Edition) -> list[Pair]:
    """The beads of an edition, original and translation."""
    query = select(Block.id, Block.kind).where(Block.version_id == edition.version_id)
    kinds = dict(session.execute(query).tuples().all())
    return [
        Pair(kinds[bead.segments[0].block_id], bead.source, bead.target, bead.marks)
        for bead in beads_of(session, edition.id)
    ]


def newest_stories(
    session: Session, language: str, *, limit: int, offset: int = 0, topic: str | None = None
) -> list[Story]:
    """What can be read in a language, newest first."""
    first = func.min(Edition.published_at).label("first")
    query = (
        select(Article.id)
        .join(Version, Version.article_id == Article.id)
        .join(Edition, Edition.version_id == Version.id)
        .where(visible(), Edition.state == State.PUBLISHED)
        .group_by(Article.id)
        .order_by(first.desc(), Article.id.desc())
        .limit(limit)
        .offset(offset)
    )
    if language in TARGETS:
        query = query.where(Edition.language == language)
    if topic:
        query = query.where(Article.topic == topic)
    return [find_story(session, number, language) for number in session.scalars(query)]


def title_of(passages: Sequence[Passage]) -> str:
    """The headline; without one, the first words of the text."""
    headline = next((p.text for p in passages if p.kind == "headline"), "")
    if headline or not passages:
        return headline
    words = passages[0].text.split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")


def summary_of(passages: Sequence[Passage], longest: int = 280) -> str:
    """The standfirst, else the beginning of the first paragraph, in at most `longest` characters."""
    text = next((p.text for p in passages if p.kind == "standfirst"), None)
    text = text or next((p.text for p in passages if p.kind == "paragraph"), "")
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + "…"


def _shifted(mark: dict[str, Any], by: int) -> dict[str, Any]:
    return {**mark, "start": mark["start"] + by, "end": mark["end"] + by}
