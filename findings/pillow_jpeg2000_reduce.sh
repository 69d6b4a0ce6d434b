#!/usr/bin/env bash
# Pillow forgets how large a JPEG 2000 is once it is asked to decode it smaller.
#
# Expected: `reduce`, which its documentation has for JPEG 2000 files to leave out resolution levels,
#   gives a smaller picture, which can be resized, made a thumbnail of and cropped as any other.
# Seen: Pillow 12.3.0 takes the size of before for that of the picture until it has been loaded:
#   resize() and thumbnail() raise "box can't exceed original image size", and crop() of the whole
#   gives, without a word, a picture of the old size of which fifteen sixteenths are black. load()
#   before mends it; rotate() and convert() load by themselves and are right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==12.3.0
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOF'
import PIL
from PIL import Image

print("Pillow", PIL.__version__)
Image.new("L", (800, 1200), "white").save("page.jp2")


def opened(load=False):
    image = Image.open("page.jp2")
    image.reduce = 2  # two levels less: a quarter of each side
    if load:
        image.load()
    return image


refused = []
for name, step in (
    ("resize", lambda image: image.resize((100, 150))),
    ("thumbnail", lambda image: image.thumbnail((100, 150))),
    ("rotate", lambda image: image.rotate(90)),
    ("convert", lambda image: image.convert("RGB")),
):
    step(opened(load=True))
    try:
        step(opened())
        print(f"{name:10}right")
    except ValueError as error:
        print(f"{name:10}{error}")
        refused.append(name)
assert refused == ["resize", "thumbnail"], refused

image = opened()
whole = image.crop((0, 0, *image.size))
white = whole.histogram()[255] / (whole.width * whole.height)
print(f"crop      {whole.size}, {white:.4f} of it white")
assert whole.size == (800, 1200) and white == 1 / 16
image = opened(load=True)
assert image.crop((0, 0, *image.size)).histogram()[255] == 200 * 300
EOF
