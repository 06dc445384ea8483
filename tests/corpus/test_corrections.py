"""Comparing versions, and what a correction keeps."""

import pytest

from corpus.articles import NewBlock, NewVersion, add_version, create_article, store_segments
from corpus.beads import edit
from corpus.corrections import Kind, carry_over, compare
from corpus.database import Database
from corpus.editions import NewBead, NewHit, beads_of, get_edition, store_beads
from corpus.jobs import create_job
from corpus.models import Origin, State, User, Version
from corpus.spans import Span


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("abc", "abc", "kept kept kept"),
        ("abc", "abxc", "kept kept added kept"),
        ("abc", "ac", "kept kept removed"),
        ("abcd", "dabc", "moved kept kept kept"),
        ("", "ab", "added added"),
        ("ab", "", "removed removed"),
        ("aab", "aaab", "kept kept added kept"),
    ],
)
def test_compare_by_letters(old: str, new: str, kinds: str) -> None:
    assert sorted(p.kind.value for p in compare(list(old), list(new))) == sorted(kinds.split())


def test_a_similar_sentence_is_changed_and_a_different_one_replaced() -> None:
    old = ["Le pont rouvrira mardi.", "La digue tient."]
    new = ["Le pont rouvrira mercredi.", "Aucun blessé n’est à déplorer parmi les équipes."]
    assert [(p.kind, p.old, p.new) for p in compare(old, new)] == [
        (Kind.CHANGED, 0, 0),
        (Kind.ADDED, None, 1),
        (Kind.REMOVED, 1, None),
    ]


def version_of(sentences: list[str]) -> NewVersion:
    text = "\n".join(sentences)
    blocks, start = [], 0
    for sentence in sentences:
        blocks.append(NewBlock("paragraph", Span(start, start + len(sentence))))
        start += len(sentence) + 1
    return NewVersion(title=sentences[0], text=text, blocks=blocks)


def cut(session: object, version: Version) -> None:
    store_segments(session, version, [[block.span] for block in version.blocks])  # type: ignore[arg-type]


def bead(position: int, source: str, target: str) -> NewBead:
    hit = NewHit("pont", "pont", Span(0, 2), Span(0, 3), "native", "accept", "bridge")
    return NewBead((position,), source, target, hits=[hit], flags=[{"code": "numbers"}], score=-0.5)


def test_unchanged_sentences_keep_target_hits_edits_and_approvals(database: Database) -> None:
    old = ["Un pont.", "La digue tient.", "Rien."]
    with database.writing() as session:
        user = User(login="claire", name="Claire", password_hash="x", session_key="x")
        session.add(user)
        version = create_article(session, version_of(old))
        cut(session, version)
        create_job(session, version, ["uk"])
        edition = get_edition(session, version.id, "uk")
        store_beads(session, edition, [bead(i, s, f"target {i}") for i, s in enumerate(old)])
        edition.state = State.MACHINE
        session.flush()
        dyke = beads_of(session, edition.id)[1]
        edit(
            session,
            dyke,
            revision=dyke.revision,
            target="Гребля тримається.",
            marks=[],
            hits=[],
            flags=[],
            actor_id=user.id,
        )
        article_id = version.article_id

    with database.writing() as session:
        version = add_version(session, article_id, version_of(["Un pont.", "La digue tient.", "Tout est dit."]))
        assert version.number == 2
        cut(session, version)
        create_job(session, version, ["uk"])
        edition = get_edition(session, version.id, "uk")
        assert carry_over(session, edition) == {0, 1}
        assert carry_over(session, edition) == {0, 1}
        first, second = beads_of(session, edition.id)
        assert (first.target, first.origin, first.hits[0].form) == ("target 0", Origin.MT, "bridge")
        assert (second.target, second.origin) == ("Гребля тримається.", Origin.HUMAN)
        assert second.carried_from_id is not None


def test_beads_stored_twice_are_stored_once(database: Database) -> None:
    with database.writing() as session:
        version = create_article(session, version_of(["Un pont.", "Rien."]))
        cut(session, version)
        create_job(session, version, ["en"])
        edition = get_edition(session, version.id, "en")
        store_beads(session, edition, [bead(0, "Un pont.", "A bridge.")])
        store_beads(session, edition, [bead(0, "Un pont.", "Another."), bead(1, "Rien.", "Nothing.")])
        assert [b.target for b in beads_of(session, edition.id)] == ["A bridge.", "Nothing."]
