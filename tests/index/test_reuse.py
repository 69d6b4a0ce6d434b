"""Passages that several articles of an archive share."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemeroteca.index.article import Article
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.filter import Filter
from hemeroteca.index.search.passages import common_runs
from hemeroteca.index.search.reuse import (
    Holder,
    Reused,
    _fingerprints,
    _number_of,
    found_by,
    reused_in,
    shown_passages,
    widest,
)
from hemeroteca.index.search.search import Wanted
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders

AGENCY = (
    "La planta de Vilaseca cerrará sus puertas en marzo y los doscientos trabajadores serán "
    "trasladados a Tortosa, según informó la empresa en un comunicado"
)
EDITED = AGENCY.replace("y los doscientos", "y sus doscientos")
STATEMENT = (
    "no vamos a permitir que se cierre ni una sola escuela de la comarca mientras quede un niño "
    "que quiera aprender en ella"
)
FILLED = {
    "one": f"El alcalde habló ayer de la fábrica. {AGENCY}. Nadie esperaba la noticia.",
    "two": f"Malas noticias para la comarca, otra vez. {EDITED}, y punto.",
    "three": f"{AGENCY}. El sindicato dijo: {STATEMENT}. Así terminó el acto de la plaza mayor.",
    "four": f"La consejera respondió con una frase larga: {STATEMENT}. Luego se marchó deprisa.",
    "alone": "La empresa cerrará la planta en marzo y trasladará a sus trabajadores a Tortosa.",
}
DAYS = {"one": "2021-03-02", "two": "2021-03-01", "three": "", "four": "2021-05-01", "alone": ""}
PAPERS = {"one": "El Día", "two": "La Voz", "three": "El Día", "four": "El Día", "alone": ""}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("press")
    lines = (
        json.dumps(
            {"id": id, "title": id, "text": text, "date": DAYS[id] or None, "source": PAPERS[id]}
        )
        for id, text in FILLED.items()
    )
    (folder / "press.jsonl").write_text("\n".join(lines), encoding="utf-8")
    opened = Archive(tmp_path_factory.mktemp("data"), encoder)
    sync_folders(opened, [folder])
    yield opened
    opened.close()


def _told(archive: Archive, passages: list[Reused]) -> list[tuple[str, list[str]]]:
    return [
        (each.quote, [each.titles[holder.article] for holder in each.passage.holders])
        for each in shown_passages(archive, passages)
    ]


def test_passages_come_with_who_has_them_the_first_first(archive: Archive) -> None:
    passages = reused_in(archive).made()
    agency, statement = _told(archive, widest(passages))
    assert agency == (EDITED, ["two", "one", "three"])
    assert statement == (STATEMENT, ["four", "three"])
    assert [each.papers for each in widest(passages)] == [2, 1]


def test_each_holder_has_the_passage_at_its_place(archive: Archive) -> None:
    for passage in reused_in(archive).made():
        for holder in passage.holders:
            article = archive.document(holder.article)
            assert article is not None
            text = article.text[holder.start : holder.end]
            assert text.split()[0] in ("La", "no")
            assert text.split()[-1] in ("comunicado", "ella")
            assert (holder.paper, holder.date) == (PAPERS[article.title], DAYS[article.title])


def test_of_what_a_search_finds_two_at_least_share_them(archive: Archive) -> None:
    passages = reused_in(archive).made()
    for text, only, told in (
        ("sindicato OR consejera", Filter(), [["four", "three"]]),
        ("comunicado", Filter(papers=("El Día",)), [["one", "three"]]),
        ("sindicato", Filter(), []),
        ("", Filter(), [["two", "one", "three"], ["four", "three"]]),
    ):
        among = found_by(archive, Wanted(text, only))
        assert [titles for _, titles in _told(archive, widest(passages, among))] == told


def test_they_are_kept_until_the_articles_change(archive: Archive, tmp_path: Path) -> None:
    derived = reused_in(archive)
    first = derived.made()
    assert derived.made() is first
    (archive.folder / "reuse-2.json").write_text("{", encoding="utf-8")  # as if cut off
    assert derived.of_now() is first
    extra = tmp_path / "extra.txt"
    extra.write_text(f"Nota\n\nHoy se supo más: {STATEMENT}, dijo alguien.", encoding="utf-8")
    source = next(iter(archive.catalog.entries().values())).source
    sync_folders(archive, [Path(source).parent, extra])
    assert derived.of_now() is None
    assert derived.begun() is None  # it is made apart
    again = derived.made()
    assert [len(each.holders) for each in widest(again)] == [3, 3]
    sync_folders(archive, [Path(source).parent])


def test_formulas_stand_apart() -> None:
    def passage(articles: int, papers: int) -> Reused:
        return Reused([Holder(str(n), str(n % papers), "", 0, 100) for n in range(articles)])

    formula, agency, few = passage(40, 2), passage(40, 20), passage(30, 1)
    assert widest([formula, agency, few]) == [agency, few]
    assert widest([formula, agency, few], formulas=True) == [formula]


def test_a_term_has_the_same_number_in_every_process() -> None:
    assert _number_of("uno") == 18248987968367741340


words = st.lists(st.sampled_from(["uno", "dos", "tres", "seis", "diez"]), max_size=40)


@settings(deadline=None)
@given(words, words, st.lists(st.integers(0, 10**6), min_size=12, max_size=30), words, words)
def test_of_twelve_terms_in_a_row_one_run_is_kept_in_both(
    a: list[str], b: list[str], shared: list[int], c: list[str], d: list[str]
) -> None:
    said = [f"p{number}" for number in shared]
    one, other = (Article("a", " ".join([*x, *said, *y]), "es", "") for x, y in ((a, b), (c, d)))
    assert {*_fingerprints(one)[0]} & {*_fingerprints(other)[0]}
    assert common_runs([*a, *said, *b], [*c, *said, *d])
