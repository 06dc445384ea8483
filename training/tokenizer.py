"""The SentencePiece model and the two vocabularies (Kudo 2018, unigram language model, with byte fallback)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece as spm

PIECES = 10_000
UNKNOWN, START, END = "<unk>", "<s>", "</s>"  # ids 0, 1, 2 of both vocabularies; padding borrows END and is masked
WORD_START = "▁"
MODEL, SOURCE_VOCABULARY, TARGET_VOCABULARY = "sentencepiece.model", "source_vocabulary.txt", "target_vocabulary.txt"


def train_pieces(texts: Iterable[str], model: Path, *, pieces: int = PIECES) -> None:
    """Learn one piece inventory for both languages and write it. `pieces` is an upper limit: small text has fewer."""
    with model.open("wb") as out:
        spm.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_writer=out,
            model_type="unigram",
            vocab_size=pieces,
            hard_vocab_limit=False,
            byte_fallback=True,
            character_coverage=0.9998,
            unk_id=0,
            bos_id=1,
            eos_id=2,
            num_threads=1,  # more threads would make the pieces depend on their number
            minloglevel=1,
        )


def _vocabulary(processor: spm.SentencePieceProcessor, texts: Sequence[str]) -> list[str]:
    """The specials, every byte piece, and the pieces that this language's text uses, in the model's order."""
    used: Counter[int] = Counter()
    for ids in processor.encode(list(texts)):
        used.update(ids)
    size = processor.get_piece_size()
    return [
        processor.id_to_piece(index) for index in range(size) if index < 3 or processor.is_byte(index) or used[index]
    ]


def write_vocabularies(folder: Path, sources: Sequence[str], targets: Sequence[str]) -> tuple[int, int]:
    """Write one vocabulary a language (a softmax over one language's pieces alone is smaller); returns their sizes."""
    processor = spm.SentencePieceProcessor(model_file=str(folder / MODEL))
    sizes = []
    for name, texts in ((SOURCE_VOCABULARY, sources), (TARGET_VOCABULARY, targets)):
        vocabulary = _vocabulary(processor, texts)
        write_vocabulary(folder / name, vocabulary)
        sizes.append(len(vocabulary))
    return sizes[0], sizes[1]


def write_vocabulary(path: Path, pieces: Sequence[str]) -> None:
    """One piece a line, in the order of their ids."""
    path.write_text("\n".join(pieces) + "\n", encoding="utf-8")


def read_vocabulary(path: Path) -> list[str]:
    """Pieces in the order of their ids."""
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


@dataclass(frozen=True)
class Encoded:
    """One text as ids of its vocabulary, and for every piece the number of the white-space word it belongs to."""

    ids: np.ndarray  # int32
    words: np.ndarray  # int16


class Tokenizer:
    """Text to ids of one side's vocabulary. A piece that the vocabulary lacks becomes unknown, as in CTranslate2."""

    def __init__(self, model: Path, vocabulary: Path) -> None:
        self._processor = spm.SentencePieceProcessor(model_file=str(model))
        self._ids = {piece: index for index, piece in enumerate(read_vocabulary(vocabulary))}

    def __len__(self) -> int:
        return len(self._ids)

    def encode(self, texts: Sequence[str]) -> Iterator[Encoded]:
        """Ids and word numbers of each text, without start or end."""
        for pieces in self._processor.encode(list(texts), out_type=str):
            ids = [self._ids.get(piece, 0) for piece in pieces]
            yield Encoded(np.array(ids, np.int32), np.array(word_numbers(pieces), np.int16))


def word_numbers(pieces: Sequence[str]) -> list[int]:
    """The white-space word of each piece, counted from 0: a new one starts at every ▁."""
    numbers, word = [], -1
    for piece in pieces:
        word += piece.startswith(WORD_START) or word < 0
        numbers.append(word)
    return numbers
