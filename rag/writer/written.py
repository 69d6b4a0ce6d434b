"""An answer in the words of the user's own model: written, checked, and cited."""

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace

from hemeroteca.index.article import Passage
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.errors import Message
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.cite import citation
from hemeroteca.rag.question import Question
from hemeroteca.rag.timing import since
from hemeroteca.rag.verifier.judge import Verifier
from hemeroteca.rag.writer.asked import answers
from hemeroteca.rag.writer.checker import Checker
from hemeroteca.rag.writer.claims import NONE, Claim, claims_as_written
from hemeroteca.rag.writer.echo import is_within, repeats_heading
from hemeroteca.rag.writer.llm import EMPTY, LanguageModel, ModelError
from hemeroteca.rag.writer.prompt import Told, articles, evidence_first, fit, write

_NOWHERE = 0.1  # a confidence of the reader with which it finds no answer anywhere


def written(
    model: LanguageModel,
    encoder: Encoder,
    question: Question,
    passages: Sequence[Passage],
    embedded: Answer,
    timings: dict[str, float],
    verifier: Callable[[], Verifier] | None = None,
) -> Generator[str, None, Answer]:
    """Each sentence of the answer that `model` writes to `question` from `passages`, once it is
    checked. Returns the whole; `embedded` with a note that says why there is none; or `embedded`,
    where that is a refusal and the model gives no answer either."""
    started = time.perf_counter()
    kept: list[Claim] = []
    faults: Counter[str] = Counter()
    broken: Message | None = None
    sentences: Sequence[Told] = ()
    try:
        sentences = fit(model, question.searched, evidence_first(embedded, passages))
        sources = [sentence.as_source() for sentence in sentences]
        doubted = not embedded.answerable and embedded.confidence < _NOWHERE
        checker = Checker(sources, encoder, question.language, verifier, doubted=doubted)
        pieces = _first_timed(
            timings, "first_token", write(model, question.searched, question.language, sentences)
        )
        for claims in claims_as_written(pieces, question.language):
            if not kept and any(claim.cited == (NONE,) for claim in claims):
                return _refused(embedded)
            for claim in claims:
                verdict = checker.proven(claim, _of_articles(claim, sentences))
                fault = verdict.fault or _of_heading(question, verdict.claim, sentences)
                if fault is None and not embedded.answerable:
                    fault = _off_the_point(question, verdict.claim, sentences)
                if fault:
                    faults[fault] += 1
                    continue
                kept.append(verdict.claim)
                timings.setdefault("first_sentence", since(started))
                yield verdict.claim.text
    except ModelError as error:
        broken = error.message
    withdrawn = faults.total()
    note = Message(
        "Sentences withdrawn, for the articles do not support them: {withdrawn}/{written}",
        withdrawn=withdrawn,
        written=withdrawn + len(kept),
    )
    if not kept:
        if broken is None and not embedded.answerable:
            return replace(embedded, withdrawn=dict(faults))
        reason = broken or (note if withdrawn else EMPTY)
        return replace(unwritten(embedded, reason), withdrawn=dict(faults))
    notes = [*embedded.notes, *([note] if withdrawn else [])]
    if broken:
        notes.append(Message("The written answer broke off: {reason}", reason=broken))
    whole = _from_claims(embedded, kept, sentences)
    return replace(whole, notes=notes, withdrawn=dict(faults))


def _of_articles(claim: Claim, sentences: Sequence[Told]) -> list[list[int]]:
    """The numbers of the sentences of each article that `claim` names."""
    of = articles(sentences)
    named = ([n for n, article in enumerate(of, start=1) if article == m] for m in claim.cited)
    return [numbers for numbers in named if numbers]


def _of_heading(question: Question, claim: Claim, sentences: Sequence[Told]) -> str | None:
    """ "heading" if a claim repeats what stands above an article, and no sentence that it cites
    says so."""
    if any(is_within(claim.text, sentences[n - 1].text) for n in claim.cited):
        return None
    headings = dict.fromkeys(sentence.heading for sentence in sentences)
    return "heading" if repeats_heading(claim.text, headings, question.language) else None


def _off_the_point(question: Question, claim: Claim, sentences: Sequence[Told]) -> str | None:
    """ "point" if a claim cannot answer the question, though what it cites supports it."""
    cited = [sentences[n - 1].passage for n in claim.cited]
    return None if answers(question, claim.text, cited) else "point"


def _refused(embedded: Answer) -> Answer:
    """What is said where the model finds no answer."""
    if not embedded.answerable:
        return embedded
    return replace(
        embedded,
        notes=[*embedded.notes, Message("The language model finds no answer in the articles.")],
    )


def unwritten(embedded: Answer, reason: Message) -> Answer:
    """`embedded` with a note that says why the user's model gave none."""
    note = Message("No written answer: {reason}", reason=reason)
    return replace(embedded, notes=[*embedded.notes, note])


def _from_claims(embedded: Answer, kept: Sequence[Claim], sentences: Sequence[Told]) -> Answer:
    """`kept` with its citations, numbered in the order in which they appear. Sentences may be true
    and answer something else: where they neither cite what the reader cites nor name its answer,
    that answer goes before them."""
    cited = list(dict.fromkeys(n for claim in kept for n in claim.cited))
    used = [sentences[number - 1] for number in cited]
    lead = []
    if embedded.kind == "short":
        found = embedded.citations[0]
        named = any(embedded.answer.casefold() in claim.text.casefold() for claim in kept)
        lead = [] if named or any(_overlap(sentence, found) for sentence in used) else [found]
    numbers = {number: n for n, number in enumerate(cited, start=len(lead) + 1)}
    return replace(
        embedded,
        kind="written",
        answer=embedded.answer or " ".join(claim.text for claim in kept),
        nearest=(),
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


def _overlap(sentence: Told, citation: Citation) -> bool:
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
