"""The reader's weights on disk: matrices in eight bits with a scale a row, the rest in sixteen."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from index.errors import CheckpointError

FORMAT = "hemeroteca-reader-1"
READER_FILE = Path(__file__).parent / "reader.safetensors"
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


def load_weights(path: Path = READER_FILE) -> dict[str, np.ndarray]:
    """The weights in `path`, fp32. Raises CheckpointError if it is missing or damaged."""
    try:
        with safe_open(path, framework="numpy") as file:
            found = (file.metadata() or {}).get("format")
            if found != FORMAT:
                raise CheckpointError(
                    f"{path} has the format {found!r}, expected {FORMAT!r}: reinstall hemeroteca"
                )
            packed = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise CheckpointError(
            f"cannot read the reader's weights {path} ({error}): reinstall hemeroteca"
        ) from error
    weights = {}
    for name, weight in packed.items():
        if not name.endswith(_SCALE):
            scale = packed.get(name + _SCALE)
            whole = weight.astype(np.float32)
            weights[name] = whole if scale is None else whole * scale[:, None]
    return weights
