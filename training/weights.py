"""A CTranslate2 model file read back as arrays, so that training can go on from an installed package.

The format is that of CTranslate2's ModelSpec (binary version 6): little-endian, strings with a 16-bit length that
counts a closing zero, then name, shape, type and bytes of each variable, then the aliases.
"""

import json
import struct
from pathlib import Path
from typing import BinaryIO

import numpy as np

VERSION = 6
TYPES = [np.float32, np.int8, np.int16, np.int32, np.float16]


def _number(file: BinaryIO, code: str) -> int:
    data = file.read(struct.calcsize("<" + code))
    return int(struct.unpack("<" + code, data)[0])


def _string(file: BinaryIO) -> str:
    return file.read(_number(file, "H"))[:-1].decode("utf-8")


def _variable(file: BinaryIO) -> tuple[str, np.ndarray]:
    name = _string(file)
    shape = [_number(file, "I") for _ in range(_number(file, "B"))]
    kind = TYPES[_number(file, "B")]
    data = file.read(_number(file, "I"))
    return name, np.frombuffer(data, kind).reshape(shape)


def read_weights(path: Path) -> dict[str, np.ndarray]:
    """The variables of model.bin by name, int8 weights turned back into float32 (weight / scale, a scale a row).

    Aliases (tied weights) are left out. Raises ValueError on another version of the format.
    """
    with path.open("rb") as file:
        version = _number(file, "I")
        if version != VERSION:
            raise ValueError(f"{path.name} has version {version} of CTranslate2's format, {VERSION} expected")
        _string(file)  # the name of the spec
        _number(file, "I")  # its revision
        variables = dict(_variable(file) for _ in range(_number(file, "I")))
    for name in [name for name in variables if name.endswith("_scale")]:
        scale = variables.pop(name)
        weight = name.removesuffix("_scale")
        if variables[weight].dtype == np.int8:
            variables[weight] = variables[weight].astype(np.float32) / scale[:, None]
    return variables


def read_pieces(model: Path, side: str) -> list[str]:
    """The vocabulary of one side ("source" or "target") of a CTranslate2 model folder."""
    pieces: list[str] = json.loads((model / f"{side}_vocabulary.json").read_text(encoding="utf-8"))
    return pieces
