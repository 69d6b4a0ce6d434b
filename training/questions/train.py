"""Teach questions to find passages whose vectors stay as they are.

    python -m training.questions.train DATA EXTRA OUT.pt [--steps 1800] [--seed 0] [--plain]

How much is found is printed of what nothing is learnt from; DATA and EXTRA are those of
training/README.md. The passages' vectors are kept beside OUT.pt, for to embed them takes ten
minutes. training/questions/average.py makes what is shipped of several runs."""

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import platformdirs
import torch
from torch import Tensor, nn

from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.rag.retriever import WORDS_WEIGHT
from training.noise import as_typed
from training.questions.data import load_sought
from training.questions.network import QuestionNetwork
from training.questions.words import Words

# How often the questions of each corpus are drawn.
_OFTEN = {"press": 0.7, "agency": 0.8, "news": 0.6, "xquad": 0.8, "squad": 0.5, "reading": 0.5}
_PLAIN = {"press": 1.0, "agency": 1.0, "news": 0.6, "xquad": 0.35, "squad": 0.5, "reading": 0.4}
_BATCH, _RATE, _WARM_UP = 32, 5e-5, 100
_TEMPERATURE = 0.01
_ONE_LANGUAGE = 0.5  # of questions look among the passages of one language only
_WITH_WORDS = 0.75  # of questions know what their words find
_KEPT = 2.0  # times the distance to the embedded model's vector, beside the loss
_MEASURED = 300  # questions of a corpus


class Taught:
    """The questions that teach, over the passages' vectors without what their language shares."""

    def __init__(self, encoder: Encoder, data: Path, extra: Path, kept: Path) -> None:
        passages, self.sought = load_sought(data, extra, encoder)
        self.languages = np.array(passages.languages)
        self.words = Words(passages.texts, passages.languages)
        if not kept.exists():
            np.save(kept, encoder.encode_passages(passages.texts))
        self.vectors = np.load(kept)
        if len(self.vectors) != len(passages.texts):
            raise ValueError(f"{kept} has other passages: remove it")
        means = {of: self.vectors[self.languages == of].mean(0) for of in set(self.languages)}
        self.apart = torch.from_numpy(self.vectors - np.stack([means[of] for of in self.languages]))

    def loss(
        self, vectors: Tensor, asked: Sequence[int], rng: random.Random, words: float = _WITH_WORDS
    ) -> Tensor:
        """Of questions' `vectors`: the negative log share of the passages that hold the answer,
        among all, or among those in the language of one of these; of the share `words` by what
        their words find, too."""
        scores = vectors @ self.apart.T
        losses = []
        for row, n in enumerate(asked):
            own, question = scores[row], self.sought[n]
            holding = np.array(question.holding)
            if rng.random() < words:
                met = torch.from_numpy(self.words.met(question.text, question.language))
                own = own + WORDS_WEIGHT * met
            own = own / _TEMPERATURE
            everything = own
            if rng.random() < _ONE_LANGUAGE:
                language = self.languages[rng.choice(list(holding))]
                holding = holding[self.languages[holding] == language]
                everything = own[torch.from_numpy(np.flatnonzero(self.languages == language))]
            losses.append(everything.logsumexp(0) - own[torch.from_numpy(holding)].logsumexp(0))
        return torch.stack(losses).mean()

    def measure(self, network: QuestionNetwork) -> str:
        """Recall@1 by vectors alone of questions that do not teach, by corpus, among all passages
        in the language of the first that holds the answer."""
        by_corpus: dict[str, list[int]] = defaultdict(list)
        for n, question in enumerate(self.sought):
            if question.split != "train":
                by_corpus[question.corpus].append(n)
        found = []
        for corpus, numbers in sorted(by_corpus.items()):
            chosen = random.Random(1).sample(numbers, min(_MEASURED, len(numbers)))
            vectors = network.encode([self.sought[n].text for n in chosen]).numpy()
            hits = []
            for n, vector in zip(chosen, vectors, strict=True):
                holding = self.sought[n].holding
                among = np.flatnonzero(self.languages == self.languages[holding[0]])
                hits.append(among[(self.vectors[among] @ vector).argmax()] in holding)
            found.append(f"{corpus} {np.mean(hits):.3f}")
        return ", ".join(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("extra", type=Path)
    parser.add_argument("target", type=Path, metavar="OUT.pt")
    parser.add_argument("--steps", type=int, default=1800)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--plain", action="store_true", help="without words, and as far from the model as may be"
    )
    args = parser.parse_args()
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    taught = Taught(encoder, args.data, args.extra, args.target.with_name("passages.npy"))
    network = QuestionNetwork(encoder)
    print("as it is:", taught.measure(network), flush=True)
    begun = None if args.plain else QuestionNetwork(encoder)
    _train(network, begun, taught, args.steps, args.seed)
    torch.save(network.weights(), args.target)
    print("learnt:", taught.measure(network))


def _train(
    network: QuestionNetwork, begun: QuestionNetwork | None, taught: Taught, steps: int, seed: int
) -> None:
    """By words, and near to `begun`, if that is given."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    teaching = [n for n, question in enumerate(taught.sought) if question.split == "train"]
    shares = _OFTEN if begun else _PLAIN
    often = [shares[taught.sought[n].corpus] for n in teaching]
    learning = [weight for weight in network.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=_RATE, betas=(0.9, 0.98), weight_decay=0.01)
    started, spent = time.monotonic(), 0.0
    for step in range(1, steps + 1):
        for group in optimizer.param_groups:
            group["lr"] = _RATE * min(step / _WARM_UP, 1) * (steps - step) / steps
        asked = rng.choices(teaching, often, k=_BATCH)
        asked.sort(key=lambda n: len(taught.sought[n].text))
        texts = [as_typed(taught.sought[n].text, rng) for n in asked]
        with torch.autocast("cpu", torch.bfloat16):
            vectors = network(texts)
        loss = taught.loss(vectors, asked, rng, _WITH_WORDS if begun else 0.0)
        if begun:
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                before = begun(texts)
            loss = loss + _KEPT * (1 - (vectors * before).sum(1)).mean()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        spent += float(loss.detach())
        if step % 50 == 0:
            print(f"{step} loss {spent / 50:.3f}, {time.monotonic() - started:.0f} s", flush=True)
            spent = 0.0


if __name__ == "__main__":
    main()
