"""Markdown: the words of the text without its markup, and what its front matter says."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract, LeftOut
from hemeroteca.index.sources.formats.registry import FORMATS

DAY = date(2024, 5, 6)


def read(source: str) -> Extract:
    (extract,) = FORMATS[".md"].read(io.BytesIO(source.encode()))
    assert isinstance(extract, Extract)
    return extract


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Hola\ndate: 2024-05-06\n---\n",
        "---\ntitle: Hola\npublished: 2024-05-06 23:30:00\n---\n",
        "---\ntitle: Hola\npublished: true\nPublish Date: 6 de mayo de 2024\n...\n",
        "---\r\ntitle: Hola\r\nfecha: 06/05/2024\r\n---\r\n",
        "\ufeff---\nTitle: Hola\npubDate: 2024-05-06T23:30:00-05:00\nlastmod: 2025-01-01\n---\n",
        '+++\ntitle = "Hola"\ndate = 2024-05-06T23:30:00-05:00\n[menu]\n  x = 1\n+++\n',
        "+++\ntitle = 'Hola'\npublishDate = 2024-05-06\n+++\n",
        '{\n "title": "Hola",\n "date": "2024-05-06"\n}\n',
        "Title: Hola\nDate: 2024-05-06 10:20\nTags: a, b\n\n",
    ],
)
def test_front_matter_gives_title_and_day_in_whichever_notation(front: str) -> None:
    found = read(front + "El pan subió en Lima.\n")
    assert (found.text, found.title, found.day) == ("El pan subió en Lima.", "Hola", DAY)


def test_a_title_with_a_colon_needs_no_quotes() -> None:
    extract = read("---\ntitle: Lima: un año después\ndate: 2024-05-06\n---\nUno.")
    assert (extract.title, extract.day, extract.text) == ("Lima: un año después", DAY, "Uno.")


@pytest.mark.parametrize("said", ["draft: true", "published: false"])
def test_a_draft_is_no_article(said: str) -> None:
    (part,) = FORMATS[".md"].read(io.BytesIO(f"---\ntitle: x\n{said}\n---\nUno.".encode()))
    assert isinstance(part, LeftOut)
    assert str(part.reason) == "is not published (draft)"


def test_front_matter_that_cannot_be_read_says_in_what_it_was_read() -> None:
    with pytest.raises(ArticleError, match="front matter that is not TOML"):
        read("+++\ntitle = [\n+++\nUno.")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<div>\n<p>Uno <b>dos</b>.</p>\n<p>Tres.</p>\n</div>\n", "Uno dos.\n\nTres."),
        ("<table><tr><td>Uno</td><td>dos</td></tr></table>\n", "Uno\n\ndos"),
        ("<details>\n<summary>Uno</summary>\n\n**dos**\n\n</details>\n", "Uno\n\ndos"),
        ("<!-- nada\n\nnada -->\n\nUno.", "Uno."),
        ("<script>\nvar a = 1;\n</script>\n\nUno.", "Uno."),
        (
            "Uno <em>dos</em>,<br>tres &amp; <https://x.example/>.",
            "Uno dos,\ntres & https://x.example/.",
        ),
        ("Uno ![foto](a.jpg) ~~dos~~ `tres`.", "Uno  dos tres."),
        ("Uno[^1].\n\n[^1]: La nota al pie.", "Uno.\n\nLa nota al pie."),
        ('{{< figure src="a.jpg" >}}\nUno. {% include a.html %}\n{: .clase }', "Uno."),
        ("La [[Lima]] y [[Perú|el país]]. ![[a.jpg]]", "La Lima y el país."),
        ("{Uno} dos.", "{Uno} dos."),
        ("Nota: dos.\n\nTres.", "Nota: dos.\n\nTres."),
    ],
)
def test_only_what_is_shown_is_text(source: str, text: str) -> None:
    assert read(source).text == text


_MARKED = (
    "{}",
    "# {}",
    "> {}",
    "- {}",
    "1. {}",
    "<p>{}</p>",
    "<div>\n<blockquote>{}</blockquote>\n</div>",
    "**{}**",
    "[{}](https://x.example/ 'título')",
    "<section>\n\n{}\n\n</section>",
    "```\n{}\n```",
    "| {} |\n|---|",
)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(_MARKED), min_size=1, max_size=12))
def test_every_sentence_comes_out_once_in_order_and_nothing_else(marks: list[str]) -> None:
    sentences = [f"La frase {n} dice «algo» en Lima." for n in range(len(marks))]
    # A comment parts a list from the next one.
    source = "\n\n<!-- -->\n\n".join(
        mark.format(sentence) for mark, sentence in zip(marks, sentences, strict=True)
    )
    assert read(source).text == "\n\n".join(sentences)
