"""trafilatura's opinion of a page: its metadata, and which texts belong to the story."""

import copy
import logging
from typing import Any

from lxml import etree
from trafilatura import extract_metadata
from trafilatura.core import bare_extraction

_STATED_DATE = (
    "//meta[@property='article:published_time' or @itemprop='datePublished']/@content"
    " | //*[@itemprop='datePublished']/@datetime"
)
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def metadata_of(root: etree._Element) -> dict[str, Any]:
    """What the page says of itself: title, author, date, site, description, all strings or lists of strings."""
    try:
        found = extract_metadata(copy.deepcopy(root), extensive=False)
    except Exception:
        return {}
    names = {"title": "title", "author": "byline", "date": "date", "sitename": "site", "description": "description",
             "tags": "keywords", "url": "url"}  # fmt: skip
    values: dict[str, Any] = {ours: getattr(found, theirs, None) for theirs, ours in names.items()} if found else {}
    stated = root.xpath(_STATED_DATE)
    if isinstance(stated, list) and stated:
        values["date"] = str(stated[0]).strip()
    return {key: value for key, value in values.items() if value}


def kept_by_trafilatura(root: etree._Element) -> str:
    """The story's text by trafilatura, in small letters, white space collapsed; empty if it finds none."""
    try:
        found = bare_extraction(copy.deepcopy(root), favor_recall=True, include_comments=False)
    except Exception:
        return ""
    text = getattr(found, "text", None) or ""
    return " ".join(text.lower().split())
