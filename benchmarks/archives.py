"""How long digitised issues and crawls take to read, and what memory.

    python -m benchmarks.archives [--pages 3000] [--megabytes 1000]

An invented issue in METS and ALTO, of pages of 1,500 words with every tenth line parted within a
word, and an invented crawl (WARC, each record packed) of articles of 400 words in pages of a site's
usual markup, each with three pictures of 8 kB. Read as `hemeroteca index` reads them, before
anything is embedded; seconds of processor. Beside the pages stands lxml's own iteration over the
same files, which takes the content of each word and nothing else, beside the crawl fastwarc's,
which unpacks each record and reads nothing of it. The memory is the most that this process held.
`--pages
0` and `--megabytes 0` leave one of them out."""

import argparse
import gzip
import random
import resource
import tempfile
import time
from pathlib import Path

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
_PARAGRAPHS, _PARAGRAPH = 8, 50
_BESIDE = 3
_MENU = "".join(f"<li><a href='/seccion/{n}'>Sección {n}</a></li>" for n in range(120))
_SCRIPT = "<script>" + "var a = {b: 1, c: [2, 3]};" * 400 + "</script>"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=3_000)
    parser.add_argument("--megabytes", type=int, default=1_000)
    args = parser.parse_args()
    chance = random.Random(0)
    print("| archive | articles | MB | seconds | a second | MB of memory |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made:
        issue, crawl = Path(made, "issue"), Path(made, "crawl.warc.gz")
        if args.pages:
            size = _make_issue(issue, args.pages, chance)
            _iterate(issue / "text", size, args.pages)
            _measure("METS and ALTO, pages", issue, size, args.pages)
        if not args.megabytes:
            return
        captures, size = _make_crawl(crawl, args.megabytes * 1_000_000, chance)
        begun = time.process_time()
        with crawl.open("rb") as stream:
            for record in ArchiveIterator(stream):
                record.reader.read()
        seconds = time.process_time() - begun
        rate = captures / seconds
        print(f"| fastwarc's iteration | | {size / 1e6:.0f} | {seconds:.1f} | {rate:,.0f} | |")
        _measure("WARC, captures", crawl, size, captures)


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


def _make_crawl(path: Path, size: int, chance: random.Random) -> tuple[int, int]:
    """A crawl of about `size` bytes before it is packed; its captures and these bytes."""
    made = number = 0
    with path.open("wb") as file:
        while made < size:
            number += 1
            record = _record(number, chance)
            made += len(record)
            file.write(gzip.compress(record, 1))
            for other in range(_BESIDE):
                record = _picture(number, other, chance)
                made += len(record)
                file.write(gzip.compress(record, 1))
    return number * (1 + _BESIDE), made


def _picture(number: int, other: int, chance: random.Random) -> bytes:
    return _answered(f"{number}/{other}.jpg", b"image/jpeg", chance.randbytes(8_000))


def _record(number: int, chance: random.Random) -> bytes:
    text = "".join(
        f"<p>{' '.join(chance.choices(_WORDS, k=_PARAGRAPH))} {number}.</p>"
        for _ in range(_PARAGRAPHS)
    )
    page = (
        f"<!DOCTYPE html><html><head><title>Noticia {number}</title>{_SCRIPT}<meta "
        "property='article:published_time' content='2024-05-06'></head><body><nav><ul>"
        f"{_MENU}</ul></nav><article><h1>Noticia {number}</h1>{text}</article></body></html>"
    ).encode()
    return _answered(str(number), b"text/html; charset=utf-8", page)


def _answered(name: str, kind: bytes, content: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n" + content
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Target-URI: https://press.example/{name}\r\nWARC-Date: 2024-05-06T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{name}>\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


if __name__ == "__main__":
    main()
