"""One leg of a route, batched: what `glossary.enforcement` asks of an engine, over one installed package."""

import html
import re
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

from corpus.errors import Unavailable
from corpus.spans import Span
from glossary.enforcement.base import Hypothesis
from glossary.enforcement.patch import patched
from worker.engine import batching, health, packages
from worker.engine.alignment import links
from worker.engine.figures import with_source_figures
from worker.engine.model import Decoded, Model
from worker.engine.opaque import clear, put_back, without
from worker.engine.repetition import echoes, runaway
from worker.engine.tokens import Tokens
from worker.settings import settings

if TYPE_CHECKING:
    from worker.engine.packages import InstalledPackage

_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w+);")
LONGEST = 200  # source pieces; longer sentences are rare in what packages were trained on
STARTER_LONGEST = 50  # the starter packages lose clauses of longer ones (bench/engine.py has the figures)
_DIRT = re.compile(r"\s*(?:⁇|▁|<unk>|</?s>|\ufffd)+")


class Translator:
    """`glossary.enforcement.base.Engine` of a loaded package. Safe to share between threads."""

    def __init__(self, model: Model, longest: int = LONGEST) -> None:
        self._model = model
        self._longest = settings().longest_segment or longest

    def translate(self, sources: Sequence[str], n_best: int = 1) -> list[list[Hypothesis]]:
        """Up to `n_best` hypotheses each, best first, all with links. Nothing of a source is left out."""
        plans = [batching.parts(source, self._model.tokenizer, self._longest) for source in sources]
        distinct = {p.cleared.text: p.tokens for plan in plans for p in plan if p.tokens}
        decoded = dict(zip(distinct, self._decode(list(distinct.values()), n_best), strict=True))
        return [_assembled(source, plan, decoded) for source, plan in zip(sources, plans, strict=True)]

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        """Mean log probability of a token of each given translation."""
        encode = self._model.tokenizer.encode
        pairs = []
        for source, target in zip(sources, targets, strict=True):
            cleared = clear(source, self._model.tokenizer)
            pairs.append((encode(cleared.text), encode(without(target, cleared.opaque))))
        return self._model.score([s for s, _ in pairs], [t for _, t in pairs])

    def complete(self, sources: Sequence[str], prefixes: Sequence[str]) -> list[Hypothesis]:
        """Translations that begin with the given text; their scores count the given text too."""
        cleared = [clear(source, self._model.tokenizer) for source in sources]
        encoded = [self._model.tokenizer.encode(c.text) for c in cleared]
        starts = [
            self._model.tokenizer.encode(without(prefix, c.opaque)) for prefix, c in zip(prefixes, cleared, strict=True)
        ]
        best = [hypotheses[0] for hypotheses in self._model.decode(encoded, prefixes=starts)]
        scores = self._model.score(encoded, [d.tokens for d in best])  # the decoder's own leaves the prefix out
        return [
            put_back(Hypothesis(d.tokens.text, score, links(source, d.tokens, d.attention)), c)
            for source, d, score, c in zip(encoded, best, scores, cleared, strict=True)
        ]

    def _decode(self, sources: Sequence[Tokens], n_best: int) -> list[list[Hypothesis]]:
        decoded = self._model.decode(sources, n_best=n_best)
        found = [[_hypothesis(s, d) for d in ds] for s, ds in zip(sources, decoded, strict=True)]
        looping = [n for n, (s, h) in enumerate(zip(sources, found, strict=True)) if runaway(s.text, h[0].text)]
        for number, better in zip(looping, self._again([sources[n] for n in looping], n_best), strict=True):
            found[number] = better
        return found

    def _again(self, sources: Sequence[Tokens], n_best: int) -> list[list[Hypothesis]]:
        """For sources whose translation looped: with a full stop, which a bare name lacks, and repeats forbidden."""
        bare = [bool(s.text) and s.text.rstrip()[-1:].isalnum() for s in sources]
        ended = [self._model.tokenizer.encode(f"{s.text}.") if b else s for s, b in zip(sources, bare, strict=True)]
        decoded = self._model.decode(ended, n_best=n_best, no_repeat=True)
        return [
            [_unlooped(_hypothesis(s, d), s, added_stop=b) for d in ds]
            for s, ds, b in zip(sources, decoded, bare, strict=True)
        ]


def _unlooped(hypothesis: Hypothesis, source: Tokens, *, added_stop: bool) -> Hypothesis:
    """What still repeats itself said once, and the full stop that was added taken away."""
    text, aligned = hypothesis.text, hypothesis.links
    if added_stop and text.endswith("."):
        text, aligned = patched(text, aligned, [(Span(len(text) - 1, len(text)), "")])
    if runaway(source.text, text):
        text, aligned = patched(text, aligned, [(span, "") for span in echoes(text)])
    inside = tuple(link for link in aligned if link.source.end <= len(source.text))
    if not text.strip():  # nothing is left: better the source as it is, which the checks show as untranslated
        return Hypothesis(source.text, hypothesis.score)
    return Hypothesis(text, hypothesis.score, inside)


def _hypothesis(source: Tokens, decoded: Decoded) -> Hypothesis:
    """With entities learnt from dirty training text resolved, and marks of the unknown left out."""
    text, aligned = decoded.tokens.text, links(source, decoded.tokens, decoded.attention)
    edits = [(Span(*m.span()), html.unescape(m.group())) for m in _ENTITY.finditer(text) if "&" not in source.text]
    text, aligned = patched(text, aligned, edits)
    text, aligned = patched(text, aligned, [(Span(*m.span()), "") for m in _DIRT.finditer(text)])
    return with_source_figures(source.text, Hypothesis(text, decoded.score, aligned))


def _assembled(source: str, plan: list[batching.Part], decoded: dict[str, list[Hypothesis]]) -> list[Hypothesis]:
    of_parts = [decoded[p.cleared.text] if p.tokens else [batching.untranslated(p)] for p in plan]
    deepest = max(map(len, of_parts), default=1)
    return [batching.joined(source, plan, [h[min(n, len(h) - 1)] for h in of_parts]) for n in range(deepest)]


_loaded: dict[str, Translator] = {}
_loading = Lock()


def translator_for(package: "InstalledPackage") -> Translator:
    """The package's translator, loaded once a process. Raises `Unavailable` when its files are not as installed."""
    key = f"{package.path}:{package.sha256}"
    with _loading:
        if key not in _loaded:
            _loaded[key] = Translator(_sound_model(package), STARTER_LONGEST if package.starter else LONGEST)
        return _loaded[key]


def _sound_model(package: "InstalledPackage") -> Model:
    """The model once checksums and a trial sentence have shown that it is whole."""
    problem = package.problem or next(iter(packages.damage(package)), None)
    try:
        model = None if problem else Model(package.path)
    except Exception as error:  # ctranslate2 and sentencepiece raise whatever they like here
        model, problem = None, str(error)
    if model is not None:
        problem = health.fault_of(model)
        if problem is None:
            return model
    raise Unavailable("the package %(label)s is damaged: %(reason)s", label=package.label, reason=problem)
