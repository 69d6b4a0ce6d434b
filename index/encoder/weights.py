"""Trained weights on disk: matrices in eight bits with a scale a row, the rest in sixteen."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from hemeroteca.index.errors import CheckpointError

FORMAT = "hemeroteca-reader-1"  # named after the first weights that were in it
_SCALE = ".scale"


def save_weights(path: Path, weights: Mapping[str, np.ndarray], encoder: str) -> None:
    """Write `weights`, made on the encoder `encoder`. A row of a matrix keeps its largest
    absolute weight exactly and rounds the others to 1/127 of it."""
    packed: dict[str, np.ndarray] = {}
    for name, weight in weights.items():
        if weight.ndim == 2:
            scale = np.maximum(np.abs(weight).max(axis=1), 1e-12) / 127
            packed[name] = np.rint(weight / scale[:, None]).astype(np.int8)
            packed[name + _SCALE] = scale.astype(np.float32)
        else:
            packed[name] = weight.astype(np.float16)
    save_file(packed, path, metadata={"format": FORMAT, "encoder": encoder})


class Weights(Mapping[str, np.ndarray]):
    """Weights by name, fp32, each made anew from its eight or sixteen bits when it is asked for, so
    that they never lie in memory all together."""

    def __init__(self, packed: Mapping[str, np.ndarray]) -> None:
        self._packed = packed

    def __getitem__(self, name: str) -> np.ndarray:
        whole: np.ndarray = self._packed[name].astype(np.float32)
        scale = self._packed.get(name + _SCALE)
        return whole if scale is None else whole * scale[:, None]

    def __contains__(self, name: object) -> bool:
        return name in self._packed  # without making it

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._packed if not name.endswith(_SCALE))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def load_weights(path: Path) -> Weights:
    """The weights in `path`. Raises CheckpointError if it is missing or damaged."""
    try:
        with safe_open(path, framework="numpy") as file:
            found = (file.metadata() or {}).get("format")
            if found != FORMAT:
                raise CheckpointError(
                    "{path} has the format {found!r}, expected {expected!r}: reinstall hemeroteca",
                    path=path,
                    found=found,
                    expected=FORMAT,
                )
            return Weights({name: file.get_tensor(name) for name in file.keys()})  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise CheckpointError(
            "cannot read the weights {path} ({reason}): reinstall hemeroteca",
            path=path,
            reason=str(error),
        ) from error
