"""Train the verifier on two cores; it may be stopped and continued at any step.

    python -m training.verifier.mine DATA WORK/mined.jsonl
    python -m training.verifier.train DATA WORK --extra EXTRA --steps 1800
    python -m training.verifier.train DATA WORK --export rag/verifier/verifier.safetensors

The rate falls to zero at --steps, which may be changed when continuing. What is kept is the moving
average of the weights. Every evaluation is a line of WORK/verifier.jsonl; every run is described in
training/README.md."""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from hemeroteca.index.encoder.e5 import BEGIN, E5, END
from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.encoder.weights import load_weights, save_weights
from hemeroteca.rag.reader.network import Pair, make_pair
from hemeroteca.rag.verifier.rule import WEIGHTS_FILE
from training.network import load_backbone
from training.verifier.data import VERDICTS, Judged, everything, of_split
from training.verifier.network import LowerLayers, VerdictNetwork

OWN_LAYERS = 8
_STATEMENT_TOKENS, _EVIDENCE_TOKENS = 96, 192
# Tokens of an example, and of one in ten: long ones cost more than they teach.
_LONGEST, _LONG, _WRITTEN_LONG = 84, 128, 160
_TOKENS_IN_BATCH = 1536
_RATES = {"layers": 1.2e-4, "head": 8e-4}
# How many examples of each family of sets are learnt from, of those that are not too long.
_WANTED = {
    "fever": 24000, "fm2": 3500, "boolq": 1200, "qed": 1500, "snli": 17000, "mnli": 9000,
    "indonli": 9000, "farstail": 3000, "klue": 2500, "twins": 40000, "mined": 8000,
    "squad_es": 8000, "squad_es_dist": 800, "xquad": 9000, "tydiqa_en": 1500, "qamr_en": 800,
    "written": 100_000, "claimed": 100_000, "news": 12000, "asked": 20000, "press": 16000,
    "broad": 30000, "stories": 6000, "elsewhere": 12000,
}  # fmt: skip
_WANTED_OF_OTHERS = 300
_OF_NEWS = (
    "written",
    "claimed",
    "asked",
    "press",
    "broad",
    "stories",
    "elsewhere",
)  # sources of what is written for this
_MINED = ("mined", "asked", "press", "broad")  # files of WORK with what the reader says
_WRITTEN_SHARE = 0.5  # of the batches, once there are written examples
_WARMUP_STEPS = 60
_SMOOTHED = 0.05  # of a label goes to the others: some of them are wrong
_AVERAGE = 0.997  # of the average stays at each step
_SAVE_EVERY, _MEASURE_EVERY, _MEASURED = 50, 400, 400


@dataclass(frozen=True)
class Item:
    """An example as token ids, the number of its verdict, and its source."""

    pair: Pair
    gold: int
    source: str


def tokenize(judged: Sequence[Judged], encoder: Encoder) -> list[Item]:
    """Token ids of examples; evidence that is too long loses its beginning."""
    assert isinstance(encoder.model, E5)
    # The whole vocabulary at once: the program's own tokenizer is made for few texts.
    tokenizer = Tokenizer.from_file(str(encoder.model.folder / "tokenizer.json"))
    tokenizer.no_truncation()
    texts = [f"query: {j.statement}" for j in judged] + [j.evidence for j in judged]
    ids = [text.ids for text in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]
    items = []
    for n, one in enumerate(judged):
        said, shown = ids[n][:_STATEMENT_TOKENS], ids[n + len(judged)][-_EVIDENCE_TOKENS:]
        pair = make_pair(said, shown, BEGIN, END)
        items.append(Item(pair, VERDICTS.index(one.verdict), one.source))
    return items


def batches(items: Sequence[Item], rng: random.Random) -> Iterator[list[Item]]:
    """Batches of about _TOKENS_IN_BATCH tokens with padding, of like lengths, without end."""
    while True:
        order = list(items)
        rng.shuffle(order)
        for at in range(0, len(order), 1024):
            made: list[list[Item]] = [[]]
            for item in sorted(order[at : at + 1024], key=lambda item: len(item.pair.ids)):
                if len(item.pair.ids) * (len(made[-1]) + 1) > _TOKENS_IN_BATCH and made[-1]:
                    made.append([])
                made[-1].append(item)
            rng.shuffle(made)
            yield from made


