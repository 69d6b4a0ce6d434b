"""What people keep, and how it is exported."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from hemeroteca.index.publication import Publication
from hemeroteca.rag.answer import Citation
from hemeroteca.ui.web.collection_export import export
from hemeroteca.ui.web.collections import (
    MAX_NOTE_CHARACTERS,
    Collection,
    CollectionError,
    Collections,
    Item,
)
from hemeroteca.ui.web.collections_view import collections_html

QUOTE = Citation(
    1, "a", "El <b>pan</b>", "2024-03-05", "Subió un 5 %.", 0, 13, 0.5, (0, 0),
    publication=Publication("El País", ("Ana Gil",)), language="es",
)  # fmt: skip
OTHER = replace(QUOTE, quote="Y bajó.", start=20, end=27)
WHOLE = Citation(0, "b", "Otro", None, "", 0, 0, 0.0, (0, 0))


@pytest.fixture
def collections(tmp_path: Path) -> Collections:
    return Collections(tmp_path / "kept.db")


def test_a_quote_is_kept_once_and_pressed_again_no_more(collections: Collections) -> None:
    lava = collections.add("me", "  La   va ")
    assert [collections.toggle("me", lava, each) for each in (QUOTE, OTHER, WHOLE)] == [True] * 3
    assert not collections.toggle("me", lava, replace(OTHER, n=7, score=0.1))
    assert [item.citation for item in collections.items("me", lava)] == [QUOTE, WHOLE]
    [listed] = collections.of("me")
    assert (listed.name, listed.items) == ("La va", 2)
    assert collections.articles("me", lava) == ("a", "b")


def test_a_note_is_kept_whole_or_refused(collections: Collections) -> None:
    lava = collections.add("me", "Lava")
    collections.toggle("me", lava, QUOTE)
    [item] = collections.items("me", lava)
    collections.note("me", item.id, " ñ\n" * 6_000)
    noted = ("ñ\n " * 6_000).strip()
    assert collections.items("me", lava)[0].note == noted
    with pytest.raises(CollectionError, match=r"1,000,000 characters; at most 20,000"):
        collections.note("me", item.id, "a" * 1_000_000)
    assert collections.items("me", lava)[0].note == noted
    assert len(noted) < MAX_NOTE_CHARACTERS


def test_nothing_of_another_owner_is_seen_or_changed(collections: Collections) -> None:
    lava = collections.add("me", "Lava")
    collections.toggle("me", lava, QUOTE)
    [item] = collections.items("me", lava)
    assert collections.of("you") == []
    assert collections.items("you", lava) == []
    assert collections.find("you", lava) is None
    with pytest.raises(CollectionError, match="is gone"):
        collections.toggle("you", lava, WHOLE)
    with pytest.raises(CollectionError, match="is gone"):
        collections.articles("you", lava)
    collections.note("you", item.id, "mine")
    collections.remove("you", item.id)
    collections.rename("you", lava, "Mine")
    collections.delete("you", lava)
    assert collections.items("me", lava) == [item]
    assert [each.name for each in collections.of("me")] == ["Lava"]


def test_a_collection_deleted_elsewhere_is_said_to_be_gone(collections: Collections) -> None:
    lava = collections.add("me", "Lava")
    collections.delete("me", lava)
    with pytest.raises(CollectionError, match="is gone"):
        collections.toggle("me", lava, QUOTE)
    collections.rename("me", lava, "Ash")
    assert collections.items("me", lava) == []


def test_an_empty_one_cannot_be_asked_and_a_blank_name_is_none(collections: Collections) -> None:
    with pytest.raises(CollectionError, match="is empty"):
        collections.articles("me", collections.add("me", "Lava"))
    with pytest.raises(CollectionError, match="no name"):
        collections.add("me", " \n")


LAVA = Collection("1", "Lava: 1/2", "2026-11-28T10:00:00+00:00", 3)
ITEMS = [Item("x", QUOTE, "So *this*.\nAnd that."), Item("y", OTHER), Item("z", WHOLE)]


def test_markdown_has_quotes_references_and_notes_and_switches_markup_off() -> None:
    exported = export(LAVA, ITEMS, "markdown", "en")
    assert (exported.name, exported.mime) == ("Lava  1 2.md", "text/markdown")
    assert exported.text == (
        "# Lava: 1/2\n\n"
        "> Subió un 5 %.\n>\n> [1] Ana Gil, “El \\<b\\>pan\\</b\\>”, El País, 5 March 2024\n\n"
        "**Note:** So \\*this\\*.\n\nAnd that.\n\n"
        "> Y bajó.\n>\n> [2] Ana Gil, “El \\<b\\>pan\\</b\\>”, El País, 5 March 2024\n\n"
        "[3] “Otro”\n"
    )


def test_json_has_all_of_it() -> None:
    told = json.loads(export(LAVA, ITEMS, "json", "en").text)
    assert told["name"] == "Lava: 1/2"
    assert [item["n"] for item in told["items"]] == [1, 2, 3]
    assert [item["quote"] for item in told["items"]] == ["Subió un 5 %.", "Y bajó.", ""]
    assert [item["note"] for item in told["items"]] == ["So *this*.\nAnd that.", "", ""]
    assert told["items"][0]["paper"] == "El País"


def test_references_have_each_article_once_with_its_quotes_and_notes() -> None:
    ris = export(LAVA, ITEMS, "ris", "en").text
    assert ris.count("TY  - NEWS") == 2
    assert [line for line in ris.splitlines() if line.startswith("N1")] == [
        "N1  - “Subió un 5 %.”", "N1  - “Y bajó.”", "N1  - So *this*. And that."
    ]  # fmt: skip
    bibtex = export(LAVA, ITEMS, "bibtex", "en")
    assert bibtex.name.endswith(".bib")
    assert "note = {“Subió un 5 \\%.” — “Y bajó.” — So *this*. And that.}" in bibtex.text
    assert bibtex.text.count("@article{") == 2
    [one, other] = json.loads(export(LAVA, ITEMS, "csl", "en").text)
    assert one["note"] == "“Subió un 5 %.”\n“Y bajó.”\nSo *this*.\nAnd that."
    assert "note" not in other


def test_no_other_style_is_exported() -> None:
    with pytest.raises(CollectionError, match="one of markdown, json"):
        export(LAVA, ITEMS, "../x", "en")


def test_words_with_a_number_sign_in_notes_are_tags() -> None:
    noted = ("#Budget for #2024, see x#y", "#budget and #Año_2024", "")
    items = [Item(str(n), QUOTE, note) for n, note in enumerate(noted)]
    kept = Collection("c", "Kept", "2024-01-01T00:00:00+00:00", 3)
    html = collections_html([kept], kept, items, "en")
    assert re.findall('data-find="(.*?)"', html) == ["#Año_2024", "#Budget"]
    assert 'name="find"' in html
    assert 'name="find"' not in collections_html([kept], kept, items[:1], "en")
