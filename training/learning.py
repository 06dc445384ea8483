"""The training loop: Muon and Adam, label smoothing, guided attention, a mean of the weights, checkpoints.

Muon (Jordan et al. 2024) updates the matrices of the layers, Adam embeddings, biases and norms. Guided attention
(Chen et al. 2016) draws the first decoder layer's mean attention towards the word alignment. The weights kept are an
exponential mean over the steps.
"""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from training.batches import Batch, Example, collate, cut, epochs
from training.model import Transformer

LABEL_SMOOTHING = 0.1
CLIP = 1.0


@dataclass(frozen=True)
class Course:
    """How to train; a step sees `pieces` padded target pieces. `rate` is Muon's, `adam_rate` that of the rest.

    The course ends after `steps`, or after `minutes` if that is sooner; the rates then have fallen to nothing. Only a
    course of steps alone gives the same weights twice.
    """

    steps: int
    minutes: float = math.inf
    pieces: int = 3000
    rate: float = 0.01
    adam_rate: float = 0.001
    warmup: int = 200
    guidance: float = 0.4
    dropout: float = 0.1
    mean_decay: float = 0.999
    seed: int = 1


@dataclass
class State:
    """Everything a checkpoint holds."""

    model: Transformer
    mean: dict[str, Tensor]
    optimizers: list[torch.optim.Optimizer]
    step: int = 0
    seconds: float = 0.0

    @property
    def device(self) -> torch.device:
        """Where the model is."""
        return next(self.model.parameters()).device

    def as_dict(self) -> dict[str, Any]:
        """For torch.save."""
        return {
            "model": self.model.state_dict(),
            "mean": self.mean,
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "step": self.step,
            "seconds": self.seconds,
            "heads": self.model.shape.heads,
        }

    def restore(self, stored: dict[str, Any]) -> None:
        """Take over what `as_dict` gave."""
        self.model.load_state_dict(stored["model"])
        self.mean = {name: value.to(self.device) for name, value in stored["mean"].items()}
        for optimizer, state in zip(self.optimizers, stored["optimizers"], strict=True):
            optimizer.load_state_dict(state)
        self.step, self.seconds = stored["step"], stored["seconds"]


def begin(model: Transformer, course: Course) -> State:
    """A fresh state around a model, whose weights may come from a package."""
    layers = [module for name, module in model.named_modules() if ".layer_" in name and isinstance(module, nn.Linear)]
    matrices = [module.weight for module in layers]
    known = {id(matrix) for matrix in matrices}
    rest = [parameter for parameter in model.parameters() if id(parameter) not in known]
    optimizers: list[torch.optim.Optimizer] = [
        torch.optim.Muon(matrices, lr=course.rate, weight_decay=0.01, adjust_lr_fn="original"),
        torch.optim.AdamW(rest, lr=course.adam_rate, betas=(0.9, 0.98), weight_decay=0.0),
    ]
    for optimizer, rate in zip(optimizers, (course.rate, course.adam_rate), strict=True):
        optimizer.param_groups[0]["peak"] = rate
    mean = {name: value.detach().clone() for name, value in model.state_dict().items()}
    return State(model, mean, optimizers)


def progress(state: State, course: Course) -> float:
    """The share of the course that is done, 0 to 1."""
    return min(1.0, max(state.step / course.steps, state.seconds / (60 * course.minutes)))


def _set_rates(state: State, course: Course) -> None:
    """Linear warm-up, level to half-way, then linearly down to nothing."""
    factor = min(1.0, (state.step + 1) / course.warmup, 2 * (1 - progress(state, course)))
    for optimizer in state.optimizers:
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * factor


def _tensors(batch: Batch, device: torch.device) -> list[Tensor]:
    arrays = (batch.source, batch.source_mask, batch.target_in, batch.target_out, batch.target_mask, batch.guide)
    return [torch.from_numpy(array).to(device) for array in arrays]


def losses(model: Transformer, batch: Batch, smoothing: float) -> tuple[Tensor, Tensor]:
    """Mean cross-entropy a target piece (nats), and mean cross-entropy of the guided attention rows."""
    device = next(model.parameters()).device
    source, source_mask, target_in, target_out, target_mask, guide = _tensors(batch, device)
    with torch.autocast(device.type, torch.bfloat16):
        states, attention = model(source, source_mask, target_in)
        logits = model.logits(states[target_mask])  # padding costs no softmax
    likelihood = F.cross_entropy(logits.float(), target_out[target_mask], label_smoothing=smoothing)
    guided = guide.sum(-1) > 0
    rows = (guide * attention.clamp_min(1e-6).log()).sum(-1)[guided]
    return likelihood, -rows.mean() if rows.numel() else rows.sum()


@torch.no_grad()  # type: ignore[untyped-decorator, unused-ignore] # torch is typed only where it is installed
def evaluate(model: Transformer, examples: list[Example]) -> float:
    """Cross-entropy a target piece of a set, in nats, without smoothing."""
    was_training = model.training
    model.eval()
    total = pieces = 0.0
    for group in cut(examples, 3000):
        batch = collate(group)
        count = float(batch.target_mask.sum())
        total += count * float(losses(model, batch, 0.0)[0])
        pieces += count
    model.train(was_training)
    return total / pieces if pieces else math.nan


def with_mean(state: State) -> Transformer:
    """A copy of the model that holds the mean weights."""
    model = Transformer(state.model.shape)
    model.load_state_dict(state.mean)
    return model.to(state.device)


def _step(state: State, batch: Batch, course: Course) -> tuple[float, float]:
    _set_rates(state, course)
    likelihood, guided = losses(state.model, batch, LABEL_SMOOTHING)
    (likelihood + course.guidance * guided).backward()
    nn.utils.clip_grad_norm_(state.model.parameters(), CLIP)
    for optimizer in state.optimizers:
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    state.step += 1
    decay = min(course.mean_decay, state.step / (state.step + 10))  # young means forget faster
    with torch.no_grad():
        for name, value in state.model.state_dict().items():
            state.mean[name].lerp_(value, 1 - decay)
    return likelihood.item(), guided.item()


def train(
    state: State,
    examples: list[Example],
    course: Course,
    *,
    every: int = 100,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[float, float, float]]:
    """Train to the course's end, or until `stop()`.

    Yields after every `every` steps, and at the end: mean loss (smoothed), mean guidance loss, target pieces a second.
    The caller saves the state between.
    """
    state.model.train()
    batches: Iterator[Batch] = epochs(examples, course.pieces, course.seed, skip=state.step)
    seen, pieces, since = [], 0, time.monotonic()
    while progress(state, course) < 1 and not stop():
        batch = next(batches)
        torch.manual_seed(course.seed * 1_000_003 + state.step)  # dropout, too, is the same after a resumption
        started = time.monotonic()
        seen.append(_step(state, batch, course))
        state.seconds += time.monotonic() - started
        pieces += int(batch.target_mask.sum())
        if state.step % every == 0 or progress(state, course) >= 1:
            likelihood, guided = np.mean(seen, axis=0)
            yield float(likelihood), float(guided), pieces / (time.monotonic() - since)
            seen, pieces, since = [], 0, time.monotonic()
