"""The reader's own wrong answers, to learn from that they are wrong.

    python -m training.verifier.mine DATA WORK/mined.jsonl --questions 4000

Each line holds a question, a passage that the reader read for it, the span it would give, whether
that is right, and the article. The passage is the question's own paragraph, where the wrong spans
stand in the right sentence or beside it, or another paragraph of the same article, where every
span is wrong. No article of the development or test split is read."""

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

from hemeroteca.index.article import Passage
from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.text.terms import terms
from hemeroteca.rag.evaluation.text import token_f1
from hemeroteca.rag.reader.reader import SpanReader, load_reader
from training.data import Paragraph, load_squad, load_xquad, squad_es

_RIGHT, _WRONG = 0.6, 0.3  # token F1 with a gold answer: from, and below
_LONGEST = 900  # characters of a passage
_KEPT = 3  # spans a question
# Sets of reading/ and the share of the questions that they have.
_SETS = {"squad_es_dist": 0.5, "tydiqa_en": 0.7, "qamr_en": 0.05}


@dataclass(frozen=True)
class Mined:
    """What the reader said to `question` from `passage`: its characters `start` to `end`."""

    question: str
    passage: str
    start: int
    end: int
    right: bool
    article: str
    language: str


def mine(
    reader: SpanReader, paragraphs: Sequence[Paragraph], questions: int, rng: random.Random
) -> Iterator[Mined]:
    """What `reader` says to at most `questions` of the questions of `paragraphs`."""
    by_article = defaultdict(list)
    for paragraph in paragraphs:
        by_article[paragraph.article].append(paragraph)
    asked = [(p, q) for p in paragraphs for q in p.questions if len(p.text) <= _LONGEST]
    rng.shuffle(asked)
    for paragraph, question in asked[:questions]:
        golds = [paragraph.text[s:e] for s, e in question.spans]
        siblings = [p for p in by_article[paragraph.article] if p is not paragraph]
        read = paragraph
        if siblings and golds and rng.random() < 0.4:
            words = set(terms(question.text, paragraph.language))
            some = rng.sample(siblings, min(12, len(siblings)))
            read = max(some, key=lambda p: len(words & set(terms(p.text, p.language))))
        text = read.text[:_LONGEST]
        passage = Passage("a", "a", text, 0, len(text), read.language)
        spans = reader.score_spans(question.text, [passage])
        for span in sorted(spans, key=lambda s: -s.logit)[:_KEPT]:
            said = read.text[span.start : span.end]
            if any(gold.casefold() in said.casefold() for gold in golds) and read is not paragraph:
                continue  # it may answer after all
            f1 = max((token_f1(said, gold, read.language) for gold in golds), default=0.0)
            right = read is paragraph and f1 >= _RIGHT
            if right or f1 < _WRONG:
                yield Mined(
                    question.text, read.text[:_LONGEST], span.start, span.end, right,
                    read.article, read.language,
                )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("target", type=Path, help="a file to write, one JSON line a span")
    parser.add_argument("--questions", type=int, default=4000)
    args = parser.parse_args()
    rng = random.Random(19)
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"), threads=1)
    reader = load_reader(encoder)
    xquad = load_xquad(args.data / "xquad")
    spanish = squad_es(args.data, xquad, held_out=False)
    groups = [(spanish, 0.55)]
    for language in ("en", "de", "ru"):
        crossed = zip(xquad.asked_in(language), xquad.split, strict=True)
        groups.append(([p for p, split in crossed if split == "train"], 0.06))
    for name, share in _SETS.items():
        paragraphs = load_squad(args.data / "reading" / f"{name}.json", name.split("_")[1])
        groups.append((paragraphs, share / 3))
    with args.target.open("w", encoding="utf-8") as file:
        for paragraphs, share in groups:
            for mined in mine(reader, paragraphs, int(share * args.questions), rng):
                file.write(json.dumps(asdict(mined), ensure_ascii=False) + "\n")
                file.flush()


if __name__ == "__main__":
    main()
