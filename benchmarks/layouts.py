"""Pages of newspapers drawn by Chromium, for `python -m benchmarks.pages`.

    python -m benchmarks.layouts FOLDER [--seed N]

Writes a PDF and its right text for each kind of layout: invented articles, their words parted at
the ends of lines and columns. In the right text a form feed stands before each article, and "~"
begins what is of none: running heads, captions, advertisements."""

import argparse
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

_WIDTH, _HEIGHT, _MARGIN = 250.0, 340.0, 12.0
_GAP = 4.0
_SOFT = "\u00ad"
_PARTED = "\u0001 "  # between the halves of a word
_SYLLABLE = re.compile(r"([aeiouáéíóú])(?=[bcdfgjklmnpqrstvz]?[bcdfgjklmnñpqrstvz][aeiouáéíóú])")
_TEXT = """
ayuntamiento presupuesto carretera aprobó ayer la de puerto vecinos anunció año según con los
obras inversión consejera plazo millones que retraso en licitación del proyecto barrio agua
comarca para sin oposición por su temporada tren ministerio acuerdo reconoció delegación
hospital cooperativa trabajadores ampliación reunión portavoz subvención temporal cosecha
universidad alcaldesa biblioteca explicó solicitó rechazó inauguración polideportivo mercado
ferrocarril gobierno autonómico jornada
"""
_WORDS = _TEXT.split()
_STYLE = """
@page { size: 250mm 340mm; margin: 0 }
* { margin: 0; padding: 0; box-sizing: border-box }
body { position: relative; width: 250mm; font: 8.5pt/10.4pt "DejaVu Serif" }
.page { position: relative; width: 250mm; height: 340mm; overflow: hidden; break-after: page }
.at { position: absolute }
.box { overflow: hidden; text-align: justify }
.ragged .box { text-align: left }
.box p { text-indent: 3mm }
.box p.on, .box p:first-child, .spaced p { text-indent: 0 }
.spaced p { margin-bottom: 2mm }
.box p.cut { text-align-last: justify }
.ragged .box p.cut { text-align-last: left }
.h { font-weight: bold; line-height: 1.12 }
.drop::first-letter { float: left; font-size: 28pt; line-height: 22pt; padding-right: 1mm }
.photo { background: #bbb }
.caption { font: 7pt/8.4pt "DejaVu Sans" }
.frame { border: .4mm solid black }
.advert { text-align: center; line-height: 1.2 }
td { padding: .3mm 1.5mm; font: 7.5pt/9pt "DejaVu Sans" }
"""
_FILL = """
(items) => {
  const mm = 96 / 25.4, filled = [];
  let page = null;
  for (const item of items) {
    if (item.kind === 'page') {
      page = document.createElement('div');
      page.className = 'page ' + item.style;
      document.body.append(page);
      filled.push(null);
      continue;
    }
    const place = (x, width, top, bottom, style) => {
      const box = document.createElement('div');
      box.className = 'at ' + style;
      box.style.cssText = `left:${x}mm;width:${width}mm;top:${top}mm` +
        (bottom ? `;height:${bottom - top}mm` : '');
      page.append(box);
      return box;
    };
    if (item.kind === 'html') {
      const box = place(item.x, item.width, item.top, item.bottom, item.style);
      box.innerHTML = item.html;
      filled.push(null);
      continue;
    }
    let top = item.top;
    for (const [text, size, style] of item.heads) {
      const box = place(item.x, item.width, top, 0, 'h ' + style);
      box.style.fontSize = size + 'pt';
      box.textContent = text;
      top += box.offsetHeight / mm + 1.2;
    }
    const words = item.paragraphs.map(each => each.split(' '));
    const said = words.map(() => []);
    let number = 0, at = 0;
    for (const [place_in, [x, width, given, bottom]] of item.boxes.entries()) {
      const last = place_in === item.boxes.length - 1;
      const box = place(x, width, given || top + 1, bottom, 'box ' + item.style);
      while (number < words.length) {
        const each = document.createElement('p');
        if (at) each.className = 'on';
        if (!at && !number) each.className = item.first;
        box.append(each);
        let low = 0, high = words[number].length - at;
        while (low < high) {
          const middle = Math.ceil((low + high) / 2);
          each.textContent = words[number].slice(at, at + middle).join(' ');
          if (box.scrollHeight > box.clientHeight + 1) high = middle - 1; else low = middle;
        }
        if (!low) { each.remove(); break; }
        let text = words[number].slice(at, at + low).join(' ');
        said[number].push(...words[number].slice(at, at + low));
        at += low;
        if (at < words[number].length && !last) {
          const parts = words[number][at].split('\u00ad');
          for (let some = parts.length - 1; some > 0; some--) {
            each.textContent = text + ' ' + parts.slice(0, some).join('') + '-';
            if (box.scrollHeight > box.clientHeight + 1) continue;
            text = each.textContent;
            each.className += ' cut';
            said[number].push(parts.slice(0, some).join('') + '\u0001');
            words[number][at] = parts.slice(some).join('\u00ad');
            break;
          }
        }
        each.textContent = text;
        if (at < words[number].length) break;
        number += 1; at = 0;
      }
    }
    filled.push(said.filter(each => each.length).map(each => each.join(' ')));
  }
  return filled;
}
"""


