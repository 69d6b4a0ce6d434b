#!/usr/bin/env bash
# hocr-pdf leaves headlines and captions out of the searchable PDF that it makes of a scanned page.
#
# Expected: the PDF can be searched for every word that was read. Tesseract marks a line as what it
#   takes it for, all of them classes of hOCR: ocr_line in the body of an article, ocr_header (a
#   heading), ocr_caption (under a picture), ocr_textfloat (text apart; large headlines often are).
# Seen: hocr-tools-lib 1.3.0 writes the words of ocr_line alone, though those of the others stand
#   there in the same form and hocr-check finds nothing wrong: of the page below, headline, caption and
#   quote cannot be found or copied. No error, no warning, and the picture shows them, so that nobody
#   sees it: who seeks a name is not given the article that has it in its headline. If all are marked
#   ocr_line, every word is there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check hocr-tools-lib==1.3.0 pypdf==7.1.1 \
  lxml==6.1.3 pillow==13.0.0 reportlab==5.1.0
cd "$folder"
PATH=$folder/venv/bin:$PATH HOME=$folder "$folder/venv/bin/python" - <<'EOPY'
from importlib.metadata import version
from pathlib import Path
from subprocess import run

from PIL import Image
from pypdf import PdfReader

print("hocr-tools-lib", version("hocr-tools-lib"), "pypdf", version("pypdf"))
PAGE = {"ocr_header": "Dimite Armengol", "ocr_line": "El alcalde se va hoy.",
        "ocr_caption": "El puente viejo, ayer.", "ocr_textfloat": "Nunca firmé nada"}


def searchable(name, lines):
    """The words in the PDF that hocr-pdf makes of a page with these lines, (class, text) each."""
    rows = ""
    for y, (kind, text) in zip(range(10, 300, 50), lines):
        words = " ".join(
            f'<span class="ocrx_word" title="bbox {x} {y} {x + 80} {y + 30}">{word}</span>'
            for x, word in zip(range(20, 600, 90), text.split()))
        rows += f'<p class="ocr_par"><span class="{kind}" title="bbox 0 {y} 550 {y + 30}">{words}</span></p>'
    Path(name).mkdir()
    Image.new("L", (600, 300), 255).save(f"{name}/page.jpg", dpi=(72, 72))
    Path(name, "page.hocr").write_text(
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><meta name="ocr-system" content="x"/>'
        f'<meta name="ocr-capabilities" content="ocr_page ocr_par {" ".join(PAGE)} ocrx_word"/></head>'
        f'<body><div class="ocr_page" title="bbox 0 0 600 300">{rows}</div></body></html>', "utf-8")
    checked = run(["hocr-check", f"{name}/page.hocr"], capture_output=True, text=True, check=True).stderr
    assert checked.startswith("ok") and "not ok" not in checked
    made = run(["hocr-pdf", "--savefile", f"{name}.pdf", name], capture_output=True, check=True)
    assert not made.stdout + made.stderr, "it says something now"
    return PdfReader(f"{name}.pdf").pages[0].extract_text().split()


as_read, all_alike = searchable("a", PAGE.items()), searchable("b", [("ocr_line", t) for t in PAGE.values()])
print("as Tesseract marks them:", as_read, "\nall marked ocr_line:    ", all_alike)
assert all_alike == " ".join(PAGE.values()).split()
assert as_read == PAGE["ocr_line"].split(), "other words are searchable now"
EOPY
