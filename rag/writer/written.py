"""An answer in the words of the user's own model: written, checked, and cited."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.rag.answer import Answer, Citation
from hemeroteca.rag.phrases import phrase
from hemeroteca.rag.question import Question
from hemeroteca.rag.render import citation, shown, unwritten
from hemeroteca.rag.timing import since
from hemeroteca.rag.writer.checker import Checker
from hemeroteca.rag.writer.claims import Claim, claims_as_written
from hemeroteca.rag.writer.llm import LanguageModel, ModelError
from hemeroteca.rag.writer.prompt import Numbered, fit, write


def written(
    model: LanguageModel,
    encoder: Encoder,
    question: Question,
    asked: Question,
    embedded: Answer,
    timings: dict[str, float],
) -> Generator[str, None, Answer]:
    """Each sentence of the answer that `model` writes to `question`, searched as `asked`, once it
    is checked. Returns the whole, or `embedded` with a line that says why there is none."""
    started = time.perf_counter()
    kept: list[Claim] = []
    withdrawn = 0
    try:
        sentences = fit(model, asked.text, embedded.passages)
        sources = [sentence.as_source() for sentence in sentences]
        checker = Checker(sources, encoder, question.language)
        pieces = _first_timed(
            timings, "first_token", write(model, asked.text, question.language, sentences)
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
        return unwritten(embedded, question, error.reason(question.language))
    note = f"{phrase('withdrawn', question.language)} {withdrawn}/{withdrawn + len(kept)}"
    if not kept:
        reason = note if withdrawn else phrase("empty", question.language)
        return unwritten(embedded, question, reason)
    return _from_claims(embedded, kept, sentences, note if withdrawn else "", question.language)


def _from_claims(
    embedded: Answer,
    kept: Sequence[Claim],
    sentences: Sequence[Numbered],
    note: str,
    language: str,
) -> Answer:
    """`kept` with its citations, numbered in the order in which they appear, and `note`. Sentences
    may be true and answer something else: where they neither cite what the reader cites nor name
    its answer, that answer goes before them."""
    found = embedded.citations[0]
    cited = list(dict.fromkeys(n for claim in kept for n in claim.cited))
    used = [sentences[number - 1] for number in cited]
    named = any(embedded.answer.casefold() in claim.text.casefold() for claim in kept)
    lead = [] if named or any(_overlap(sentence, found) for sentence in used) else [found]
    citations = [
        *lead,
        *(
            citation(n, s.passage, s.text, s.start, s.passage.get_score(), (0, 0))
            for n, s in enumerate(used, start=len(lead) + 1)
        ),
    ]
    numbers = {number: n for n, number in enumerate(cited, start=len(lead) + 1)}
    texts = (replace(c, cited=tuple(numbers[n] for n in c.cited)).shown for c in kept)
    parts = [*(f"{embedded.answer} [{found.n}]" for found in lead), " ".join(texts)]
    if note:
        parts.append(f"({note})")
    parts += [f"[{c.n}] {shown(c, language)}" for c in citations]
    return replace(embedded, text="\n\n".join(parts), citations=citations)


def _overlap(sentence: Numbered, citation: Citation) -> bool:
    article = sentence.passage.metadata["article"]
    return article == citation.article and (
        sentence.start < citation.end and citation.start < sentence.end
    )


def _first_timed(timings: dict[str, float], stage: str, pieces: Iterator[str]) -> Iterator[str]:
    """`pieces`, with the milliseconds until the first in `timings[stage]`."""
    started = time.perf_counter()
    for piece in pieces:
        timings.setdefault(stage, since(started))
        yield piece
