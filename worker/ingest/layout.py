"""Which blocks are headline, standfirst, headings, quotes and captions, where the format does not say."""

import re
from dataclasses import replace

from corpus.spans import Span
from worker.ingest.base import Block, Document, Kind, SetAside
from worker.ingest.boilerplate import is_sentence, remove

_HEADLINE_CHARACTERS = 250
_HEADING_CHARACTERS = 150
_STANDFIRST_WORDS = 12  # at least: a shorter line without a full stop is a heading
_HEAD = 12  # blocks in which a headline is looked for
_CREDIT = re.compile(
    r"\s*[.(\[–—|/-]*\s*(?:©|\(c\)\s)(?:[^.!?]|(?<=\b\w)\.){0,100}[)\]]?\.?\s*$"
    r"|(?:^|\s*[.(\[–—|/-]\s*)(?:crédits?|photos?|images?|illustration|visuel)(?:[\s-]+photos?)?\s*:\s(?:[^.!?]|(?<=\b\w)\.){2,100}[)\]]?\.?\s*$"
    r"|\s+[–—/(-]\s*(?:AFP|Reuters|EPA|AP|Sipa|Belga|Keystone|Getty Images)(?:\s*[/–-]\s*[\w .-]{1,60})?\)?\.?\s*$",
    re.IGNORECASE,
)
_CAPTION_CHARACTERS = 500
_CREDIT_CHARACTERS = 150
_CREDIT_WORDS = 10
_STANDFIRST_LENGTH = 15  # words: a line so long below a short title is no title
_NAME = r"[A-ZÀ-Ý][\w’'.-]*"
_BYLINE = re.compile(
    rf"(?:[Pp]ar|PAR|De notre [\w ]{{1,60}},?|Propos recueillis par)\s+{_NAME}"
    rf"(?:,?\s+(?:{_NAME}|et|avec|de|du|des|à|l[’']\w+))*$"
)
_SITE = re.compile(r"\s+[-–—|·:]\s+[^-–—|·]{1,40}$")
_QUOTE = re.compile(r"[«“][^«»“”]+[»”]\.?$")


def arrange(document: Document, *, guess: bool) -> Document:
    """The document with its headline found and what repeats it set aside.

    ``guess``: the format has no structure of its own (a pasted text), so that headings, captions and quotes are told by
    their shape.
    """
    document = _headline(_captions(document, guess=guess))
    return _shapes(document) if guess else _standfirst(document)


def _title_like(text: str) -> bool:
    if "\n" in text and "  " in text:  # lines set in columns
        return False
    return len(text) <= _HEADLINE_CHARACTERS and not re.search(r"(?<!\bM)[.…;,:][»”)\s]*$", text)


def _normal(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())


def _headline(document: Document) -> Document:
    blocks, text = document.blocks, document.text
    chosen = next((i for i, b in enumerate(blocks) if b.kind is Kind.HEADLINE), None)
    if chosen is None:
        chosen = next((i for i, b in enumerate(blocks) if b.kind is Kind.HEADING and b.level == 1), None)
    if chosen is None:
        chosen = _guess_headline(document)
    if chosen is None:
        return document
    headline = _normal(blocks[chosen].span.of(text))
    repeats: dict[int, str] = {}
    site = ""  # « La digue cède - Le Fil »: the window's title names the site
    for i, block in enumerate(blocks):
        here = _normal(block.span.of(text))
        same = here == headline and (i < _HEAD or len(headline.split()) > 3)
        if i != chosen and (same or (i < _HEAD and _SITE.sub("", here) == headline)):
            repeats[i] = "repeated_headline"
            site = site or here[len(headline) :].strip(" -–—|·:")
    for i in range(chosen if site else 0):
        if _normal(blocks[i].span.of(text)) == site:
            repeats[i] = "page_furniture"
    kinds = tuple(
        replace(b, kind=Kind.HEADLINE, level=0)
        if i == chosen
        else replace(b, kind=Kind.HEADING, level=b.level or 2)
        if b.kind is Kind.HEADLINE
        else b
        for i, b in enumerate(blocks)
    )
    return remove(replace(document, blocks=kinds), repeats)


def _guess_headline(document: Document) -> int | None:
    """The title above the first paragraph: the one that is repeated, else the first of four words, of two."""
    candidates: list[tuple[int, str]] = []
    for i, block in enumerate(document.blocks[:_HEAD]):
        text = block.span.of(document.text)
        if block.part != "body":
            break
        if block.kind not in (Kind.PARAGRAPH, Kind.HEADING) or not _title_like(text):
            if block.kind in (Kind.CAPTION, Kind.CREDIT):
                continue
            break
        if not _BYLINE.match(text):
            candidates.append((i, _normal(text)))
    if not candidates or len(document.blocks) < 2:
        return None
    for i, text in candidates:
        if any(j != i and (other == text or _SITE.sub("", other) == text) for j, other in candidates):
            return i
    lengths = [len(text.split()) for _, text in candidates]
    if lengths[0] == 3 and lengths[1:] and lengths[1] >= _STANDFIRST_LENGTH:
        return candidates[0][0]
    long_enough = (i for least in (4, 2) for i, text in candidates if len(text.split()) >= least)
    return next(long_enough, None)