@dataclass
class Sheet:
    """A file that is being laid out: what is drawn, in columns `columns` to a page."""

    chance: random.Random
    columns: int
    items: list[dict[str, Any]] = field(default_factory=list)
    right: list[str | int] = field(default_factory=list)
    _names: int = 0

    def page(self, columns: int | None = None, style: str = "", number: int = 7) -> None:
        self.columns = columns or self.columns
        self.items.append({"kind": "page", "style": style})
        self.html("<span>EL FARO DEL SUR — Martes, 5 de marzo de 2024</span>", 0, 1, 7, wide=120)
        self.html(f"<span>{number}</span>", self.columns - 1, 1, 7, right=True)
        self.right.append(f"~EL FARO DEL SUR — Martes, 5 de marzo de 2024 {number}")

    @property
    def column(self) -> float:
        return (_WIDTH - 2 * _MARGIN - (self.columns - 1) * _GAP) / self.columns

    def x(self, column: float) -> float:
        return _MARGIN + column * (self.column + _GAP)

    def across(self, columns: float) -> float:
        return columns * (self.column + _GAP) - _GAP

    def html(
        self,
        html: str,
        column: float,
        columns: float,
        top: float,
        bottom: float = 0,
        style: str = "",
        said: str = "",
        wide: float = 0,
        right: bool = False,
    ) -> None:
        """Draw `html`, which says `said` in no article."""
        width = wide or self.across(columns)
        html = f'<div style="text-align:right">{html}</div>' if right else html
        self.items.append(
            {
                "kind": "html",
                "html": html,
                "x": self.x(column),
                "width": width,
                "top": top,
                "bottom": bottom,
                "style": style,
            }
        )
        if said:
            self.right.append(f"~{said}")

    def photo(self, column: float, columns: float, top: float, bottom: float) -> None:
        """A photograph that ends at `bottom` with its caption."""
        name = self.name()
        said = f"Vista de {name} desde el muelle, ayer por la tarde. / EVA RÍOS"
        self.html("", column, columns, top, bottom - 8, "photo")
        self.html(escape(said), column, columns, bottom - 7, bottom, "caption", said)

    def name(self) -> str:
        """A name of a place that no other article has."""
        self._names += 1
        made = "".join(
            self.chance.choice("bcdfglmnrst") + self.chance.choice("aeiou") for _ in "12"
        )
        mark = "abcdefghijklmnopqrst"[self._names % 20] + "aeiou"[self._names // 20]
        return made.capitalize() + mark

    def sentence(self, name: str, words: int) -> str:
        said = " ".join(self.chance.choices(_WORDS, k=words))
        return self.chance.choice(
            [f"{said} {name}", f"{said} de {name} {self.chance.choice(_WORDS)}"]
        )

    def paragraphs(self, name: str, number: int = 40) -> list[str]:
        def said() -> str:
            text = self.sentence(name, self.chance.randint(8, 22))
            return text[0].upper() + text[1:] + "."

        return [" ".join(said() for _ in range(self.chance.randint(1, 3))) for _ in range(number)]

    def headline(self, name: str, words: int = 5) -> str:
        text = self.sentence(name, words)
        return text[0].upper() + text[1:]

    def article(
        self,
        column: float,
        columns: int,
        top: float,
        bottom: float,
        size: float = 18,
        *,
        over: float = 0,
        words: int = 5,
        boxes: Sequence[tuple[float, float | None, float]] = (),
        above: Sequence[tuple[str, float, str]] = (),
        below: Sequence[tuple[str, float, str]] = (),
        style: str = "",
        head_style: str = "",
        first: str = "",
        paragraphs: Sequence[str] = (),
        text_columns: float = 1,
    ) -> str:
        """An article in `columns` from `column`, its headline over `over` of them (else all); its
        text in `boxes` (column, top, bottom) where it does not stand below the headline alone."""
        name = self.name()
        heads = [*above, (self.headline(name, words), size, head_style), *below]
        each = boxes or [(column + n, None, bottom) for n in range(columns)]
        text = [*paragraphs] or self.paragraphs(name)
        self.items.append(
            {
                "kind": "article",
                "heads": heads,
                "x": self.x(column),
                "width": self.across(over or columns),
                "top": top,
                "boxes": [
                    (self.x(c), self.across(text_columns), given, end) for c, given, end in each
                ],
                "paragraphs": [_SYLLABLE.sub(rf"\1{_SOFT}", each) for each in text],
                "style": style,
                "first": first,
            }
        )
        self.right += ["\n\n".join(head for head, _, _ in heads), len(self.items) - 1]
        return name


def six_columns(s: Sheet) -> None:
    s.page()
    s.article(0, 4, 14, 150, 26, below=[("El pleno lo aprobó ayer por un voto", 13, "")])
    s.article(4, 2, 14, 150, 17)
    s.article(0, 3, 156, 328, 20)
    s.article(3, 3, 156, 240, 20)
    s.article(3, 3, 246, 328, 18)


def headline_over_some(s: Sheet) -> None:
    """The last column's text begins beside the headline."""
    s.page()
    s.article(
        0,
        4,
        14,
        170,
        24,
        over=3,
        boxes=[(0, None, 170), (1, None, 170), (2, None, 170), (3, 14, 170)],
    )
    s.article(0, 2, 176, 328, 16)
    s.article(2, 2, 176, 328, 16)


def side_by_side(s: Sheet) -> None:
    s.page()
    s.article(0, 2, 14, 120, 18, words=6)
    s.article(2, 2, 14, 120, 18, words=6)
    s.article(0, 2, 126, 230, 18, words=4)
    s.article(2, 2, 126, 230, 18, words=9)
    s.article(0, 4, 236, 328, 22)


def box_in_the_middle(s: Sheet) -> None:
    s.page()
    s.article(
        0,
        3,
        14,
        200,
        26,
        boxes=[(0, None, 200), (1, None, 80), (1, 146, 200), (2, None, 200)],
    )
    s.html("", 0.985, 1.03, 83, 143, "frame")
    s.article(1.01, 1, 86, 140, 12, over=0.98, text_columns=0.98)
    s.article(0, 2, 208, 328, 18)
    s.article(2, 1, 208, 328, 14)


def photo_within(s: Sheet) -> None:
    s.page()
    s.article(
        0,
        4,
        14,
        190,
        24,
        first="drop",
        boxes=[(0, None, 190), (1, 110, 190), (2, 110, 190), (3, None, 190)],
    )
    s.photo(1, 2, 40, 106)
    s.article(0, 3, 198, 328, 20)
    s.photo(3, 1, 198, 240)
    s.article(3, 1, 246, 328, 13)


def continuation(s: Sheet) -> None:
    s.page(number=1)
    s.article(0, 2, 14, 150, 20)
    name = s.name()
    rest = s.paragraphs(name, 3)
    title = s.headline(name, 6)
    first = " ".join(s.paragraphs(name, 4))
    s.items.append(
        {
            "kind": "article",
            "heads": [(title, 20, "")],
            "x": s.x(2),
            "width": s.across(2),
            "top": 14,
            "style": "",
            "first": "",
            "boxes": [(s.x(2), s.across(1), None, 120), (s.x(3), s.across(1), None, 120)],
            "paragraphs": [_SYLLABLE.sub(rf"\1{_SOFT}", first)],
        }
    )
    s.html("Continúa en la página 2", 3, 1, 124, style="caption")
    s.right += [title, len(s.items) - 2, -1]
    place = len(s.right) - 1
    s.article(0, 4, 158, 328, 24)
    s.page(number=2)
    s.article(0, 2, 14, 200, 20)
    s.html("Viene de la página 1", 2, 2, 14, style="caption")
    s.items.append(
        {
            "kind": "article",
            "heads": [(title, 15, "")],
            "x": s.x(2),
            "width": s.across(2),
            "top": 19,
            "style": "",
            "first": "",
            "boxes": [(s.x(2), s.across(1), None, 120), (s.x(3), s.across(1), None, 120)],
            "paragraphs": [_SYLLABLE.sub(rf"\1{_SOFT}", each) for each in rest],
        }
    )
    s.right[place] = len(s.items) - 1
    s.article(2, 2, 128, 200, 16)
    s.article(0, 4, 208, 328, 20)


def table(s: Sheet) -> None:
    s.page()
    rows = [(s.name(), *(str(s.chance.randint(1, 99)) for _ in range(4))) for _ in range(9)]
    said = " ".join(["Equipo J G P Puntos", *(" ".join(row) for row in rows)])
    cells = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in [("Equipo", "J", "G", "P", "Puntos"), *rows]
    )
    s.article(0, 3, 14, 160, 22)
    s.article(3, 1, 14, 100, 14)
    s.html(f"<table>{cells}</table>", 3, 1, 106, 156, "frame", said)
    s.article(0, 2, 168, 328, 18)
    s.article(2, 2, 168, 328, 18)


