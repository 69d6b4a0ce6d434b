"""Whether a photograph is found again that was printed otherwise, and nothing else with it.

`python -m benchmarks.pictures FOLDER...` takes photographs from folders, of several of one scene
the first, and changes each as newspapers, web pages and scanners do: stored with loss, made small,
dark, pale or grey, its edges cut off, screened, printed and scanned. Each change is looked for
among all of them. It prints how many of each kind are found, how many of all that is shown is the
same photograph, and how long a picture takes."""

import argparse
import io
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from hemeroteca.index.sources.kinds_of_picture import SHOWN
from hemeroteca.index.sources.pictures.marks import (
    BYTES,
    PARTS,
    SAME,
    as_numbers,
    differences,
    marks_of,
)

_LARGEST = 1_000  # pixels
_SMALLEST = 150
_FLAT = 15.0
_SAME_SCENE = 90  # bits: frames of one film, sizes of one picture
Change = Callable[[Image.Image, random.Random], Image.Image]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=1_000, help="photographs")
    asked = parser.parse_args()
    photographs = _photographs(asked.folders, asked.most)
    started = time.process_time()
    marks = [marks_of(each) for each in photographs]
    took = (time.process_time() - started) / max(len(marks), 1)
    held = as_numbers(marks)
    print(f"photographs: {len(photographs)}; {PARTS * BYTES} bytes and {1000 * took:.1f} ms each")
    print("| change | found | others shown |\n|---|---|---|")
    right = shown = 0
    for name, change in CHANGES.items():
        found = others = 0
        for number, photograph in enumerate(photographs):
            changed = change(photograph, random.Random(number))
            near = (differences(marks_of(changed), held) <= SAME).nonzero()[0]
            found += number in near
            others += len(near) - (number in near)
        print(f"| {name} | {found / len(photographs):.3f} | {others} |", flush=True)
        right, shown = right + found, shown + found + others
    print(f"of {shown:,} shown, the same photograph: {right / max(shown, 1):.4f}")
    pairs = np.array([differences(each, held) for each in marks])
    np.fill_diagonal(pairs, 8 * BYTES)
    print(
        f"unrelated pairs: {pairs.size - len(pairs):,}; nearest: {pairs.min()} bits; {SAME} count"
    )


def _photographs(folders: Sequence[Path], most: int) -> list[Image.Image]:
    found: list[Image.Image] = []
    held = as_numbers([])
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.suffix.lower() not in SHOWN or len(found) == most:
            continue
        try:
            with Image.open(path) as opened:
                opened.draft("RGB", (_LARGEST, _LARGEST))
                picture = opened.convert("RGB")
            picture.thumbnail((_LARGEST, _LARGEST))
        except (OSError, ValueError, SyntaxError):
            continue
        if min(picture.size) < _SMALLEST or float(np.asarray(picture.convert("L")).std()) < _FLAT:
            continue
        marks = marks_of(picture)
        if len(held) and differences(marks, held).min() < _SAME_SCENE:
            continue
        held = np.concatenate([held, as_numbers([marks])])
        found.append(picture)
    return found


def _stored(quality: int) -> Change:
    def change(picture: Image.Image, chance: random.Random) -> Image.Image:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality)
        return Image.open(io.BytesIO(out.getvalue())).convert("RGB")

    return change


def _sized(across: float, down: float) -> Change:
    return lambda p, _: p.resize((max(1, int(p.width * across)), max(1, int(p.height * down))))


def _cut(share: float) -> Change:
    """So much of its width and of its height is left, wherever that lies."""

    def change(picture: Image.Image, chance: random.Random) -> Image.Image:
        width, height = int(picture.width * share), int(picture.height * share)
        left, top = (
            chance.randint(0, picture.width - width),
            chance.randint(0, picture.height - height),
        )
        return picture.crop((left, top, left + width, top + height))

    return change


def _one_side(share: float) -> Change:
    """Only one edge is cut off."""

    def change(picture: Image.Image, chance: random.Random) -> Image.Image:
        width, height = picture.size
        across, down = int(width * share), int(height * share)
        boxes = [(0, 0, across, height), (width - across, 0, width, height)]
        boxes += [(0, 0, width, down), (0, height - down, width, height)]
        return picture.crop(chance.choice(boxes))

    return change


def _scanned(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Printed in grey by dots on grey paper, and scanned a little askew, with noise."""
    grey = picture.convert("L")
    grey.thumbnail((700, 700))
    large = np.asarray(grey.resize((2 * grey.width, 2 * grey.height)), float) / 255
    down, across = np.mgrid[: large.shape[0], : large.shape[1]]
    one, other = (across + down) / np.sqrt(2), (across - down) / np.sqrt(2)
    dots = (np.cos(one * 2 * np.pi / 6) + np.cos(other * 2 * np.pi / 6) + 2) / 4
    ink = 0.2 + 0.6 * (0.15 + 0.75 * large > 0.1 + 0.8 * dots)
    ink += np.random.default_rng(chance.randrange(1 << 30)).normal(0, 0.05, ink.shape)
    scan = Image.fromarray((ink.clip(0, 1) * 255).astype("uint8"))
    scan = scan.filter(ImageFilter.GaussianBlur(1))
    scan = scan.rotate(chance.uniform(-0.8, 0.8), Image.Resampling.BICUBIC, fillcolor=200)
    inset_x, inset_y = scan.width // 100, scan.height // 100
    scan = scan.crop((inset_x, inset_y, scan.width - inset_x, scan.height - inset_y))
    return scan.resize((scan.width // 2, scan.height // 2)).convert("RGB")


CHANGES: dict[str, Change] = {
    "as it is": lambda picture, _: picture,
    "JPEG, quality 30": _stored(30),
    "JPEG, quality 10": _stored(10),
    "half as large": _sized(0.5, 0.5),
    "a quarter as large": _sized(0.25, 0.25),
    "10 % wider": _sized(1.1, 1.0),
    "30 % lighter": lambda p, _: ImageEnhance.Brightness(p).enhance(1.3),
    "30 % darker": lambda p, _: ImageEnhance.Brightness(p).enhance(0.7),
    "pale": lambda p, _: ImageEnhance.Contrast(p).enhance(0.6),
    "grey": lambda p, _: p.convert("L").convert("RGB"),
    "5 % cut off, each way": _cut(0.95),
    "10 % cut off, each way": _cut(0.9),
    "10 % cut off at one edge": _one_side(0.9),
    "20 % cut off, each way": _cut(0.8),
    "printed and scanned": _scanned,
    "scanned, 10 % cut off": lambda p, chance: _cut(0.9)(_scanned(p, chance), chance),
}

if __name__ == "__main__":
    main()
