"""A package's tokenizer, with the place of every piece in the text.

argostranslate's `SentencePieceTokenizer.decode` turns every underscore into a space, which breaks addresses, so
SentencePiece is asked directly. Packages of the older kind (`bpe.model`: Moses and subword-nmt) go through
argostranslate's own tokenizer and their pieces are found again in the text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from corpus.spans import Span


@dataclass(frozen=True)
class Tokens:
    """A text in pieces; ``spans[i]`` is the stretch of ``text`` that piece i stands for (may be empty)."""

    text: str
    pieces: tuple[str, ...]
    spans: tuple[Span, ...]


class Tokenizer(Protocol):
    """Text to pieces and back."""

    def encode(self, text: str) -> Tokens: ...
    def decode(self, pieces: Sequence[str]) -> Tokens: ...
    def unknown(self, piece: str) -> bool:
        """Whether the piece says only that the model has no piece for these characters."""
        ...


_EQUAL = ("'’ʼ", '"“”„«»', "-–—‑")  # marks that stand for each other where a model knows only one of them


class SentencePiece:
    """A `sentencepiece.model`. A mark it can't spell is read as one of equal meaning (and equal length)."""

    def __init__(self, model: Path) -> None:
        import sentencepiece

        self._processor: Any = sentencepiece.SentencePieceProcessor(model_file=str(model))
        self._equal = str.maketrans(dict(self._equals()))

    def encode(self, text: str) -> Tokens:
        found = self._processor.encode(text.translate(self._equal), return_type="offset_mapping")
        return Tokens(text, tuple(found["pieces"]), tuple(Span(*o) for o in found["offsets"]))

    def decode(self, pieces: Sequence[str]) -> Tokens:
        if not pieces:
            return Tokens("", (), ())
        found = self._processor.decode(list(pieces), return_type="offset_mapping")
        return Tokens(found["text"], tuple(pieces), tuple(Span(*o) for o in found["offsets"]))

    def unknown(self, piece: str) -> bool:
        number = self._processor.piece_to_id(piece)
        return bool(self._processor.is_unknown(number) or self._processor.is_byte(number))

    def _equals(self) -> Iterator[tuple[str, str]]:
        for marks in _EQUAL:
            known = [m for m in marks if not any(map(self.unknown, self._processor.encode(m, out_type=str)))]
            yield from ((m, known[0]) for m in marks if known and m not in known)


class MosesBPE:
    """A `bpe.model`, as argostranslate's early packages have it."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def encode(self, text: str) -> Tokens:
        return _located(text, self._tokenizer.encode(text))

    def decode(self, pieces: Sequence[str]) -> Tokens:
        return _located(self._tokenizer.decode(list(pieces)), pieces)

    def unknown(self, piece: str) -> bool:
        return piece == "<unk>"


def _located(text: str, pieces: Sequence[str]) -> Tokens:
    """Each piece found again in `text`, left to right; one that Moses rewrote gets an empty span."""
    at, spans = 0, []
    for piece in pieces:
        surface = piece.removesuffix("@@")
        start = text.find(surface, at)
        if not surface or start < 0 or start > at + len(surface) + 2:
            spans.append(Span(at, at))
            continue
        at = start + len(surface)
        spans.append(Span(start, at))
    return Tokens(text, tuple(pieces), tuple(spans))


def tokenizer_of(package: Any) -> Tokenizer:
    """The tokenizer of an `argostranslate.package.Package`. Raises FileNotFoundError where it has none."""
    folder = Path(package.package_path)
    if (folder / "sentencepiece.model").is_file():
        return SentencePiece(folder / "sentencepiece.model")
    if (folder / "bpe.model").is_file():
        return MosesBPE(package.tokenizer)
    raise FileNotFoundError("neither sentencepiece.model nor bpe.model")