def adverts(s: Sheet) -> None:
    s.page()
    s.article(0, 3, 14, 130, 22)
    s.article(3, 2, 14, 130, 17)
    s.article(0, 2, 138, 260, 17)
    s.article(2, 3, 138, 260, 17)
    s.html(
        '<b style="font-size:26pt">MUEBLES ORTEGA</b><br>'
        '<span style="font-size:12pt">Rebajas hasta el domingo. Avenida del Puerto, 14</span>',
        0,
        5,
        268,
        300,
        "frame advert",
        "MUEBLES ORTEGA Rebajas hasta el domingo. Avenida del Puerto, 14",
    )
    s.html(
        '<span style="font-size:14pt">SE ALQUILA piso céntrico</span>',
        0,
        2,
        304,
        324,
        "frame advert",
        "SE ALQUILA piso céntrico",
    )


def turned(s: Sheet) -> None:
    s.page()
    s.article(0, 3, 14, 180, 24, boxes=[(0, None, 180), (1, None, 180), (2, 100, 180)])
    s.photo(2, 0.93, 40, 96)
    s.html(
        '<div style="writing-mode:vertical-rl;font-size:5pt">ARCHIVO MUNICIPAL</div>',
        2.93,
        0.1,
        40,
        90,
        "",
        "ARCHIVO MUNICIPAL",
    )
    s.article(3, 1, 14, 180, 14)
    s.article(0, 4, 188, 328, 20)


