"""Which elements of a page are not the story, by element, role, class and id (`regions.tsv`), and which one is."""

import csv
import re
from functools import cache
from pathlib import Path

from lxml import etree

from worker.ingest.boilerplate import is_sentence

_BY_TAG = {
    "nav": "navigation",
    "menu": "navigation",
    "form": "form",
    "button": "tools",
    "dialog": "page_furniture",
    "footer": "page_furniture",
    "aside": "page_furniture",
}
_BY_ROLE = {
    "navigation": "navigation",
    "banner": "navigation",
    "contentinfo": "page_furniture",
    "complementary": "page_furniture",
    "search": "form",
    "dialog": "cookies",
    "alertdialog": "cookies",
}
_NEVER = frozenset(("html", "body", "main", "article", "h1", "em", "strong", "b", "i", "u", "br", "table", "td", "tr"))
_MOST = 0.4  # an element with more of the page's sentences than this is no region, whatever its class says
_STORY = 0.4  # an article or main element with more than this is the story
_LONG = 100  # characters: a text that long counts as sentences
_PHRASE = frozenset(["a", "b", "strong", "i", "em", "span", "u", "q", "sup", "sub"])
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    with (Path(__file__).parent / "regions.tsv").open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple((row["reason"], re.compile(row["pattern"])) for row in rows)


@cache
def _reason_of_token(token: str) -> str | None:
    return next((reason for reason, pattern in _patterns() if pattern.fullmatch(token)), None)


class Page:
    """A parsed page with the weight (characters in paragraphs) of each element."""

    def __init__(self, root: etree._Element) -> None:
        self._weight: dict[etree._Element, int] = {}
        self._with_h1: set[etree._Element] = set()
        for _, element in etree.iterwalk(root, events=("end",)):
            if not isinstance(element.tag, str):
                continue
            own = _own_text(element) if element.tag in ("p", "li", "blockquote", "div") else 0
            self._weight[element] = own + sum(self._weight.get(child, 0) for child in element)
            if element.tag == "h1" or any(child in self._with_h1 for child in element):
                self._with_h1.add(element)
        self._total = max(self._weight.get(root, 0), 1)
        self.story = self._find_story(root)

    def reason(self, element: etree._Element) -> str | None:
        """Why this element with all it holds is not the story; None when it may be."""
        tag = element.tag
        if tag in _NEVER or not isinstance(tag, str):
            return None
        reason = _hidden(element) or _by_name(element)
        if reason is None and tag == "header" and element not in self._with_h1 and not _inside(element, "article"):
            reason = "navigation"
        if reason is None or reason == "hidden":
            return reason
        if tag == "p" and _own_text(element):
            return None
        if element in self._with_h1 or self._weight.get(element, 0) > _MOST * self._total:
            return None
        return reason

    def _find_story(self, root: etree._Element) -> etree._Element | None:
        """The smallest article or main element that holds most of the page's paragraphs."""
        found = [e for e in root.iter("main", "article") if self._weight.get(e, 0) >= _STORY * self._total]
        found += [e for e in root.iter() if isinstance(e.tag, str) and e.get("itemprop") == "articleBody"]
        found = [e for e in found if self._weight.get(e, 0) >= _STORY * self._total]
        best = None
        for element in found:
            if best is None or self._weight[element] >= 0.7 * self._weight[best]:
                best = element
        return best


def _own_text(element: etree._Element) -> int:
    """Characters of the text that stands in the element itself, if it reads like sentences."""
    texts = [element.text or "", *(child.tail or "" for child in element)]
    texts += [str(t) for child in element if child.tag in _PHRASE for t in child.itertext(with_tail=False)]
    length = sum(len(t.strip()) for t in texts)
    return length if length > _LONG or any(is_sentence(t.strip()) for t in texts) else 0


def _hidden(element: etree._Element) -> str | None:
    if element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style", "")):
        return "hidden"
    return None


def _by_name(element: etree._Element) -> str | None:
    """By class and id first, since they say more than the tag does."""
    names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
    reason = next((found for found in map(_reason_of_token, names) if found), None)
    if reason is None:
        reason = _BY_ROLE.get(element.get("role", "").lower())
    tag = str(element.tag)
    if reason is None and not (tag == "footer" and _inside(element, "blockquote")):
        reason = _BY_TAG.get(tag)
    return reason


def _inside(element: etree._Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None
