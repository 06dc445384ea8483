"""XML read and written element by element, with nothing fetched and nothing expanded."""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from corpus.errors import RelaisError

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MOST_INSIDE = 20_000  # elements of one unit: a file with more is no translation file


def elements(stream: BinaryIO, *, whole: frozenset[str], begun: frozenset[str]) -> Iterator[tuple[str, etree._Element]]:
    """("start", element) for local names in `begun`, ("end", element) for those in `whole`, freed when drawn past.

    Raises `RelaisError` for what is not well-formed, and for entity declarations: no translation file needs them, and
    they serve attacks (expansion without end, reading of local files).
    """
    parser = etree.iterparse(
        stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    count, root, inside = 0, None, 0
    try:
        for event, element in parser:
            if event == "start":
                if root is None:
                    root = element
                    _refuse_entities(element)
                name = local(element)
                inside += name in whole
                count += 1
                if count > _MOST_INSIDE:
                    raise RelaisError("line %(line)d: one unit holds too many elements", line=element.sourceline or 0)
                if name in begun:
                    yield "start", element
            elif local(element) in whole:
                inside -= 1
                yield "end", element
                if not inside:
                    _free(element)
                    count = 0
    except etree.XMLSyntaxError as error:
        raise RelaisError("the file is not well-formed XML: %(reason)s", reason=error.msg) from None


def local(element: etree._Element) -> str:
    """Name without namespace; empty for comments and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _refuse_entities(root: etree._Element) -> None:
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():  # type: ignore[attr-defined]  # the stubs do not know it
        raise RelaisError("the file declares entities; such files are not read")


def _free(element: etree._Element) -> None:
    """Forgets an element and all before it."""
    element.clear()
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            break
        del parent[0]
