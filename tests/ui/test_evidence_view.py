"""The cards beside the conversation, and the articles that they open."""

from dataclasses import replace
from html import escape, unescape

import pytest

from hemeroteca.index.article import Article
from hemeroteca.index.publication import Publication
from hemeroteca.index.stores.catalog import Copy
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.ui.web.evidence_view import article_html, evidence_html, paragraph
from hemeroteca.ui.web.message import Turn, turn_of

TEXT = "date 2025-01-02 First.\n\nBefore. <b>one</b> & two. After.\n\nLast <script>."
START = TEXT.index("<b>one")
CITATION = Citation(
    1, "a", "A <title>", "2025-01-02", "<b>one</b> & two.", START, START + 17, 0.256, (3, 6)
)


def _find(text: str = TEXT) -> Article:
    return Article("a", text, "en", opening=16, body=16)


def _turn(*cited: Citation, near: Citation | None = None) -> Turn:
    if near:
        return Turn("q", Answer("q", "absent", "en", 0.1, nearest=(near,)))
    statements = (Statement("one", (1,)),)
    return Turn("q", Answer("q", "short", "en", 0.5, "one", statements, citations=cited))


def _html(answered: bool, text: str = TEXT, opened: int = 0) -> str:
    turn = _turn(CITATION) if answered else _turn(near=CITATION)
    return evidence_html(turn, lambda article: _find(text), "en", opened)


def test_the_answer_is_marked_in_its_quote_in_its_paragraph() -> None:
    html = _html(answered=True)
    assert (
        '<span class="context">Before. <span class="quote">&lt;b&gt;<mark>one</mark>&lt;/b&gt; '
        "&amp; two.</span> After.</span>"
    ) in html
    assert '<span class="number">1</span><b>A &lt;title&gt;</b>' in html
    assert '<time datetime="2025-01-02">2 January 2025</time>' in html
    assert " open>" not in html
    assert " open>" in _html(answered=True, opened=1)


def test_a_card_tells_who_wrote_its_article_and_where_it_was_printed() -> None:
    known = Publication(
        "El Faro", ("Ana Gil", "Luis Vega"), "Local", "", "Costa", "12", "10:30:00+01:00",
        "2025-01-03", "0.83",
    )  # fmt: skip
    html = evidence_html(_turn(replace(CITATION, publication=known)), lambda _: _find(), "es")
    assert '<span class="paper">El Faro</span>' in html
    told = "Ana Gil, Luis Vega · Local · Costa · página 12 · 10:30 UTC+01:00"
    assert (
        f'<span class="more">{told} · cambiado el 3 de enero de 2025 · OCR 83\u00a0%</span>' in html
    )
    assert 'class="more"' not in _html(answered=True)


def test_what_only_comes_near_is_said_to() -> None:
    html = _html(answered=False)
    assert "Not an answer, but nearest" in html
    assert "&lt;b&gt;one&lt;/b&gt; &amp; two" in html
    assert "<mark>" not in html


def test_what_may_answer_is_not_said_to_be_none() -> None:
    answer = Answer("q", "absent", "en", 0.3, nearest=(CITATION,), unsure=True)
    html = evidence_html(Turn("q", answer), lambda article: _find(), "en")
    assert "It may stand here" in html
    assert "Not an answer" not in html


def test_without_an_answer_the_pane_says_what_it_is_for() -> None:
    assert 'class="empty"' in evidence_html(None, lambda article: None, "es")


def test_the_whole_article_is_there_and_nothing_of_it_is_markup() -> None:
    html = article_html(CITATION, lambda article: _find(), "en")
    for tag in ("mark", "span"):
        assert html.count(f"</{tag}>") == 1
    plain = html.replace('<span class="quote">', "").replace("</span>", "")
    plain = plain.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in plain
    assert unescape(plain) == TEXT[16:]


def test_an_article_that_changed_or_went_is_said_to_have() -> None:
    changed = "date 2025-01-02 Another text, long enough to reach behind the offsets of the quote."
    assert "has changed since" in article_html(CITATION, lambda article: _find(changed), "en")
    assert "no longer in the archive" in article_html(CITATION, lambda article: None, "en")
    assert "&lt;b&gt;<mark>one</mark>" in _html(answered=True, text=changed)  # as it was kept


def test_articles_that_say_the_same_are_named() -> None:
    copies = [
        Copy(article="b", title="<B>", date="2025-01-03"),
        Copy(article="c", title="C", date=None),
    ]
    turn = _turn(replace(CITATION, also=copies))
    html = evidence_html(turn, lambda article: _find(), "en")
    assert '<span class="also">Also in: &lt;B&gt;, 3 January 2025; C</span>' in html
    assert 'class="also"' not in _html(answered=True)
    assert turn_of(turn.as_json()).evidence[0].also == copies


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("One. Two.", "Two.", "One. Two."),
        ("A.\nOne. Two. Three.\n\nB.", "Two.", "One. Two. Three."),
        ("A.\r\nTwo.", "Two.", "Two."),
        ("x" * 500 + " Two. " + "y" * 500, "Two.", "Two."),
        ("word " * 100 + "Two." + " word" * 100, "Two.", "word " * 63 + "Two." + " word" * 63),
    ],
)
def test_a_paragraph_ends_with_its_line_and_a_long_one_between_words(
    text: str, quote: str, expected: str
) -> None:
    start = text.index(quote)
    first, last = paragraph(text, start, start + len(quote))
    assert text[first:last] == expected


def test_a_headline_stands_in_its_article_where_it_is_the_quote() -> None:
    text = "Ann Moss is mayor\n\nShe had twelve votes."
    article = Article("a", text, "en", title="Ann Moss is mayor", body=19)
    quoted = Citation(1, "a", article.title, None, "Ann Moss is mayor", 0, 17, 0.9, (0, 8))
    shown = article_html(quoted, lambda _: article, "en")
    assert "<mark>Ann Moss</mark> is mayor" in shown
    below = replace(quoted, quote="She had twelve votes.", start=19, end=40, mark=(8, 14))
    assert "Ann Moss" not in article_html(below, lambda _: article, "en")


def test_a_quote_that_was_moved_is_found_where_it_stands_now() -> None:
    moved = "A new first paragraph.\n\n" + _find().text
    shown = article_html(CITATION, lambda _: Article("a", moved, "en"), "en")
    assert "has changed since" not in shown
    assert '<span class="quote">' in shown


def test_of_an_article_that_went_the_quote_is_shown() -> None:
    assert f'<blockquote class="was">{escape(CITATION.quote)}' in article_html(
        CITATION, lambda _: None, "en"
    )
