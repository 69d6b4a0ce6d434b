"""Folders that libraries and programs keep, made at random, with what their articles say."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from benchmarks.documents import articles_of, issue, saved, web_page

_EXPORTED = "https://faro.example/{n}"


@dataclass(frozen=True)
class KeptFolder:
    """Files by their paths in the folder, and the sentences of each article, in order."""

    files: dict[str, bytes]
    articles: tuple[tuple[str, ...], ...]


def kept_folder(kind: str, chance: random.Random) -> KeptFolder:
    """A folder of the kind."""
    return _MAKERS[kind](chance)


def kinds() -> list[str]:
    return sorted(_MAKERS)


def _issue(chance: random.Random) -> KeptFolder:
    return KeptFolder(*issue(chance))


def _single_file(chance: random.Random) -> KeptFolder:
    """Pages that SingleFile saved, or a browser with a folder of what belongs to them."""
    articles = articles_of(chance)
    files = {}
    for n, sentences in enumerate(articles):
        page = web_page(chance, sentences)
        if chance.random() < 0.3:
            files[f"{n}_files/advert.html"] = web_page(chance, ["No es de nadie."]).encode()
        else:
            page = saved(page, _EXPORTED.format(n=n))
        files[f"{n}.html"] = page.encode()
    return KeptFolder(files, articles)


def _archive_box(chance: random.Random) -> KeptFolder:
    articles = articles_of(chance)
    files = {}
    for n, sentences in enumerate(articles):
        address = _EXPORTED.format(n=n)
        folder = f"archive/171500000{n}.1"
        served = f"faro.example/{n}/index.html"
        index = {
            "timestamp": f"171500000{n}.1", "url": address, "title": "Sube el pan", "history": {},
            "canonical": {"index_path": "index.html", "wget_path": served},
        }  # fmt: skip
        page = web_page(chance, sentences)
        kept = {
            "singlefile.html": saved(page, address), "output.html": page, served: page,
            "htmltotext.txt": " ".join(sentences),
        }  # fmt: skip
        names = chance.sample(sorted(kept), chance.randint(1, len(kept)))
        files[f"{folder}/index.json"] = json.dumps(index).encode()
        files[f"{folder}/headers.json"] = b'{"Content-Type": "text/html"}'
        files |= {f"{folder}/{name}": kept[name].encode() for name in names}
    if chance.random() < 0.5:
        files |= {"ArchiveBox.conf": b"", "index.html": b"<p>lista</p>"}
    return KeptFolder(files, articles)


def _zotero(chance: random.Random) -> KeptFolder:
    """Saved pages, and an export that says what they are: by their paths, or by their addresses
    alone."""
    articles = articles_of(chance)
    way = chance.choice(("rdf", "bib", "csl"))
    files, works = {}, []
    for n, sentences in enumerate(articles):
        place = f"files/{n}/p\u00e1gina.html" if way == "rdf" else f"storage/ABCD123{n}/p.html"
        files[place] = saved(web_page(chance, sentences), _EXPORTED.format(n=n)).encode()
        works.append(_WORKS[way](n, place))
    name, before, between, after = _EXPORTS[way]
    files[name] = f"{before}{between.join(works)}{after}".encode()
    if way != "rdf" and chance.random() < 0.5:
        files["zotero.sqlite"] = b""
    return KeptFolder(files, articles)


def _in_rdf(n: int, place: str) -> str:
    return (
        f'<bib:Article rdf:about="#work_{n}"><z:itemType>newspaperArticle</z:itemType>'
        f'<link:link rdf:resource="#item_{n}"/><dc:title>Sube el pan</dc:title>'
        "<dc:date>2024-05-06</dc:date></bib:Article>"
        f'<z:Attachment rdf:about="#item_{n}"><z:itemType>attachment</z:itemType>'
        f'<rdf:resource rdf:resource="{quote(place)}"/></z:Attachment>'
    )


def _in_bibtex(n: int, place: str) -> str:
    return (
        f"@article{{pan{n}, title = {{Sube el {{pan}}}}, journaltitle = {{El Faro}}, "
        f"date = {{2024-05-06}}, file = {{Snapshot:/home/ana/Zotero/{place}:text/html}} }}"
    )


def _in_csl(n: int, place: str) -> str:
    work = {
        "id": f"http://zotero.org/users/1/items/{n}", "type": "article-newspaper",
        "title": "Sube el pan", "container-title": "El Faro", "URL": _EXPORTED.format(n=n),
        "issued": {"date-parts": [["2024", 5, 6]]},
    }  # fmt: skip
    return json.dumps(work)


_WORKS = {"rdf": _in_rdf, "bib": _in_bibtex, "csl": _in_csl}
_RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="http://purl.org/net/biblio#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:link="http://purl.org/rss/1.0/modules/link/">'
)
_EXPORTS = {  # name, and what stands before, between and behind the works
    "rdf": ("Biblioteca.rdf", _RDF, "", "</rdf:RDF>"),
    "bib": ("Biblioteca.bib", "", "\n\n", "\n"),
    "csl": ("Biblioteca.json", "[", ",", "]"),
}
_MAKERS: dict[str, Callable[[random.Random], KeptFolder]] = {
    "ArchiveBox": _archive_box,
    "METS": _issue,
    "SingleFile": _single_file,
    "Zotero": _zotero,
}
