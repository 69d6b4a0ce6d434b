"""What sources say beside the text: bounded, and never the reason to lose an article."""

import json
import math
from io import BytesIO
from pathlib import Path

import pytest

from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.dates import parse_hour
from hemeroteca.index.sources.describe import authors_of, bounded, bounded_publication, web_address
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.read import Reading, read_articles


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ana Gil", ("Ana Gil",)),
        ("By Ana Gil and Luis Mas", ("Ana Gil", "Luis Mas")),
        ("Por: Ana Gil, Luis Mas y Eva Sol Ruiz", ("Ana Gil", "Luis Mas", "Eva Sol Ruiz")),
        ("von Ana Gil und Luis Mas", ("Ana Gil", "Luis Mas")),
        ("Gil, Ana", ("Gil, Ana",)),
        ("Gil, Ana; Mas, Luis", ("Gil, Ana", "Mas, Luis")),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("Pardo de Vera", ("Pardo de Vera",)),
        ("EFE", ("EFE",)),
        (["Ana Gil", "Luis Mas", "Ana Gil"], ("Ana Gil", "Luis Mas")),
        ("['Ana Gil', 'Luis Mas']", ("Ana Gil", "Luis Mas")),
        ('["Ana Gil"]', ("Ana Gil",)),
        ("[]", ()),
        ({"@type": "Person", "name": "Ana Gil", "url": "https://press.example/ana"}, ("Ana Gil",)),
        ([{"firstName": "Ana", "lastName": "Gil"}, {"name": ["?"]}], ("Ana Gil",)),
        ("<a href='/ana'>Ana Gil</a>", ("Ana Gil",)),
        ("https://www.facebook.com/press", ()),
        (math.nan, ()),
        ("nan", ()),
        (None, ()),
        (7, ()),
        ([[[[["Ana Gil"]]]]], ()),
    ],
)
def test_authors_are_the_names_in_whatever_a_source_has(
    written: object, names: tuple[str, ...]
) -> None:
    assert authors_of(written) == names


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2024-03-05T10:30:00+01:00", "10:30:00+01:00"),
        ("2024-03-05T10:30:00Z", "10:30:00+00:00"),
        ("2024-03-05 10:30", "10:30:00"),
        ("Tue, 05 Mar 2024 10:30:00 -0500", "10:30:00-05:00"),
        ("Tue, 05 Mar 2024 10:30:00 GMT", "10:30:00+00:00"),
        ("5 de marzo de 2024, 10:30 h", "10:30:00"),
        ("March 5, 2024 9:05 p.m.", "21:05:00"),
        ("10:30", "10:30:00"),
        ("1709634600", "10:30:00+00:00"),
        ("1709634600000", "10:30:00+00:00"),
        ("2024-03-05", ""),
        ("20240305", ""),
        ("2024-03-05T00:00:00Z", ""),
        ("2024-03-05T10:30:00+99:00", "10:30:00"),
        ("2024-03-05 10:30 Atlantis/Capital", "10:30:00"),
        ("25:61", ""),
        ("", ""),
    ],
)
def test_an_hour_is_read_with_its_zone_and_a_zone_that_does_not_exist_is_none(
    written: str, hour: str
) -> None:
    assert parse_hour(written) == hour


def test_what_is_said_beside_the_text_is_bounded() -> None:
    assert bounded("<b>El&nbsp;País</b>\n") == "El País"
    assert bounded("NaN") == ""
    assert bounded("\ud800") == ""
    assert len(bounded("x" * 5_000)) == 300
    found = bounded_publication(
        Publication(authors=tuple(f"Author {n}" for n in range(2_000)), url="javascript:alert(1)")
    )
    assert (len(found.authors), found.url) == (1_000, "")
    assert web_address("https://press.example/a?b=1") == "https://press.example/a?b=1"
    assert web_address("https://press.example/a b") == ""


RECORD = {
    "id": "7",
    "headline": "El pan sube",
    "subtitle": "Un quince por ciento en un año",
    "date": "2024-03-05T10:30:00+01:00",
    "dateModified": "2024-03-06",
    "source": {"id": "el-pais", "name": "El País"},
    "author": [{"name": "Ana Gil"}, {"name": "Luis Mas"}],
    "section": ["Economía", "Consumo"],
    "url": "https://press.example/pan",
    "edition": "Madrid",
    "page": 34,
    "text": "El pan subió ayer en Madrid un quince por ciento.",
}
PUBLICATION = Publication(
    "El País",
    ("Ana Gil", "Luis Mas"),
    "Economía",
    "https://press.example/pan",
    "Madrid",
    "34",
    "10:30:00+01:00",
    "2024-03-06",
)


def one(suffix: str, data: str) -> Extract:
    (part,) = FORMATS[suffix].read(BytesIO(data.encode()))
    assert isinstance(part, Extract)
    return part


