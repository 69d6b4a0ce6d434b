"""The pages for reading, asked as a browser does: searches and articles, each at its address."""

import json
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.answer import Citation
from hemeroteca.ui.web.addresses import article_address, sentence_address
from hemeroteca.ui.web.asked import Asked
from hemeroteca.ui.web.page import reading_routes
from hemeroteca.ui.web.reading import POLICY
from tests.helpers import SEED


@pytest.fixture(scope="module")
def client(newspaper_archive: Archive) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=reading_routes(newspaper_archive))) as opened:
        yield opened


def _search(client: TestClient, q: str = "", spoken: str = "en", **asked: str) -> str:
    address = "/search?" + urlencode({"q": q, **asked})
    return client.get(address, headers={"accept-language": spoken}).text


def _titles(page: str) -> list[str]:
    heads = re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", page)
    return [unescape(re.sub("<[^>]*>", "", head)) for head in heads]


def test_what_is_found_is_counted_marked_and_opened_at_the_place(client: TestClient) -> None:
    page = _search(client, "architect")
    assert ">1 article</h1>" in page
    assert "The <mark>architect</mark> Helena Duarte" in page
    [address] = re.findall(r'<h2><a href="(article/library[^"]*)"', page)
    assert address == "article/library?q=architect#place-1"
    opened = client.get("/" + unescape(address)).text
    assert '<mark id="place-1">architect</mark>' in opened


def test_without_words_every_article_is_there_the_latest_first(client: TestClient) -> None:
    page = _search(client)
    assert ">5 articles</h1>" in page
    assert len(_titles(page)) == 5
    assert _titles(page)[0].startswith("En un contexto de creciente fricción")
    assert _titles(_search(client, order="oldest"))[0].startswith("Le musée")


def test_a_wrong_search_is_explained_in_the_readers_language(client: TestClient) -> None:
    wrong = client.get("/search?q=AND+OR+NOT")
    assert wrong.status_code == 400
    assert 'role="alert">AND stands between two words' in wrong.text
    assert "AND va entre dos palabras" in _search(client, "AND OR NOT", "es")
    assert 'value="AND OR NOT"' in wrong.text  # to be mended
    assert "at most 2,000 are searched" in _search(client, "a" * 10_000)
    assert "“titel:” is no field" in _search(client, "titel:library")
    assert "is not a date" in unescape(_search(client, **{"from": "yesterday"}))