def chosen(items: Sequence[Item], rng: random.Random) -> list[Item]:
    """As many of `items` as are wanted of each family, none too long, in an order at random."""
    left = Counter(_WANTED)
    taken = []
    for item in rng.sample(list(items), len(items)):
        family = item.source.split("-")[0]
        if family not in left:
            left[family] = _WANTED_OF_OTHERS
        most = (
            _LONG
            if family in ("boolq", "news", "asked", "press", "broad") or rng.random() < 0.1
            else _LONGEST
        )
        most = _WRITTEN_LONG if family in ("written", "claimed") else most
        if left[family] > 0 and len(item.pair.ids) <= most:
            left[family] -= 1
            taken.append(item)
    return taken


def load_items(
    data: Path, extra: Path | None, work: Path, encoder: Encoder
) -> dict[str, list[Item]]:
    """The examples of "train" and "dev", made once."""
    path = work / "verifier.items.pt"
    if not path.exists():
        mined = [work / f"{name}.jsonl" for name in _MINED]
        judged = everything(data, extra, mined, work / "portuguese.json")
        made = {
            split: tokenize(of_split(judged, split), encoder) for split in ("train", "dev", "test")
        }
        torch.save(made, path)
    items: dict[str, list[Item]] = torch.load(path, weights_only=False)
    return {split: chosen(some, random.Random(0)) for split, some in items.items()}


def load_network(encoder: Encoder) -> VerdictNetwork:
    """The network as training begins: as the one that is shipped, whose lower layers stay."""
    assert isinstance(encoder.model, E5)
    backbone, shipped = load_backbone(encoder), load_weights(WEIGHTS_FILE)
    many = backbone.config.num_hidden_layers - OWN_LAYERS
    lower = LowerLayers(encoder.model.folder, shipped, many, encoder.precision)
    return VerdictNetwork(backbone, shipped, OWN_LAYERS, lower)


