"""Web pages: the whole article, and the day on which it was published."""

import base64
import io
import json
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.formats.registry import FORMATS

DAY = date(2024, 5, 6)
FIRST = "El pleno del ayuntamiento de Baeza aprobó ayer el presupuesto con los votos de la mayoría."
SECOND = "La oposición, que pedía más dinero para las escuelas del barrio, votó en contra de todo."
THIRD = "La alcaldesa anunció que las obras del mercado empezarán antes de que acabe el verano."
STORY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def read(body: str, head: str = "", suffix: str = ".html") -> Extract:
    page = f"<html lang=es><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    (extract,) = FORMATS[suffix].read(io.BytesIO(page.encode()))
    assert isinstance(extract, Extract)
    return extract


def article(
    inside: str = STORY, head: str = "", heading: str = "<h1>Baeza tiene presupuesto</h1>"
) -> Extract:
    menu = "<nav><a href='/'>Inicio</a> <a href='/d'>Deportes</a></nav>"
    foot = "<footer><p>Aviso legal y política de cookies de este periódico.</p></footer>"
    return read(f"{menu}<main><article>{heading}{inside}</article></main>{foot}", head)


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


NEWS = {"@type": "NewsArticle", "headline": "x", "dateModified": "2024-06-01"}


@pytest.mark.parametrize(
    "head",
    [
        meta("article:published_time", "2024-05-06T08:00:00+02:00"),
        meta("og:article:published_time", "2024-05-06"),
        '<meta name="DC.date.issued" content="2024-05-06">',
        '<meta itemprop="datePublished" content="2024-05-06">',
        meta("article:modified_time", "2024-06-01") + meta("article:published_time", "2024-05-06"),
        linked(NEWS | {"datePublished": "2024-05-06T08:00:00Z"}),
        linked([{"@type": "WebSite"}, NEWS | {"datePublished": "2024-05-06"}]),
        linked({"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"},
                           NEWS | {"datePublished": "2024-05-06"}]}),
        linked({"@type": "WebPage", "mainEntity": NEWS | {"datePublished": "2024-05-06"}}),
        meta("og:updated_time", "2024-06-01") + linked(NEWS | {"datePublished": "2024-05-06"}),
        linked(NEWS | {"datePublished": "0001-01-01T00:00:00"}) + meta("date", "2024-05-06"),
        meta("article:published_time", "2024-05-06T08:00:00")
        + linked(NEWS | {"datePublished": "2024-05-06T06:00:00Z"}),
        # The same moment in the outlet's own zone, or its own address.
        meta("article:published_time", "2024-05-07T03:30:00Z")
        + linked(NEWS | {"datePublished": "2024-05-06T22:30:00-05:00"}),
        meta("article:published_time", "2024-05-07T03:30:00Z")
        + '<link rel="canonical" href="https://eco.example/2024/05/06/baeza">',
    ],
)  # fmt: skip
def test_published_comes_before_modified_wherever_each_stands(head: str) -> None:
    assert article(head=head).day == DAY


@pytest.mark.parametrize("day", ["1976-05-04", "1994-12-31", "1931-04-14", "1898-02-15"])
def test_old_pages_have_their_day(day: str) -> None:
    assert str(article(head=meta("article:published_time", f"{day}T00:00:00+01:00")).day) == day
    assert str(article(head=linked(NEWS | {"datePublished": day})).day) == day


@pytest.mark.parametrize(
    "shown",
    [
        "<time>6 de mayo de 2024</time>",
        '<p class="fecha">Lunes, 6 de mayo de 2024</p>',
        '<p class="byline">Por Eva Ríos <time datetime="2024-05-06T10:00">6 de mayo</time></p>',
        '<span class="entry-date">Publicado: 6 de mayo de 2024</span>',
    ],
)
def test_the_day_that_a_page_shows_is_read_where_it_states_none(shown: str) -> None:
    assert article(shown + STORY).day == DAY


def test_a_change_is_better_than_nothing() -> None:
    assert article(head=meta("article:modified_time", "2024-05-06")).day == DAY


