"""The mean of networks from one course of training, which reads better than either end of it.

    python -m training.average rag/reader.safetensors WORK/first.pt WORK/hard.pt
    python -m training.average WORK/mean.pt WORK/first.pt WORK/hard.pt   # to go on from there

One that is named more often weighs more; rag/reader.safetensors itself may be one of them.

Weights of one course lie in one basin, and their mean nearer to its middle (Izmailov et al. 2018,
"Averaging Weights Leads to Wider Optima and Better Generalization")."""

import argparse
from pathlib import Path

import platformdirs
import torch

from index.checkpoint import EMBEDDED_MODEL
from index.encoder import load_encoder
from rag.weights import load_weights, save_weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path, help="weights to write; or a checkpoint, *.pt")
    parser.add_argument("checkpoints", type=Path, nargs="+", help="checkpoints of train_reader")
    args = parser.parse_args()
    networks = [_network(path) for path in args.checkpoints]
    mean = {
        name: torch.stack([network[name] for network in networks]).mean(0) for name in networks[0]
    }
    if args.target.suffix == ".pt":
        torch.save({"network": mean, "step": 0}, args.target)
        return
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    weights = {name: weight.numpy() for name, weight in mean.items()}
    save_weights(args.target, weights, encoder.fingerprint)


def _network(path: Path) -> dict[str, torch.Tensor]:
    if path.suffix == ".safetensors":
        return {name: torch.from_numpy(weight) for name, weight in load_weights(path).items()}
    network: dict[str, torch.Tensor] = torch.load(path)["network"]
    return network


if __name__ == "__main__":
    main()
