"""Characters that formats cannot hold."""

import re

# XML 1.0 forbids these; spreadsheets and Word files are XML.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Where str.splitlines and other programs see the end of a line.
_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")


def printable(text: str) -> str:
    """The text without characters that XML cannot hold; tab and line break stay."""
    return _FORBIDDEN.sub("", text)


def on_one_line(text: str) -> str:
    """The text with each end of line a space."""
    return _LINE_ENDS.sub(" ", text)
