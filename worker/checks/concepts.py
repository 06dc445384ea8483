"""What checks over a lexicon share: concepts that one side names and the other does not speak of at all."""

from worker.checks.base import Pair
from worker.checks.lexicon import Lexicon, Mention


def one_sided(pair: Pair, lexicon: Lexicon) -> tuple[list[Mention], list[Mention]]:
    """First mention of every concept that only the source names, and of every one that only the target names."""
    return compared(lexicon.mentions(pair.folded_source, "fr"), lexicon.mentions(pair.folded_target, pair.language))


def compared(source: list[Mention], target: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """The same for mentions found already."""
    return _not_in(source, target), _not_in(target, source)


def _not_in(those: list[Mention], others: list[Mention]) -> list[Mention]:
    spoken_of = {mention.concept for mention in others}
    found: dict[str, Mention] = {}
    for mention in those:
        if mention.names and mention.concept not in spoken_of:
            found.setdefault(mention.concept, mention)
    return list(found.values())
