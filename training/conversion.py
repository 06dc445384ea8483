"""Trained weights as an int8 CTranslate2 model folder. Needs no torch: arrays in, files out."""

import re
from collections.abc import Mapping
from pathlib import Path

import ctranslate2
import numpy as np
from ctranslate2.specs import TransformerSpec

ALIGNMENT_LAYER = 0  # the decoder layer trained to attend like a word alignment; CTranslate2 exports its attention


def _layers(weights: Mapping[str, np.ndarray], side: str) -> int:
    found = (re.match(rf"{side}/layer_(\d+)/", name) for name in weights)
    return 1 + max(int(match[1]) for match in found if match)


def _fill(spec: TransformerSpec, weights: Mapping[str, np.ndarray]) -> None:
    """Set each variable of the spec by its path, such as encoder/layer_0/ffn/linear_0/weight."""
    for name, value in weights.items():
        part = spec
        *path, last = name.split("/")
        for step in path:
            layer = re.fullmatch(r"layer_(\d+)", step)
            listed = re.fullmatch(r"embeddings_(\d+)", step)
            linear = re.fullmatch(r"linear_(\d+)", step)  # a list in attention, plain names in the feed-forward part
            if layer:
                part = part.layer[int(layer[1])]
            elif listed:
                part = part.embeddings[int(listed[1])]
            elif linear and hasattr(part, "linear"):
                part = part.linear[int(linear[1])]
            else:
                part = getattr(part, step)
        setattr(part, last, value.astype(np.float32))


def position_encodings(width: int, rows: int = 512) -> np.ndarray:
    """Sines in the first half of the width, cosines in the second, [rows, width]: the table of `training.model`."""
    half = width // 2
    rates = np.exp(np.arange(half, dtype=np.float32) * np.float32(-(np.log(10_000) / (half - 1))))
    angles = np.arange(rows, dtype=np.float32)[:, None] * rates[None]
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


def convert(weights: Mapping[str, np.ndarray], heads: int, source: list[str], target: list[str], folder: Path) -> None:
    """Write model.bin (int8), config.json and the vocabularies into `folder`, which must not exist.

    `weights` are named as CTranslate2 names them; `source` and `target` are the vocabularies in the order of their
    ids. Raises ValueError where a vocabulary and its embeddings differ in size.
    """
    for name, pieces in (("encoder/embeddings_0/weight", source), ("decoder/embeddings/weight", target)):
        if len(weights[name]) != len(pieces):
            raise ValueError(f"{name} has {len(weights[name])} rows for a vocabulary of {len(pieces)} pieces")
    spec = TransformerSpec.from_config(
        (_layers(weights, "encoder"), _layers(weights, "decoder")),
        heads,
        pre_norm=True,
        activation=ctranslate2.specs.Activation.RELU,
        alignment_layer=ALIGNMENT_LAYER,
        alignment_heads=heads,
    )
    spec.encoder.scale_embeddings = spec.decoder.scale_embeddings = True
    _fill(spec, weights)
    spec.decoder.projection.weight = spec.decoder.embeddings.weight
    encodings = position_encodings(weights["decoder/embeddings/weight"].shape[1])
    spec.encoder.position_encodings.encodings = spec.decoder.position_encodings.encodings = encodings
    spec.register_source_vocabulary(source)
    spec.register_target_vocabulary(target)
    spec.config.add_source_bos = spec.config.add_source_eos = False
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))
