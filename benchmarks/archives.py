"""How long digitised issues and crawls take to read, and what memory.

    python -m benchmarks.archives [--pages 3000] [--megabytes 1000] [--packed]

An invented issue in METS and ALTO, of pages of 1,500 words with every tenth line parted within a
word, and an invented crawl: a WARC file of so many megabytes, `packed` as crawlers do it, each
record by itself, or not. Two fifths of its captures are pictures, styles and programs; the others
articles of 200 to 800 words in pages of a site's usual markup, some captured again or at a second
address, lists of articles, redirects and errors; their content is plain or packed by gzip, Brotli
or Zstandard. Read as `hemeroteca index` reads them, before anything is embedded; seconds of
processor. Beside the pages stands lxml's own iteration over the same files, which takes the content
of each word and nothing else, beside the crawl fastwarc's, which unpacks each record and reads
nothing of it. The memory is the most that this process held. `--pages 0` and `--megabytes 0` leave
one of them out."""

import argparse
import gzip
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path

import brotli
from fastwarc.warc import ArchiveIterator
from lxml import etree

from hemeroteca.index.sources.find import ArticleFile, find_articles
from hemeroteca.index.sources.read import Reading, read_articles

_TEXT = """
El gobierno anunció ayer una inversión de tranvías en Cádiz tras la votación del pleno municipal que
aprobó el presupuesto para obras del puerto y escuelas nuevas
"""
_WORDS = _TEXT.split()
_LINES, _LINE, _BLOCK = 150, 10, 50  # of a page, words of a line, lines of an article
_SECTIONS = ("politica", "economia", "cultura", "deportes", "sucesos", "opinion", "internacional")
_MENU = "".join(f"<li><a href='/{name}/{n}'>Sección {n}</a></li>" for name in _SECTIONS
                for n in range(12))  # fmt: skip
_PROGRAM = "<script>" + "var a = {b: 1, c: [2, 3]};" * 400 + "</script>"
_BESIDE = (("jpg", b"image/jpeg", 12_000), ("css", b"text/css", 4_000),
           ("js", b"application/javascript", 8_000), ("png", b"image/png", 6_000))  # fmt: skip
