"""Fits whether the articles hold anything on a subject (rag/kinds/held.py).

    python -m training.kinds.held DATA

Over the articles of XQuAD in Spanish, one each, the subjects of subjects.tsv are asked of in two
ways; half of them are in no article. Prints the weights to be written there, and how well they
tell, each tenth of the subjects by what was fitted on the others."""

import argparse
import json
import math
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

import numpy as np
import platformdirs

from benchmarks.kinds.subjects import read_subjects
from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.kinds.held import evidence_of
from hemeroteca.rag.kinds.sentences import Sentence
from hemeroteca.rag.question import Question
from hemeroteca.ui.session import open_chain
from hemeroteca.ui.settings import Settings
from training.measure import auroc

_SUBJECTS = Path(__file__).parent / "subjects.tsv"
_PENALTY, _STEPS, _FOLDS = 0.02, 300, 10
_LEAD_SCALE = 20.0  # of the lead, so that it is held small as little as the log-odds
_HEADLINE = 90  # characters of an article's first sentence


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    args = parser.parse_args()
    features, there, folds = _asked(args.data)
    whole = np.column_stack([features, np.ones(len(features))])
    odds = np.zeros(len(there))
    for fold in range(_FOLDS):
        odds[folds == fold] = whole[folds == fold] @ fit(whole[folds != fold], there[folds != fold])
    told = odds >= 0
    weights = fit(whole, there) * np.array([1.0, _LEAD_SCALE, 1.0])
    print("stated, leads, intercept:", np.round(weights, 2).tolist())
    print(f"AUROC {auroc(odds[there == 1], odds[there == 0]):.3f}")
    print(f"there and told {told[there == 1].mean():.3f}, not there {told[there == 0].mean():.3f}")


def _asked(data: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features (n, 2), 1 where the subject is there (n,), and the fold of each (n,)."""
    features: list[tuple[float, float]] = []
    there, folds, chance = [], [], random.Random(0)
    seen: list[tuple[float, float]] = []

    def watch(question: Question, sentences: Sequence[Sentence], load: object) -> bool:
        found = evidence_of(question, sentences, load)  # type: ignore[arg-type]
        if found:
            seen.append((math.log(found[0] / (1 - found[0])), _LEAD_SCALE * found[1]))
        return True

    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    watched = mock.patch("hemeroteca.rag.chain.is_held", watch)
    with watched, tempfile.TemporaryDirectory() as name:
        file = Path(name) / "xquad.jsonl"
        _write_articles(data / "xquad" / "xquad.es.json", file)
        archive = Archive(Path(name) / "index", encoder)
        sync_folders(archive, [file])
        chain = open_chain(Settings(), archive)
        for subject in read_subjects(_SUBJECTS):
            fold = chance.randrange(_FOLDS)
            for question in subject.questions:
                seen.clear()
                chain.ask(question)
                for each in seen[:1]:
                    features.append(each)
                    there.append(int(subject.is_there))
                    folds.append(fold)
        archive.close()
    return np.array(features), np.array(there), np.array(folds)


def _write_articles(source: Path, target: Path) -> None:
    articles = json.loads(source.read_text(encoding="utf-8"))["data"]
    lines = []
    for n, article in enumerate(articles):
        texts = [paragraph["context"] for paragraph in article["paragraphs"]]
        title = texts[0].split(".")[0][:_HEADLINE]
        lines.append(json.dumps({"id": f"x{n}", "title": title, "text": "\n\n".join(texts)}))
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def fit(features: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The weights (d,) of a logistic regression of labels (n,) on features (n, d), the last of
    which is constant and not held small; by Newton's method."""
    weights = np.zeros(features.shape[1])
    held = np.append(np.ones(len(weights) - 1), 0.0) * _PENALTY
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (likely - labels) / len(labels) + held * weights
        curve = (features.T * (likely * (1 - likely))) @ features / len(labels)
        weights -= np.linalg.solve(curve + 1e-6 * np.eye(len(weights)) + np.diag(held), slope)
    return weights


if __name__ == "__main__":
    main()
