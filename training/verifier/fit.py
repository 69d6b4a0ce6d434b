"""Fit what turns the verifier's logits into probabilities, to statements that it never learnt from.

    python -m training.verifier.fit DATA WORK          # writes rag/verifier/verifier.json

Everything is fitted on the "dev" split of what training/verifier/data.py makes; nothing under
measure/ or news/ is read. How likely an answer is right is fitted by training/calibrate.py."""

import argparse
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import platformdirs
import torch
from torch import Tensor, nn

from hemeroteca.index.encoder.e5 import E5
from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.encoder.weights import load_weights
from hemeroteca.rag.verifier.network import VerdictNetwork
from hemeroteca.rag.verifier.rule import WEIGHTS_FILE, Rule
from training.verifier.train import Item, load_items

_MOST = 2500  # statements of the development split
_CLAIMS = ("fever", "fm2", "twins", "written")  # what a written claim is like
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
    return Rule(scale.item(), offsets[0].item(), offsets[1].item(), shown_from)


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
    weights = load_weights(WEIGHTS_FILE)
    network = VerdictNetwork(encoder.model.folder, weights, encoder.precision)
    items = load_items(args.data, args.extra, args.work, encoder)["dev"]
    fit_probabilities(network, items).save()


if __name__ == "__main__":
    main()
