"""A question becomes a cited answer."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from hemeroteca.index.article import Passage
from hemeroteca.index.errors import Message
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.answer import Answer, Citation
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.question import Question, QuestionError
from hemeroteca.rag.reader.decide import Reading
from hemeroteca.rag.reader.reader import SpanReader
from hemeroteca.rag.render import worded
from hemeroteca.rag.understand.kind import AskedKind
from hemeroteca.ui.settings import Settings

MEETING = "Who met the Venezuelan ambassador in Moscow?"
ABSENT = {
    "en": "What is the recipe for the chocolate cake that the baker makes on Sundays?",
    "es": "¿Cuál es la receta del pastel de chocolate que hace el panadero los domingos?",
    "fr": "Quelle est la recette du gâteau au chocolat que le boulanger fait le dimanche ?",
    "ja": "パン屋が日曜日に作るチョコレートケーキのレシピは何ですか。",
}


@pytest.mark.parametrize(
    ("question", "article", "held"),
    [
        ("who met the Venezuelan ambassador?", "000_e0d77ce3e9648c87", "Lukashenko"),
        (MEETING, "000_e0d77ce3e9648c87", "Lukashenko"),
        ("¿Quién diseñó la nueva sala de lectura?", "library", "Helena Duarte"),
        ("Welche Bürgermeisterin ließ die Schulen schließen?", "volcan", "Rosa Quishpe"),
    ],
)
def test_the_first_quote_holds_the_answer(
    willing_chain: Chain, question: str, article: str, held: str
) -> None:
    answer = willing_chain.ask(question)
    assert answer.citations[0].article == article
    assert held in answer.citations[0].quote


def test_the_question_of_the_readme_is_answered(chain: Chain) -> None:
    answer = chain.ask("who met the Venezuelan ambassador?")
    assert answer.answer == "Alexander Lukashenko"
    assert "con el embajador venezolano" in answer.citations[0].quote
    assert answer.citations[0].date == "2025-12-12"


def test_markup_pasted_behind_a_question_does_not_change_its_answer(chain: Chain) -> None:
    pasted = "<b id='x'>&amp;</b><script>document.title=1</script>[b](javascript:document.title=4)"
    answer = chain.ask(f"Who met the Venezuelan ambassador? {pasted}")
    assert answer.answer == "Alexander Lukashenko"


@pytest.mark.parametrize(
    ("kind", "setting", "most"),
    [("short", 3, 3), ("short", 5, 5), ("listing", 3, 8), ("explanation", 9, 9)],
)
def test_less_is_read_for_a_fact_than_for_what_several_passages_tell(
    newspaper_archive: Archive,
    chain: Chain,
    monkeypatch: pytest.MonkeyPatch,
    kind: AskedKind,
    setting: int,
    most: int,
) -> None:
    asked: list[int] = []

    def read(
        self: SpanReader,
        question: Question,
        passages: Sequence[Passage],
        passages_read: int,
        of_article: Callable[[str], Sequence[Passage]],
    ) -> Reading:
        asked.append(passages_read)
        return Reading([], 0.0, passages)

    monkeypatch.setattr(SpanReader, "read", read)
    reading = Chain(newspaper_archive, chain.reader, passages_read=setting)
    reading.ask("Which schools were closed?", kind=kind)
    assert asked == [most]


def test_a_tanker_without_a_name_is_shown_as_the_nearest(
    newspaper_archive: Archive, chain: Chain
) -> None:
    # In an archive of five articles in five languages it is retrieved as the fifth.
    reading_more = Chain(newspaper_archive, chain.reader, passages_read=8)
    answer = reading_more.ask("what was the name of the seized tanker?")
    assert not answer.answerable
    assert any("un buque petrolero" in near.quote for near in answer.nearest)


@pytest.mark.parametrize("willing", [True, False])
@pytest.mark.parametrize("question", [MEETING, ABSENT["es"]])
def test_what_is_cited_stands_in_the_article(
    chain: Chain,
    willing_chain: Chain,
    newspaper_archive: Archive,
    question: str,
    willing: bool,
) -> None:
    answer = (willing_chain if willing else chain).ask(question)
    cited = [*answer.citations, *answer.nearest]
    assert cited
    for citation in cited:
        document = newspaper_archive.document(citation.article)
        assert document is not None
        assert document.text[citation.start : citation.end] == citation.quote
        assert citation.quote.strip()
        assert citation.title == document.title
        assert citation.date == document.date


def test_an_answer_shows_its_quotes_with_their_numbers(willing_chain: Chain) -> None:
    answer = willing_chain.ask(MEETING)
    assert answer.answerable
    assert [citation.n for citation in answer.citations] == list(
        range(1, len(answer.citations) + 1)
    )
    for citation in answer.citations:
        assert f"[{citation.n}]" in answer.text
        assert citation.quote in answer.text
        assert citation.title in answer.text
    assert "12 December 2025" in answer.text
    assert answer.answer in answer.text
    assert answer.answer in answer.citations[0].quote


@pytest.mark.parametrize(("language", "question"), ABSENT.items())
def test_a_refusal_is_in_the_language_of_the_question_and_cites_nothing(
    chain: Chain, language: str, question: str
) -> None:
    answer = chain.ask(question)
    assert not answer.answerable
    assert not answer.citations
    assert answer.answer == ""
    assert answer.text.startswith(worded(Message("The articles do not say."), language))
    assert answer.passages  # the nearest are offered as such
    assert worded(Message("The nearest passages:"), language) in answer.text


def test_a_period_is_kept_to(willing_chain: Chain) -> None:
    day = date(2025, 12, 12)
    inside = willing_chain.ask(MEETING, Filter(Period(day, day)))
    assert {c.article for c in inside.citations} == {"000_e0d77ce3e9648c87"}
    outside = willing_chain.ask(MEETING, Filter(Period(date(2023, 1, 1), date(2024, 12, 31))))
    assert {p.article for p in outside.passages} == {"library", "musee", "strasse"}
    assert {c.article for c in outside.citations} <= {"library", "musee", "strasse"}


def test_a_period_without_articles_refuses_and_says_what_is_outside(willing_chain: Chain) -> None:
    answer = willing_chain.ask(MEETING, Filter(Period(date(2030, 1, 1))))
    assert (answer.kind, list(answer.citations), answer.passages) == ("absent", [], [])
    assert answer.outside
    assert answer.text.startswith("The articles of this period do not say.")
    assert "Lukashenko" in answer.nearest[0].quote


def test_top_k_is_the_number_of_passages(chain: Chain) -> None:
    assert len(chain.ask(MEETING, top_k=2).passages) == 2


@pytest.mark.parametrize("question", ["", "😀", "a" * 100_000])
def test_what_cannot_be_searched_is_an_error(chain: Chain, question: str) -> None:
    with pytest.raises(QuestionError):
        chain.ask(question)


def test_an_empty_archive_refuses(archive: Archive) -> None:
    from hemeroteca.ui.session import open_chain

    answer = open_chain(Settings(), archive).ask(MEETING)
    assert (answer.kind, list(answer.citations), answer.passages) == ("absent", [], [])
    assert answer.text == "The articles do not say."


def _plain(answer: Answer) -> dict[str, Any]:
    shown: dict[str, Any] = dict(answer.as_dict())
    del shown["timings_ms"]
    return shown


def test_the_same_question_has_the_same_answer_in_every_thread(willing_chain: Chain) -> None:
    questions = [MEETING, ABSENT["es"], MEETING]
    expected = [_plain(willing_chain.ask(question)) for question in questions]
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda question: _plain(willing_chain.ask(question)), questions))
    for one, other in zip(found, expected, strict=True):
        # Scores may differ in the last digits with the load of the machine.
        assert one["answer"] == other["answer"]
        assert [(c["article"], c["start"]) for c in one["citations"]] == [
            (c["article"], c["start"]) for c in other["citations"]
        ]


@pytest.mark.parametrize("willing", [True, False])
def test_the_object_has_exactly_the_promised_keys(
    chain: Chain, willing_chain: Chain, willing: bool
) -> None:
    question = MEETING if willing else ABSENT["en"]
    answer = (willing_chain if willing else chain).ask(question)
    shown: dict[str, Any] = json.loads(json.dumps(answer.as_dict()))
    assert bool(shown["citations"]) == shown["answerable"] == willing
    assert list(shown) == [
        "question", "answer", "text", "answerable", "confidence", "citations", "passages",
        "timings_ms", "kind", "lead", "statements", "nearest", "notes", "withdrawn", "period",
        "filter", "named", "undated", "searched", "unsure",
    ]  # fmt: skip
    assert bool(shown["statements"]) == willing == (not shown["nearest"])
    numbers = {citation["n"] for citation in shown["citations"]}
    assert {n for said in shown["statements"] for n in said["cites"]} == numbers
    assert shown["question"] == question
    assert 0 <= shown["confidence"] <= 1
    for citation in shown["citations"]:
        assert list(citation)[:9] == [
            "n", "article", "title", "date", "quote", "start", "end", "score", "also",
        ]  # fmt: skip
    for passage in shown["passages"]:
        assert list(passage) == ["article", "start", "end", "score"]
    assert all(milliseconds >= 0 for milliseconds in shown["timings_ms"].values())


def test_a_citation_shows_what_it_is_made_of() -> None:
    citation = Citation(1, "a", "T", None, "quote", 3, 8, 0.5, (0, 2))
    assert citation.as_dict().items() >= {
        "n": 1, "article": "a", "title": "T", "date": None, "quote": "quote", "start": 3,
        "end": 8, "score": 0.5, "also": [],
    }.items()  # fmt: skip
