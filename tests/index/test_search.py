"""Articles found by their words, counted, ordered and marked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.article import Article
from hemeroteca.index.errors import StorageError
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.publication import Publication
from hemeroteca.index.search.excerpts import excerpts, pieces
from hemeroteca.index.search.grammar import parse
from hemeroteca.index.search.marks import Marker, _halves, _slips
from hemeroteca.index.stores.articles import ArticleIndex, Named
from hemeroteca.index.text.terms import WRITTEN


def _article(
    id: str,
    text: str,
    title: str = "",
    day: str | None = None,
    language: str = "es",
    paper: str = "",
    authors: tuple[str, ...] = (),
    section: str = "",
) -> Article:
    headline = f"{title}\n\n" if title else ""
    publication = Publication(paper, authors, section)
    return Article(
        id, headline + text, language, title, day, hash=id, body=len(headline),
        publication=publication,
    )  # fmt: skip


ARTICLES = [
    _article(
        "puebla", "El gobernador de Puebla visitó al presidente del Gobierno.", "Visita a Puebla",
        "2020-03-04", paper="El País", authors=("Rosa Quishpe", "Juan O'Donnell"),
        section="Política",
    ),
    _article(
        "pueblo", "El pueblo eligió a su alcaldesa. La reunión empezó a las 12:30.",
        "Elecciones en el pueblo", "2020-03-20", paper="El País", authors=("Rosa Quishpe",),
        section="Local",
    ),
    _article(
        "madrid", "Madrid acogió una reunión de embajadores. El presidente habló.", "Cumbre",
        "2021-01-10", paper="Milenio", section="Política",
    ),
    _article("odonnell", "La calle O’Donnell estuvo cortada por la nieve.", paper="Milenio"),
    _article(
        "bridge", "The ambassador opened the bridges of Porto.", "Bridges", "2019-05-06", "en"
    ),
    _article(
        "brücke", "Die Brücken von Berlin werden saniert. Puebla hilft.", "", "2022-01-01", "de"
    ),
]  # fmt: skip
LANGUAGES = ["de", "en", "es"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArticleIndex]:
    opened = ArticleIndex(tmp_path_factory.mktemp("articles"))
    opened.put(ARTICLES)
    opened.commit()
    yield opened
    opened.close()


def _ids(index: ArticleIndex, text: str, only: Filter = Filter()) -> set[str]:
    return set(index.search(parse(text), LANGUAGES, only).scores)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {each.id for each in ARTICLES}),
        # A name is found as it is written, accents and capitals aside; other words by their stem.
        ("Puebla", {"puebla", "brücke"}),
        ("PUEBLA", {"puebla", "brücke"}),
        ("puebla", {"puebla", "pueblo", "brücke"}),
        ("Brücke", {"brücke"}),  # German names have endings
        ("embajador", {"madrid"}),
        ("bridge", {"bridge"}),
        ("politica", set()),  # said beside the text
        # Phrases, prefixes, slips.
        ('"presidente del gobierno"', {"puebla"}),
        ('"presidente gobierno"', set()),
        ('"presidente gobierno"~1', {"puebla"}),
        ('"presidente del gob*"', {"puebla"}),
        ("embaj*", {"madrid"}),
        ("*dores", {"madrid"}),
        ("embajadorse~", {"madrid"}),
        ("ambasador~1", {"bridge"}),
        ("ambasadro~1", set()),
        # Operators.
        ("presidente reunión", {"madrid"}),
        ("presidente OR reunión", {"puebla", "pueblo", "madrid"}),
        ("presidente -Puebla", {"madrid"}),
        ("NOT el", {"odonnell", "bridge", "brücke"}),
        ("(Puebla OR Porto) NOT visita", {"bridge", "brücke"}),
        ("-el OR -la", {"puebla", "madrid", "odonnell", "bridge", "brücke"}),
        # Of a phrase of one word.
        ('"Puebla"', {"puebla", "brücke"}),
        ('"Pueb*"', {"puebla", "pueblo", "brücke"}),
        ('-"Puebla" "pueblo"', {"pueblo"}),
        # Fields.
        ("title:Puebla", {"puebla"}),
        ("title:eleccion", {"pueblo"}),
        ("paper:pais", {"puebla", "pueblo"}),
        ('paper:"el país" author:donnell', {"puebla"}),
        ("author:quishpe~ section:local", {"pueblo"}),
        ("author:rosa -section:política", {"pueblo"}),
        ("section:pol*", {"puebla", "madrid"}),
        ("date:2020", {"puebla", "pueblo"}),
        ("date:2020-03-04", {"puebla"}),
        ("date:2020-03-05..2021", {"pueblo", "madrid"}),
        ("date:<2020", {"bridge"}),
        ("date:none", {"odonnell"}),
        ("language:en OR language:de", {"bridge", "brücke"}),
        # Written as people write.
        ("O'Donnell", {"odonnell"}),
        ("12:30", {"pueblo"}),
        ("Madrid: reunión", {"madrid"}),
    ],
)
def test_what_is_found(index: ArticleIndex, text: str, expected: set[str]) -> None:
    assert _ids(index, text) == expected


def test_a_filter_leaves_its_articles(index: ArticleIndex) -> None:
    assert _ids(index, "", Filter(articles=("bridge", "gone"))) == {"bridge"}
    assert _ids(index, "el", Filter(papers=("El País",))) == {"puebla", "pueblo"}
    year = Period(date(2021, 1, 1), date(2021, 12, 31))
    assert _ids(index, "", Filter(year)) == {"madrid"}
    assert _ids(index, "", Filter(year, undated=True)) == {"madrid", "odonnell"}
    assert _ids(index, "reunión", Filter(authors=("Rosa Quishpe",))) == {"pueblo"}
    plain = index.search(parse("reunión"), LANGUAGES).scores
    narrowed = index.search(parse("reunión"), LANGUAGES, Filter(languages=("es",))).scores
    assert narrowed == plain  # a filter is no merit


def test_every_hit_is_counted_and_reached_once(tmp_path: Path) -> None:
    index = ArticleIndex(tmp_path / "many")
    dated = [
        _article(f"a{n}", "La noticia del día.", day=f"2020-{n % 12 + 1:02}-01") for n in range(90)
    ]
    index.put([*dated, *(_article(f"b{n}", "La noticia.") for n in range(10))])
    index.commit()
    for order in ("best", "newest", "oldest"):
        pages = [
            index.search(parse("noticia"), ["es"], order=order, first=first, most=30)
            for first in (0, 30, 60, 90, 120)
        ]
        assert [page.total for page in pages] == [100] * 5
        assert [len(page.scores) for page in pages] == [30, 30, 30, 10, 0]
        assert len({id for page in pages for id in page.scores}) == 100
        if order != "best":  # the undated come last, whatever the order
            assert all(id.startswith("b") for id in pages[3].scores)
    index.close()


def test_days_order_the_articles(index: ArticleIndex) -> None:
    newest = [*index.search(parse(""), LANGUAGES, order="newest").scores]
    assert newest == ["brücke", "madrid", "pueblo", "puebla", "bridge", "odonnell"]
    oldest = [*index.search(parse(""), LANGUAGES, order="oldest").scores]
    assert oldest == ["bridge", "puebla", "pueblo", "madrid", "brücke", "odonnell"]


def test_the_best_is_first(index: ArticleIndex) -> None:
    assert next(iter(index.search(parse("Puebla"), LANGUAGES).scores)) == "puebla"


def test_facets_count_what_is_found(index: ArticleIndex) -> None:
    facets = index.search(parse("presidente OR reunión OR nieve"), LANGUAGES).facets
    assert facets is not None
    assert facets.named["paper"] == Named({"El País": 2, "Milenio": 2})
    assert facets.named["author"] == Named({"Rosa Quishpe": 2, "Juan O'Donnell": 1})
    assert facets.named["section"] == Named({"Política": 2, "Local": 1})
    assert facets.named["language"] == Named({"es": 4})
    assert facets.years == {"2020": 2, "2021": 1}
    assert facets.months == {"2020-03": 2, "2021-01": 1}
    assert (facets.days, facets.undated) == ({}, 1)


def test_a_chosen_name_leaves_the_counts_of_its_own_field(index: ArticleIndex) -> None:
    facets = index.search(parse(""), LANGUAGES, Filter(papers=("Milenio",))).facets
    assert facets is not None
    assert facets.named["paper"] == Named({"El País": 2, "Milenio": 2})
    assert facets.named["section"] == Named({"Política": 1})
    assert facets.years == {"2021": 1}


def test_a_month_is_counted_by_days(index: ArticleIndex) -> None:
    march = Filter(Period(date(2020, 3, 1), date(2020, 3, 31)))
    facets = index.search(parse(""), LANGUAGES, march).facets
    assert facets is not None
    assert facets.days == {"2020-03-04": 1, "2020-03-20": 1}


def test_scans_are_counted_by_how_well_they_were_read(tmp_path: Path) -> None:
    index = ArticleIndex(tmp_path / "scans")
    for id, sureness in (("good", "0.97"), ("fair", "0.89"), ("bad", "0.415"), ("typed", "")):
        scan = _article(id, "El puerto.")
        index.put([replace(scan, publication=replace(scan.publication, confidence=sureness))])
    index.commit()
    facets = index.search(parse("puerto"), ["es"]).facets
    assert facets is not None
    assert facets.recognised == {"0..49": 1, "80..89": 1, "90..100": 1}
    assert _ids(index, "puerto ocr:80..89") == {"fair"}
    assert _ids(index, "ocr:>40") == {"good", "fair", "bad"}
    assert _ids(index, "-ocr:>=0") == {"typed"}
    index.close()


def test_all_names_of_a_field_can_be_counted(tmp_path: Path) -> None:
    index = ArticleIndex(tmp_path / "papers")
    papers = [f"Diario {n:02}" for n in range(30)]
    index.put([_article(paper, "Texto.", paper=paper) for paper in papers])
    index.put([_article("again", "Texto.", paper="Diario 07")])
    index.commit()
    few = index.search(parse(""), ["es"]).facets
    whole = index.search(parse(""), ["es"], whole=["paper"]).facets
    assert few is not None
    assert whole is not None
    assert len(few.named["paper"].counts) + few.named["paper"].others == 30
    assert next(iter(few.named["paper"].counts.items())) == ("Diario 07", 2)
    assert set(whole.named["paper"].counts) == set(papers)
    index.close()


def test_an_article_replaces_its_older_self(tmp_path: Path) -> None:
    index = ArticleIndex(tmp_path / "one")
    index.put([_article("a", "El volcán duerme.")])
    index.commit()
    index.put([_article("a", "La lluvia cae.")])
    assert _ids(index, "volcán") == {"a"}  # until it is committed
    index.commit()
    assert (_ids(index, "volcán"), _ids(index, "lluvia")) == (set(), {"a"})
    assert index.revisions() == {"a": "a:"}
    index.delete(["a", "unknown"])
    index.commit()
    assert index.revisions() == {}
    index.close()


def test_a_damaged_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{")
    with pytest.raises(StorageError, match=r"is damaged .*--rebuild"):
        ArticleIndex(tmp_path)


@pytest.mark.parametrize(
    ("search", "text", "language", "expected"),
    [
        ("Puebla", "De Puebla al pueblo", "es", ["Puebla"]),
        ("puebla", "De Puebla al pueblo", "es", ["Puebla", "pueblo"]),
        ("Brücke", "Die Brücken", "de", ["Brücken"]),
        ("die", "They were dying, he died", "en", ["dying", "died"]),
        ("reunion", "La REUNIÓN y las reuniones", "es", ["REUNIÓN", "reuniones"]),
        ('"la casa"', "La casa. Casa, la casa", "es", ["La casa", "la casa"]),
        ('"la azul"~1', "la casa azul, la muy casa azul", "es", ["la casa azul"]),
        ('"del gob*"', "del Gobierno, del pueblo", "es", ["del Gobierno"]),
        ("O'Donnell", "calle O’Donnell 12", "es", ["O’Donnell"]),
        ("embaj*", "La embajada y Embajador", "es", ["embajada", "Embajador"]),
        ("*dor*", "embajadores", "es", ["embajadores"]),
        ("embajdaor~1", "El embajador", "es", ["embajador"]),
        ("coronavirus", "corona\u00advirus", "es", ["corona\u00advirus"]),
        ("José", "Jose\u0301 y jose", "es", ["Jose\u0301", "jose"]),
        ("日本", "今日本語", "ja", ["日本"]),
        ("日本語", "今日本語", "ja", ["日本語"]),
        ("uno -dos", "uno dos", "es", ["uno"]),
        ("paper:uno", "uno", "es", []),
        ("title:uno", "uno", "es", []),
    ],
)
def test_what_is_marked(search: str, text: str, language: str, expected: list[str]) -> None:
    marks = Marker(parse(search), language).marks(text)
    assert [text[mark.start : mark.end] for mark in marks] == expected


def test_whatever_is_found_by_a_word_of_the_text_is_marked(index: ArticleIndex) -> None:
    by_id = {each.id: each for each in ARTICLES}
    for search in (
        "Puebla",
        "puebla",
        "embaj*",
        "O'Donnell",
        '"a las 12:30"',
        "reunoin~",
        "Brücke",
    ):
        query = parse(search)
        found = index.search(query, LANGUAGES).scores
        assert found, search
        for id in found:
            assert Marker(query, by_id[id].language).marks(by_id[id].text), (search, id)


def test_excerpts_show_most_of_what_was_wanted() -> None:
    filling = "nada " * 100
    text = f"{filling}volcán {filling}el volcán y la lluvia {filling}"
    marks = Marker(parse("volcán lluvia"), "es").marks(text)
    one, other = excerpts(text, 0, marks)
    assert one.start < other.start
    assert [other.text[start:end] for start, end in other.marks] == ["volcán", "lluvia"]
    for each in (one, other):
        assert text[each.start : each.end] == each.text
        assert each.cut_before
        assert each.cut_after
        assert len(each.text) < 260
    assert "".join(piece for piece, _ in pieces(other.text, other.marks)) == other.text


def test_without_a_mark_the_beginning_is_shown() -> None:
    [one] = excerpts("Titular\n\nEl texto es corto.", 9, [])
    assert (one.text, one.marks, one.cut_before, one.cut_after) == (
        "El texto es corto.", [], False, False
    )  # fmt: skip
    assert excerpts("Titular", 7, []) == []


@given(st.text("abc", max_size=5), st.text("abc", max_size=5), st.integers(0, 2))
def test_slips_are_letters_wrong_missing_or_changed(one: str, other: str, most: int) -> None:
    reached = {one}
    for _ in range(most):
        reached |= {
            made
            for word in reached
            for at in range(len(word) + 1)
            for made in (
                word[:at] + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
                *(word[:at] + letter + word[at:] for letter in "abc"),
                *(word[:at] + letter + word[at + 1 :] for letter in "abc"),
            )
        }
    if _slips(one, other, most):
        begins, ends = _halves(one, most)
        assert other.startswith(begins) or other.endswith(ends)
    if most < 2:  # of two slips none may change what the other made
        assert _slips(one, other, most) == (other in reached)
    else:
        assert not _slips(one, other, most) or other in reached


@given(
    st.text(alphabet="aAeEiIyYcsdlñÑéǿ\u00ad\u200b 東京.-1_", max_size=60),
    st.sampled_from(
        ["al", "cases", "dying", '"al ca"', "ca*", "éa*", "casa~", "ñacas", '"ia"', "東京", "i"]
    ),
)
def test_words_are_marked_as_if_each_were_looked_at(text: str, search: str) -> None:
    query = parse(search)
    found = Marker(query, "es").marks(text)
    with patch("hemeroteca.index.search.marks._beginnings", lambda head: WRITTEN):
        assert Marker(query, "es").marks(text) == found


def test_articles_are_found_and_counted_by_whom_they_name(tmp_path: Path) -> None:
    index = ArticleIndex(tmp_path / "index")
    texts = (
        "Ayer habló mucho y bien José Pérez en Colombia.",
        "Hoy calló mucho y mal Jose Perez en Colombia.",
        "Mañana hablará por fin José Pérez Galdós con el Banco Central de Chile, que calla.",
    )
    index.put([_article(f"a{n}", text) for n, text in enumerate(texts)])
    index.commit()
    facets = index.search(parse(""), ["es"]).facets
    assert facets is not None
    held = facets.held
    assert sorted(held["person"].counts.values()) == [1, 2]
    assert held["person"].counts["José Pérez Galdós"] == 1
    assert held["place"] == Named({"Colombia": 2})
    assert held["organisation"] == Named({"Banco Central de Chile": 1})

    def found(text: str) -> list[str]:
        return sorted(index.search(parse(text), ["es"]).scores)

    assert found('person:"José Pérez"') == ["a0", "a1"]  # as many as are counted
    assert found("person:Pérez") == ["a0", "a1", "a2"]
    assert found("persona:Galdós lugar:Colombia") == []
    assert found("place:*") == ["a0", "a1"]
    assert not Marker(parse("place:*"), "es", ("text", "place")).marks(texts[0])
    assert found('organisation:"banco central de chile"') == ["a2"]
    marker = Marker(parse('person:"José Pérez Galdós"'), "es", ("text", "person"))
    assert [texts[2][mark.start : mark.end] for mark in marker.marks(texts[2])] == [
        "José Pérez Galdós"
    ]
    index.close()
