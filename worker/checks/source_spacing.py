"""French spacing in the source: a space, best a no-break one, stands before ; : ! ? — the writer may like to know."""

import re
from collections.abc import Iterable

from corpus.spans import Span
from worker.checks.base import Context, Flag, Pair, Severity

# Not in addresses, markup, code; not after another sign (?!), nor between figures (10:30, 2:1), nor in a smiley.
_SKIP = re.compile(
    r"<[!?/]?[A-Za-z\[][^<>]*(?:\][^<>]*)?>|&\w+;|`[^`]*`|\w+://\S+|www\.\S+|[\w.+-]+@\S+|(?<!\w)[:;]-?[()DPp]"
)
_GLUED = re.compile(r"(?<=[\w»”\")\]’'%€°])[;:!?]+(?![\w/\\])")


class SourceSpacing:
    """A remark on the source, for information: nothing in the translation depends on it."""

    codes = ("source_spacing",)

    def flags(self, pair: Pair, context: Context) -> Iterable[Flag]:  # noqa: ARG002
        skipped = [Span(*match.span()) for match in _SKIP.finditer(pair.source)]
        for match in _GLUED.finditer(pair.source):
            span = Span(*match.span())
            if not any(stretch.overlaps(span) for stretch in skipped):
                yield Flag("source_spacing", None, Severity.INFO, {"sign": match.group()}, span)
