"""The fields of records, as programs that collect and export news name and write them."""

from datetime import date

import pytest

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.fields import read_record

TEXT = "La alcaldesa abrió el lunes el mercado de Motril después de un año de obras."
DAY = date(2025, 3, 3)
TITLE = "El mercado"


@pytest.mark.parametrize(
    ("fields", "identity"),
    [
        pytest.param(
            {
                "maintext": TEXT,
                "title": TITLE,
                "date_publish": "2025-03-03 10:00:00",
                "date_download": "2025-04-04 10:00:00",
                "date_modify": None,
                "url": "http://press.example/1",
            },
            "http://press.example/1",
            id="news-please",
        ),
        pytest.param(
            {"text": TEXT, "title": TITLE, "publish_date": "2025-03-03 10:00:00", "url": "u"},
            "u",
            id="newspaper4k",
        ),
        pytest.param(
            {"stories_id": 7, "title": TITLE, "publish_date": "2025-03-03", "text": TEXT},
            "7",
            id="Media Cloud",
        ),
        pytest.param(
            {"url": "u", "title": TITLE, "seendate": "20250303T100000Z", "text": TEXT},
            "u",
            id="GDELT",
        ),
        pytest.param(
            {
                "thread": {"title": "another", "published": "2020-01-01"},
                "uuid": "x",
                "title": TITLE,
                "published": "2025-03-03T10:00:00.000+02:00",
                "text": TEXT,
            },
            "x",
            id="Webz",
        ),
        pytest.param(
            {
                "id": "politics/1",
                "webTitle": TITLE,
                "webPublicationDate": "2025-03-03T10:00:00Z",
                "fields": {"bodyText": TEXT},
            },
            "politics/1",
            id="The Guardian",
        ),
        pytest.param(
            {
                "id": 9,
                "status": "publish",
                "date": "2025-03-03T10:00:00",
                "title": {"rendered": TITLE},
                "content": {"rendered": TEXT, "protected": False},
            },
            "9",
            id="WordPress",
        ),
        pytest.param(
            {"ID": 9, "post_title": TITLE, "post_content": TEXT, "post_date": "2025-03-03 10:00"},
            "9",
            id="the table of WordPress",
        ),
        pytest.param(
            {
                "_id": {"$oid": "65f1"},
                "titulo": TITLE,
                "texto": TEXT,
                "fecha": {"$date": "2025-03-03T10:00:00Z"},
            },
            "65f1",
            id="Mongo",
        ),
        pytest.param(
            {"_id": {"$oid": "1"}, "titulo": TITLE, "texto": TEXT,
             "fecha": {"$date": {"$numberLong": "1740996000000"}}},
            "1",
            id="Mongo, canonical",
        ),
        pytest.param(
            {"id": 7.0, "title": TITLE, "text": TEXT, "date": 1740996000000, "body": float("nan")},
            "7",
            id="pandas",
        ),
        pytest.param(
            {"_index": "n", "_id": "3",
             "_source": {"title": TITLE, "text": TEXT, "@date": "", "pubDate": "2025-03-03"}},
            "3",
            id="a search engine's hit",
        ),
        pytest.param(
            {"_id": "x", "headline": {"main": TITLE}, "pub_date": "2025-03-03T10:00:00+0000",
             "lead_paragraph": TEXT},
            "x",
            id="The New York Times",
        ),
        pytest.param(
            {"uri": "u", "versionCreated": "2025-03-03T10:00:00Z",
             "headlines": [{"role": "short", "value": "M"}, {"role": "main", "value": TITLE}],
             "bodies": [{"role": "text", "value": "T"}, {"role": "html", "value": TEXT}]},
            "u",
            id="ninjs",
        ),
        pytest.param(
            {"id": "", "título": TITLE, "contenido": TEXT, 
             "fecha_publicación": "3 de marzo de 2025", "url": "NaN"},
            "",
            id="a scraper",
        ),
    ],
)  # fmt: skip
def test_exports_are_read_by_their_own_names(fields: dict[str, object], identity: str) -> None:
    record = read_record(fields)
    assert (record.text, record.title, record.identity) == (TEXT, TITLE, identity)
    assert parse_date(record.dates[0], record.text) == DAY
    assert not record.state


