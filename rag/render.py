"""Answers put into words, with their citations."""

from collections.abc import Sequence
from dataclasses import replace

from llama_index.core.schema import NodeWithScore

from hemeroteca.rag.answer import Answer, Citation
from hemeroteca.rag.phrases import phrase
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.reader import Evidence, Reading


def answered(question: Question, reading: Reading) -> Answer:
    """The reader's answer, with the sentences that prove it."""
    citations = _cite(reading.evidence)
    short = reading.evidence[0].answer
    markers = "".join(f"[{citation.n}]" for citation in citations)
    quoted = "\n\n".join(f"[{c.n}] {shown(c, question.language)}" for c in citations)
    return Answer(
        question=question.text,
        answer=short,
        text=f"{short} {markers}\n\n{quoted}",
        answerable=True,
        confidence=reading.confidence,
        citations=citations,
        passages=reading.passages,
    )


def refused(question: Question, reading: Reading, outside: Reading | None) -> Answer:
    """That the articles do not say, and what comes nearest; `outside` is what answers outside the
    question's period, if anything does."""
    text = phrase("absent_in_period" if outside else "absent", question.language)
    nearest = _cite(outside.evidence if outside else reading.nearest)
    if nearest:
        quoted = "\n\n".join(shown(citation, question.language) for citation in nearest)
        text += f"\n\n{phrase('nearest', question.language)}\n\n{quoted}"
    return Answer(
        question=question.text,
        answer="",
        text=text,
        answerable=False,
        confidence=reading.confidence,
        citations=[],
        passages=reading.passages,
        nearest=nearest,
    )


def unwritten(embedded: Answer, question: Question, reason: str) -> Answer:
    """`embedded` with a line that says why the user's model gave none."""
    note = f"({phrase('unwritten', question.language)} {reason})"
    return replace(embedded, text=f"{embedded.text}\n\n{note}")


def citation(
    n: int, passage: NodeWithScore, quote: str, start: int, score: float, mark: tuple[int, int]
) -> Citation:
    """Citation `n`, of the sentence `quote` at the offset `start` of the passage's article."""
    facts = passage.metadata
    return Citation(
        n=n,
        article=facts["article"],
        title=facts["title"],
        date=facts["date"],
        quote=quote,
        start=start,
        end=start + len(quote),
        score=score,
        mark=mark,
        also=facts["also"],
    )


def shown(citation: Citation, language: str) -> str:
    """The quote with its article's title and date, and where else it stands."""
    quoted = f"“{citation.quote}”\n{_named(citation.title, citation.date)}"
    if not citation.also:
        return quoted
    others = "; ".join(_named(copy["title"], copy["date"]) for copy in citation.also)
    return f"{quoted}\n{phrase('also', language)} {others}"


def _cite(evidence: Sequence[Evidence]) -> list[Citation]:
    return [
        citation(
            *(n, e.passage, e.quote, e.start, e.score),
            mark=(e.answer_start - e.start, e.answer_end - e.start),
        )
        for n, e in enumerate(evidence, start=1)
    ]


def _named(title: str, date: str | None) -> str:
    return f"{title} ({date})" if date else title
