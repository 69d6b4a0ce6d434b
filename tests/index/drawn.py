"""PDF files drawn by hand: frames, and text at places, in Courier, whose letters are all .6 of
their size, or in a font whose letters are not."""

from collections.abc import Sequence
from dataclasses import dataclass

LETTER = 0.6
FONTS = ("Courier", "Helvetica")
WIDTH, HEIGHT = 595, 842


@dataclass(frozen=True)
class Drawn:
    """A piece of text at a place, in points from the lower left."""

    x: float
    y: float
    text: str
    size: float = 9.0
    turned: bool = False
    font: str = "Courier"

    def operators(self) -> str:
        escaped = self.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        matrix = "0 1 -1 0" if self.turned else "1 0 0 1"
        place = f"{matrix} {self.x:.2f} {self.y:.2f} Tm"
        return f"BT /{self.font} {self.size} Tf {place} ({escaped}) Tj ET\n"


@dataclass(frozen=True)
class Framed:
    """A frame, where a photograph would be."""

    x: float
    y: float
    width: float
    height: float

    def operators(self) -> str:
        return f"{self.x:.2f} {self.y:.2f} {self.width:.2f} {self.height:.2f} re S\n"


def pdf(*pages: Sequence[Drawn | Framed], title: str = "") -> bytes:
    """A file with these pages."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}]"
        f"/Count {len(pages)}>>",
        "<<"
        + "".join(
            f"/{font}<</Type/Font/Subtype/Type1/BaseFont/{font}/Encoding/WinAnsiEncoding>>"
            for font in FONTS
        )
        + ">>",
        f"<</Title({title})>>",
    ]
    for number, page in enumerate(pages):
        content = "".join(piece.operators() for piece in page)
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {6 + 2 * number} "
            "0 R/Resources<</Font 3 0 R>>>>",
            f"<</Length {len(content)}>>stream\n{content}\nendstream\n",
        ]
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"trailer<</Size {size}/Root 1 0 R/Info 4 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("cp1252")


def wrapped(text: str, letters: int, parted: bool = True) -> list[str]:
    """`text` in lines of at most so many letters, its long words parted at their ends."""
    lines = [""]
    for word in text.split():
        room = letters - len(lines[-1]) - bool(lines[-1])
        blank = " " if lines[-1] else ""
        if len(word) <= room:
            lines[-1] += blank + word
        elif parted and len(word) > 7 and room > 4 and word.isalpha():
            at = min(room - 1, len(word) - 3)
            lines[-1] += f"{blank}{word[:at]}-"
            lines.append(word[at:])
        else:
            lines.append(word)
    return lines
