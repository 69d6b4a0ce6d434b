"""An answer in the words of the user's own model: written, checked, and cited."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.errors import Message
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.cite import citation
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading
from hemeroteca.rag.timing import since
from hemeroteca.rag.writer.checker import Checker
from hemeroteca.rag.writer.claims import Claim, claims_as_written
from hemeroteca.rag.writer.llm import EMPTY, LanguageModel, ModelError
from hemeroteca.rag.writer.prompt import Numbered, fit, write


def written(
    model: LanguageModel,
    encoder: Encoder,
    question: Question,
    reading: Reading,
    embedded: Answer,
    timings: dict[str, float],
) -> Generator[str, None, Answer]:
    """Each sentence of the answer that `model` writes to `question` from the passages of `reading`,
    once it is checked. Returns the whole, or `embedded` with a note that says why there is none."""
    started = time.perf_counter()
    kept: list[Claim] = []
    withdrawn = 0
    try:
        sentences = fit(model, question.searched, reading.passages)
        sources = [sentence.as_source() for sentence in sentences]
        checker = Checker(sources, encoder, question.language)
        pieces = _first_timed(
            timings, "first_token", write(model, question.searched, question.language, sentences)
        )
        for claims in claims_as_written(pieces, question.language):
            for verdict in checker.check_all(claims):
                if verdict.supported:
                    kept.append(verdict.claim)
                    timings.setdefault("first_sentence", since(started))
                    yield verdict.claim.text
                else:
                    withdrawn += 1
    except ModelError as error:
        return unwritten(embedded, error.message)
    note = Message(
        "Sentences withdrawn, for the articles do not support them: {withdrawn}/{written}",
        withdrawn=withdrawn,
        written=withdrawn + len(kept),
    )
    if not kept:
        return unwritten(embedded, note if withdrawn else EMPTY)
    notes = [*embedded.notes, *([note] if withdrawn else [])]
    return replace(_from_claims(embedded, kept, sentences), notes=notes)


def unwritten(embedded: Answer, reason: Message) -> Answer:
    """`embedded` with a note that says why the user's model gave none."""
    note = Message("No written answer: {reason}", reason=reason)
    return replace(embedded, notes=[*embedded.notes, note])


def _from_claims(embedded: Answer, kept: Sequence[Claim], sentences: Sequence[Numbered]) -> Answer:
    """`kept` with its citations, numbered in the order in which they appear. Sentences may be true
    and answer something else: where they neither cite what the reader cites nor name its answer,
    that answer goes before them."""
    found = embedded.citations[0]
    cited = list(dict.fromkeys(n for claim in kept for n in claim.cited))
    used = [sentences[number - 1] for number in cited]
    named = any(embedded.answer.casefold() in claim.text.casefold() for claim in kept)
    lead = [] if named or any(_overlap(sentence, found) for sentence in used) else [found]
    numbers = {number: n for n, number in enumerate(cited, start=len(lead) + 1)}
    return replace(
        embedded,
        kind="written",
        lead=None,
        statements=[
            *(Statement(embedded.answer, (found.n,)) for found in lead),
            *(Statement(c.text, tuple(numbers[n] for n in c.cited)) for c in kept),
        ],
        citations=[
            *lead,
            *(
                citation(n, s.passage, s.text, s.start, s.passage.score)
                for n, s in enumerate(used, start=len(lead) + 1)
            ),
        ],
    )


def _overlap(sentence: Numbered, citation: Citation) -> bool:
    article = sentence.passage.article
    return article == citation.article and (
        sentence.start < citation.end and citation.start < sentence.end
    )


def _first_timed(timings: dict[str, float], stage: str, pieces: Iterator[str]) -> Iterator[str]:
    """`pieces`, with the milliseconds until the first in `timings[stage]`."""
    started = time.perf_counter()
    for piece in pieces:
        timings.setdefault(stage, since(started))
        yield piece
