"""One package's CTranslate2 model and tokenizer, loaded: pieces in, pieces out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from worker.engine.argos import open_package
from worker.engine.tokens import Tokenizer, Tokens, tokenizer_of
from worker.settings import settings

LENGTH_PENALTY = 0.2  # what argostranslate uses
_DECODING_LENGTH = 3  # at most so many target pieces for each source piece, and ten: a looping decoder is stopped there
_SCORED_TOKENS = (
    512  # at once: every position has the whole vocabulary's logits, which in larger batches leave the cache
)
_POSITIONS = 500  # pieces; models hold encodings for 512 positions or more


@dataclass(frozen=True)
class Decoded:
    """Pieces of one hypothesis. ``score``: mean log probability of a token, the end of the sentence among them.

    ``attention[t][s]``: how much target piece t looked at source piece s, each row adding up to 1.
    """

    tokens: Tokens
    score: float
    attention: Sequence[Sequence[float]]


class Model:
    """Safe to use from several threads: CTranslate2 queues the batches of all of them."""

    def __init__(self, folder: Path) -> None:
        import ctranslate2

        package = open_package(folder)
        self.from_code = str(package.from_code)
        self.to_code = str(package.to_code)
        self.tokenizer: Tokenizer = tokenizer_of(package)
        self._prefix = [package.target_prefix] if package.target_prefix else []
        own = settings()
        self._translator: Any = ctranslate2.Translator(
            str(folder / "model"),
            device=own.device,
            compute_type=own.compute_type,
            inter_threads=own.inter_threads,
            intra_threads=own.intra_threads,
        )

    def decode(
        self,
        sources: Sequence[Tokens],
        *,
        n_best: int = 1,
        prefixes: Sequence[Tokens] | None = None,
        no_repeat: bool = False,
    ) -> list[list[Decoded]]:
        """Up to `n_best` hypotheses for each source, best first; `prefixes`: how each must begin.

        `no_repeat` keeps the decoder from saying any three pieces twice (for an output that loops).
        """
        if not sources:
            return []
        starts = [self._prefix] * len(sources)
        if prefixes:
            starts = [self._prefix + list(p.pieces[: _POSITIONS // 2]) for p in prefixes]
        longest = max(len(s.pieces) for s in sources) + max(map(len, starts))
        results = self._translator.translate_batch(
            [list(s.pieces[:_POSITIONS]) for s in sources],
            target_prefix=starts if any(starts) else None,
            max_batch_size=settings().batch_tokens,
            batch_type="tokens",
            beam_size=max(settings().beam_size, n_best),
            num_hypotheses=n_best,
            length_penalty=LENGTH_PENALTY,
            max_input_length=0,
            max_decoding_length=min(_DECODING_LENGTH * longest + 10, _POSITIONS),
            no_repeat_ngram_size=3 if no_repeat else 0,
            repetition_penalty=1.2 if no_repeat else 1,
            return_scores=True,
            return_attention=True,
        )
        return [self._decoded(result) for result in results]

    def score(self, sources: Sequence[Tokens], targets: Sequence[Tokens]) -> list[float]:
        """Mean log probability of a token of each target, the end of the sentence among them."""
        if not sources:
            return []
        scored = self._translator.score_batch(
            [list(s.pieces[:_POSITIONS]) for s in sources],
            [self._prefix + list(t.pieces[:_POSITIONS]) for t in targets],
            max_batch_size=min(_SCORED_TOKENS, settings().batch_tokens),
            batch_type="tokens",
            max_input_length=0,
        )
        kept = [s.log_probs[len(self._prefix) :] for s in scored]
        return [sum(log_probs) / len(log_probs) for log_probs in kept]

    def _decoded(self, result: Any) -> list[Decoded]:
        skip = len(self._prefix)
        found = []
        for pieces, score, attention in zip(result.hypotheses, result.scores, result.attention, strict=True):
            # CTranslate2 divides the sum by length ** penalty; the mean is what compares across lengths.
            mean = score * (len(pieces) + 1) ** (LENGTH_PENALTY - 1)
            found.append(Decoded(self.tokenizer.decode(pieces[skip:]), mean, attention[skip:]))
        return found