def briefs(s: Sheet) -> None:
    """Short pieces in the first column, with small headlines."""
    s.page()
    top = 14
    for _ in range(5):
        s.article(0, 1, top, top + 58, 11)
        top += 63
    s.article(1, 4, 14, 170, 26)
    s.article(1, 2, 178, 328, 17)
    s.article(3, 2, 178, 328, 17)


def kickers(s: Sheet) -> None:
    s.page(style="ragged")
    s.article(
        0,
        3,
        14,
        170,
        26,
        above=[("FERROCARRILES", 9, "")],
        below=[
            ("La oposición pide explicaciones y el comité convoca paros", 12, ""),
            ("EVA RÍOS Baeza", 7.5, ""),
        ],
        style="spaced",
    )
    s.article(3, 1, 14, 170, 13, above=[("CULTURA", 8, "")], style="spaced")
    s.article(0, 2, 180, 328, 18, above=[("DEPORTES", 9, "")], head_style="centre", style="spaced")
    s.article(2, 2, 180, 328, 18, below=[("Corresponsal en Úbeda", 7.5, "")], style="spaced")


def two_columns(s: Sheet) -> None:
    s.page()
    s.article(0, 2, 14, 120, 24)
    s.article(0, 1, 126, 328, 16)
    s.article(1, 1, 126, 220, 16)
    s.article(1, 1, 226, 328, 16)


