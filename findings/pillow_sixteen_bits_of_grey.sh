#!/usr/bin/env bash
# Pillow makes a page scanned with sixteen bits of grey white.
#
# Expected: convert("L") and convert("RGB") of a picture in sixteen bits, as libraries keep the masters
#   of their newspapers (TIFF, JPEG 2000, PNG), divide its samples by 256: half grey stays half grey.
# Seen: Pillow 12.3.0 cuts them off at 255, without a word: whatever is not nearly black comes out
#   white, ink of 30 % included. point() with a division before, or NumPy, keeps the page.
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
SHADES = {"paper": 60_000, "grey": 32_768, "ink": 20_000, "black": 0}
page = Image.new("I;16", (len(SHADES), 1))
for x, shade in enumerate(SHADES.values()):
    page.putpixel((x, 0), shade)
page.save("page.png")
page.save("page.tif")

for name in ("page.png", "page.tif"):
    image = Image.open(name)
    cut = list(image.convert("L").tobytes())
    colours = list(image.convert("RGB").getchannel(0).tobytes())
    scaled = list(image.point(lambda sample: sample / 256).convert("L").tobytes())
    print(name, image.mode, "convert:", dict(zip(SHADES, cut)), "divided:", dict(zip(SHADES, scaled)))
    assert cut == colours == [255, 255, 255, 0], (cut, colours)
    assert scaled == [234, 128, 78, 0], scaled
EOF
