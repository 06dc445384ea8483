"""Log odds of a bead's lengths (after Gale & Church 1993).

A translation of `l` characters is about `ratio * l` long, with a variance that grows with `l`; a sentence at large is
log-normal. A share of beads (free translation) keeps to no ratio.
"""

from dataclasses import dataclass, replace

import numpy as np

from corpus.alignment.evidence import Floats

_FREE = 0.03  # share of beads whose lengths say nothing
_LOG_2PI = float(np.log(2 * np.pi))


@dataclass(frozen=True)
class Lengths:
    """``ratio``: target characters a source character. ``variance``: of the difference, a source character."""

    ratio: float = 1.0
    variance: float = 6.8  # Gale & Church's, measured on English, French and German
    log_mean: float = 4.5  # of the logarithm of a target sentence's length
    log_sd: float = 0.7

    @classmethod
    def of(cls, source: Floats, target: Floats) -> "Lengths":
        """A first guess from the two texts as wholes."""
        logs = np.log(target + 1.0)
        ratio = float(np.clip((target.sum() + 200.0) / (source.sum() + 200.0), 0.6, 1.7))
        return cls(ratio=ratio, log_mean=float(logs.mean()), log_sd=float(max(logs.std(), 0.4)))

    def refined(self, source: Floats, target: Floats) -> "Lengths":
        """With ratio and variance of beads believed right (their lengths); twenty beads' worth of the old values."""
        trust = len(source) / (len(source) + 20.0)
        if not len(source):
            return self
        ratio = trust * target.sum() / source.sum() + (1 - trust) * self.ratio
        squares = (target - ratio * source) ** 2 / (source * (1 + ratio) / 2)
        spread = float(np.mean(np.minimum(squares, 40.0)))
        variance = max(trust * spread + (1 - trust) * self.variance, 1.0)
        return replace(self, ratio=float(ratio), variance=variance)

    def background(self, target: Floats) -> Floats:
        """Log density of each target sentence's length at large."""
        logs = np.log(target + 1.0)
        z = (logs - self.log_mean) / self.log_sd
        found: Floats = -0.5 * z * z - 0.5 * _LOG_2PI - np.log(self.log_sd) - logs
        return found

    def odds(self, source: Floats, target: Floats, at_large: Floats, pieces: int) -> Floats:
        """Log odds of target lengths given source lengths; `at_large`: the background of the target's `pieces`."""
        variance = self.variance * (source + target / self.ratio) / 2 + 4.0
        z = (target - self.ratio * source) ** 2 / variance
        near = -0.5 * z - 0.5 * _LOG_2PI - 0.5 * np.log(variance)
        cut = (1 - pieces) * np.log(np.maximum(target, 1.0))  # where it is cut into sentences: anywhere
        found: Floats = np.logaddexp(np.log(1 - _FREE) + near + cut - at_large, np.log(_FREE))
        return found
