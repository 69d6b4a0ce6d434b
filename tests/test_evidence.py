"""The cards beside the conversation."""

from rag.answer import Answer, Citation
from ui.web import evidence_html


def _answer(answerable: bool) -> Answer:
    cited = Citation(1, "a", "A <title>", "2025-01-02", "<b>one</b> & two", 0, 16, 0.5, (3, 6))
    cards = [cited]
    return Answer(
        "q", "one", "one [1]", answerable, 0.5, cards if answerable else [], [], {}, cards
    )


def test_the_answer_is_marked_in_its_quote() -> None:
    html = evidence_html(_answer(answerable=True))
    assert "&lt;b&gt;<mark>one</mark>&lt;/b&gt; &amp; two" in html
    assert "[1] <b>A &lt;title&gt;</b>" in html
    assert '<time datetime="2025-01-02">2025-01-02</time>' in html


def test_what_only_comes_near_is_said_to() -> None:
    html = evidence_html(_answer(answerable=False))
    assert "Not an answer, but nearest" in html
    assert "&lt;b&gt;one&lt;/b&gt; &amp; two" in html
    assert "<mark>" not in html
