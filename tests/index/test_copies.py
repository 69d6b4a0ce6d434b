"""Copies of one text, grouped in the catalog."""

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hemeroteca.index.stores.catalog import Catalog
from hemeroteca.index.stores.copies import COPY_FROM, signature
from hemeroteca.index.text.passages import split_article
from tests.helpers import read

TEXT = (
    "El presidente de la comisión anunció ayer en Montevideo que el acuerdo sobre los puertos del "
    "sur se firmará antes de fin de año si los sindicatos aceptan la propuesta del ministerio de "
    "transporte que prevé nuevas inversiones en los muelles y una reducción de las tarifas"
)
OTHER = "Die neue Brücke über die Elbe wird im Oktober für den Verkehr freigegeben und ist breit."


def _agency(edits: int = 0, seed: int = 0) -> str:
    """The agency's text with so many of its words replaced."""
    words = TEXT.split()
    for place in random.Random(seed).sample(range(len(words)), edits):
        words[place] = "XYZ"
    return " ".join(words) + "."


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog(tmp_path / "catalog.db")
    yield opened
    opened.close()


def _enter(catalog: Catalog, folder: Path, **texts: str) -> None:
    entries = []
    for article, text in texts.items():
        document = read(folder, article, text)
        passages = split_article(document, lambda texts: [[(0, 1)] for _ in texts])
        entries.append((document, "s", passages))
    catalog.put(entries)


def _groups(catalog: Catalog) -> set[frozenset[str]]:
    """The groups by their members, as copies and as passages know them."""
    by_passages: dict[str, set[str]] = {}
    for passage in catalog.passages(sorted(catalog.passage_ids())).values():
        by_passages.setdefault(passage.group, set()).add(passage.article)
    groups = {frozenset(group) for group in by_passages.values()}
    for group in groups:
        for article in group:
            assert {copy["article"] for copy in catalog.copies(article)} == group - {article}
    return groups


def _sets(*groups: str) -> set[frozenset[str]]:
    return {frozenset(group) for group in groups}


def test_the_signature_estimates_what_two_texts_have_in_common() -> None:
    one, same = signature(_agency()), signature(_agency().upper().replace(" ", ",  "))
    assert one.shape == (128,)
    np.testing.assert_array_equal(one, same)
    assert COPY_FROM <= (one == signature(_agency(edits=2))).mean() < 1
    assert (one == signature(OTHER)).mean() < 0.1
    assert signature(" … 👩‍👩‍👧 ").shape == (0,)
    assert signature("Sí").shape == (128,)


def test_small_edits_are_copies_and_other_texts_are_not(catalog: Catalog, tmp_path: Path) -> None:
    _enter(catalog, tmp_path, a=_agency(), b=_agency(2), c=OTHER, d="…", e="…!", f=_agency())
    assert _groups(catalog) == _sets("abf", "c", "d", "e")


def test_copies_are_named_the_latest_first(catalog: Catalog, tmp_path: Path) -> None:
    _enter(catalog, tmp_path, a=_agency())
    _enter(catalog, tmp_path, b="date 2024-01-01 " + _agency(1), c="date 2025-01-01 " + _agency(1))
    assert [(copy["article"], copy["date"]) for copy in catalog.copies("a")] == [
        ("c", "2025-01-01"),
        ("b", "2024-01-01"),
    ]
    assert len(catalog.copies("a", limit=1)) == 1


def test_an_article_that_becomes_another_text_leaves_its_group(
    catalog: Catalog, tmp_path: Path
) -> None:
    _enter(catalog, tmp_path, a=_agency(), b=_agency(1), c=_agency(2))
    _enter(catalog, tmp_path, b=OTHER)
    assert _groups(catalog) == _sets("ac", "b")
    _enter(catalog, tmp_path, a=OTHER)  # the text that led
    assert _groups(catalog) == _sets("ab", "c")
    _enter(catalog, tmp_path, a=_agency(2))
    assert _groups(catalog) == _sets("ac", "b")


def test_a_group_stays_together_when_its_leading_text_is_removed(
    catalog: Catalog, tmp_path: Path
) -> None:
    _enter(catalog, tmp_path, a=_agency(), b=_agency(1), c=_agency(2), d=OTHER)
    catalog.delete(["a"])
    assert _groups(catalog) == _sets("bc", "d")
    catalog.delete(["b", "d"])
    assert _groups(catalog) == _sets("c")
    _enter(catalog, tmp_path, e=_agency())
    assert _groups(catalog) == _sets("ce")


def test_nothing_is_kept_of_what_is_changed_or_removed(catalog: Catalog, tmp_path: Path) -> None:
    _enter(catalog, tmp_path, a=_agency(), b=_agency(2), c=OTHER)
    _enter(catalog, tmp_path, a=OTHER)
    catalog.delete(["a", "b", "c"])
    assert catalog._rows("SELECT * FROM band") == []
    assert catalog._rows("SELECT * FROM copy") == []


def test_likeness_is_not_handed_on(catalog: Catalog, tmp_path: Path) -> None:
    """A text rewritten word by word ends in another group."""
    steps = {}
    words = TEXT.split()
    for n, place in enumerate(range(0, len(words), 4)):
        words[place : place + 4] = OTHER.split()[place % 12 : place % 12 + 4]
        steps[f"v{n:02}"] = " ".join(words)
    _enter(catalog, tmp_path, **steps)
    groups = _groups(catalog)
    assert 1 < len(groups) < len(steps)
    assert not any({"v00", max(steps)} <= group for group in groups)