def train(
    data: Path,
    extra: Path | None,
    work: Path,
    steps: int,
    seed: int,
    begin: Path | None,
    bf16: bool,
    share: float = _WRITTEN_SHARE,
    rate: float = 1.0,
) -> None:
    """Learn up to step `steps`, continuing where WORK has a checkpoint; with `bf16`, multiplying
    the layers' matrices in sixteen bits. `share` of the batches are of written examples, and
    `rate` times the rates is where learning begins."""
    torch.manual_seed(seed)
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    items = load_items(data, extra, work, encoder)
    counts = Counter((VERDICTS[item.gold]) for item in items["train"])
    tokens = sum(len(item.pair.ids) for item in items["train"]) / len(items["train"])
    print(f"{len(items['train'])} examples, {dict(counts)}, {tokens:.0f} tokens", flush=True)
    network = load_network(encoder).eval()  # no dropout: few examples are seen twice
    head = list(network.verdict_head.parameters())
    groups = [
        {"params": list(network.layers.parameters()), "rate": _RATES["layers"]},
        {"params": head, "rate": _RATES["head"]},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    checkpoint, step = work / "verifier.pt", 0
    average = {name: weight.clone() for name, weight in network.state_dict().items()}
    seen_before = {"written": 0, "public": 0}
    if checkpoint.exists():
        state: dict[str, Any] = torch.load(checkpoint)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average, step, seen_before = state["average"], state["step"], state["seen"]
    elif begin is not None:  # the averaged weights of a run with as many own layers or fewer
        found = torch.load(begin)["average"]
        network.load_state_dict(network.state_dict() | found)
        average |= {name: weight.clone() for name, weight in found.items()}
    written = [item for item in items["train"] if item.source in _OF_NEWS]
    public = [item for item in items["train"] if item.source not in _OF_NEWS]
    streams = {"public": batches(public, random.Random(seed))}
    if written:
        streams["written"] = batches(written, random.Random(seed))
    for name, stream in streams.items():
        for _ in range(seen_before[name]):  # what was seen before
            next(stream)
    draws = random.Random(seed + step)
    started, losses, seen = time.perf_counter(), [], 0
    while step < steps:
        step += 1
        factor = rate * min(1.0, step / _WARMUP_STEPS) * (1 - (step - 1) / steps)
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * factor
        name = "written" if written and draws.random() < share else "public"
        batch = next(streams[name])
        seen_before[name] += 1
        gold = torch.tensor([item.gold for item in batch])
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            logits = network([item.pair for item in batch]).float()
        loss = nn.functional.cross_entropy(logits, gold, label_smoothing=_SMOOTHED)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        kept = min(_AVERAGE, (1 + step) / (10 + step))
        for key, weight in network.state_dict().items():
            average[key].lerp_(weight, 1 - kept)
        losses.append(loss.item())
        seen += len(batch)
        if step % 10 == 0:
            speed = seen / (time.perf_counter() - started)
            print(f"{step} loss {sum(losses[-50:]) / len(losses[-50:]):.3f} {speed:.1f} examples/s "
                  f"{time.strftime('%H:%M')}", flush=True)  # fmt: skip
        if step % _SAVE_EVERY == 0 or step == steps:
            state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(),
                     "average": average, "step": step, "seen": seen_before}  # fmt: skip
            torch.save(state, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
        if step % _MEASURE_EVERY == 0 or step == steps:
            line: dict[str, Any] = {"step": step, "loss": sum(losses[-200:]) / len(losses[-200:])}
            line |= _measure(network, average, items["dev"])
            with (work / "verifier.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            print(line, flush=True)
            started, seen = time.perf_counter(), 0


@torch.no_grad()
def _measure(
    network: VerdictNetwork, average: dict[str, Tensor], items: Sequence[Item]
) -> dict[str, float]:
    """Accuracy of the averaged weights on some of `items`, in all and by the family of sets."""
    own = {name: weight.clone() for name, weight in network.state_dict().items()}
    network.load_state_dict(average)
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    some = random.Random(1).sample(list(items), min(_MEASURED, len(items)))
    for item in some:
        correct = int(network([item.pair]).argmax()) == item.gold
        for name in ("all", item.source.split("-")[0]):
            right[name] += correct
            total[name] += 1
    network.load_state_dict(own)
    return {name: round(right[name] / total[name], 3) for name in sorted(total) if total[name] > 9}


def export(work: Path, target: Path, part: float = 1.0) -> None:
    """Write the averaged weights of the last checkpoint as the program ships them, over the lower
    layers of those that it shipped before; or a mean of both, of which they are this `part`, which
    may read better than either (Izmailov et al. 2018, as training/average.py)."""
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    average: dict[str, Tensor] = torch.load(work / "verifier.pt")["average"]
    before = dict(load_weights(WEIGHTS_FILE))
    weights = before | {
        name: (1 - part) * before[name] + part * weight.numpy() for name, weight in average.items()
    }
    save_weights(target, weights, encoder.fingerprint)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--extra", type=Path, help="folder of the sets that DATA lacks")
    parser.add_argument("--steps", type=int, default=1800)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--begin", type=Path, help="a checkpoint to begin at")
    parser.add_argument("--bf16", action="store_true", help="for a processor that has AVX512-BF16")
    parser.add_argument("--share", type=float, default=_WRITTEN_SHARE, help="of written batches")
    parser.add_argument("--rate", type=float, default=1.0, help="of the rates, to begin with")
    parser.add_argument("--export", type=Path, help="write the last checkpoint, train nothing")
    parser.add_argument("--part", type=float, default=1.0, help="of it in what is exported")
    args = parser.parse_args()
    if args.export:
        export(args.work, args.export, args.part)
        return
    train(
        args.data, args.extra, args.work, args.steps, args.seed, args.begin, args.bf16, args.share,
        args.rate,
    )  # fmt: skip


if __name__ == "__main__":
    main()
