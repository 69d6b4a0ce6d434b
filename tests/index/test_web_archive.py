"""Web archives: WARC and WACZ."""

import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from html import escape

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract, LeftOut, Part, Rejected
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.formats.web_archive import address_key

PAGE = """<html><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:type" content="article">
<meta property="article:published_time" content="2024-05-06T10:00:00+02:00"></head><body>
<nav><a href="/">Inicio</a></nav><article><h1>{title}</h1>{body}</article></body></html>"""
FRONT = "<html><body>" + "".join(
    f'<h2><a href="/n{n}">Noticia {n} del día en la capital</a></h2><p>Resumen de la noticia {n} '
    "con una frase entera que dice lo que ha pasado hoy en la ciudad y en el puerto.</p>"
    for n in range(9)
)


def page(title: str, *paragraphs: str) -> bytes:
    body = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    return PAGE.format(title=title, body=body).encode()


NEWS = page(
    "Reabre el muelle",
    "El muelle sur de Motril reabrió el jueves después de diez años de obras, dijo el alcalde.",
    "La reforma costó tres millones de euros, que pagaron el puerto y la Junta a partes iguales.",
)


def record(
    url: str,
    body: bytes,
    date: str = "2024-05-07T08:00:00Z",
    status: str = "200 OK",
    headers: Sequence[str] = (),
    kind: str = "text/html; charset=utf-8",
) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers]
    http = "\r\n".join(head).encode() + b"\r\n\r\n" + body
    said = [
        *("WARC/1.0", "WARC-Type: response", f"WARC-Target-URI: {url}", f"WARC-Date: {date}"),
        *("WARC-Record-ID: <urn:uuid:1>", "Content-Type: application/http; msgtype=response"),
        f"Content-Length: {len(http)}",
    ]
    return "\r\n".join(said).encode() + b"\r\n\r\n" + http + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    return b"".join(map(gzip.compress, records))


def parts(data: bytes, suffix: str = ".warc") -> list[Part]:
    return list(FORMATS[suffix].extracts(io.BytesIO(data), suffix))


def zstd(data: bytes) -> bytes:
    """Zstandard that packs nothing: magic, descriptor, size in two bytes, one raw block."""
    block = (len(data) << 3 | 1).to_bytes(3, "little")
    return b"\x28\xb5\x2f\xfd\x60" + (len(data) - 256).to_bytes(2, "little") + block + data


def titles(found: Sequence[Part]) -> list[str | None]:
    return [part.title for part in found if isinstance(part, Extract)]


def said(found: Sequence[Part]) -> list[str]:
    return [str(part.reason) for part in found if isinstance(part, LeftOut | Rejected)]


@pytest.mark.parametrize("pack", [b"".join, lambda records: packed(*records)])
def test_articles_are_read_and_what_is_none_is_counted(pack: object) -> None:
    assert callable(pack)
    data = pack([
        record("https://faro.example/muelle", NEWS),
        record("https://faro.example/", FRONT.encode()),
        record("https://faro.example/viejo", b"", status="301 Moved"),
        record("https://faro.example/no", b"<p>No", status="404 Not Found"),
        record("https://faro.example/a.css", b"p{}", kind="text/css"),
    ])  # fmt: skip
    found = parts(data, ".gz" if data[:2] == b"\x1f\x8b" else ".warc")
    (news,) = [part for part in found if isinstance(part, Extract)]
    assert (news.title, str(news.day)) == ("Reabre el muelle", "2024-05-06")
    assert (news.key, news.publication.url) == (
        *("faro.example/muelle", "https://faro.example/muelle"),
    )
    assert news.publication.paper == "faro.example"
    assert "diez años de obras" in news.text
    assert said(found) == [
        *("redirects and errors: 2", "pages without an article, such as menus: 1"),
    ]


def test_the_newest_capture_of_an_address_counts() -> None:
    found = parts(
        record("http://www.faro.example/n?utm_source=x", NEWS, "2024-05-07T08:00:00Z")
        + record(
            "https://faro.example/n/", NEWS.replace(b"Reabre", b"Abre"), "2024-06-07T08:00:00Z"
        )
        + record("https://faro.example/n#a", NEWS, "2023-05-07T08:00:00Z")
    )
    assert titles(found) == ["Abre el muelle"]
    assert said(found) == ["older captures of pages that are read: 2"]


def test_a_page_at_two_addresses_is_read_once() -> None:
    found = parts(record("https://a.example/n", NEWS) + record("https://a.example/print/n", NEWS))
    assert titles(found) == ["Reabre el muelle"]
    assert said(found) == ["pages that say what another says: 1"]


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(NEWS)),
        ("deflate", zlib.compress(NEWS)),
        ("br", brotli.compress(NEWS)),
        ("zstd", zstd(NEWS)),
        ("gzip", NEWS),  # decoded by the crawler, whose head still says so
        ("br", NEWS),
    ],
)
def test_contents_are_decoded(encoding: str, body: bytes) -> None:
    headers = [f"Content-Encoding: {encoding}"]
    other = page("Otra", "Una noticia que viene detrás y que se lee como las demás, sin que falte.")
    data = record("http://a.example/n", body, headers=headers) + record("http://a.example/o", other)
    assert titles(parts(data)) == ["Reabre el muelle", "Otra"]