def _captions(document: Document, *, guess: bool) -> Document:
    """Captions with a credit: the credit is set aside, and the line above that only begins the caption."""
    blocks: list[Block] = []
    aside: list[SetAside] = []
    for block in document.blocks:
        text = block.span.of(document.text)
        may_be = block.kind is Kind.CAPTION or (guess and block.kind is Kind.PARAGRAPH)
        caption = _caption_length(text) if may_be else None
        if caption is None:
            blocks.append(block)
            continue
        if blocks and caption and _repeats(blocks[-1].span.of(document.text), text):
            last = blocks.pop().span
            aside.append(SetAside(last, last.of(document.text), "repeated_caption"))
        if caption:
            span = Span(block.span.start, block.span.start + caption)
            marks = tuple(replace(m, span=Span(m.span.start, min(m.span.end, span.end))) for m in block.marks)
            marks = tuple(m for m in marks if m.span.start < m.span.end)
            blocks.append(replace(block, kind=Kind.CAPTION, span=span, marks=marks))
        credit = text[caption:]
        span = Span(block.span.end - len(credit.lstrip()), block.span.end)
        aside.append(SetAside(span, span.of(document.text), "credit"))
    aside += document.set_aside
    return replace(document, blocks=tuple(blocks), set_aside=tuple(sorted(aside, key=lambda s: s.span)))


def _caption_length(text: str) -> int | None:
    """Length in characters of what stands before a picture's credit; None where there is no credit."""
    found = _CREDIT.search(text, max(0, len(text) - _CREDIT_CHARACTERS)) if len(text) <= _CAPTION_CHARACTERS else None
    if found is None:
        return None
    if len(found[0].split()) > _CREDIT_WORDS:
        return None
    full_stop = text[found.start()] in ".)]"
    return len(text[: found.start() + full_stop].rstrip(" –—-/("))


def _repeats(short: str, caption: str) -> bool:
    """Whether the line is the caption's beginning, as an alternative text is."""
    return len(short) <= _HEADING_CHARACTERS and not is_sentence(short) and _normal(caption).startswith(_normal(short))


def _shapes(document: Document) -> Document:
    """Headings, standfirst, byline and quotes by their shape."""
    blocks = list(document.blocks)
    texts = [b.span.of(document.text) for b in blocks]
    for i, block in enumerate(blocks):
        if block.kind is not Kind.PARAGRAPH:
            continue
        after_headline = i > 0 and blocks[i - 1].kind is Kind.HEADLINE
        if _QUOTE.fullmatch(texts[i]):
            blocks[i] = replace(block, kind=Kind.QUOTE)
        elif _BYLINE.match(texts[i]) and len(texts[i]) <= _HEADING_CHARACTERS:
            blocks[i] = replace(block, kind=Kind.CREDIT)
        elif after_headline and _is_standfirst(texts, i):
            blocks[i] = replace(block, kind=Kind.STANDFIRST)
        elif i + 1 < len(blocks) and _title_like(texts[i]) and not is_sentence_of_text(texts[i]):
            blocks[i] = replace(block, kind=Kind.HEADING, level=2)
    return replace(document, blocks=tuple(blocks))


def _standfirst(document: Document) -> Document:
    """The paragraph below the headline that is no sentence: few formats have a word for a standfirst."""
    blocks = list(document.blocks)
    texts = [b.span.of(document.text) for b in blocks]
    for i, block in enumerate(blocks[1:_HEAD], 1):
        if block.kind is Kind.PARAGRAPH and blocks[i - 1].kind is Kind.HEADLINE and _is_standfirst(texts, i):
            blocks[i] = replace(block, kind=Kind.STANDFIRST)
    return replace(document, blocks=tuple(blocks))


def is_sentence_of_text(text: str) -> bool:
    """Ends as a sentence, or is too long for a heading; « Qui paiera ? » alone may be one."""
    return len(text) > _HEADING_CHARACTERS or (is_sentence(text) and not text.rstrip(" »”").endswith(("?", "!")))


def _is_standfirst(texts: list[str], i: int) -> bool:
    """Below the headline: a long line without a full stop, or what stands above the byline."""
    if i + 1 < len(texts) and _BYLINE.match(texts[i + 1]) and len(texts[i].split()) >= _STANDFIRST_WORDS:
        return True
    return len(texts[i].split()) >= _STANDFIRST_WORDS and not is_sentence(texts[i]) and i + 1 < len(texts)
