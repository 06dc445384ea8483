"""What the worker needs to know of its machine. Read once from the environment."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import corpus.settings


@dataclass(frozen=True)
class Settings:
    """Where packages are and how they are decoded.

    ``data``: the folder of everything Relais keeps. ``broker_url``: Celery's broker, by default the filesystem
    transport in the data folder. ``worker_pool`` and ``worker_concurrency``: Celery's pool; threads share one engine.
    ``chunk_segments``: segments translated and stored at a time. ``sweep_seconds``: how often a worker looks for work
    that was left behind. ``packages``: installed Argos packages. ``package_index``: URL of the folder that
    holds `index.json`, or None for argostranslate's own. ``batch_tokens``: source tokens decoded at once.
    ``longest_segment``: source pieces above which a sentence is cut at a clause, None for what suits the package.
    ``intra_threads`` 0 means all cores.
    """

    data: Path
    broker_url: str
    worker_pool: str
    worker_concurrency: int
    chunk_segments: int
    sweep_seconds: float
    packages: Path
    package_index: str | None
    device: str
    compute_type: str
    inter_threads: int
    intra_threads: int
    beam_size: int
    batch_tokens: int
    longest_segment: int | None


@cache
def settings() -> Settings:
    """RELAIS_… for what is Relais's own; the ARGOS_… variables keep the meaning argostranslate gives them."""
    env = os.environ
    data = corpus.settings.settings().data
    return Settings(
        data=data,
        broker_url=env.get("RELAIS_BROKER_URL") or "filesystem://",
        worker_pool=env.get("RELAIS_WORKER_POOL") or "threads",
        worker_concurrency=int(env.get("RELAIS_WORKER_CONCURRENCY") or 2),
        chunk_segments=int(env.get("RELAIS_CHUNK_SEGMENTS") or 24),
        sweep_seconds=float(env.get("RELAIS_SWEEP_SECONDS") or 5),
        packages=Path(env.get("ARGOS_PACKAGES_DIR") or data / "packages").expanduser().resolve(),
        package_index=env.get("ARGOS_PACKAGE_INDEX") or None,
        device=env.get("ARGOS_DEVICE_TYPE") or "cpu",
        compute_type=env.get("ARGOS_COMPUTE_TYPE") or "auto",
        inter_threads=int(env.get("ARGOS_INTER_THREADS") or 1),
        intra_threads=int(env.get("ARGOS_INTRA_THREADS") or 0),
        beam_size=int(env.get("ARGOS_BEAM_SIZE") or 4),
        batch_tokens=int(env.get("RELAIS_BATCH_TOKENS") or env.get("ARGOS_BATCH_SIZE") or 2048),
        longest_segment=int(env.get("RELAIS_LONGEST_SEGMENT") or 0) or None,
    )
