"""Fit how likely an answer is right, by the reader and the verifier together.

    python -m training.calibrate DATA WORK --most 180      leaves WORK/reads.pickle
    python -m training.verifier.answers WORK               writes answers.json and holds.json

The questions are those of training/calibrate.py, of articles from which neither learnt. Printed is,
by corpus, what would be shown from .5 on and the AUROC of "this answer is right", with the reader's
confidence alone and, in ten folds, with both; and the same of "its sentence holds the answer",
which is told below WORDS_FROM, and the words above."""

import argparse
import itertools
import pickle
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import platformdirs
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.rag.defaults import ANSWER_FROM, WORDS_FROM
from hemeroteca.rag.evaluation.text import holds, token_f1
from hemeroteca.rag.reader.decide import Rule, decide
from hemeroteca.rag.verifier.answers import (
    HOLDS_FILE,
    AnswerRule,
    answer_features,
    judge_answer,
)
from hemeroteca.rag.verifier.judge import Verifier, load_verifier
from training.calibrate import RIGHT, Read, as_read
from training.measure import auroc

_FOLDS = 10


def features_of(
    reads: Sequence[Read], verifier: Verifier, rule: Rule
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(the reader's confidence, the answer_features, whether the answer is right, whether its
    sentence holds the right one) of each."""
    confidences, features, right, held = [], [], [], []
    for read in reads:
        as_asked = as_read(read, rule)
        reading = decide(read.question, as_asked.passages, as_asked.spans, rule)
        best = reading.evidence[0]
        judged = judge_answer(verifier, read.question.searched, best)
        language = best.passage.language
        f1 = max((token_f1(best.answer, gold, language) for gold in read.gold), default=0.0)
        confidences.append(reading.confidence)
        features.append(answer_features(reading.confidence, judged))
        right.append(f1 >= RIGHT)
        held.append(f1 >= RIGHT or any(holds(best.quote, gold) for gold in read.gold))
    return np.array(confidences), np.array(features), np.array(right), np.array(held)


def weights_of(reads: Sequence[Read]) -> np.ndarray:
    """Each corpus counts alike, and in each two questions of three have an answer."""
    sides = [(read.corpus, bool(read.gold)) for read in reads]
    often = Counter(sides)
    weights = np.array([(2 if gold else 1) / often[corpus, gold] for corpus, gold in sides])
    return np.asarray(weights * len(reads) / weights.sum())


def _in_folds(features: np.ndarray, right: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The probability of each, by what is fitted to the others."""
    likely = np.zeros(len(right))
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    for learnt, kept in folds.split(features, right):
        model = LogisticRegression().fit(features[learnt], right[learnt], weights[learnt])
        likely[kept] = model.predict_proba(features[kept])[:, 1]
    return likely


def _fitted(features: np.ndarray, right: np.ndarray, weights: np.ndarray) -> AnswerRule:
    model = LogisticRegression().fit(features, right, weights)
    reader, stated = (float(w) for w in model.coef_[0])
    return AnswerRule(reader, stated, float(model.intercept_[0]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    args = parser.parse_args()
    present, absent = pickle.loads((args.work / "reads.pickle").read_bytes())
    reader_rule = Rule.load()
    reads = [read for read in [*present, *absent] if as_read(read, reader_rule).spans]
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    confidence, features, right, held = features_of(reads, load_verifier(encoder), reader_rule)
    weights = weights_of(reads)
    both, holding = (_in_folds(features, label, weights) for label in (right, held))
    corpora = np.array([read.corpus for read in reads])
    gold = np.array([bool(read.gold) for read in reads])
    print(
        "| questions | | all | right of shown | answerable: right | unanswerable: shown | AUROC |"
    )
    print("|---|---|---|---|---|---|---|")
    for corpus in [*dict.fromkeys(corpora.tolist()), "all"]:
        of = (corpora == corpus) | (corpus == "all")
        told = np.where(both >= WORDS_FROM, right, held)
        for name, likely, is_right, shown in (
            ("reader", confidence, right, confidence >= ANSWER_FROM),
            ("and verifier", both, right, both >= ANSWER_FROM),
            ("or its sentence", holding, told, both >= ANSWER_FROM),
        ):
            label = held if likely is holding else right
            apart = auroc(list(likely[of & label]), list(likely[of & ~label]))
            print(f"| {corpus} | {name} | {of.sum()} | {is_right[of & shown].mean():.3f} | "
                  f"{(is_right & shown)[of & gold].mean():.3f} | {shown[of & ~gold].mean():.3f} | "
                  f"{apart:.3f} |")  # fmt: skip
    _fitted(features, held, weights).save(HOLDS_FILE)
    rule = _fitted(features, right, weights)
    rule.save()
    print("| confidence | has an answer, both sides weighing the same | questions |")
    print("|---|---|---|")
    likely = np.array([rule.confidence(f) for f in features])
    limits = (0.0, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.3, 0.5, 0.7, 0.9, 1.01)
    for low, high in itertools.pairwise(limits):
        inside = (low <= likely) & (likely < high)
        sides = inside[gold].mean(), inside[~gold].mean()
        if sum(sides):
            print(f"| {low} to {high} | {sides[0] / sum(sides):.2f} | {inside.sum()} |")


if __name__ == "__main__":
    main()
