"""Checkpoints on disk: written whole or not at all, the last two kept."""

from pathlib import Path
from typing import Any

import torch

from training.learning import State

KEPT = 2


def _written(folder: Path) -> list[Path]:
    return sorted(folder.glob("step-*.pt"))


def save(state: State, folder: Path) -> Path:
    """Write step-N.pt and remove older ones. A kill in between leaves the former checkpoint."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"step-{state.step:08d}.pt"
    partial = path.with_suffix(".part")
    torch.save(state.as_dict(), partial)
    partial.replace(path)
    for old in _written(folder)[:-KEPT]:
        old.unlink()
    return path


def latest(folder: Path) -> Path | None:
    """The newest checkpoint, None where there is none."""
    written = _written(folder)
    return written[-1] if written else None


def load(path: Path) -> dict[str, Any]:
    """What `save` wrote; weights only, so that a checkpoint from elsewhere cannot run code."""
    stored: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return stored
