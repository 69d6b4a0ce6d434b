"""The reader on articles that it never learnt from: F1, exact match, and knowing when not to."""

import random
from collections.abc import Sequence

import numpy as np
import torch

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.rag.evaluation.text import exact_match, token_f1
from training.data import Example, Xquad
from training.network import SpanNetwork, headed_pair


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The probability that a positive scores above a negative (ties count half)."""
    p, n = np.asarray(positive)[:, None], np.asarray(negative)[None, :]
    return float(((p > n) + 0.5 * (p == n)).mean())


@torch.no_grad()
def read(
    network: SpanNetwork, encoder: Encoder, question: str, passage: str, headline: str = ""
) -> tuple[str, float]:
    """The best span of a whole passage (at most 440 tokens), and its margin over no answer."""
    asked, given, above = encoder.tokenize([f"query: {question}", passage, headline])
    pair = headed_pair(asked.ids[:64], above.ids, given.ids[:440])
    scores = network([pair])
    spans = scores.spans[0]
    best = int(spans.argmax())
    i, j = divmod(best, spans.shape[1])
    start, end = given.spans[i - pair.first][0], given.spans[j - pair.first][1]
    margin = float(spans.logsumexp((0, 1)) - scores.none[0])
    return passage[start:end].strip(), margin


def measure(network: SpanNetwork, encoder: Encoder, xquad: Xquad, split: str) -> dict[str, float]:
    """F1 and EM with the gold paragraph given, and the AUROC of telling it from another paragraph
    of its article, for English and Spanish questions over the Spanish paragraphs of `split`."""
    rng = random.Random(0)
    result = {}
    for asked in ("en", "es"):
        paragraphs = [
            p for p, s in zip(xquad.asked_in(asked), xquad.split, strict=True) if s == split
        ]
        f1s, ems, answered, other = [], [], [], []
        for paragraph in paragraphs:
            siblings = [
                p for p in paragraphs if p.article == paragraph.article and p is not paragraph
            ]
            for question in paragraph.questions:
                given, margin = read(network, encoder, question.text, paragraph.text)
                golds = [paragraph.text[s:e] for s, e in question.spans]
                f1s.append(max(token_f1(given, g, "es") for g in golds))
                ems.append(max(exact_match(given, g, "es") for g in golds))
                answered.append(margin)
                wrong = rng.choice(siblings).text
                other.append(read(network, encoder, question.text, wrong)[1])
        result[f"{asked}_f1"] = round(float(np.mean(f1s)), 4)
        result[f"{asked}_em"] = round(float(np.mean(ems)), 4)
        result[f"{asked}_auroc"] = round(auroc(answered, other), 4)
        result[f"{asked}_n"] = len(f1s)
    return result


def measure_events(
    network: SpanNetwork, encoder: Encoder, examples: Sequence[Example]
) -> dict[str, float]:
    """Exact match of those `examples` that have an answer, and the AUROC of telling them from the
    others."""
    margins: dict[bool, list[float]] = {True: [], False: []}
    exact = []
    for example in examples:
        given, margin = read(network, encoder, example.question, example.passage, example.headline)
        margins[example.span is not None].append(margin)
        if example.span is not None:
            exact.append(given == example.passage[slice(*example.span)])
    return {
        "events_em": round(float(np.mean(exact)), 4),
        "events_auroc": round(auroc(margins[True], margins[False]), 4),
    }
