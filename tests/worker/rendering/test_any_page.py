"""Whatever the markup: a page comes back whole or is refused in one sentence, and nothing but its words changes."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import RelaisError
from tests.worker.rendering.engines import rendered, shouted

_PIECE = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<i class='x'>", "</i>", '<a href="/é">', "</a>", "<br>", "<!-- c -->", "<img src=a>",
     "<div>", "</div>", "<span translate=no>", "</span>", "<q>", "</q>", "<li>", "<ul>", "</ul>", "<pre>", "</pre>",
     "<script>a<b</script>", "&amp;", "&eacute;", "&#146;", "&nbsp;", "mot ", "deux. Trois ", "é", " ", "\n", "<", ">", "« oui » ",
     "<td>", "<table>", "</table>", "<h1>", "</h1>", "<svg><a>x</a></svg>", "<noscript>", "</noscript>"]
)  # fmt: skip
_TAG = re.compile(r"<!--.*?-->|</?[a-z][^<>]*>", re.DOTALL)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECE, min_size=1, max_size=25))
def test_every_tag_comes_back_once(pieces: list[str]) -> None:
    page = "<p>Un texte.</p>" + "".join(pieces)
    try:
        made = rendered(page.encode(), shouted).decode()
    except RelaisError:
        return
    assert sorted(_TAG.findall(made)) == sorted(_TAG.findall(page))
