"""Answer quality without any LLM: retrieval, reading, citing and refusing.

    python -m benchmarks.quality DATA_DIR [--split test] [--engine onnxruntime]        (make bench)

The corpus is all Spanish paragraphs of XQuAD, each an article. Retrieval is counted over every
question; what involves reading only over the articles of `--split`, from which the reader never
learnt (`test` reports, `dev` chose). The chain is the page's; beside it stands the reader alone, as
if it never refused. DATA_DIR holds xquad/ as training/README.md says."""

import argparse
import random
import statistics
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import platformdirs

from hemeroteca.index.article import Passage
from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_documents
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.evaluation.text import exact_match, holds, token_f1
from hemeroteca.rag.question import check_question
from hemeroteca.rag.reader.reader import SpanReader, load_reader
from hemeroteca.rag.retriever import HybridRetriever
from hemeroteca.ui.session import loaded_verifier
from training.data import Paragraph, Question, Xquad, as_documents, load_xquad
from training.measure import auroc

_LANGUAGES = ("en", "es")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", choices=("test", "dev"), default="test")
    parser.add_argument("--engine", choices=("onnxruntime", "onnxruntime-fp32"),
                        default="onnxruntime")  # fmt: skip
    args = parser.parse_args()
    kept = platformdirs.user_cache_path("hemeroteca")
    encoder = load_encoder(EMBEDDED_MODEL, kept, args.engine)
    xquad = load_xquad(args.data / "xquad")
    reader = load_reader(encoder)
    with tempfile.TemporaryDirectory() as name:
        archive = Archive(Path(name), encoder)
        verifier = partial(loaded_verifier, encoder)
        sync_documents(archive, as_documents(xquad.paragraphs["es"]))
        print("| retrieval alone | Recall@1 | Recall@5 | questions |")
        print("|---|---|---|---|")
        for asked in _LANGUAGES:
            print(_retrieval(archive, xquad, asked), flush=True)
        print()
        print("| whole chain | Recall@1 | Recall@5 | F1 | EM | quote holds the answer | refused |")
        print("|---|---|---|---|---|---|---|")
        for asked in _LANGUAGES:
            for name, chain in (
                ("", Chain(archive, reader, verifier=verifier)),
                (", never refusing", Chain(archive, reader, answer_from=0.0)),
            ):
                row = _chain(chain, xquad, asked, args.split)
                print(f"| {asked} → es{name} | {row} |", flush=True)
        archive.close()
    print()
    print(
        "| paragraph given | F1 | EM | AUROC against another paragraph of its article | questions |"
    )
    print("|---|---|---|---|---|")
    for asked in _LANGUAGES:
        print(_given(reader, xquad, asked, args.split), flush=True)


def _questions(xquad: Xquad, asked: str, split: str) -> Iterator[tuple[int, Paragraph, Question]]:
    """(paragraph's number, paragraph, question) of a split; of all for an empty one."""
    for n, paragraph in enumerate(xquad.asked_in(asked)):
        if split in (xquad.split[n], ""):
            for question in paragraph.questions:
                yield n, paragraph, question


def _retrieval(archive: Archive, xquad: Xquad, asked: str) -> str:
    ranks = []
    for n, _, question in _questions(xquad, asked, ""):
        checked = check_question(question.text)
        passages = HybridRetriever(archive, checked).search()
        ranks.append(_rank([p.article for p in passages], n))
    first, fifth = (statistics.mean(rank <= k for rank in ranks) for k in (1, 5))
    return f"| {asked} → es | {first:.3f} | {fifth:.3f} | {len(ranks)} |"


def _chain(chain: Chain, xquad: Xquad, asked: str, split: str) -> str:
    """The cells of a row. A question that is refused has no answer and no quote: it counts as wrong
    in all that is read."""
    ranks: list[int] = []
    figures: list[tuple[float, ...]] = []
    for n, paragraph, question in _questions(xquad, asked, split):
        answer: Answer = chain.ask(question.text)
        golds = [paragraph.text[s:e] for s, e in question.spans]
        ranks.append(_rank([p.article for p in answer.passages], n))
        quote = answer.citations[0].quote if answer.citations else ""
        figures.append(
            (
                max(token_f1(answer.answer, gold, "es") for gold in golds),
                max(exact_match(answer.answer, gold, "es") for gold in golds),
                any(holds(quote, gold) for gold in golds),
                not answer.answerable,
            )
        )
    recall = [statistics.mean(rank <= k for rank in ranks) for k in (1, 5)]
    cells = [*recall, *map(statistics.mean, zip(*figures, strict=True))]
    return " | ".join(f"{cell:.3f}" for cell in cells)


def _given(reader: SpanReader, xquad: Xquad, asked: str, split: str) -> str:
    rng = random.Random(0)
    paragraphs = xquad.asked_in(asked)
    scores, exact, answered, other = [], [], [], []
    for n, paragraph, question in _questions(xquad, asked, split):
        siblings = [
            p for m, p in enumerate(paragraphs) if p.article == paragraph.article and m != n
        ]
        documents = as_documents([paragraph, rng.choice(siblings)])
        given_and_other = [
            Passage(d.id, d.id, d.text, 0, len(d.text), d.language) for d in documents
        ]
        right, wrong = (reader.score_spans(question.text, [p]) for p in given_and_other)
        best = max(right, key=lambda span: span.logit)
        given = paragraph.text[best.start : best.end]
        golds = [paragraph.text[s:e] for s, e in question.spans]
        scores.append(max(token_f1(given, gold, "es") for gold in golds))
        exact.append(max(exact_match(given, gold, "es") for gold in golds))
        answered.append(max(span.mass for span in right))
        other.append(max(span.mass for span in wrong))
    figures = [statistics.mean(scores), statistics.mean(exact), auroc(answered, other)]
    cells = " | ".join(f"{figure:.3f}" for figure in figures)
    return f"| {asked} → es | {cells} | {len(scores)} |"


def _rank(articles: list[str], gold: int) -> int:
    """The place of the gold article among the distinct articles, from 1; past all if absent."""
    distinct = list(dict.fromkeys(articles))
    return distinct.index(f"{gold:04}") + 1 if f"{gold:04}" in distinct else len(distinct) + 1


if __name__ == "__main__":
    main()
