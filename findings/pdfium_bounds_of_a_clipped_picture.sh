#!/usr/bin/env bash
# PDFium tells where a picture would lie if nothing of it were clipped.
#
# Expected: the bounds of an image on a page are what one sees of it. Layout programs and browsers
#   (object-fit: cover) place a larger picture and clip it to its frame, so most photographs of a
#   newspaper's PDF are such.
# Seen: pypdfium2 5.12.1 gives the bounds of the whole picture (here 300 points high where 100 are
#   shown), which cover the caption and the article below; rendering the page clips it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  pypdfium2==5.12.1 reportlab==4.4.4 pillow==12.0.0
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOPY'
from importlib.metadata import version

import pypdfium2
from PIL import Image
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE
from reportlab.pdfgen.canvas import Canvas

print("pypdfium2", version("pypdfium2"), "reportlab", version("reportlab"))
Image.new("RGB", (90, 90), "black").save("photograph.png")
canvas = Canvas("page.pdf", pagesize=(500, 500))
frame = canvas.beginPath()
frame.rect(100, 200, 300, 100)  # what is shown
canvas.clipPath(frame, stroke=0)
canvas.drawImage("photograph.png", 100, 100, 300, 300)
canvas.save()

page = pypdfium2.PdfDocument("page.pdf")[0]
(picture,) = page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE])
left, bottom, right, top = picture.get_bounds()
dark = page.render().to_pil().convert("L").point(lambda value: 255 * (value < 128)).getbbox()
print(f"told: {bottom:.0f} to {top:.0f}, {top - bottom:.0f} points high")
print(f"seen: {500 - dark[3]} to {500 - dark[1]}, {dark[3] - dark[1]} points high")
assert round(top - bottom) == 300, "the bounds are clipped now"
assert dark[3] - dark[1] == 100
EOPY