@pytest.mark.parametrize("chunked", [b"%x\r\n%s\r\n0\r\n\r\n" % (len(NEWS), NEWS), NEWS])
def test_contents_in_chunks_are_read_also_where_they_are_not(chunked: bytes) -> None:
    data = record("http://a.example/n", chunked, headers=["Transfer-Encoding: chunked"])
    assert titles(parts(data)) == ["Reabre el muelle"]


def three() -> list[bytes]:
    names = ("Uno", "Dos", "Tres")
    text = "Una noticia entera de la ciudad, con las palabras que hacen falta para que lo sea, {}."
    return [record(f"http://a.example/{n}", page(n, text.format(n))) for n in names]


def test_what_is_cut_is_read_as_far_as_it_goes_and_said() -> None:
    for data in (b"".join(three())[:-150], packed(*three())[:-40]):
        found = parts(data, ".gz" if data[:2] == b"\x1f\x8b" else ".warc")
        assert titles(found)[:2] == ["Uno", "Dos"]
        assert any("damaged or cut" in reason or "damaged" in reason for reason in said(found))


def test_behind_a_damaged_record_the_next_is_read() -> None:
    first, second, third = map(gzip.compress, three())
    broken = second[:60] + bytes(40) + second[100:]
    found = parts(first + broken + third, ".gz")
    assert titles(found) == ["Uno", "Tres"]
    (lost,) = [part for part in found if isinstance(part, Rejected)]
    assert (str(lost.where), "followed" in str(lost.reason)) == ("byte 0", True)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("length", [b" 20", b" 0", b" 99999", b" -5", b" x", None])
@pytest.mark.parametrize("kind", ["response", "request"])
def test_behind_a_record_of_a_wrong_length_the_next_is_read(
    kind: str, length: bytes | None, pack: Callable[[bytes], bytes]
) -> None:
    first, second, third = three()
    said = b"Content-Length:" + length + b"\r\n" if length else b""
    wrong = re.sub(rb"Content-Length: \d+\r\n", said, second, count=1)
    wrong = wrong.replace(b"WARC-Type: response", b"WARC-Type: " + kind.encode())
    data = pack(first) + pack(wrong) + pack(third)
    found = parts(data, ".gz" if data[:2] == b"\x1f\x8b" else ".warc")
    assert titles(found) == ["Uno", "Tres"]
    (lost,) = [part for part in found if isinstance(part, Rejected)]
    assert str(lost.where) == f"byte {len(pack(first))}"
    assert "has a wrong length, or none" in str(lost.reason)


def test_records_that_are_packed_together_are_read() -> None:
    assert titles(parts(gzip.compress(b"".join(three())), ".gz")) == ["Uno", "Dos", "Tres"]


def wacz(listed: Sequence[str] = (), compression: int = zipfile.ZIP_STORED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as container:
        container.writestr("archive/a.warc.gz", packed(*three()[:2]))
        container.writestr("archive/b.warc", three()[2])
        if listed:
            lines = [json.dumps({"format": "json-pages-1.0"})]
            lines += [json.dumps({"url": url, "ts": "2024-05-07T08:00:00Z"}) for url in listed]
            container.writestr("pages/pages.jsonl", "\n".join(lines))
    return data.getvalue()


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_all_files_of_a_wacz_are_read(compression: int) -> None:
    assert titles(parts(wacz(compression=compression), ".wacz")) == ["Uno", "Dos", "Tres"]


def test_of_a_wacz_that_lists_its_pages_these_are_read() -> None:
    found = parts(wacz(["http://a.example/Uno", "http://a.example/Tres"]), ".wacz")
    assert titles(found) == ["Uno", "Tres"]
    assert said(found) == ["frames and other pages that are not listed: 1"]


def test_a_zip_of_waczs_is_read() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as container:
        container.writestr("lunes.wacz", wacz())
        container.writestr("martes.wacz", wacz()[:-80])
    found = parts(data.getvalue(), ".zip")
    assert titles(found) == ["Uno", "Dos", "Tres"]
    assert any(isinstance(part, Rejected) and part.where == "martes.wacz" for part in found)


def test_what_is_no_web_archive_is_refused() -> None:
    with pytest.raises(ArticleError, match="no WARC"):
        parts(b"<html>", ".warc")
    with pytest.raises(ArticleError, match="unpack it"):
        parts(gzip.compress(b"{}"), ".gz")
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    with pytest.raises(ArticleError, match="without a WARC"):
        parts(empty.getvalue(), ".wacz")


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("http://www.a.example/x/", "https://a.example/x"),
        ("https://a.example/index.html", "https://a.example/"),
        ("https://a.example/x?b=2&a=1&fbclid=z", "https://a.example/x?a=1&b=2#top"),
    ],
)
def test_addresses_of_one_page(url: str, other: str) -> None:
    assert address_key(url) == address_key(other)


_SENTENCE = "{} dijo el alcalde de Motril en el pleno del jueves, antes de que empezara la sesión."


@given(
    st.lists(st.sampled_from(["R&D y", "Łódź,", "<3% y", "東京 y"]), min_size=3, max_size=6),
    st.booleans(),
)
def test_every_sentence_comes_out(words: list[str], is_packed: bool) -> None:
    sentences = [_SENTENCE.format(f"{number} {word}") for number, word in enumerate(words)]
    data = record("http://a.example/n", page("Pleno", *sentences))
    (found,) = parts(packed(data) if is_packed else data, ".gz" if is_packed else ".warc")
    assert isinstance(found, Extract)
    assert [line for line in found.text.split("\n\n") if line != "Pleno"] == sentences
