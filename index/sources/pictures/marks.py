"""What a picture looks like, as bits that are nearly the same for the same photograph printed
otherwise: smaller, darker, in grey, scanned, or with an edge cut off."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

# Parts of the picture, left, top, right and bottom: what is left of one whose edge was cut off.
_PARTS = (
    (0.0, 0.0, 1.0, 1.0),
    (0.0, 0.0, 0.9, 0.9),
    (0.1, 0.0, 1.0, 0.9),
    (0.0, 0.1, 0.9, 1.0),
    (0.1, 0.1, 1.0, 1.0),
    (0.05, 0.05, 0.95, 0.95),
    (0.1, 0.0, 1.0, 1.0),
    (0.0, 0.0, 0.9, 1.0),
    (0.0, 0.1, 1.0, 1.0),
    (0.0, 0.0, 1.0, 0.9),
)
PARTS = len(_PARTS)
_ROOT = 16
BYTES = _ROOT * _ROOT // 8  # of a part
_NUMBERS = BYTES // 8  # of 64 bits
SAME = 72  # bits by which two may differ and show the same: benchmarks/pictures.py
_SIDE = 256  # pixels, of the longer side


def marks_of(image: "Image") -> bytes:
    """The perceptual hash (pHash, 256 bits) of the picture and of some parts of it, one after the
    other."""
    import imagehash
    import numpy as np

    grey = image.convert("L")
    grey.thumbnail((_SIDE, _SIDE))
    width, height = grey.size
    found = bytearray()
    for left, top, right, bottom in _PARTS:
        box = (
            round(left * width),
            round(top * height),
            round(right * width),
            round(bottom * height),
        )
        found += np.packbits(imagehash.phash(grey.crop(box), _ROOT).hash).tobytes()
    return bytes(found)


def differences(marks: bytes, others: "np.ndarray") -> "np.ndarray":
    """By how many bits each of `others`, as `as_numbers` has them, differs from the picture with
    these `marks`: the least of either as a whole and a part of the other."""
    import numpy as np

    own = as_numbers([marks])[0]
    found = np.full(len(others), 8 * BYTES, np.uint16)
    for part in range(PARTS):
        for bits in (others[:, part] ^ own[0], others[:, 0] ^ own[part]):
            np.minimum(found, np.bitwise_count(bits).sum(1, dtype=np.uint16), out=found)
    return found


def as_numbers(marks: Sequence[bytes]) -> "np.ndarray":
    """The marks of some pictures, each PARTS rows of numbers of 64 bits."""
    import numpy as np

    return np.frombuffer(b"".join(marks), np.uint64).reshape(-1, PARTS, _NUMBERS)
