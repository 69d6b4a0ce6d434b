"""WordPress exports: published posts, as the site shows them."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.extract import Extract, Part, Rejected, entry
from hemeroteca.index.sources.formats.registry import FORMATS

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.8" created="2026-11-20 10:00" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>El Eco</title>
<wp:wxr_version>1.2</wp:wxr_version>"""
END = "</channel></rss>"


def item(content: str, number: int = 1, status: str = "publish", kind: str = "post") -> str:
    return (
        f"<item><title>Título {number}</title><link>https://eco.example/{number}</link>"
        f"<pubDate>Sun, 03 Mar 2024 23:30:00 +0000</pubDate>"
        f'<guid isPermaLink="false">https://eco.example/?p={number}</guid>'
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[Entradilla]]></excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date><![CDATA[2024-03-04 00:30:00]]></wp:post_date>"
        f"<wp:status><![CDATA[{status}]]></wp:status><wp:post_type>{kind}</wp:post_type>"
        "<wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>meta</wp:meta_value></wp:postmeta>"
        "<wp:comment><wp:comment_content>Comentario</wp:comment_content></wp:comment></item>"
    )


def read(*items: str, end: str = END) -> list[Part]:
    return list(FORMATS[".xml"].read(io.BytesIO((HEAD + "".join(items) + end).encode())))


def text(content: str) -> str:
    (extract,) = read(item(content))
    assert isinstance(extract, Extract)
    return extract.text


def test_a_post_has_the_day_of_its_site_and_the_key_that_its_feed_has() -> None:
    key = "https://eco.example/?p=7"
    published = Publication("El Eco", url="https://eco.example/7", hour="00:30:00")
    assert read(item("<p>Hola.</p>", 7)) == [
        Extract("Hola.", key, "Título 7", date(2024, 3, 4), where=entry(1), publication=published)
    ]


@pytest.mark.parametrize("status", ["draft", "pending", "private", "trash", "future", "inherit"])
def test_what_is_not_published_is_no_article(status: str) -> None:
    assert [e.where for e in read(item("No.", 1, status), item("Sí.", 2))] == [entry(2)]


@pytest.mark.parametrize(
    "kind", ["page", "attachment", "nav_menu_item", "revision", "wp_block", "elementor_library"]
)
def test_what_a_site_is_made_of_is_no_article(kind: str) -> None:
    assert read(item("No.", 1, kind=kind)) == []


def test_a_kind_of_article_that_a_theme_adds_is_one() -> None:
    assert len(read(item("Sí.", 1, kind="noticia"))) == 1


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("Uno <em>dos</em>\n\nTres\ncuatro", "Uno dos\n\nTres cuatro"),
        ("<!-- wp:paragraph -->\n<p>Uno</p>\n<!-- /wp:paragraph -->\n\n<p>Dos</p>", "Uno\n\nDos"),
        ('Uno\n\n[gallery ids="1,2"]\n\nDos', "Uno\n\nDos"),
        (
            'Uno\n[caption id="a_1"]<a href="x"><img src="x" /></a> El muelle[/caption]\nDos',
            "Uno\n\nEl muelle\n\nDos",
        ),
        ("[vc_row][vc_column_text el_class='x']Uno[/vc_column_text][/vc_row]", "Uno"),
        ("[embed]https://video.example/1[/embed]Uno", "Uno"),
        ('[audio mp3="a.mp3"][/audio]Uno [rev_slider home]', "Uno"),
        ("Dijo que «vinió [sic] ayer» [...] y [Ana Ruiz] asintió [1].", None),
        ("[destacado]Uno[/destacado] dos", "Uno dos"),
        ("Uno\x0bdos &amp; tres&nbsp;euros", "Uno dos & tres euros"),
        (
            "<blockquote>Uno</blockquote>\n<ul>\n<li>dos</li>\n<li>tres</li>\n</ul>",
            "Uno\n\ndos\n\ntres",
        ),
    ],
)
def test_a_post_reads_as_the_site_shows_it(content: str, shown: str | None) -> None:
    assert text(content) == (shown or content)


def test_an_export_that_is_cut_off_says_so_after_what_it_holds() -> None:
    found = read(item("Uno."), item("Dos.")[:300], end="")
    assert [type(part) for part in found] == [Extract, Rejected]
    assert str(found[1].where) == "entry 2"


_BLOCKS = (
    "<p>{}</p>",
    "{}",
    "<!-- wp:heading -->\n<h2>{}</h2>\n<!-- /wp:heading -->",
    "<blockquote><p>{}</p></blockquote>",
    "<ul><li>{}</li></ul>",
    "<strong>{}</strong>",
    '[caption id="x" align="left"]<img src="a.jpg" />{}[/caption]',
    '<figure><img src="a.jpg"/><figcaption>{}</figcaption></figure>',
    "[vc_column]{}[/vc_column]",
)


@settings(max_examples=100)
@given(st.lists(st.lists(st.sampled_from(_BLOCKS), min_size=1, max_size=8), min_size=1, max_size=5))
def test_every_sentence_of_every_post_comes_out_once_in_order(posts: list[list[str]]) -> None:
    sentences = [
        [f"La frase {n} de la nota {p} dice algo." for n in range(len(blocks))]
        for p, blocks in enumerate(posts)
    ]
    items = [
        item("\n\n".join(block.format(s) for block, s in zip(blocks, said, strict=True)), p)
        for p, (blocks, said) in enumerate(zip(posts, sentences, strict=True))
    ]
    found = read(*items)
    assert [e.text for e in found if isinstance(e, Extract)] == [
        "\n\n".join(said) for said in sentences
    ]


def test_a_post_that_cannot_be_read_whole_is_named_and_the_others_are_kept() -> None:
    deep, other = read(item("<b>" * 3_000 + "Uno."), item("Dos.", 2))
    assert isinstance(deep, Rejected)
    assert "in one another" in str(deep.reason)
    assert isinstance(other, Extract)


def test_a_day_that_cannot_be_read_is_noted() -> None:
    post = item("Hola.").replace("2024-03-04 00:30:00", "0000-00-00 00:00:00")
    (extract,) = read(post.replace("Sun, 03 Mar 2024 23:30:00 +0000", "ayer"))
    assert isinstance(extract, Extract)
    assert extract.day is None
    assert "'0000-00-00 00:00:00', which names no day" in str(extract.notes[0])


def test_who_wrote_is_called_by_name_and_the_hour_has_the_zone_of_the_site() -> None:
    author = (
        "<wp:author><wp:author_login>agil</wp:author_login>"
        "<wp:author_display_name>Ana Gil</wp:author_display_name></wp:author>"
    )
    said = (
        "<dc:creator>{}</dc:creator><wp:post_date_gmt>{}</wp:post_date_gmt><wp:status>"
    )  # fmt: skip
    posts = [
        author + item("<p>Hola.</p>", 1).replace("<wp:status>", said.format(*written))
        for written in (
            ("agil", "2024-03-03 23:30:00"),
            ("agil", "2024-03-04 00:31:00"),
            ("luis", "0000-00-00 00:00:00"),
        )
    ]
    told = [each.publication for each in read(*posts) if isinstance(each, Extract)]
    assert [(each.authors, each.hour) for each in told] == [
        (("Ana Gil",), "00:30:00+01:00"),
        (("Ana Gil",), "00:30:00"),
        (("luis",), "00:30:00"),
    ]
