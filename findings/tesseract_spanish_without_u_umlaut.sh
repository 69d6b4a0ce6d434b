#!/usr/bin/env bash
# Tesseract's model for Spanish cannot read "ü", a letter of Spanish.
#
# Expected: the model that is distributed for Spanish has every letter of its alphabet: á é í ó ú ü ñ,
#   in both cases, and º and ª, with which it writes 1.º and 2.ª.
# Seen: spa.traineddata 4.1.0 of Debian's tesseract-ocr-spa, in tesserocr 2.13.0, knows 109 signs, and
#   neither ü, Ü, º nor ª is one, however well the page is printed: a cleanly drawn "vergüenza" and
#   "bilingüe" come back with another letter. Whoever searches a digitised archive for "Argüelles",
#   "cigüeña" or "bilingüe" finds nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tesserocr==2.13.0 pillow==12.2.0
cd "$folder"
apt-get download tesseract-ocr-spa=1:4.1.0-2 fonts-dejavu-core=2.37-6 > /dev/null 2>&1
for file in *.deb; do dpkg-deb -x "$file" package; done
cat > read.py <<'EOF'
import re
from pathlib import Path

import tesserocr
from PIL import Image, ImageDraw, ImageFont

[model] = Path("package").rglob("spa.traineddata")
raw = model.read_bytes()
# Its signs are lines of text: the sign, then a number and nine limits or a name of its script.
signs = {
    line.split(b" ")[0].decode() for line in re.findall(rb"(?m)^\S+ \d+ \d+,\d+[^\n]*$", raw)
}
for letter in "áéíóúñ":
    assert letter in signs, letter
print("not among the signs:", *(sign for sign in "üÜºª" if sign not in signs))
assert not signs & set("üÜºª"), signs & set("üÜºª")

written = "La vergüenza del niño bilingüe"
page = Image.new("L", (1400, 200), 255)
[font_file] = Path("package").rglob("DejaVuSerif.ttf")
font = ImageFont.truetype(str(font_file), 64)
ImageDraw.Draw(page).text((60, 50), written, fill=0, font=font)
with tesserocr.PyTessBaseAPI(path=str(model.parent), lang="spa") as api:
    api.SetImage(page)
    read = api.GetUTF8Text().strip()
print("drawn:", written)
print("read: ", read)
assert "niño" in read, "it reads the other letters"
assert "ü" not in read
EOF
"$folder/venv/bin/python" read.py
