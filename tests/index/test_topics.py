"""Topics of the articles of an archive."""

import json
import random
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.filter import Filter
from hemeroteca.index.publication import Publication
from hemeroteca.index.search.grammar import parse
from hemeroteca.index.search.topics import (
    TopicError,
    Topics,
    counted_topics,
    find_topics,
    topics_of,
    within_topic,
)
from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.web.page import reading_routes

# Of what each group tells, and what all say.
GROUPS = {
    "vacunas": "vacuna dosis hospital virus enfermera pacientes laboratorio contagio síntomas",
    "fútbol": "gol portero árbitro delantero estadio liga partido entrenador penalti",
    "elecciones": "votos urnas candidata partido campaña escaños censo diputada mayoría",
    "volcán": "lava cráter ceniza erupción evacuados ladera magma temblores isla",
    "vino": "uva bodega cosecha viñedo barrica vendimia botella añada tinto",
    "música": "concierto guitarra disco cantante orquesta piano escenario gira canción",
}
COMMON = ["ayer", "dijo", "según", "además", "mientras", "entonces", "ciudad", "gente", "cosa"]


def _articles(language: str, number: int, prefix: str = "") -> Iterator[Article]:
    drawn = random.Random(1)
    for n in range(number):
        group = [*GROUPS][n % len(GROUPS)]
        said = [prefix + word for word in GROUPS[group].split()]
        words = [drawn.choice(said) for _ in range(25)] + [drawn.choice(COMMON) for _ in range(25)]
        drawn.shuffle(words)
        text = f"{group}\n\n{' '.join(words)}."
        id = f"{language}{n}"
        known = Publication(f"Diario {n % 2}", section=group)
        yield Article(id, text, language, group, None, hash=id, body=len(group) + 2,
                      opening=len(group) + 2, publication=known)  # fmt: skip


def _filled(
    folder_maker: pytest.TempPathFactory, encoder: Encoder, *kinds: tuple[str, int, str]
) -> Archive:
    archive = Archive(folder_maker.mktemp("data"), encoder)
    for kind in kinds:
        articles = [*_articles(*kind)]
        archive.articles.put(articles)
        archive.catalog.put((each, "", _passages(each)) for each in articles)
    archive.articles.commit()
    return archive


def _passages(article: Article) -> list[Passage]:
    text = article.text
    return [Passage(f"{article.id}:0", article.id, text, 0, len(text), article.language)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Archive]:
    opened = _filled(tmp_path_factory, encoder, ("es", 180, ""), ("pt", 120, "o"), ("de", 30, "d"))
    yield opened
    opened.close()


def test_articles_of_one_group_have_one_topic_and_a_language_its_own(archive: Archive) -> None:
    topics = topics_of(archive).made()
    assert topics.reason == ""
    assert {topic.language for topic in topics.topics} == {"es", "pt"}  # of German there are few
    groups = {each.id: each.title for each in archive.documents_of([*topics.of]).values()}
    for topic in topics.topics:
        assert len({groups[id] for id in topic.articles}) == 1
        [group] = {groups[id] for id in topic.articles}
        prefix = "o" if topic.language == "pt" else ""
        assert {*topic.words} <= {prefix + word for word in GROUPS[group].split()}
    assert len(topics.of) > 200  # of 300


def test_they_are_counted_among_what_is_found(archive: Archive) -> None:
    topics = topics_of(archive).made()
    every = counted_topics(archive, topics, parse(""), Filter())
    assert [n for _, n in every] == [len(topic.articles) for topic in topics.topics]
    found = counted_topics(archive, topics, parse("lava cráter"), Filter(languages=("es",)))
    for topic, number in found:
        only = within_topic(archive, Filter(languages=("es",)), topic.name)
        assert archive.articles.search(parse("lava cráter"), ["es"], only).total == number
    assert sum(number for _, number in found) > 10


def test_a_topic_is_found_by_half_of_its_words(archive: Archive) -> None:
    topics = topics_of(archive).made()
    first = topics.topics[0]
    assert topics.named(", ".join(first.words[:2])) == first
    assert topics.named(", ".join([*first.words[:2], "nada", "nunca"])) == first
    with pytest.raises(TopicError, match="no topic “nada, nunca”"):
        within_topic(archive, Filter(), "nada, nunca")


def test_they_are_the_same_when_they_are_read_again(archive: Archive) -> None:
    derived = topics_of(archive)
    made = derived.made()
    derived._made = None
    assert derived.of_now() == made


def test_of_few_articles_none_are_told(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> None:
    opened = _filled(tmp_path_factory, encoder, ("es", 90, ""), ("pt", 90, "o"))
    assert find_topics(opened, lambda done, total: None) == Topics(reason="few")
    with TestClient(Starlette(routes=reading_routes(opened))) as client:
        topics_of(opened).made()
        assert "a hundred are needed" in client.get("/search").text
    opened.close()


def test_of_articles_without_words_in_common_none_are_told(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> None:
    opened = Archive(tmp_path_factory.mktemp("data"), encoder)
    drawn = random.Random(2)
    words = [f"palabra{a}{b}" for a in "bcdfgh" for b in "bcdfghjk"]
    articles = [
        Article(f"a{n}", " ".join(drawn.sample(words, 12)), "es", "", None, hash=str(n))
        for n in range(150)
    ]
    opened.articles.put(articles)
    opened.catalog.put((each, "", _passages(each)) for each in articles)
    opened.articles.commit()
    found = find_topics(opened, lambda done, total: None)
    assert (found.topics, found.reason) == ((), "scattered")
    opened.close()


def test_the_page_shows_them_and_narrows_to_one(archive: Archive) -> None:
    with TestClient(Starlette(routes=reading_routes(archive))) as client:
        topics = topics_of(archive).made()
        first = topics.topics[0]
        page = client.get("/search", headers={"accept-language": "en"}).text
        assert "<h3>Topics</h3>" in page
        assert first.name in page
        data = client.get("/search.json", params={"topic": first.name}).json()
        assert data["total"] == len(first.articles) == data["topics"][first.name]
        assert json.dumps(data["topics_known"]) == "true"
        assert client.get("/search.json?topic=nada,%20nunca").status_code == 400
        gone = client.get("/search?topic=nada", headers={"accept-language": "es"})
        assert gone.status_code == 400
        assert "Ya no hay ningún tema" in gone.text
