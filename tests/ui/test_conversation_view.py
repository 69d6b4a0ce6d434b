"""The conversation as the page shows it."""

from dataclasses import replace
from datetime import date

from hemeroteca.index.errors import Message
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.text.days import RelativeDay
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.ui.web.conversation_view import Waiting, conversation_html
from hemeroteca.ui.web.message import Kept, Turn

CITATION = Citation(1, "a", "A <title>", None, 'It "is" <one>.', 3, 17, 0.5, (3, 7))
ANSWER = Answer(
    question="<i>How</i> many?",
    kind="short",
    language="en",
    confidence=0.5,
    answer="<one>",
    statements=(Statement("<one>", (1,)),),
    citations=(CITATION,),
    filter=Filter(Period(None, date(2025, 1, 1))),
    searched="<i>How</i> many?",
)
FOUND = Turn(ANSWER.question, ANSWER)
REFUSAL = Answer("Who?", "absent", "en", 0.1, nearest=(CITATION,), searched="Who?")
ABSENT = Turn("Who?", REFUSAL)
FAILED = Turn("😀", failure="The question has no <words>.")


def _html(turn: Turn, vote: int = 0, comment: str = "") -> str:
    return conversation_html("c1", [Kept(turn, vote, comment)], "en")


def test_an_answer_a_refusal_and_a_failure_look_different() -> None:
    found, absent, failed = map(_html, (FOUND, ABSENT, FAILED))
    assert 'class="answer found"' in found
    assert 'class="short">&lt;one&gt; ' in found
    assert "<blockquote>It &#34;is&#34; &lt;one&gt;.</blockquote>" in found
    assert 'data-event="show" data-turn="0" data-n="1"' in found
    assert "… – 1 January 2025</p>" in found
    assert 'class="answer absent"' in absent
    assert "Not in the articles" in absent
    unsure = _html(Turn("Who?", replace(REFUSAL, unsure=True)))
    assert "Not sure" in unsure
    assert "Not in the articles" not in unsure
    assert "<blockquote>" not in absent
    assert 'class="answer failed"><p>The question has no &lt;words&gt;.' in failed
    for shown in (found, absent, failed):
        assert 'data-event="again" data-turn="0">Ask again' in shown


def test_a_written_answer_keeps_its_markers_and_notes() -> None:
    written = replace(
        ANSWER,
        kind="written",
        statements=(*ANSWER.statements, Statement("It is <one>.", (1,)), Statement("Yes.", (1,))),
        notes=(Message("Sentences withdrawn: {n}/3", n=1),),
    )
    html = _html(Turn("How many?", written))
    assert '<p class="short">&lt;one&gt; <button' in html
    assert '<p class="written">It is &lt;one&gt;. <button' in html
    assert "Yes. <button" in html
    assert html.count('data-event="show" data-turn="0" data-n="1" aria-label') == 3
    assert html.count("Open the article") == 1
    assert '<p class="note">Sentences withdrawn: 1/3</p>' in html
    assert "<blockquote>" not in html


def test_a_period_that_the_question_names_can_be_removed() -> None:
    assert "data-whole" not in _html(FOUND)
    html = _html(Turn(ANSWER.question, replace(ANSWER, named=ANSWER.filter)))
    assert 'data-event="again" data-turn="0" data-whole="1"' in html
    assert 'aria-label="… – 1 January 2025: Ask without this period"' in html


def test_what_was_searched_is_said_where_it_is_not_the_question() -> None:
    assert "Searched" not in _html(FOUND)
    assert "Searched: Who? &lt;Why?&gt;" in _html(
        Turn("Who?", replace(REFUSAL, searched="Who? <Why?>"))
    )


def test_what_waits_is_text_and_can_be_stopped() -> None:
    waiting = conversation_html("c1", [Kept(FOUND, 1)], "es", Waiting("w1", "<b>?"))
    assert "&lt;i&gt;How&lt;/i&gt; many?" in waiting
    assert "&lt;b&gt;?" in waiting
    assert "Leyendo los artículos" in waiting
    assert 'data-event="halt" data-id="w1">Detener' in waiting
    assert 'aria-pressed="true">Correcta' in waiting
    writing = conversation_html(
        "c1", [], "en", Waiting("w1", "q", written=["It is <one>.", "So it is."])
    )
    assert "<p>It is &lt;one&gt;. So it is.</p>" in writing
    assert "every sentence is checked" in writing


def test_what_waits_for_its_turn_says_how_many_come_before_it() -> None:
    def waits(ahead: int, language: str = "en") -> str:
        return conversation_html("", [], language, Waiting("w1", "q", ahead))

    assert "busy; yours is the next question" in waits(0)
    assert "busy; 1 question comes before yours" in waits(1)
    assert "busy; 2 questions come before yours" in waits(2)
    assert "ocupada; 2 preguntas van antes que la suya" in waits(2, "es")
    assert 'data-event="halt" data-id="w1"' in waits(2)


def test_the_vote_given_is_pressed_and_can_be_explained_and_taken_back() -> None:
    assert "comment" not in _html(FOUND)
    html = _html(FOUND, -1, 'no "way"')
    assert 'data-vote="1" aria-pressed="false">Right' in html
    assert 'data-vote="0" aria-pressed="true">Wrong' in html
    assert 'data-event="remark" data-turn="0" maxlength="1000" value="no &#34;way&#34;"' in html


def test_an_empty_conversation_offers_what_is_suggested() -> None:
    html = conversation_html("", [], "en", suggestions=["Timeline of <Lula>", "Lula"])
    assert html.count('data-event="example"') == 2
    assert 'data-text="Timeline of &lt;Lula&gt;"' in html
    assert "For example" not in conversation_html("", [], "en")


def test_an_empty_archive_invites_to_add_articles() -> None:
    html = conversation_html("", [], "en", articles=False)
    assert "The archive is empty." in html
    assert 'data-goto="library"' in html


def test_the_probability_of_a_short_answer_is_said_in_words() -> None:
    assert "Right with a probability of" in _html(FOUND)
    written = replace(FOUND, answer=replace(FOUND.answer, kind="written"))
    assert "Right with a probability of" not in _html(written)


def test_the_day_that_an_answer_names_by_its_article_is_told_by_its_date() -> None:
    day = RelativeDay(0, 4, date(2024, 3, 7), date(2024, 3, 7))
    cited = replace(CITATION, quote="ayer mismo", days=(day,))
    html = _html(Turn("When?", replace(ANSWER, answer="ayer", citations=(cited,))))
    assert "A &lt;title&gt;; ayer → 7 March 2024</p>" in html
