"""The conversation as the page shows it."""

from rag.answer import Citation
from ui.talk import EXAMPLES, talk_html
from ui.turn import Turn

CITATION = Citation(1, "a", "A <title>", None, 'It "is" <one>.', 3, 17, 0.5, (3, 7))
FOUND = Turn("<i>How</i> many?", "one [1]", True, "<one>", 0.5, (CITATION,), (None, "2025-01-01"))
ABSENT = Turn("Who?", "The articles do not say.\n\nNearest", False, evidence=(CITATION,))
FAILED = Turn("😀", "The question has no <words>.")


def test_an_answer_a_refusal_and_a_failure_look_different() -> None:
    found, absent, failed = (talk_html([turn], "en") for turn in (FOUND, ABSENT, FAILED))
    assert 'class="answer found"' in found
    assert 'class="short">&lt;one&gt; ' in found
    assert "<blockquote>It &quot;is&quot; &lt;one&gt;.</blockquote>" in found
    assert 'data-event="show" data-turn="0" data-n="1"' in found
    assert "… – 2025-01-01" in found
    assert 'class="answer absent"' in absent
    assert "Not in the articles" in absent
    assert "<blockquote>" not in absent
    assert 'class="answer failed" role="alert">The question has no &lt;words&gt;.' in failed


def test_a_question_is_text_also_while_it_waits() -> None:
    assert "&lt;i&gt;How&lt;/i&gt; many?" in talk_html([FOUND], "en")
    waiting = talk_html([FOUND], "es", waiting="<b>?")
    assert "&lt;b&gt;?" in waiting
    assert "Leyendo los artículos" in waiting


def test_the_vote_given_is_pressed_and_can_be_taken_back() -> None:
    html = talk_html([FOUND], "en", [-1])
    assert 'data-vote="1" aria-pressed="false">Right' in html
    assert 'data-vote="0" aria-pressed="true">Wrong' in html


def test_an_empty_conversation_offers_examples() -> None:
    html = talk_html([], "en")
    assert html.count('data-event="example"') == len(EXAMPLES) == 3
