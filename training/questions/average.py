"""Make the weights of questions that are shipped.

    python -m training.questions.average RUN.pt=SHARE...   writes index/encoder/question.safetensors

The embedded model's upper layers are moved by SHARE of the way to each run of train.py. What lies
between finds more than either end (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models";
of several runs, "Model soups")."""

import argparse
from collections.abc import Mapping, Sequence

import platformdirs
import torch
from torch import Tensor

from hemeroteca.index.encoder.e5 import QUESTION_FILE
from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.encoder.weights import save_weights
from training.questions.network import QuestionNetwork

Weights = Mapping[str, Tensor]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="+", metavar="RUN.pt=SHARE")
    args = parser.parse_args()
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    learnt = [
        (torch.load(path), float(share))
        for path, _, share in (run.rpartition("=") for run in args.runs)
    ]
    weights = moved(QuestionNetwork(encoder).weights(), learnt)
    save_weights(QUESTION_FILE, {n: w.numpy() for n, w in weights.items()}, encoder.fingerprint)


def moved(begun: Weights, learnt: Sequence[tuple[Weights, float]]) -> Weights:
    """`begun`, moved by its share of the way to each of what was `learnt`."""
    return {
        name: weight + sum(share * (run[name] - weight) for run, share in learnt)
        for name, weight in begun.items()
    }


if __name__ == "__main__":
    main()
