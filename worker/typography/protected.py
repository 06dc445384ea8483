"""What typography never touches: addresses, markup, code, versions, IP numbers, scores, file names."""

import re

from corpus.spans import Span

_PROTECTED = re.compile(
    r"""
      <[!?/]?[A-Za-z\[][^<>]*(?:\][^<>]*)?>                                # a tag, a comment, <![CDATA[…]]>
    | `[^`\n]+`                                                            # code
    | \{\{?[\w.%-]+\}?\} | %\(\w+\)[sd]                                    # placeholders
    | (?:[a-z][a-z+.-]*://|www\.)[^\s<>«»“”„"`]*[^\s<>«»“”„"`.,;:!?)\]’'…]  # URLs
    | (?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+                             # e-mail addresses
    | (?<![\w@.])[a-z0-9-]+(?:\.[a-z0-9-]+)*                               # domains
      \.(?:com|org|net|info|example|fr|eu|ua|uk|be|ch|gov|io|int)\b(?:/[^\s«»“”„"]*\w)?
    | (?<![\w.])[\w-]+\.(?:pdf|docx?|xlsx?|csv|txt|html?|py|js|json|zip|jpe?g|png|mp[34])\b
    | (?<!\w)[@\#]\w+                                                      # handles, hash tags
    | (?<![\w.,])[vV]?\d+\.\d+(?:\.\d+)+(?![\w,])                          # versions, IP numbers
    | (?<!\w)v\d+(?:\.\d+)*(?!\w)
    | (?<!\w):-[()DP](?!\w)
    """,
    re.VERBOSE,
)


def protected(text: str) -> list[Span]:
    """Stretches to leave as they are, in order."""
    return [Span(*match.span()) for match in _PROTECTED.finditer(text)]
