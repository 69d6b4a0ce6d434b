"""A followed folder of every kind of archive: files that come, change and go."""

import gzip
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from tests.helpers import COMMAND, environment
from tests.index import drawn
from tests.index.test_collections import CSL, INDEX, SAVED
from tests.index.test_issue import alto, area, article, block, mets, structure
from tests.index.test_recognised import abbyy, hocr
from tests.index.test_scan import needs_tesseract, scanned
from tests.index.test_web_archive import page, record

_ENCODING = "utf-8"


def warc(text: str, name: str = "n") -> bytes:
    """Captures of a page in several files are one article, so that each file has one of its own."""
    return record(f"https://faro.example/{name}", page("Noticia", text))


def wacz(text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as container:
        container.writestr("archive/a.warc", warc(text, "packed"))
        container.writestr("pages/pages.jsonl", '{"url": "https://faro.example/packed"}')
    return packed.getvalue()


def nitf(text: str) -> bytes:
    return (
        "<nitf><head><docdata><doc-id regsrc='faro' id-string='1'/></docdata></head><body>"
        f"<body.content><p>{text}</p></body.content></body></nitf>"
    ).encode()


def newsml(text: str) -> bytes:
    return (
        "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:faro:2'><itemMeta>"
        "<itemClass qcode='ninat:text'/></itemMeta><contentSet><inlineXML><html "
        f"xmlns='http://www.w3.org/1999/xhtml'><body><p>{text}</p></body></html></inlineXML>"
        "</contentSet></newsItem>"
    ).encode()


def newsml1(text: str) -> bytes:
    return (
        "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>Noticia</HeadLine></NewsLines>"
        f"<ContentItem><DataContent><p>{text}</p></DataContent></ContentItem></NewsComponent>"
        "</NewsItem></NewsML>"
    ).encode()


def ninjs(text: str, **said: object) -> bytes:
    item = {"uri": "urn:faro:3", "version": "1", "urgency": 3, "headline": "Noticia"}
    return json.dumps(item | {"body_text": text} | said).encode()


def mail(text: str) -> bytes:
    return f"Subject: Boletín\nMessage-ID: <1@faro>\n\n{text}\n".encode()


def mbox(text: str) -> bytes:
    return b"From a@b.example Mon May  6 10:00:00 2024\n" + mail(text)


def wordpress(text: str) -> bytes:
    names = (
        "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
        "xmlns:wp='http://wordpress.org/export/1.2/'"
    )
    return (
        f"<rss version='2.0' {names}><channel><item><title>Noticia</title><guid>g</guid>"
        f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded><wp:status>publish"
        "</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>"
    ).encode()


def lines(text: str) -> list[drawn.Drawn]:
    plain = text.encode("ascii", "replace").decode()
    return [drawn.Drawn(50, 700, plain)]


def saved(text: str) -> bytes:
    """A page as SingleFile saves it."""
    return page("Noticia", text).replace(b"<html>", f"<html>{SAVED}".encode(), 1)


FORMATS = {
    "a.warc": warc, "b.wacz": wacz, "c.xml": nitf, "d.xml": newsml, "e.xml": newsml1,
    "f.json": ninjs, "g.eml": mail, "h.mbox": mbox, "i.xml": wordpress,
    "j.pdf": lambda text: drawn.pdf(lines(text)),
    "k.jsonl": lambda text: ninjs(text, uri="urn:faro:4"),
    "l.json": lambda text: json.dumps([{"id": 1, "text": text}]).encode(),
    "m.xml": lambda text: alto(block("B", text)),
    "n.hocr": lambda text: hocr([text.split()]),
    "o.xml": lambda text: abbyy([text.split()]),
    "p.html": saved,
    "q.warc.gz": lambda text: gzip.compress(warc(text, "gz")),
    "box/archive/1715000000.1/singlefile.html": saved,
    "zotero/storage/ABCD1234/p.html": saved,
}  # fmt: skip
KEPT = {  # what programs lay beside the articles that they keep
    "box/archive/1715000000.1/index.json": json.dumps(INDEX).encode(),
    "zotero/csl.json": json.dumps(CSL).encode(),
}
BEFORE = "El puerto de Motril reabre el jueves, dijo ayer el alcalde en el pleno municipal."
AFTER = "El puerto de Motril reabre el lunes, dijo hoy el alcalde en la lonja del pescado."


@dataclass
class Following:
    """A folder that `hemeroteca index --watch` follows, and the lines that it writes."""

    folder: Path
    lines: "Queue[str]"

    def change(self, name: str, data: bytes | None) -> str:
        """What is said once the file has these bytes, or is gone."""
        return self.change_all({name: data})

    def change_all(self, files: Mapping[str, bytes | None]) -> str:
        """The same of several files, at once."""
        paths = {name: self.folder / name for name in files}
        hidden = {name: path.with_name(f".{path.name}") for name, path in paths.items()}
        for name, data in files.items():
            if data is not None:
                paths[name].parent.mkdir(exist_ok=True, parents=True)
                hidden[name].write_bytes(data)  # what is hidden is not followed
        for name, data in files.items():
            if data is None:
                paths[name].unlink()
            else:
                hidden[name].replace(paths[name])
        return self.next()

    def next(self) -> str:
        """What is said of articles next: how many were added, changed and removed."""
        return ", ".join(self.lines.get(timeout=120).split(", ")[:3])


@pytest.fixture(scope="module")
def following(tmp_path_factory: pytest.TempPathFactory, cache_dir: Path) -> Iterator[Following]:
    home = tmp_path_factory.mktemp("followed")
    folder = home / "seeds"
    folder.mkdir()
    (folder / "one.txt").write_text("El gato come pescado.", encoding=_ENCODING)
    with subprocess.Popen(
        [COMMAND, "index", "--watch"],
        cwd=home,
        env=environment(CACHE_DIR=cache_dir),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as watching:
        lines: Queue[str] = Queue()
        assert watching.stdout is not None
        output = watching.stdout
        reader = Thread(target=lambda: [lines.put(line) for line in output], daemon=True)
        reader.start()
        try:
            made = Following(folder, lines)
            assert made.next() == "1 added, 0 changed, 0 removed"
            yield made
        finally:
            watching.kill()
        reader.join()


def test_files_of_every_kind_are_followed(following: Following) -> None:
    number = len(FORMATS)
    before = {name: make(BEFORE) for name, make in FORMATS.items()}
    said = following.change_all({**KEPT, **before})
    assert said == f"{number} added, 0 changed, 0 removed"
    said = following.change_all({name: make(AFTER) for name, make in FORMATS.items()})
    added, changed, removed = (int(each.split()[0]) for each in said.split(", "))
    # Where nothing else tells an article from others, its text does.
    assert (added + changed, added) == (number, removed)
    said = following.change_all(dict.fromkeys([*FORMATS, *KEPT]))
    assert said == f"0 added, 0 changed, {number} removed"


@needs_tesseract
def test_a_scan_is_followed(following: Following) -> None:
    assert following.change("r.pdf", scanned(lines(BEFORE))) == "1 added, 0 changed, 0 removed"
    assert following.change("r.pdf", scanned(lines(AFTER))) == "0 added, 1 changed, 0 removed"
    assert following.change("r.pdf", None) == "0 added, 0 changed, 1 removed"


def test_an_issue_is_followed_by_its_pages(following: Following) -> None:
    logical = structure(article("a1", area("A1", "B")))
    folder = following.folder / "issue" / "text"
    folder.mkdir(parents=True)
    (folder / "1.xml").write_bytes(alto(block("B", BEFORE)))
    assert following.next() == "1 added, 0 changed, 0 removed"  # a page alone
    assert following.change("issue/mets.xml", mets(logical, pages=1)).startswith("1 added")
    assert following.change("issue/text/1.xml", alto(block("B", AFTER))) == (
        "0 added, 1 changed, 0 removed"
    )
    assert following.change("issue/mets.xml", None).startswith("1 added, 0 changed, 1 removed")
    assert following.change("issue/text/1.xml", None) == "0 added, 0 changed, 1 removed"


def test_what_is_under_embargo_comes_at_its_time_and_goes_when_it_is_killed(
    following: Following,
) -> None:
    until = datetime.now(UTC) + timedelta(seconds=12)
    item = ninjs(BEFORE, uri="urn:faro:5", embargoed=until.isoformat())
    said = following.change("n.json", item)
    if said.startswith("0 added"):
        said = following.next()
    assert (said, datetime.now(UTC) >= until) == ("1 added, 0 changed, 0 removed", True)
    killed = ninjs("", uri="urn:faro:5", version="2", pubstatus="canceled")
    assert following.change("o.json", killed) == "0 added, 0 changed, 1 removed"


def test_a_list_of_feeds_adds_nothing(following: Following) -> None:
    feeds = b"<opml><body><outline xmlUrl='https://faro.example/rss'/></body></opml>"
    assert following.change("p.opml", feeds) == "0 added, 0 changed, 0 removed"
    following.change("q.txt", b"El perro duerme.")
    assert following.change("q.txt", None) == "0 added, 0 changed, 1 removed"
