"""How much an upload may hold. Settings: RELAIS_MAX_TEXT_BYTES, RELAIS_MAX_FILE_BYTES."""

import os

from corpus.errors import RelaisError

TEXT_BYTES = int(os.environ.get("RELAIS_MAX_TEXT_BYTES", "2000000"))  # of the text read, as UTF-8
FILE_BYTES = int(os.environ.get("RELAIS_MAX_FILE_BYTES", "20000000"))  # as uploaded, and unpacked


class TooLarge(RelaisError):
    """The upload is larger than the newsroom's settings allow."""

    status = 413
    code = "too_large"


def check_file(size: int) -> None:
    """Raises `TooLarge` for a file of more than `FILE_BYTES` bytes."""
    if size > FILE_BYTES:
        raise TooLarge(
            "the file has %(size)s MB; the limit is %(limit)s MB", size=_megabytes(size), limit=_megabytes(FILE_BYTES)
        )


def check_text(size: int) -> None:
    """Raises `TooLarge` for a text of more than `TEXT_BYTES` bytes."""
    if size > TEXT_BYTES:
        raise TooLarge(
            "the text has %(size)s MB; the limit is %(limit)s MB", size=_megabytes(size), limit=_megabytes(TEXT_BYTES)
        )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}".removesuffix(".0")
