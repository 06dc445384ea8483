"""Two corrections of one article in the same moment: numbered one after the other, neither lost."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from corpus.articles import add_version
from corpus.database import Database
from corpus.models import Version
from tests.corpus.stories import store, text_of


def test_corrections_in_the_same_moment_are_numbered_in_turn(database: Database) -> None:
    with database.writing() as session:
        article_id = store(session, [("Un pont.", "A bridge.")]).version.article_id

    def correct(number: int) -> int:
        with database.writing() as session:
            return add_version(session, article_id, text_of([f"Un pont, version de {number}."])).number

    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(correct, range(6)))
    assert sorted(numbers) == [2, 3, 4, 5, 6, 7]
    with database.reading() as session:
        texts = session.scalars(select(Version.text).where(Version.article_id == article_id)).all()
        assert len(set(texts)) == 7
