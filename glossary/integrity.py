"""The rule that only the glossary can check: every occurrence of a term in a source has its hit."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from corpus.keeping import Violation
from corpus.models import Article, Bead, Edition, State, Version
from glossary import store
from glossary.matching import Matcher

_BATCH = 200


def check(session: Session) -> Iterator[Violation]:
    """Beads whose hits are not the occurrences in their source.

    Only editions enforced with the glossary as it is now are looked at: a term added since has no hits in older ones.
    """
    terms = store.load(session)
    matcher = Matcher(terms)
    editions = (Edition.glossary_stamp == store.stamp(terms), Edition.state != State.WITHDRAWN)
    query = (
        select(Bead, Edition.language, Article.topic)
        .join(Bead.edition)
        .join(Version, Version.id == Edition.version_id)
        .join(Article, Article.id == Version.article_id)
        .where(*editions)
        .options(selectinload(Bead.hits))
    )
    for bead, language, topic in session.execute(query.execution_options(yield_per=_BATCH)):
        due = Counter(
            (o.term.key, o.span.start)
            for o in matcher.occurrences(bead.source, topics=(topic,))
            if not o.nested and o.term.accepted(language)
        )
        found = Counter((hit.term_key, hit.source_start) for hit in bead.hits)
        for (key, start), _ in sorted((due - found).items()):
            detail = f"the term {key} at character {start} has no hit"
            yield Violation("every-occurrence-has-one-hit", "bead", bead.id, detail)
