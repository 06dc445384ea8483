"""The train step: from the run's files to checkpoints, with a line of progress at each."""

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import numpy as np
import torch

from training import batches, checkpoints, packaging, tokenizer, weights
from training.learning import Course, State, begin, evaluate, progress, train, with_mean
from training.model import Shape, Transformer
from training.origins import Origin
from training.run import Run


def _shape(run: Run, options: Mapping[str, Any]) -> Shape:
    sizes = [
        len(tokenizer.read_vocabulary(run.folder / name))
        for name in (tokenizer.SOURCE_VOCABULARY, tokenizer.TARGET_VOCABULARY)
    ]
    width = options["width"]
    return Shape(sizes[0], sizes[1], width, options["heads"], 4 * width, *options["layers"])


def load_package(model: Transformer, package: Path) -> None:
    """Set the weights to those of an installed package, its int8 values turned back into floats."""
    with TemporaryDirectory() as folder:
        arrays = weights.read_weights(packaging.unpack(package, Path(folder)) / "model" / "model.bin")
    named = {name: arrays[name.replace(".", "/")] for name in model.state_dict()}
    model.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in named.items()})


def _begin(run: Run, course: Course, options: Mapping[str, Any], device: torch.device) -> State:
    """The newest checkpoint's state, or a fresh one."""
    torch.manual_seed(course.seed)
    model = Transformer(_shape(run, options), course.dropout)
    written = checkpoints.latest(run.checkpoints)
    if written is None and options["start"]:
        load_package(model, options["start"])
    state = begin(model.to(device), course)
    if written is not None:
        state.restore(checkpoints.load(written))
    return state


def _line(state: State, course: Course, likelihood: float, guided: float, speed: float, dev: float) -> str:
    done = progress(state, course)
    left = timedelta(seconds=round(state.seconds * max(0.0, 1 / done - 1)))
    return (
        f"step {state.step}  loss {likelihood:.3f}  guidance {guided:.3f}  development {dev:.4f}  "
        f"{speed:.0f} pieces/s  {done:.1%}  {left} left"
    )


def run(run: Run, origins: dict[str, Origin], deadline: datetime | None, options: Mapping[str, Any]) -> None:
    """Train to the end of the course or to the deadline; a checkpoint and a line in progress.txt every so many steps.

    `options` are those of the command line.
    """
    if options["threads"]:
        torch.set_num_threads(options["threads"])
    device = torch.device(options["device"] or ("cuda" if torch.cuda.is_available() else "cpu"))
    names = ("steps", "pieces", "rate", "adam_rate", "seed")
    course = Course(minutes=options["minutes"] or math.inf, **{name: options[name] for name in names})
    examples = batches.load(run.folder, "train", origins)
    dev = batches.load(run.folder, "dev", origins)
    state = _begin(run, course, options, device)
    click.echo(f"{len(examples)} pairs, {device}, from step {state.step}, development {_dev(state, dev):.4f}", err=True)

    def stop() -> bool:
        return deadline is not None and datetime.now() >= deadline

    with (run.folder / "progress.txt").open("a", encoding="utf-8") as log:
        for likelihood, guided, speed in train(state, examples, course, every=options["every"], stop=stop):
            line = _line(state, course, likelihood, guided, speed, _dev(state, dev))
            click.echo(line, err=True)
            log.write(line + "\n")
            log.flush()
            checkpoints.save(state, run.checkpoints)
    checkpoints.save(state, run.checkpoints)


def _dev(state: State, dev: list[batches.Example]) -> float:
    return evaluate(with_mean(state), dev)


def stored_weights(run: Run) -> tuple[dict[str, np.ndarray], int]:
    """The mean weights of the newest checkpoint under CTranslate2's names, and the number of heads."""
    written = checkpoints.latest(run.checkpoints)
    if written is None:
        raise FileNotFoundError(f"{run.folder} has no checkpoint yet: run `python -m training train`")
    stored = checkpoints.load(written)
    arrays = {name.replace(".", "/"): value.float().numpy() for name, value in stored["mean"].items()}
    return arrays, stored["heads"]