def test_a_text_may_be_a_list_of_paragraphs() -> None:
    assert read_record({"text": ["Uno.", {"value": "Dos."}]}).text == "Uno.\n\nDos."


def test_two_texts_of_one_record_are_both_kept() -> None:
    notes = "El concejal de Urbanismo negó ayer que la obra vaya a costar más de lo previsto."
    assert read_record({"text": TEXT, "contenido": notes}).text == f"{TEXT}\n\n{notes}"
    assert read_record({"body": f"<p>{TEXT}</p>", "noticia": notes}).text == f"{TEXT}\n\n{notes}"


@pytest.mark.parametrize(
    "again",
    [
        {"contenido": TEXT.upper()},
        {"contenido": TEXT[:60] + "…"},
        {"article": "El mercado de Motril"},
        {"html": "<nav>Portada Deportes Cultura Economía Opinión Sucesos Motril Costa</nav>"},
        {"summary": "La reapertura del mercado pone fin a meses de protestas de los placeros."},
    ],
)
def test_the_same_text_again_is_read_once(again: dict[str, str]) -> None:
    assert read_record({"text": TEXT, **again}).text == TEXT


def test_of_a_cut_text_and_the_whole_the_whole_is_read() -> None:
    cut = {"content": f"{TEXT[:50]}… [+200 chars]", "texto_completo": TEXT}
    assert TEXT in read_record(cut).text


def test_a_day_before_1970_may_be_milliseconds() -> None:
    assert read_record({"text": "x", "date": {"$date": {"$numberLong": "-86400000"}}}).dates == (
        "1969-12-31T00:00:00+00:00",
    )


@pytest.mark.parametrize("empty", [None, "", "NaN", "NaT", "None", "null", r"\N", float("nan")])
def test_what_stands_for_nothing_is_nothing(empty: object) -> None:
    record = read_record({"date": empty, "title": empty, "id": empty, "text": "Hola."})
    assert (record.dates, record.title, record.identity) == ((), None, "")
    with pytest.raises(ArticleError, match="has no text: expected a field named text"):
        read_record({"title": "x", "text": empty})


@pytest.mark.parametrize(
    "state",
    [{"post_status": "auto-draft"}, {"status": "Draft"}, {"post_status": "private"},
     {"pubStatus": "stat:canceled"}],
)  # fmt: skip
def test_what_is_not_published_says_so(state: dict[str, str]) -> None:
    assert read_record({"text": "Hola.", **state}).state


def test_other_words_of_state_mean_nothing() -> None:
    assert not read_record({"text": "Hola.", "status": "pending"}).state
    assert not read_record({"text": "Hola.", "pubStatus": "usable", "published": True}).dates


def test_the_language_that_a_record_states_is_known() -> None:
    assert read_record({"text": "x", "language": "es-ES"}).language == "es"
    assert read_record({"text": "x", "language": "spanish"}).language is None


_STORY = "El pleno votó ayer la ordenanza."


@pytest.mark.parametrize(
    "fields",
    [
        {"Überschrift": "T", "Volltext": _STORY, "erschienen": "2025-04-03"},
        {"kop": "T", "tekst": _STORY, "datum": "2025-04-03"},
        {"Título": "T", "Cuerpo de la noticia": _STORY, "Día": "2025-04-03"},
        {"titre": "T", "texte_integral": _STORY, "date_publication": "2025-04-03"},
        {"titulo": "T", "corpo_texto": _STORY, "data_publicacao": "2025-04-03"},
        {"title": "T", "html": f"<p>{_STORY}</p>", "published_at": "2025-04-03"},
        {"headline": "T", "body": _STORY, "@timestamp": "2025-04-03"},
        {"title": "T", "abstract": _STORY, "issued": {"date-parts": [[2025, 4, 3]]}},
        {
            "headlines": {"basic": "T"},
            "content_elements": [{"type": "text", "content": _STORY}],
            "display_date": "2025-04-03",
        },
        {"title": "T", "body": _STORY, "dateTimePub": "2025-04-03", "dateTime": "2025-04-04"},
    ],
)
def test_other_programs_names_are_known(fields: dict[str, object]) -> None:
    record = read_record(fields)
    assert (_STORY in record.text, record.title, record.dates[0]) == (True, "T", "2025-04-03")
