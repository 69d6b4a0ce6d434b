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
)
PARTS = len(_PARTS)
BYTES = 8  # of a part: pHash of 64 bits
SAME = 8  # bits by which two may differ and show the same
_SIDE = 256  # pixels, of the longer side


def marks_of(image: "Image") -> bytes:
    """The perceptual hash (pHash, 64 bits) of the picture and of some parts of it, one after the
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
        found += np.packbits(imagehash.phash(grey.crop(box)).hash).tobytes()
    return bytes(found)


def differences(marks: bytes, others: "np.ndarray") -> "np.ndarray":
    """By how many bits each of `others`, the marks of a picture in a row of PARTS numbers of 64
    bits, differs from `marks`: the least of either as a whole and a part of the other."""
    import numpy as np

    own = as_numbers([marks])[0]
    whole = np.bitwise_count(others ^ own[0]).min(1)
    part = np.bitwise_count(others[:, :1] ^ own).min(1)
    least: np.ndarray = np.minimum(whole, part)
    return least


def as_numbers(marks: Sequence[bytes]) -> "np.ndarray":
    """The marks of some pictures as rows of PARTS numbers of 64 bits."""
    import numpy as np

    return np.frombuffer(b"".join(marks), np.uint64).reshape(-1, PARTS)