def test_a_time_in_a_sentence_stays_in_it_and_dates_nothing() -> None:
    sentence = (
        'La feria se celebrará el <time datetime="2025-03-27">27 de marzo</time> en el teatro, '
        "según anunció el concejal en una rueda de prensa."
    )
    extract = article(f"<p>{sentence}</p>{STORY}")
    assert "se celebrará el 27 de marzo en el teatro, según" in extract.text
    assert extract.day is None
    assert article(f"<p>{sentence}</p>{STORY}", meta("date", "2024-05-06")).day == DAY


def test_a_teaser_s_date_beside_the_article_dates_nothing() -> None:
    aside = (
        '<aside><article><time datetime="2020-01-01">1 de enero de 2020</time></article></aside>'
    )
    assert article(STORY + aside).day != date(2020, 1, 1)


def test_a_live_blog_keeps_its_headings_and_times() -> None:
    entries = "".join(
        f'<article><time datetime="2024-05-06T0{n}:30">0{n}:30</time><h2>Titular {n}</h2>'
        f"<p>{said}</p></article>"
        for n, said in enumerate((FIRST, "Gol.", SECOND, THIRD), start=1)
    )
    extract = read(f"<main><h1>Última hora</h1>{entries}</main>")
    assert extract.text == "\n\n".join(
        f"0{n}:30\n\nTitular {n}\n\n{said}"
        for n, said in enumerate((FIRST, "Gol.", SECOND, THIRD), start=1)
    )
    assert (extract.title, extract.day) == ("Última hora", DAY)


@pytest.mark.parametrize(
    "box",
    [
        '<div class="article-body">{}</div>',
        '<section itemprop="articleBody">{}</section>',
        '<div class="row"><div class="col story-body">{}</div></div>',
        "<article>{}</article>",
    ],
)
def test_an_article_in_several_containers_is_whole(box: str) -> None:
    pieces = "<div class='ad'>Publicidad</div>".join(
        box.format(f"<p>{each}</p>") for each in (FIRST, SECOND, THIRD)
    )
    text = read(f"<main><h1>Baeza</h1>{pieces}</main>").text
    assert [text.count(each) for each in (FIRST, SECOND, THIRD)] == [1, 1, 1]


def test_another_article_below_and_teasers_are_not_read() -> None:
    other = "<article><h1>Otra noticia</h1><p>Un asunto distinto que la redacción puso debajo, con "
    other += (
        "palabras que no son del artículo de la página y que nadie buscaba en ella.</p></article>"
    )
    cards = "".join(
        f"<article><h3><a href='/n/{n}'>Noticia {n}</a></h3><p>Un resumen de otra noticia, la "
        f"número {n}, que es largo y que no es de este artículo de ninguna manera.</p></article>"
        for n in range(4)
    )
    for below in (other, cards):
        text = read(f"<main><article><h1>Baeza</h1>{STORY}</article>{below}</main>").text
        assert "asunto distinto" not in text
        assert "otra noticia" not in text


@pytest.mark.parametrize(
    "picture",
    [
        "<figure><img><figcaption>El mercado, <em>ayer</em>. / E. RÍOS</figcaption></figure>",
        "<p><figure><img><figcaption>El mercado, ayer. / E. RÍOS</figcaption></figure></p>",
        '<div class="wp-caption"><img src=a.jpg><p class="wp-caption-text">El mercado, ayer. / '
        "E. RÍOS</p></div>",
        '<div class=foto><img><span class="caption">El mercado, ayer.<span> / E. RÍOS</span>'
        "</span></div>",
    ],
)
def test_a_caption_is_a_paragraph_of_its_own(picture: str) -> None:
    text = article(f"<p>{FIRST}</p>{picture}<p>{SECOND}</p><p>{THIRD}</p>").text
    assert "El mercado, ayer. / E. RÍOS" in text.split("\n\n")
    assert all(sentence in text.split("\n\n") for sentence in (FIRST, SECOND, THIRD))


def test_what_stands_behind_hundreds_of_elements_that_are_never_closed_is_read() -> None:
    """Found by benchmarks/fuzz.py: libxml2 leaves out what lies deeper than 256 elements."""
    sentences = [f"La concejala {n} votó en contra del punto {n} del orden." for n in range(400)]
    text = article("".join(f"<p><font size=2>{sentence}" for sentence in sentences)).text
    assert [sentence for sentence in sentences if sentence not in text] == []


