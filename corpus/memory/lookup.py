"""What counts as the same source text: apostrophes, kinds of space and forms of digits make no difference."""

import hashlib
import re
import unicodedata

_APOSTROPHES = "’ʼ‘ʹ′`´\u02bb\uff07"
_HYPHENS = "\u2010\u2011\ufe63\uff0d"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_PLAIN = {ord(c): "'" for c in _APOSTROPHES} | {ord(c): "-" for c in _HYPHENS} | {ord(c): None for c in _INVISIBLE}
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")  # a decimal digit of another width or script


def lookup_key(text: str) -> str:
    """The form in which two sources are compared; case, accents and punctuation count.

    NFKC of digits alone: over the whole text it would make “10²” and “102” one.
    """
    text = unicodedata.normalize("NFC", text).translate(_PLAIN)
    if not text.isascii():
        text = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit.group())), text)
    return " ".join(text.split())  # split() knows every kind of white space, no-break ones included


def source_hash(text: str) -> str:
    """SHA-256 of the lookup key, hexadecimal: what the index of the memory is kept by."""
    return hashlib.sha256(lookup_key(text).encode("utf-8", "surrogatepass")).hexdigest()


def with_digits_of(target: str, stored: str, source: str) -> str:
    """`target` with the digits of `stored`, its source in the memory, in the form they have in `source`.

    Both sources have the same lookup key. « Salle ９ » → “Room ９”, looked up for « Salle 9 », gives “Room 9”.
    """
    pairs = zip(re.findall(r"\d", stored), re.findall(r"\d", source), strict=False)
    forms = {ord(old): new for old, new in pairs if old != new}
    return target.translate(forms) if forms else target