@pytest.mark.parametrize("said", ["page=0", "page=x", "page=999", "order=x", "view=x", "all=x"])
def test_an_address_that_shows_what_is_not_shows_the_search(client: TestClient, said: str) -> None:
    page = client.get(f"/search?q=architect&{said}", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert ">1 article</h1>" in page.text


def test_facets_narrow_and_can_be_taken_back(client: TestClient) -> None:
    page = _search(client)
    assert re.search(r">Spanish</span> <span class=\"count\">2<", page)
    narrowed = _search(client, language="es")
    assert ">2 articles</h1>" in narrowed
    assert 'aria-label="Remove: Spanish"' in narrowed
    assert re.search(r">German</span> <span class=\"count\">1<", narrowed)  # and may be added
    both = client.get("/search?language=es&language=de", headers={"accept-language": "en"}).text
    assert ">3 articles</h1>" in both
    year = re.search(r'href="(search\?from=2024-01-01&amp;to=2024-12-31)"', page)
    assert year is not None
    months = client.get("/" + unescape(year[1]), headers={"accept-language": "en"}).text
    assert ">2 articles</h1>" in months
    assert "from=2024-03-01&amp;to=2024-03-31" in months
    assert ">March 2024</span>" in months
    days = _search(client, **{"from": "2024-03-01", "to": "2024-03-31"})
    assert "from=2024-03-04&amp;to=2024-03-04" in days
    assert ">All days</a>" in days
    undated = _search(client, undated="only")
    assert _titles(undated) == ["El volcán Cotopaxi expulsó ceniza durante la noche"]
    assert ">3 articles</h1>" in _search(
        client, undated="with", **{"from": "2024-01-01", "to": "2024-12-31"}
    )


def test_a_search_that_finds_nothing_says_what_finds_more(client: TestClient) -> None:
    page = _search(client, "architect volcán")
    assert "No article matches." in page
    assert "With one of the words: architect OR volcán" in page
    narrowed = _search(client, "architect", **{"from": "2020-01-01", "to": "2020-12-31"})
    assert ">In all articles</a> (1 article)" in narrowed
    named = _search(client, "Volcanes")
    assert "With other endings as well: volcanes" in named
    assert "No article matches." in _search(client, "zeppelin")


def test_words_and_meaning_stand_side_by_side(client: TestClient) -> None:
    both = _search(client, "library architect", view="both")
    assert both.index(">1 article</h1>") < both.index("Nearest in meaning")
    assert len(_titles(both)) > 2
    near = _search(client, "who designed the reading room", view="meaning")
    assert "1 article<" not in near
    assert _titles(near)[0].startswith("The public library of Porto")
    german = _search(client, "Wer plante den Lesesaal?", view="meaning", language="en")
    assert _titles(german)[0].startswith("The public library of Porto")


def test_programs_get_the_same_as_json(client: TestClient) -> None:
    found = client.get("/search.json?q=architect&language=en").json()
    assert (found["total"], found["pages"], found["notes"]) == (1, 1, [])
    [hit] = found["hits"]
    assert (hit["article"], hit["date"], hit["language"]) == ("library", "2024-03-04", "en")
    [excerpt] = hit["excerpts"]
    assert [excerpt["text"][a:b] for a, b in excerpt["marks"]] == ["architect"]
    assert found["facets"]["years"] == {"2024": 1}
    near = client.get("/search.json?q=reading+room&view=meaning").json()
    assert near["hits"][0]["article"] == "library"
    wrong = client.get("/search.json?q=AND")
    assert wrong.status_code == 400
    assert wrong.json()["error"].startswith("AND stands between two words")


def test_markup_is_text(client: TestClient) -> None:
    page = _search(client, '"<script>alert(1)</script>" \'><b>')
    assert "<script>alert" not in page
    assert client.get("/search?q=a").headers["content-security-policy"] == POLICY
    gone = client.get("/article/<script>x?quote=<b>")
    assert "<script>x" not in gone.text
    assert "<b>" not in gone.text


def test_an_article_has_its_page_and_is_cited(client: TestClient) -> None:
    page = client.get("/article/library", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert '<article lang="en">' in page.text
    assert "4 March 2024" in page.text
    assert "reopened on Monday" in page.text
    assert "Similar articles" in page.text
    ris = client.get("/article/library?cite=ris")
    assert ris.headers["content-disposition"] == "attachment; filename*=UTF-8''library.ris"
    assert ris.text.startswith("TY  - ")
    assert "2024/03/04" in ris.text
    [csl] = json.loads(client.get("/article/library?cite=csl").text)
    assert csl["title"].startswith("The public library")


def test_a_sentence_has_an_address(client: TestClient) -> None:
    quote = "The architect Helena Duarte designed its new reading room."
    start = SEED.stem and client.get("/article/library").text
    assert quote in unescape(re.sub("<[^>]*>", "", start))
    cited = Citation(1, "library", "t", None, quote, 90, 90 + len(quote), 0.5, (0, 0))
    address = sentence_address(cited)
    assert parse_qs(urlsplit(address).query)["quote"] == [quote]
    shown = client.get("/" + address)
    assert f'<mark id="place-1">{quote}</mark>' in shown.text  # though it stands elsewhere
    at = re.search(r'data-at="(\d+)">(?:<mark[^>]*>)?The architect', shown.text)
    assert at is not None
    assert quote in _marked(client.get(f"/article/library?at={at[1]}").text)


def _marked(page: str) -> str:
    return "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", page, re.DOTALL))


def test_of_an_article_that_went_the_quote_is_shown(client: TestClient) -> None:
    gone = client.get(
        "/article/no/such?at=3&quote=Twelve+votes.", headers={"accept-language": "en"}
    )
    assert gone.status_code == 404
    assert "no longer in the archive" in gone.text
    assert "<blockquote>Twelve votes.</blockquote>" in gone.text
    changed = client.get("/article/library?at=3&quote=Twelve+votes.")
    assert changed.status_code == 200
    assert "<blockquote>Twelve votes.</blockquote>" in changed.text
    assert client.get("/article/library?at=%C2%B2&q=%22").status_code == 200


def test_links_of_former_versions_lead_there(client: TestClient) -> None:
    moved = client.get("/article?id=library&at=0&quote=The", follow_redirects=False)
    assert moved.headers["location"] == "./article/library?at=0&quote=The"
    assert client.get("/article?id=library&at=0&quote=The").status_code == 200


@pytest.mark.parametrize("id", ["a", "folder/a b", "años/é?#%", "a//b", "🙂"])
def test_whatever_the_id_its_page_finds_its_way_back(client: TestClient, id: str) -> None:
    page = client.get("/" + article_address(id, q="x"))
    assert page.status_code == 404
    style = re.search(r'href="([./]*)reading.css"', page.text)
    assert style is not None
    assert (
        client.get(
            f"/{article_address(id)}".rpartition("/")[0] + "/" + style[1] + "search"
        ).url.path
        == "/search"
    )


def test_an_address_says_all_of_a_search() -> None:
    address = (
        "search?q=uno+OR+dos&view=both&order=oldest&paper=El+Pa%C3%ADs&paper=Milenio"
        "&author=Rosa+Quishpe&from=2020-01-01&to=2020-02-01&undated=with&all=section&page=3"
    )
    asked = Asked.read(QueryParams(urlsplit(address).query))
    assert asked.address == address
    assert asked.names == {"paper": ("El País", "Milenio"), "author": ("Rosa Quishpe",)}
    assert Asked.read(QueryParams("")).address == "search"
    only = asked.wanted().only
    assert (only.papers, only.period.iso) == (("El País", "Milenio"), ("2020-01-01", "2020-02-01"))