def test_a_record_says_where_when_and_by_whom_it_was_published() -> None:
    found = one(".jsonl", json.dumps(RECORD))
    assert (found.subtitle, found.publication) == (RECORD["subtitle"], PUBLICATION)


@pytest.mark.parametrize(
    "broken",
    [["a", ["b"]], math.nan, "<p>" * 50, "x" * 5_000, {"a": {}}, [], True, "\ud800", 1e300],
)
@pytest.mark.parametrize(
    "name", ["title", "subtitle", "source", "author", "section", "url", "edition", "page", "time"]
)
def test_a_broken_field_loses_no_article(tmp_path: Path, name: str, broken: object) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "7", "text": "El pan subió ayer.", name: broken}))
    [reading] = read_articles(ArticleFile("a", path))
    assert isinstance(reading, Reading), reading
    article = reading.article
    assert article.text[article.body :] == "El pan subió ayer."
    said = [article.title, article.subtitle, *map(str, vars(article.publication).values())]
    assert all(len(each) <= 400 for each in said)


def test_six_dates_in_one_record_are_told_apart() -> None:
    found = one(
        ".jsonl",
        json.dumps({
            "text": "El pan subió.", "created": "2024-03-01", "datePublished": "2024-03-02T08:00",
            "updated": "2024-03-04", "indexed": "2024-03-09", "expires": "2025-01-01",
            "crawl_date": "2024-03-08",
        }),
    )  # fmt: skip
    assert (str(found.day), found.publication.hour) == ("2024-03-02", "08:00:00")
    assert found.publication.changed == "2024-03-04"


def test_a_web_page_says_it_in_linked_data_or_in_meta_tags() -> None:
    text = "<p>" + "El pan subió ayer en Madrid un quince por ciento, dijo el ministerio. " * 4
    linked = {
        "@type": "NewsArticle",
        "headline": "El pan sube",
        "alternativeHeadline": "Un quince por ciento",
        "datePublished": "2024-03-05T10:30:00+01:00",
        "dateModified": "2024-03-06T09:00:00+01:00",
        "author": [{"@type": "Person", "name": "Ana Gil"}],
        "publisher": {"@type": "Organization", "name": "El País"},
        "articleSection": "Economía",
        "printEdition": "Costa",
        "pageStart": 12,
    }
    page = (
        "<html><head><link rel='canonical' href='https://press.example/pan'>"
        f"<script type='application/ld+json'>{json.dumps(linked)}</script></head>"
        f"<body><article><h1>El pan sube</h1>{text}</article></body></html>"
    )
    found = one(".html", page)
    expected = Publication(
        "El País", ("Ana Gil",), "Economía", "https://press.example/pan", "Costa", "12",
        hour="10:30:00+01:00", changed="2024-03-06",
    )  # fmt: skip
    assert (found.subtitle, found.publication) == ("Un quince por ciento", expected)

    page = (
        "<html><head><meta property='og:site_name' content='El País'>"
        "<meta name='author' content='Ana Gil'>"
        "<meta property='article:section' content='Economía'>"
        "<meta property='og:url' content='https://press.example/pan'></head>"
        f"<body><article><h1>El pan sube</h1>{text}</article></body></html>"
    )
    found = one(".html", page)
    assert found.publication == Publication(
        "El País", ("Ana Gil",), "Economía", "https://press.example/pan"
    )


def test_front_matter_and_feeds_say_it() -> None:
    front = (
        "---\ntitle: El pan\nsubtitle: Sube\nauthor: Ana Gil\npaper: El País\n"
        "section: Economía\ndate: 2024-03-05 10:30\n---\nEl pan subió.\n"
    )
    found = one(".md", front)
    expected = Publication("El País", ("Ana Gil",), "Economía", hour="10:30:00")
    assert (found.subtitle, found.publication) == ("Sube", expected)

    feed = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
      <title>El País</title><item><title>El pan</title><link>https://press.example/pan</link>
      <dc:creator>Ana Gil</dc:creator><category>Economía</category>
      <pubDate>Tue, 05 Mar 2024 10:30:00 +0100</pubDate>
      <description>El pan subió ayer.</description></item></channel></rss>"""
    assert one(".rss", feed).publication == Publication(
        "El País", ("Ana Gil",), "Economía", "https://press.example/pan", hour="10:30:00+01:00"
    )


@pytest.mark.parametrize("between", [", ", "; ", " and ", " y "])
def test_a_field_of_two_hundred_authors_names_each(between: str) -> None:
    names = [f"Ana{'abcdefghij'[n % 10]} Gil{'klmnopqrstuvwxyzabcd'[n // 10]}" for n in range(200)]
    found = one(".jsonl", json.dumps({"text": "Cuentas ocultas.", "author": between.join(names)}))
    assert len(found.publication.authors) == 200
    assert set(found.publication.authors) == set(names)
