"""Grave words: killed, rape, massacre, nuclear, surrender… which no engine may invent or drop."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from worker.checks.base import Context, Flag, Pair, Severity
from worker.checks.concepts import one_sided
from worker.checks.lexicon import Lexicon


class Grave:
    """Seen: « un cessez-le-feu rapide » rendered with the Ukrainian word for rape. The lexicon is `grave.toml`."""

    codes = ("grave_invented", "grave_lost")

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        lost, invented = one_sided(pair, _lexicon())
        for mention in invented:
            yield Flag("grave_invented", mention.span, Severity.ERROR, {"word": mention.span.of(pair.target)})
        for mention in lost:
            params = {"word": mention.span.of(pair.source)}
            yield Flag("grave_lost", None, Severity.WARNING, params, mention.span)


@cache
def _lexicon() -> Lexicon:
    return Lexicon(Path(__file__).parent / "grave.toml")
