"""Language codes as files write them: any case, `_` or `-`, with or without a region."""

from corpus.errors import RelaisError


def language(code: str) -> str:
    """The language of a code: `fr` for "FR", "fr-CA", "fr_CA"."""
    return code.strip().replace("_", "-").split("-")[0].casefold()


def expect(found: str, wanted: str, *, side: str) -> None:
    """Raises `RelaisError` when a file's `side` ("source", "target") is in another language than wanted."""
    if found and language(found) != language(wanted):
        raise RelaisError(
            "the %(side)s language of the file is %(found)s, not %(wanted)s", side=side, found=found, wanted=wanted
        )
