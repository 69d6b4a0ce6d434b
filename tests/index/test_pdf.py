"""PDF files: the text of a page in the order in which it is read, and no word that it lacks."""

import io
import random
import re
from datetime import date
from hashlib import md5

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.formats.registry import FORMATS
from tests.index.drawn import HEIGHT, LETTER, Drawn, pdf, wrapped

LEFT = (
    "La alcaldesa de Almuñécar, Eva Ríos, anunció ayer que el muelle nuevo quedará terminado en "
    "otoño, con una inversión de tres millones de euros aportados por el Ministerio."
)
RIGHT = (
    "El equipo de remo de Baeza fichó al timonel noruego Nils Berg por dos temporadas, según "
    "confirmó su presidenta, Olga Vidal, en una reunión celebrada en el polideportivo."
)
DAY = date(2024, 3, 5)


def read(data: bytes) -> Extract:
    (extract,) = FORMATS[".pdf"].read(io.BytesIO(data))
    assert isinstance(extract, Extract)
    return extract


def column(lines: list[str], x: float, top: float, size: float = 9.0) -> list[Drawn]:
    return [Drawn(x, top - 1.2 * size * n, line, size) for n, line in enumerate(lines)]


def by_line(*columns: list[Drawn]) -> list[Drawn]:
    """Drawn from the top over all columns, as many layout programs do."""
    return sorted((piece for each in columns for piece in each), key=lambda p: (-p.y, p.x))


def word_by_word(pieces: list[Drawn]) -> list[Drawn]:
    """Without blanks: each word at its place."""
    found = []
    for piece in pieces:
        x = piece.x
        for word in piece.text.split(" "):
            found.append(Drawn(x, piece.y, word, piece.size))
            x += (len(word) + 1) * LETTER * piece.size
    return found


@pytest.mark.parametrize("how", ["columns", "right first", "lines", "words", "shuffled"])
def test_two_columns_are_read_one_after_the_other_however_they_are_drawn(how: str) -> None:
    left = column(wrapped(LEFT, 40), 60, 700)
    right = column(wrapped(RIGHT, 40), 60 + 40 * 9 * LETTER + 12, 700)
    drawn = {
        "columns": left + right,
        "right first": right + left,
        "lines": by_line(left, right),
        "words": word_by_word(by_line(left, right)),
        "shuffled": random.Random(1).sample(left + right, len(left + right)),
    }[how]
    assert read(pdf(drawn)).text == f"{LEFT}\n\n{RIGHT}"


def test_running_heads_go_and_what_they_part_is_joined() -> None:
    lines = wrapped(LEFT, 40)
    pages = []
    for number, part in enumerate((lines[:2], lines[2:]), start=1):
        head = [Drawn(60, 810, "EL FARO, martes, 5 de marzo de 2024", 8)]
        head += [Drawn(480, 810, f"Página {number}", 8), Drawn(60, 40, "© El Faro", 8)]
        pages.append(by_line(head, column(part, 60, 760)))
    extract = read(pdf(*pages))
    assert extract.text == LEFT
    assert extract.day == DAY


def test_a_page_number_alone_is_no_text_and_a_year_in_a_line_is() -> None:
    page = [*column(["Perdió el año 2024", "y ganó el siguiente."], 60, 700), Drawn(290, 30, "17")]
    assert read(pdf(page)).text == "Perdió el año 2024 y ganó el siguiente."


@pytest.mark.parametrize(
    ("capital", "rest"), [("L", "a alcaldesa"), ("¿", "Qué dijo"), ("«", "No»")]
)
def test_a_drop_capital_belongs_to_its_word(capital: str, rest: str) -> None:
    lines = [f"{rest} de Baeza anunció", "que el muelle quedará", "terminado en otoño."]
    first = [Drawn(60, 668, capital, 40), *column(lines, 60 + 40 * LETTER + 6, 700, 10)]
    below = column(["El acto fue en el puerto, donde", "nadie lo esperaba."], 60, 660, 10)
    text = read(pdf(by_line(first, below))).text
    assert text.startswith(f"{capital}{rest} de Baeza anunció que el muelle quedará terminado")