def test_a_page_saved_with_its_pictures_inside_is_read() -> None:
    picture = base64.b64encode(bytes(range(256)) * 8_000).decode()
    pictures = f'<figure><img src="data:image/jpeg;base64,{picture}"></figure>' * 9
    font = f"<style>@font-face{{src:url(data:font/woff2;base64,{picture})}}</style>"
    style = f"<style>{'a{b:c}' * 800_000}</style>"
    began = time.process_time()
    extract = article(pictures + STORY, meta("article:published_time", "2024-05-06") + font + style)
    assert (extract.day, FIRST in extract.text) == (DAY, True)
    assert time.process_time() - began < 5


_BLOCKS = (
    "<p>{}</p>",
    "<h2>{}</h2>",
    "<ul><li>{}</li></ul>",
    "<blockquote><p>{}</p></blockquote>",
    "<p><b>{}</b></p>",
    "<p><a href='/x'>{}</a> Y más.</p>",
    "<figure><img src=a.jpg><figcaption>{}</figcaption></figure>",
    "<div><p>{}</p></div>",
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_BLOCKS), max_size=8))
def test_every_sentence_comes_out_once_in_order(blocks: list[str]) -> None:
    said = [
        f"La frase número {n} del artículo cuenta lo que pasó ese día." for n in range(len(blocks))
    ]
    inside = "".join(block.format(s) for block, s in zip(blocks, said, strict=True))
    text = article(f"<p>{FIRST}</p>{inside}<p>{SECOND}</p>").text
    assert [text.count(s) for s in said] == [1] * len(said)
    assert [text.find(s) for s in said] == sorted(text.find(s) for s in said)
    assert "Aviso legal" not in text
    assert "Deportes" not in text


_LONG = "<p>El alcalde abrió ayer el muelle nuevo al tráfico después de dos años de obras.</p>"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Motril, 15 de junio de 1977", "1977-06-15"),
        ("MOTRIL. 15 de junio de 1977.", "1977-06-15"),
        ("Motril, a 1º de junio de 1977", "1977-06-01"),
        ("Motril, miércoles 15 de junio de 1977", "1977-06-15"),
        ("15 de junio de 1977", "1977-06-15"),
        ("Paris, le 15 juin 1977", None),  # of another language than the article
        ("London, June 15, 1977", "1977-06-15"),
        ("El 15 de junio de 1977 cerró el muelle.", None),
        ("Nació en Motril, el 15 de junio de 1977, y vive allí.", None),
        ("Cerró en junio de 1977", None),
    ],
)
def test_a_line_of_place_and_day_above_the_text_dates_it(line: str, day: str | None) -> None:
    for tag in ("p", "div"):
        above = f"<article><h1>El muelle</h1><{tag}>{line}</{tag}>{_LONG * 2}</article>"
        found = read(above)
        assert (found.day.isoformat() if found.day else None) == day, line
    assert read(f"<article><h1>El muelle</h1>{_LONG * 2}<p>{line}</p></article>").day is None


def test_hours_above_the_entries_of_a_live_blog_are_kept() -> None:
    entries = "".join(
        f'<div class="post"><span class="h">{hour}</span><p>{said} del pleno de la ciudad, '
        f"que se celebra en el teatro nuevo.</p>{_LONG * 2}</div>"
        for hour, said in (("10:05", "Empieza la sesión"), ("11:20 h", "Termina la sesión"))
    )
    text = read(f"<main><article><h1>Directo</h1>{entries}</article></main>").text
    assert [line for line in text.split("\n\n") if line[0].isdigit()] == ["10:05", "11:20 h"]


def test_a_table_has_no_rule_below_its_names() -> None:
    table = "<table><tr><th>Año</th><th>Coste</th></tr><tr><td>2024</td><td>3</td></tr></table>"
    text = read(f"<article><h1>T</h1>{_LONG * 2}{table}</article>").text
    assert "Año" in text
    assert "---" not in text
