"""Fit what turns the verifier's logits into probabilities, to statements that it never learnt from.

    python -m training.verifier.fit DATA WORK          # writes training/verifier/verifier.json

Everything is fitted on the "dev" split of what training/verifier/data.py makes, and on XQuAD's
development articles, from which neither the reader nor the verifier learnt; nothing under measure/
or news/ is read."""

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import platformdirs
import torch
from torch import Tensor, nn

from hemeroteca.index.article import Passage
from hemeroteca.index.encoder.e5 import E5
from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.index.text.terms import terms
from hemeroteca.rag.evaluation.text import token_f1
from hemeroteca.rag.reader.reader import load_reader
from hemeroteca.rag.reader.weights import load_weights
from training.data import Paragraph, load_xquad
from training.measure import auroc
from training.verifier.judge import (
    WEIGHTS_FILE,
    AnswerRule,
    Evidence,
    Judgement,
    Rule,
    Verifier,
    fingerprint,
    judge_answers,
)  # fmt: skip
from training.verifier.onnx import VerdictNetwork
from training.verifier.train import Item, load_items

_MOST = 1500  # statements of the development split
_CLAIMS = ("fever", "fm2", "twins", "indonli", "klue")  # what a written claim is like
_WRONG_SHOWN = 0.10  # of the wrong claims, at most


def fit_probabilities(network: VerdictNetwork, items: Sequence[Item]) -> Rule:
    """The rule that makes the verdicts of `items` most likely, and from which probability a claim
    is shown so that at most _WRONG_SHOWN of the wrong ones of `items` are."""
    some = random.Random(2).sample(list(items), min(_MOST, len(items)))
    logits = torch.from_numpy(np.stack([network(item.pair) for item in some]))
    gold = torch.tensor([item.gold for item in some])
    scale, offsets = torch.ones(1, requires_grad=True), torch.zeros(2, requires_grad=True)

    def scores() -> Tensor:
        return scale * logits + torch.cat([torch.zeros(1), offsets])

    _minimise([scale, offsets], lambda: nn.functional.cross_entropy(scores(), gold))
    right = scores().argmax(1) == gold
    print(f"{len(some)} statements: accuracy {right.float().mean():.3f}, "
          f"loss {nn.functional.cross_entropy(scores(), gold).item():.3f}")  # fmt: skip
    stated = scores().softmax(1)[:, 0].detach().numpy()
    claims = np.array([item.source.split("-")[0] in _CLAIMS for item in some])
    wrong = np.sort(stated[claims & (gold.numpy() != 0)])
    shown_from = float(wrong[int((1 - _WRONG_SHOWN) * len(wrong))])
    shown = (stated[claims & (gold.numpy() == 0)] >= shown_from).mean()
    print(f"claims are shown from {shown_from:.3f}: {shown:.3f} of the right ones")
    return Rule(
        scale.item(), offsets[0].item(), offsets[1].item(), shown_from, fingerprint(load_weights())
    )


def fit_answers(
    verifier: Verifier, encoder: Encoder, paragraphs: Sequence[Paragraph]
) -> AnswerRule:
    """The rule that says how likely the reader's best span is right, by its logit and judgement,
    over `paragraphs` and over others of their articles."""
    reader, rng = load_reader(encoder), random.Random(3)
    found: list[tuple[float, Judgement, bool]] = []
    for paragraph in paragraphs:
        siblings = [p for p in paragraphs if p.article == paragraph.article and p is not paragraph]
        for question in paragraph.questions:
            words = set(terms(question.text, paragraph.language))
            other = max(siblings, key=lambda p: len(words & set(terms(p.text, p.language))))
            read = paragraph if rng.random() < 0.6 else other
            passage = Passage("a", "a", read.text, 0, len(read.text), read.language)
            spans = reader.score_spans(question.text, [passage])
            if not spans:
                continue
            best = max(spans, key=lambda span: span.logit)
            said = read.text[best.start : best.end]
            golds = [paragraph.text[s:e] for s, e in question.spans]
            right = read is paragraph and max(token_f1(said, g, "es") for g in golds) >= 0.6
            evidence = _around(read, best.start, best.end)
            judged = judge_answers(verifier, question.text, [(said, evidence)])[0]
            found.append((best.logit, judged, right))
    features = torch.tensor([AnswerRule.features(logit, judged) for logit, judged, _ in found])
    right_ones = torch.tensor([float(right) for _, _, right in found])
    weights, intercept = torch.zeros(2, requires_grad=True), torch.zeros(1, requires_grad=True)
    loss = nn.functional.binary_cross_entropy_with_logits
    _minimise([weights, intercept], lambda: loss(features @ weights + intercept, right_ones))
    rule = AnswerRule(weights[0].item(), weights[1].item(), intercept.item())
    for name, score in (
        ("reader", lambda logit, judged: logit),
        ("verifier", lambda logit, judged: judged.stated),
        ("both", rule.confidence),
    ):
        good, bad = (
            [score(logit, judged) for logit, judged, right in found if right is is_so]
            for is_so in (True, False)
        )
        print(f"{name}: AUROC {auroc(good, bad):.3f} ({len(good)} right, {len(bad)} wrong)")
    return rule


def _around(paragraph: Paragraph, start: int, end: int) -> Evidence:
    bounds = sentence_spans(paragraph.text, paragraph.language)
    touched = [n for n, (s, e) in enumerate(bounds) if s < end and start < e]
    before = paragraph.text[slice(*bounds[touched[0] - 1])] if touched and touched[0] else ""
    text = paragraph.text[bounds[touched[0]][0] : bounds[touched[-1]][1]] if touched else ""
    return Evidence(text or paragraph.text[start:end], before)


def _minimise(numbers: Sequence[Tensor], loss: Callable[[], Tensor]) -> None:
    optimizer = torch.optim.LBFGS(list(numbers), max_iter=100, line_search_fn="strong_wolfe")

    def step() -> float:
        optimizer.zero_grad()
        value = loss()
        value.backward()  # type: ignore[no-untyped-call]
        return value.item()

    optimizer.step(step)  # type: ignore[no-untyped-call]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--extra", type=Path, help="folder of the sets that DATA lacks")
    args = parser.parse_args()
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    assert isinstance(encoder.model, E5)
    own = load_weights(WEIGHTS_FILE)
    network = VerdictNetwork(encoder.model.folder, load_weights(), own, encoder.precision)
    items = load_items(args.data, args.extra or args.data, args.work, encoder)["dev"]
    rule = fit_probabilities(network, items)
    xquad = load_xquad(args.data / "xquad")
    development = [
        paragraph
        for language in ("en", "es")
        for paragraph, split in zip(xquad.asked_in(language), xquad.split, strict=True)
        if split == "dev"
    ]
    answers = fit_answers(Verifier(encoder, network, rule), encoder, development)
    replace(rule, answers=answers).save()


if __name__ == "__main__":
    main()