def test_a_drop_capital_that_is_a_word_stays_one() -> None:
    lines = ["las siete abrieron", "las urnas y a las", "nueve cerraron las mesas."]
    page = [Drawn(60, 668, "A", 40), *column(lines, 60 + 40 * LETTER + 6, 700, 10)]
    assert read(pdf(page)).text.startswith("A las siete abrieron las urnas")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["la cosecha de acei-", "tunas fue"], "la cosecha de aceitunas fue"),
        (["el COVID-", "19 y 2024-", "2025"], "el COVID-19 y 2024-2025"),
        (["la fusión Uni-", "Caja se votó"], "la fusión Uni-Caja se votó"),
        (["hizo frío, de -", "5 grados"], "hizo frío, de -5 grados"),
        (["dijo -", "según él"], "dijo - según él"),
        (["lo hispano-luso y lo hispano-", "luso"], "lo hispano-luso y lo hispano-luso"),
        (["la can\xad", "ción"], "la canción"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_goes_if_it_only_parts_a_word(
    lines: list[str], text: str
) -> None:
    assert read(pdf(column(lines, 60, 700))).text == text


def test_paragraphs_are_told_by_indents_by_white_and_by_short_last_lines() -> None:
    indented = [*column(["Uno dos tres cuatro cinco", "seis siete ocho"], 60, 700)]
    indented += [*column(["Nueve diez once doce"], 70, 678.4), *column(["trece."], 60, 667.6)]
    assert read(pdf(indented)).text == (
        "Uno dos tres cuatro cinco seis siete ocho\n\nNueve diez once doce trece."
    )
    apart = column(["Uno dos tres,", "cuatro,"], 60, 700) + column(["Cinco."], 60, 660)
    assert read(pdf(apart)).text == "Uno dos tres, cuatro,\n\nCinco."


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Almuñécar", "31"), ("Baeza", "28"), ("Motril Costa", "7"), ("Úbeda", "5")]
    rows += [("Linares", "4"), ("Andújar", "3")]
    page = [
        Drawn(x, 700 - 11 * n, text)
        for n, row in enumerate(rows)
        for x, text in zip((60, 200), row, strict=True)
    ]
    assert read(pdf(page)).text == " ".join(" ".join(row) for row in rows)


def test_what_is_drawn_twice_or_beyond_the_edge_is_not_said_again() -> None:
    page = column(["El pleno votó."], 60, 700)
    shadow = [Drawn(60.3, 700.2, "El pleno votó.")]
    assert read(pdf([*page, *shadow, Drawn(60, HEIGHT + 20, "prueba de color")])).text == (
        "El pleno votó."
    )


@pytest.mark.parametrize("size", [6.5, 8, 9.3, 12, 30])
def test_narrow_letters_that_stand_twice_are_both_read(size: float) -> None:
    """Found by benchmarks/fuzz.py: a second "l" beside the first is not a letter drawn twice."""
    text = "Illa fill calle ffi llovió million 111"
    lines = [Drawn(60 + n / 7, 800 - 2 * n * size, text, size, font="Helvetica") for n in range(9)]
    assert read(pdf(lines)).text.split() == 9 * text.split()


def test_a_bad_page_is_named_and_the_others_are_kept() -> None:
    said = ["El pleno votó ayer.", "La lluvia paró.", "Abrió un mercado nuevo."]
    whole = pdf(*(column([text], 60, 700) for text in said))
    found = read(whole.replace(b"/Kids[5 0 R 7 0 R", b"/Kids[5 0 R 0 0 R"))
    assert found.text == f"{said[0]}\n\n{said[2]}"
    assert [str(note)[:19] for note in found.notes] == ["has a page 2 that i"]
    with pytest.raises(ArticleError, match="has a page 1 that is damaged"):
        read(whole.replace(b"/Kids[5 0 R 7 0 R 9 0 R", b"/Kids[0 0 R 0 0 R 0 0 R"))


def test_what_is_turned_stands_behind_and_a_page_on_its_side_is_read() -> None:
    page = column(["El pleno votó ayer", "la ordenanza."], 60, 700)
    credit = [Drawn(500, 600, "FOTO: EVA RÍOS", 6, turned=True)]
    assert read(pdf([*credit, *page])).text == "El pleno votó ayer la ordenanza.\n\nFOTO: EVA RÍOS"
    side = [Drawn(100 + 11 * n, 100, line, turned=True) for n, line in enumerate(["Uno", "dos."])]
    assert read(pdf(side)).text == "Uno dos."


def test_the_title_is_the_file_s_and_what_is_locked_or_no_pdf_says_so() -> None:
    assert read(pdf(column(["Hola."], 60, 700), title="El muelle nuevo")).title == "El muelle nuevo"
    with pytest.raises(ArticleError, match="is damaged or of another kind"):
        read(b"%PDF-1.4 nothing")


WORDS = "ayuntamiento presupuesto carretera votó el la de puerto vecinos anunció año según con los"


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 4),
    st.lists(st.integers(12, 60), min_size=1, max_size=8),
    st.integers(0, 10_000),
    st.sampled_from(["columns", "lines", "words", "shuffled"]),
    st.booleans(),
)
# A first column of short lines above one that reaches the next; a last word on top of two pages,
# or alone on one.
@example(3, [19, 60, 41, 17, 28], 6336, "words", False)
@example(1, [51, 17, 33, 22, 42, 44, 53, 37], 3402, "words", True)
@example(1, [36, 12, 24, 34, 46, 56, 17, 31], 6068, "lines", False)
def test_every_word_comes_out_once_in_order_and_no_other(
    columns: int, lengths: list[int], seed: int, how: str, headed: bool
) -> None:
    chance = random.Random(seed)
    texts = [
        " ".join(["Ayer", *chance.choices(WORDS.split(), k=length)]) + "." for length in lengths
    ]
    letters = {1: 90, 2: 44, 3: 28, 4: 21}[columns]
    lines = [
        (line, not number)
        for text in texts
        for number, line in enumerate(wrapped(f"xx{text}", letters))
    ]
    deep = chance.randint(6, 40)
    # A line or two beside the first ones may be theirs, as the cells of a table are.
    assume(columns == 1 or len(lines) % deep not in (1, 2))
    pages: list[list[Drawn]] = []
    for first in range(0, len(lines), deep * columns):
        page: list[Drawn] = []
        for number, (line, begins) in enumerate(lines[first : first + deep * columns]):
            x = 45 + number // deep * (letters * 9 * LETTER + 11)
            indent = 2 * 9 * LETTER if begins else 0
            page.append(Drawn(x + indent, 740 - 10.8 * (number % deep), line[2 * begins :]))
        if how != "columns":
            page = by_line(page)
        if how == "words":
            page = word_by_word(page)
        if how == "shuffled":
            chance.shuffle(page)
        if headed:
            page.insert(0, Drawn(45, 800, "EL FARO DEL SUR", 8))
            page.append(Drawn(530, 800, str(len(pages) + 1), 8))
        pages.append(page)
    assert read(pdf(*pages)).text.split() == " ".join(texts).split()


