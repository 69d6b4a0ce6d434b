"""The reader's weights on disk: matrices in eight bits with a scale a row, the rest in sixteen."""

from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from index.errors import CheckpointError

FORMAT = "hemeroteca-reader-1"
READER_FILE = Path(__file__).parent / "reader.safetensors"
_SCALE = ".scale"


def save_weights(path: Path, weights: dict[str, Tensor], encoder: str) -> None:
    """Write `weights`, made on the encoder `encoder`. A row of a matrix keeps its largest
    absolute weight exactly and rounds the others to 1/127 of it."""
    packed: dict[str, Tensor] = {}
    for name, weight in weights.items():
        if weight.ndim == 2:
            scale = weight.abs().amax(dim=1).clamp(min=1e-12) / 127
            packed[name] = (weight / scale[:, None]).round().to(torch.int8)
            packed[name + _SCALE] = scale.to(torch.float32)
        else:
            packed[name] = weight.to(torch.float16)
    save_file(packed, path, metadata={"format": FORMAT, "encoder": encoder})


def load_weights(path: Path = READER_FILE) -> dict[str, Tensor]:
    """The weights in `path`, fp32. Raises CheckpointError if it is missing or damaged."""
    try:
        with safe_open(path, framework="pt") as file:
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
    return {
        name: weight.float() * packed[name + _SCALE][:, None]
        if name + _SCALE in packed
        else weight.float()
        for name, weight in packed.items()
        if not name.endswith(_SCALE)
    }