def beside_a_column(s: Sheet) -> None:
    """An article in the shape of an L, around another."""
    s.page()
    s.article(
        0,
        4,
        14,
        328,
        26,
        boxes=[(0, None, 328), (1, None, 328), (2, None, 140), (3, None, 140)],
    )
    s.article(2, 2, 148, 236, 18)
    s.photo(2, 1, 244, 328)
    s.article(3, 1, 244, 328, 13)


def front(s: Sheet) -> None:
    s.page(number=1)
    s.html(
        '<div style="font-size:44pt;line-height:1.1">El Faro del Sur</div>',
        0,
        5,
        12,
        30,
        "",
        "El Faro del Sur",
    )
    s.photo(1, 3, 62, 150)
    s.article(0, 1, 34, 130, 13)
    s.article(0, 1, 136, 220, 13)
    s.article(1, 3, 34, 220, 26, boxes=[(1, 154, 220), (2, 154, 220), (3, 154, 220)])
    s.article(4, 1, 34, 220, 14)
    s.article(0, 3, 228, 328, 20)
    s.article(3, 2, 228, 328, 17)


def crossheads(s: Sheet) -> None:
    """Bold lines as large as the text within an article."""
    s.page()
    name = s.name()
    text = []
    for number in range(8):
        text += [s.headline(name, 2), *s.paragraphs(name, 3)] if number else s.paragraphs(name, 3)
    s.article(0, 3, 14, 200, 24, paragraphs=text)
    s.article(3, 1, 14, 200, 13)
    s.article(0, 4, 208, 328, 20)


LAYOUTS: dict[str, tuple[int, Callable[[Sheet], None]]] = {
    "adverts": (5, adverts),
    "beside-a-column": (4, beside_a_column),
    "box-in-the-middle": (3, box_in_the_middle),
    "briefs": (5, briefs),
    "continuation": (4, continuation),
    "crossheads": (4, crossheads),
    "front": (5, front),
    "headline-over-some": (4, headline_over_some),
    "kickers": (4, kickers),
    "photo-within": (4, photo_within),
    "side-by-side": (4, side_by_side),
    "six-columns": (6, six_columns),
    "table": (4, table),
    "turned": (4, turned),
    "two-columns": (2, two_columns),
}


def draw(folder: Path, seed: int, names: Sequence[str] = tuple(LAYOUTS)) -> None:
    """Draw the layouts of these names into `folder`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        for name in names:
            columns, lay_out = LAYOUTS[name]
            sheet = Sheet(random.Random(f"{seed} {name}"), columns)
            lay_out(sheet)
            page = browser.new_page()
            page.set_content(f'<html lang="es"><style>{_STYLE}</style><body></body></html>')
            filled = page.evaluate(_FILL, sheet.items)
            page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True, print_background=True)
            (folder / f"{name}.txt").write_text(_right(sheet, filled), encoding="utf-8")
            page.close()
        browser.close()


def _right(sheet: Sheet, filled: Sequence[list[str] | None]) -> str:
    chunks: list[str] = []
    for each in sheet.right:
        if isinstance(each, str):
            chunks.append(each)
        else:
            text = "\n\n".join(filled[each] or []).replace(_SOFT, "").replace(_PARTED, "")
            chunks[-1] += f"\n\n{text}"
    return "\f".join(chunks) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    draw(asked.folder, asked.seed)


if __name__ == "__main__":
    main()