_MENUS, _REDIRECTS, _ERRORS, _AGAIN, _TWICE = 15, 8, 12, 10, 12  # one of so many articles has one
_HELD = 65_535  # bytes that a raw block of Zstandard has at most, by what is written here


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=3_000)
    parser.add_argument("--megabytes", type=int, default=1_000)
    parser.add_argument("--packed", action="store_true")
    args = parser.parse_args()
    chance = random.Random(0)
    print("| archive | articles | MB | seconds | a second | MB of memory |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made:
        issue = Path(made, "issue")
        crawl = Path(made, "crawl.warc.gz" if args.packed else "crawl.warc")
        if args.pages:
            size = _make_issue(issue, args.pages, chance)
            _iterate(issue / "text", size, args.pages)
            _measure("METS and ALTO, pages", issue, size, args.pages)
        if not args.megabytes:
            return
        captures = _make_crawl(crawl, args.megabytes * 1_000_000, chance)
        size = crawl.stat().st_size
        print("captures:", ", ".join(f"{n:,} {kind}" for kind, n in captures.items()), flush=True)
        begun = time.process_time()
        with crawl.open("rb") as stream:
            for record in ArchiveIterator(stream):
                record.reader.read()
        seconds = time.process_time() - begun
        rate = captures.total() / seconds
        print(f"| fastwarc's iteration | | {size / 1e6:.0f} | {seconds:.1f} | {rate:,.0f} | |")
        _measure("WARC, captures", crawl, size, captures.total())


def _iterate(folder: Path, size: int, pages: int) -> None:
    """What lxml itself takes to go through the words of all pages."""
    begun = time.process_time()
    for path in folder.iterdir():
        for word in etree.parse(path).iter("{*}String"):
            word.get("CONTENT")
    seconds = time.process_time() - begun
    rate = pages / seconds
    print(f"| lxml's iteration | | {size / 1e6:.0f} | {seconds:.1f} | {rate:,.0f} | |", flush=True)


def _measure(name: str, source: Path, size: int, count: int) -> None:
    begun = time.process_time()
    articles = 0
    for file in find_articles([source]):
        assert isinstance(file, ArticleFile)
        articles += sum(isinstance(part, Reading) for part in read_articles(file))
    seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    print(
        f"| {name} | {articles:,} | {size / 1e6:.0f} | {seconds:.1f} | {count / seconds:,.0f} "
        f"| {memory:,.0f} |",
        flush=True,
    )


def _make_issue(folder: Path, pages: int, chance: random.Random) -> int:
    """An issue of so many pages; the bytes that they have."""
    (folder / "text").mkdir(parents=True)
    files, divs, physical = [], [], []
    size = 0
    for page in range(pages):
        blocks = []
        for start in range(0, _LINES, _BLOCK):
            lines = "".join(_line(chance, n) for n in range(_BLOCK))
            blocks.append(f"<TextBlock ID='B{page}_{start}'>{lines}</TextBlock>")
            divs.append(
                f"<div TYPE='ARTICLE' ID='D{page}_{start}' LABEL='Noticia {page} {start}'><fptr>"
                f"<area FILEID='F{page}' BETYPE='IDREF' BEGIN='B{page}_{start}'/></fptr></div>"
            )
        written = (
            "<alto xmlns='http://www.loc.gov/standards/alto/ns-v3#'><Layout>"
            f"<Page WIDTH='4000' HEIGHT='6000'><PrintSpace>"
            f"{''.join(blocks)}</PrintSpace></Page></Layout></alto>"
        )
        size += (folder / "text" / f"{page}.xml").write_text(written)
        files.append(f"<file ID='F{page}'><FLocat xlink:href='file://./text/{page}.xml'/></file>")
        physical.append(f"<div TYPE='PAGE' ORDER='{page}'><fptr FILEID='F{page}'/></div>")
    (folder / "mets.xml").write_text(
        "<mets xmlns='http://www.loc.gov/METS/' xmlns:xlink='http://www.w3.org/1999/xlink' "
        f"LABEL='El Faro 1913-06-10'><fileSec><fileGrp>{''.join(files)}</fileGrp></fileSec>"
        f"<structMap TYPE='PHYSICAL'>{''.join(physical)}</structMap><structMap TYPE='LOGICAL'>"
        f"<div TYPE='Newspaper'>{''.join(divs)}</div></structMap></mets>"
    )
    return size


def _line(chance: random.Random, number: int) -> str:
    words = chance.choices(_WORDS, k=_LINE)
    strings = [
        f'<String ID="S{number}_{n}" HPOS="1" VPOS="2" WIDTH="30" HEIGHT="9" WC="0.9" '
        f'CONTENT="{word}"/><SP/>'
        for n, word in enumerate(words)
    ]
    if number % 10 == 9:
        strings.append('<String CONTENT="presu-" WC="0.8"/>')
    place = f'HPOS="100" VPOS="{100 + 110 * number}" WIDTH="900" HEIGHT="90"'
    return f'<TextLine ID="L{number}" {place}>{"".join(strings)}</TextLine>'


def _make_crawl(path: Path, size: int, chance: random.Random) -> Counter[str]:
    """A crawl of about `size` bytes, and how many captures of each kind it has."""
    made: Counter[str] = Counter()
    number = 0
    with path.open("wb") as file:

        def add(what: str, name: str, content: bytes, **said: str) -> None:
            made[what] += 1
            record = _answered(name, content, **said)
            file.write(gzip.compress(record, 4) if path.suffix == ".gz" else record)

        while file.tell() < size:
            number += 1
            name = f"{chance.choice(_SECTIONS)}/noticia-{number}.html"
            page = _page(number, chance)
            _add_page(add, "articles", name, page, chance)
            if number % _AGAIN == 0:  # an older capture
                old = page.replace(b"</h1>", b" (avance)</h1>")
                _add_page(add, "older captures", name, old, chance, date="2024-05-05T10:00:00Z")
            if number % _TWICE == 0:
                _add_page(add, "copies", f"imprimir/{number}", page, chance)
            if number % _MENUS == 0:
                _add_page(add, "lists", f"tag/{number}", _list_page(number, chance), chance)
            if number % _REDIRECTS == 0:
                add("redirects", f"r/{number}", b"", status="301 Moved Permanently")
            if number % _ERRORS == 0:
                add("errors", f"e/{number}", b"<p>No hay nada", status="404 Not Found")
            suffix, kind, most = _BESIDE[number % len(_BESIDE)]
            content = chance.randbytes(chance.randrange(most // 2, most))
            add("others", f"{number}.{suffix}", content, kind=kind.decode())
    return made


def _add_page(
    add: Callable[..., None], what: str, name: str, page: bytes, chance: random.Random, **said: str
) -> None:
    encoding, pack = chance.choice(_PACKED)
    add(what, name, pack(page), encoding=encoding, **said)


def _zstandard(data: bytes) -> bytes:
    """A frame of blocks that are not packed: what is measured only has to be decoded."""
    blocks = [data[at : at + _HELD] for at in range(0, len(data), _HELD)]
    written = b"".join(
        (len(block) << 3 | (number == len(blocks))).to_bytes(3, "little") + block
        for number, block in enumerate(blocks, start=1)
    )
    return b"\x28\xb5\x2f\xfd\xa0" + len(data).to_bytes(4, "little") + written


_PACKED: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("", bytes),
    ("gzip", gzip.compress),
    ("gzip", gzip.compress),
    ("br", lambda data: brotli.compress(data, quality=4)),
    ("zstd", _zstandard),
)


def _page(number: int, chance: random.Random) -> bytes:
    title = f"{_said(chance, 9)} {number}"
    text = "".join(
        f"<p>{_said(chance, chance.randrange(30, 90))} <a href='/{n}'>{_said(chance, 3)}</a> "
        f"{_said(chance, chance.randrange(5, 40))}.</p>"
        for n in range(chance.randrange(4, 11))
    )
    related = "".join(
        f"<div class='card'><h3><a href='/n{n}'>{_said(chance, 8)}</a></h3></div>" for n in range(6)
    )
    return (
        f"<!DOCTYPE html><html lang='es'><head><meta charset='utf-8'><title>{escape(title)} | El "
        f"Faro</title>{_PROGRAM}<meta property='og:site_name' content='El Faro'><meta "
        "property='og:type' content='article'><meta property='article:published_time' "
        f"content='2024-05-{number % 28 + 1:02}T10:00:00+02:00'></head><body><header><nav><ul>"
        f"{_MENU}</ul></nav></header><main><article><h1>{escape(title)}</h1><p class='byline'>Por "
        f"Ana Ruiz</p><figure><img src='/{number}.jpg'><figcaption>{_said(chance, 8)}</figcaption>"
        f"</figure><div class='article-body'>{text}</div></article><aside class='related'>{related}"
        "</aside></main><footer><p>El Faro, derechos reservados</p></footer></body></html>"
    ).encode()


def _list_page(number: int, chance: random.Random) -> bytes:
    teasers = "".join(
        f"<div><h2><a href='/n{n}'>{_said(chance, 8)}</a></h2><p>{_said(chance, 25)}.</p></div>"
        for n in range(20)
    )
    return (
        f"<!DOCTYPE html><html><head><title>Tema {number}</title></head><body><nav><ul>{_MENU}"
        f"</ul></nav>{teasers}</body></html>"
    ).encode()


def _said(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))


def _answered(
    name: str,
    content: bytes,
    kind: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    encoding: str = "",
    date: str = "2024-05-06T10:00:00Z",
) -> bytes:
    packed = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{packed}\r\n".encode() + content
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Target-URI: https://press.example/{name}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: <urn:uuid:{name}>\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


if __name__ == "__main__":
    main()
