"""Pictures as photographs are: tones and shapes of all sizes, another for each number."""

import base64
import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

SENTENCES = (
    "El muelle sur de Motril reabrió el jueves después de diez años de obras, dijo el alcalde. ",
    "La reforma costó tres millones de euros, que pagaron el puerto y la Junta a partes iguales. ",
)


def photo(number: int, width: int = 480, height: int = 320) -> Image.Image:
    """The photograph of this number."""
    random = np.random.default_rng(number)
    grey = np.zeros((height, width, 3))
    for side in (2, 3, 5, 9, 17, 40):
        tones = random.normal(0, 255 / side**0.7, (side, side, 3)).clip(-255, 255)
        layer = Image.fromarray((tones / 2 + 128).clip(0, 255).astype("uint8"))
        grey += np.asarray(layer.resize((width, height), Image.Resampling.BICUBIC), float) - 128
    return Image.fromarray((grey + 128).clip(0, 255).astype("uint8"))


def encoded(picture: Image.Image, kind: str = "JPEG", **how: int) -> bytes:
    """A file of the picture."""
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def inside(picture: Image.Image) -> str:
    """The picture as an address that holds it."""
    return f"data:image/jpeg;base64,{base64.b64encode(encoded(picture)).decode()}"


def page(title: str, shown: str, text: str = "", site: str = "") -> str:
    """A web page whose article shows pictures, as HTML; `site` is its paper."""
    named = f'<meta property="og:site_name" content="{site}">' if site else ""
    words = "".join(f"<p>{each * 2}</p>" for each in (*SENTENCES, text or "Fin. "))
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title>{named}</head><body>'
        f"<nav><img src='menu.jpg'></nav><article><h1>{title}</h1>{shown}{words}</article>"
        "</body></html>"
    )


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG whose head says that it has so many pixels, and which holds none of them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def saved(folder: Path, name: str, shown: str, **more: bytes) -> Path:
    """A page in the file `name`.html, with the files `more` in its folder of pictures."""
    beside = folder / f"{name}_files"
    beside.mkdir(parents=True, exist_ok=True)
    for each, data in more.items():
        (beside / f"{each}.jpg").write_bytes(data)
    path = folder / f"{name}.html"
    path.write_text(page(name, shown), encoding="utf-8")
    return path
