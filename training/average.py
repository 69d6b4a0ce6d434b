"""The mean of networks from one course of training, which reads better than either end of it.

    python -m training.average rag/reader/reader.safetensors WORK/first.pt WORK/hard.pt
    python -m training.average WORK/mean.pt WORK/first.pt WORK/hard.pt   # to go on from there

One that is named more often weighs more; rag/reader/reader.safetensors itself may be one of them.
Where one has more layers of its own than another, the other's are those of the embedded model.

Weights of one course lie in one basin, and their mean nearer to its middle (Izmailov et al. 2018,
"Averaging Weights Leads to Wider Optima and Better Generalization")."""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import platformdirs
import torch

from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.encoder.weights import load_weights, save_weights
from hemeroteca.rag.reader.network import own_layers
from training.network import SpanNetwork, load_backbone

Weights = dict[str, torch.Tensor]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path, help="weights to write; or a checkpoint, *.pt")
    parser.add_argument("checkpoints", type=Path, nargs="+", help="checkpoints of train_reader")
    args = parser.parse_args()
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    mean = mean_of([_network(path) for path in args.checkpoints], encoder)
    if args.target.suffix == ".pt":
        torch.save({"network": mean, "step": 0}, args.target)
        return
    weights = {name: weight.numpy() for name, weight in mean.items()}
    save_weights(args.target, weights, encoder.fingerprint)


def mean_of(networks: Sequence[Weights], encoder: Encoder) -> Weights:
    """The mean of networks' weights on the embedded model of `encoder`."""
    backbone, own = load_backbone(encoder), max(map(own_layers, networks))
    stacked = defaultdict(list)
    for network in networks:
        alike = SpanNetwork(backbone, own)
        alike.begin_with(network)
        for name, weight in alike.state_dict().items():
            stacked[name].append(weight)
    return {name: torch.stack(weights).mean(0) for name, weights in stacked.items()}


def _network(path: Path) -> Weights:
    if path.suffix == ".safetensors":
        return {name: torch.from_numpy(weight) for name, weight in load_weights(path).items()}
    network: Weights = torch.load(path)["network"]
    return network


if __name__ == "__main__":
    main()