def test_an_export_of_a_press_database_is_one_article_and_is_said_to_be_one() -> None:
    lines = ["El tranvía vuelve", "Length: 558 words", "Body", "Hoy.", "End of Document",
             "La feria cierra", "Length: 90 words", "Body", "Ayer.", "End of Document"]  # fmt: skip
    found = read(pdf([Drawn(50, 700 - 30 * n, line) for n, line in enumerate(lines)]))
    (note,) = found.notes
    assert "looks like an export of Nexis" in str(note)


def _pages() -> bytes:
    said = ["El pleno votó ayer.", "La lluvia paró.", "Abrió un mercado nuevo."]
    return pdf(*(column([text], 60, 700) for text in said))


@pytest.mark.parametrize(
    ("end", "text"),
    [
        (b"8 0 obj", "El pleno votó ayer."),
        (b"(La lluvia", "El pleno votó ayer."),
        (b"9 0 obj", "El pleno votó ayer.\n\nLa lluvia paró."),
        (b"xref", "El pleno votó ayer.\n\nLa lluvia paró.\n\nAbrió un mercado nuevo."),
    ],
)
def test_of_a_file_that_is_cut_the_pages_that_are_left_are_read(end: bytes, text: str) -> None:
    whole = _pages()
    found = read(whole[: whole.index(end)])
    assert found.text == text
    assert str(found.notes[0]).startswith("is damaged or cut: of its pages only those")


def test_what_stands_before_a_file_is_passed_over() -> None:
    found = read(b"HTTP/1.1 200 OK\r\n" * 200 + _pages())
    assert found.text.startswith("El pleno votó ayer.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\0" * 900, "is damaged or of another kind"),
        (b"<html><body>404 Not Found</body></html>", "is damaged or of another kind"),
        (b"%PDF-1.7\n1 0 obj<</Type/Page", "is damaged or of another kind"),
        (b"%PDF-1.7\n" + b"1 0 obj<<" * 50_000, "is damaged or of another kind"),
    ],
)
def test_what_is_no_pdf_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        read(data)


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i, j, out = 0, 0, bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def _locked(data: bytes, password: bytes) -> bytes:
    """The file encrypted by the standard handler of PDF 1.4 (revision 2, 40 bits); without a
    password any program opens it, and forbids printing, say."""
    padded = (password + _PADDING)[:32]
    owner = _rc4(md5((b"owner" + _PADDING)[:32]).digest()[:5], padded)
    rights, name = (-64).to_bytes(4, "little", signed=True), b"0123456789abcdef"
    key = md5(padded + owner + rights + name).digest()[:5]

    def encrypted(found: re.Match[bytes]) -> bytes:
        salt = int(found[1]).to_bytes(3, "little") + b"\0\0"
        return found[1] + found[2] + _rc4(md5(key + salt).digest()[:10], found[3]) + found[4]

    stream = re.compile(rb"(\d+)( 0 obj<</Length \d+>>stream\n)(.*?)(\nendstream)", re.DOTALL)
    data = stream.sub(encrypted, data)
    handler = b"/Filter/Standard/V 1/R 2/P -64/O<%s>/U<%s>" % (
        owner.hex().encode(),
        _rc4(key, _PADDING).hex().encode(),
    )
    ids = b"<%s>" % name.hex().encode()
    return data.replace(b"trailer<<", b"trailer<</Encrypt<<%s>>/ID[%s%s]" % (handler, ids, ids))


def test_what_is_locked_says_so_and_what_only_may_not_be_printed_is_read() -> None:
    with pytest.raises(ArticleError, match="is locked with a password: save it without one"):
        read(_locked(_pages(), b"secreto"))
    assert read(_locked(_pages(), b"")).text.startswith("El pleno votó ayer.\n\nLa lluvia")


@given(st.integers(0, 1_500), st.binary(max_size=20))
def test_a_damaged_file_is_read_or_refused(at: int, bytes_: bytes) -> None:
    whole = _pages()
    try:
        found = read(whole[:at] + bytes_ + whole[at + len(bytes_) :])
    except ArticleError:
        return
    assert found.text or found.notes
