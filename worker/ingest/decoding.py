"""Bytes into text: UTF-8 first and always when it is valid, UTF-16 by its mark or its zeros, else Windows-1252.

A file with both UTF-8 and Windows-1252 in it (a text pasted together) is read byte sequence by byte sequence.
"""

import codecs
import contextlib
import re
from functools import lru_cache
from typing import Any

from corpus.errors import RelaisError

Warnings = tuple[tuple[str, dict[str, Any]], ...]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096  # bytes looked at for the zeros of UTF-16
_REMOVED = re.compile(
    # control characters, soft hyphens, zero-width spaces, byte-order marks, direction marks, unpaired surrogates
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MULTIBYTE = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
_RUNS = re.compile(rb"(?P<utf8>(?:[\x00-\x7f]|" + _MULTIBYTE + rb")+)|[\x80-\xff]")


@lru_cache(maxsize=1)  # every text format that is asked whether it knows the upload decodes it
def decode(data: bytes) -> tuple[str, Warnings]:
    """The text without its byte-order mark and invisible characters, and what the uploader should know.

    Raises `RelaisError` for data that is not text.
    """
    text, warnings = _decoded(data)
    controls = len(_CONTROLS.findall(text))
    if controls * 20 > len(text):
        raise RelaisError("this is not a text: it holds binary data")
    if controls:
        warnings = (*warnings, ("control_characters", {"count": controls}))
    return clean(text), warnings


def raw(data: bytes, named: str | None = None) -> tuple[str, str]:
    """The text with every character it has, and the encoding in which it can be written back.

    ``named`` is the encoding that a page names for itself, where it is not UTF-8.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    if named is None and (encoding_16 := _utf_16(data[:_SAMPLE])):
        return data.decode(encoding_16, errors="replace"), encoding_16
    for encoding in ("utf-8", named or "cp1252"):
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return data.decode(encoding), encoding
    return _decoded(data)[0], "utf-8"


def clean(text: str) -> str:
    """The text without control characters and without invisible characters inside words."""
    return _REMOVED.sub("", text)


def _decoded(data: bytes) -> tuple[str, Warnings]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), ()
    encoding_16 = _utf_16(data[:_SAMPLE])
    if encoding_16:
        return data.decode(encoding_16, errors="replace"), (("encoding", {"encoding": "UTF-16"}),)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _by_sequence(data)


def _by_sequence(data: bytes) -> tuple[str, Warnings]:
    """What is UTF-8 as UTF-8, every other byte as Windows-1252."""
    mixed = re.search(_MULTIBYTE, data) is not None
    if not mixed:
        return data.decode("cp1252", errors="replace"), (("encoding", {"encoding": "Windows-1252"}),)
    pieces = [run[0].decode("utf-8" if run["utf8"] else "cp1252", errors="replace") for run in _RUNS.finditer(data)]
    return "".join(pieces), (("mixed_encodings", {"encoding": "Windows-1252"}),)


def _utf_16(sample: bytes) -> str | None:
    """UTF-16 without a mark: letters of the West have a zero in every second byte."""
    half = len(sample) // 2
    if half < 2:
        return None
    if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None
