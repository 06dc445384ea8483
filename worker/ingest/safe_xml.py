"""XML of strangers: no entity is expanded, no DTD loaded, no address followed, depth and size bounded."""

import re

from lxml import etree

from corpus.errors import RelaisError

_ENTITY = re.compile(rb"<!ENTITY|<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y|\x00<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y")


def parse_xml(data: bytes, what: str) -> etree._Element:
    """The root element of a file or part named `what`. Raises `RelaisError`."""
    if _ENTITY.search(data):
        raise RelaisError("%(what)s declares XML entities, which Relais does not follow", what=what)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RelaisError("%(what)s is damaged: %(reason)s", what=what, reason=_one_line(error)) from None


def local(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _one_line(error: Exception) -> str:
    return (str(error).splitlines() or ["?"])[0]
