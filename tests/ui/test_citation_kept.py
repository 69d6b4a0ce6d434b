"""A citation after its articles were read anew: its address, the note on it and its export."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.answer import Citation
from hemeroteca.ui.web.addresses import sentence_address
from hemeroteca.ui.web.collection_export import export
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.evidence_view import article_html
from hemeroteca.ui.web.page import reading_routes
from tests.helpers import write

CITED = "The harbour master, Inés Quiroga, closed the eastern pier for two winters."
TEXT = f"The sea took eleven planks of the pier. {CITED} Nobody was hurt."


@dataclass(frozen=True)
class Kept:
    """The citation that was kept, with the archive, the folder of its articles and the client."""

    citation: Citation
    archive: Archive
    folder: Path
    client: TestClient
    collections: Collections
    collection: str

    def read_anew(self) -> None:
        sync_folders(self.archive, [self.folder])

    def page(self) -> str:
        shown = self.client.get(
            f"/{sentence_address(self.citation)}", headers={"accept-language": "en"}
        )
        return unescape(shown.text)

    def card(self) -> str:
        return unescape(article_html(self.citation, self.archive.document, "en"))

    def exported(self, style: str) -> str:
        [collection] = self.collections.of("me")
        items = self.collections.items("me", self.collection)
        return export(collection, items, style, "en").text


@pytest.fixture
def kept(tmp_path: Path, archive: Archive) -> Iterator[Kept]:
    folder = tmp_path / "articles"
    write(folder, "pier", TEXT, "2022-11-05")
    write(folder, "other", "The mill grinds rye again, with a wheel of oak.", "2022-11-06")
    sync_folders(archive, [folder])
    document = archive.document("pier")
    assert document is not None
    start = document.text.index(CITED)
    citation = Citation(
        *(1, "pier", document.title, document.date, CITED, start, start + len(CITED), 0.9),
        (0, 0),
        language="en",
    )
    collections = Collections(tmp_path / "kept.db")
    collection = collections.add("me", "Pier")
    collections.toggle("me", collection, citation)
    [item] = collections.items("me", collection)
    collections.note("me", item.id, "ask the harbour office")
    with TestClient(Starlette(routes=reading_routes(archive))) as client:
        yield Kept(citation, archive, folder, client, collections, collection)


def _marked(page: str) -> list[str]:
    return re.findall(r"<mark[^>]*>(.*?)</mark>", page, re.DOTALL)


def _still_exported(kept: Kept) -> None:
    """The quote, its day and the note, as they were when they were kept."""
    assert CITED in kept.exported("markdown")
    assert "ask the harbour office" in kept.exported("markdown")
    ris = kept.exported("ris")
    assert f"N1  - “{CITED}”" in ris
    assert "DA  - 2022/11/05" in ris
    [item] = json.loads(kept.exported("json"))["items"]
    assert (item["quote"], item["note"]) == (CITED, "ask the harbour office")


def test_of_what_stands_elsewhere_in_its_article_the_place_is_found(kept: Kept) -> None:
    write(kept.folder, "pier", f"A correction came first. It was long. {TEXT}", "2022-11-05")
    kept.read_anew()
    assert _marked(kept.page()) == [CITED]
    assert f'<span class="quote">{CITED}</span>' in kept.card()
    _still_exported(kept)


def test_of_what_was_reworded_the_quote_is_shown_and_that_it_changed(kept: Kept) -> None:
    write(kept.folder, "pier", TEXT.replace("two winters", "a week"), "2022-11-05")
    kept.read_anew()
    for shown in (kept.page(), kept.card()):
        assert "the sentence is no longer there" in shown
        assert f">{CITED}</blockquote>" in shown
        assert "for a week" in shown
        assert _marked(shown) == []
    _still_exported(kept)


def test_articles_that_were_moved_with_their_folder_keep_their_addresses(kept: Kept) -> None:
    moved = kept.folder.rename(kept.folder.with_name("moved"))
    sync_folders(kept.archive, [moved])
    assert _marked(kept.page()) == [CITED]
    _still_exported(kept)


def test_a_file_that_was_renamed_is_named_where_the_quote_stands_now(kept: Kept) -> None:
    (kept.folder / "pier.txt").rename(kept.folder / "2022-11-05 pier.txt")
    kept.read_anew()
    page = kept.page()
    assert "no longer in the archive" in page
    assert f"<blockquote>{CITED}</blockquote>" in page
    assert "The sentence stands in" in page
    [address] = re.findall(r'<li><a href="[./]*(article/2022-11-05[^"]*)"', page)
    assert _marked(unescape(kept.client.get(f"/{address}").text)) == [CITED]
    _still_exported(kept)


def test_of_an_article_that_is_gone_the_quote_is_shown(kept: Kept) -> None:
    (kept.folder / "pier.txt").unlink()
    kept.read_anew()
    for shown in (kept.page(), kept.card()):
        assert "no longer in the archive" in shown
        assert f">{CITED}</blockquote>" in shown
    assert "The sentence stands in" not in kept.page()
    _still_exported(kept)
