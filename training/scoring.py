"""Translate held-out text with a package and score it: BLEU and chrF++ with their signatures, and alignment error."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import ctranslate2
import sentencepiece as spm
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from training.alignment import Links, error_rate, parse_links
from training.tokenizer import word_numbers

BEAM = 4
LENGTH_PENALTY = 0.2
ATTENTION_SHARE = 0.3  # of the strongest word's attention: weaker words are no link


class Score(NamedTuple):
    """Corpus scores, 0 to 100, with sacreBLEU's signatures."""

    sentences: int
    chrf: float
    bleu: float
    signatures: tuple[str, str]


class Engine:
    """A package laid out in a folder, on the CPU."""

    def __init__(self, folder: Path, threads: int = 0) -> None:
        self._pieces = spm.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
        self._translator = ctranslate2.Translator(
            str(folder / "model"), device="cpu", compute_type="int8", intra_threads=threads
        )

    def translate(self, texts: Sequence[str]) -> list[str]:
        """One best translation each."""
        results = self._translator.translate_batch(
            self._pieces.encode(list(texts), out_type=str),
            beam_size=BEAM,
            length_penalty=LENGTH_PENALTY,
            max_batch_size=4096,
            batch_type="tokens",
        )
        return [self._pieces.decode(result.hypotheses[0]) for result in results]

    def align(self, source: str, target: str) -> Links:
        """Word links of a given translation, read from the attention while the engine is made to say it."""
        pieces, forced = (self._pieces.encode(text, out_type=str) for text in (source, target))
        result = self._translator.translate_batch(
            [pieces], [forced], return_attention=True, beam_size=1, max_decoding_length=len(forced) + 1
        )[0]
        return attention_links(result.attention[0][: len(forced)], word_numbers(pieces), word_numbers(forced))


def attention_links(attention: Sequence[Sequence[float]], sources: Sequence[int], targets: Sequence[int]) -> Links:
    """Each target word linked to the source words its pieces attend to most.

    `attention` has a row a target piece; `sources` and `targets` are the word numbers of the pieces.
    """
    totals: dict[int, dict[int, float]] = {}
    for row, target in zip(attention, targets, strict=True):
        words = totals.setdefault(target, {})
        for share, source in zip(row, sources, strict=True):
            words[source] = words.get(source, 0.0) + share
    return frozenset(
        (source, target)
        for target, words in totals.items()
        for source, share in words.items()
        if share >= max(words.values()) * (1 - ATTENTION_SHARE)
    )


def score(hypotheses: Sequence[str], references: Sequence[str]) -> Score:
    """Score translations against one reference each. Raises ValueError where their numbers differ or are 0."""
    if not references or len(hypotheses) != len(references):
        raise ValueError(f"{len(hypotheses)} translations for {len(references)} references")
    chrf, bleu = CHRF(word_order=2), BLEU()
    values = [metric.corpus_score(list(hypotheses), [list(references)]).score for metric in (chrf, bleu)]
    signatures = (str(chrf.get_signature()), str(bleu.get_signature()))
    return Score(len(references), round(values[0], 1), round(values[1], 1), signatures)


def translate_through(engines: Sequence[Engine], texts: Sequence[str]) -> list[str]:
    """Through one package after the other: a pivot."""
    current = list(texts)
    for engine in engines:
        current = engine.translate(current)
    return current


def read_gold(path: Path) -> list[tuple[str, str, Links]]:
    """Hand-aligned pairs: source, target, links in Pharaoh format, separated by tabs."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(source, target, parse_links(links)) for source, target, links in rows]


def alignment_error(engine: Engine, path: Path) -> float:
    """Alignment error rate of the engine's attention on hand-aligned pairs, 0 to 1."""
    gold = read_gold(path)
    found = [engine.align(source, target) for source, target, _ in gold]
    return round(error_rate(found, [links for _, _, links in gold]), 3)
