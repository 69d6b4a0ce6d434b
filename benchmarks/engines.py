"""What runs the embedded model how fast, and what that costs.

    python -m benchmarks.engines DATA_DIR

Every engine encodes the same Spanish paragraphs of XQuAD on one thread, in turn, three times: the
median of tokens a second (of processor) and its ratio to SentenceTransformer.encode with the batch
size that is the fastest here; the mean and the lowest cosine to the vectors of that. Then the
paragraph that is nearest to each of XQuAD's questions: Recall@1 by vectors alone, also where the
passages were encoded in one precision and the questions in another."""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"  # torch, which reads it when it is imported

import numpy as np
import platformdirs

from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.encoder.sentence_transformer import SentenceTransformerModel
from training.data import Xquad, load_xquad

_BATCHES = (1, 4, 8, 32)
_ROUNDS = 3
_LANGUAGES = ("en", "es", "de")
_PRECISIONS = {"fp32": "onnxruntime-fp32", "eight bits": "onnxruntime"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--paragraphs", type=int, default=30)
    args = parser.parse_args()
    cache = platformdirs.user_cache_path("hemeroteca")
    plain = load_encoder(EMBEDDED_MODEL, cache, "sentence-transformers")
    assert isinstance(plain.model, SentenceTransformerModel)
    ours = {
        name: load_encoder(EMBEDDED_MODEL, cache, engine, threads=1)  # type: ignore[arg-type]
        for name, engine in _PRECISIONS.items()
    }
    if ours["eight bits"].precision != "int8":
        print("This processor has no exact eight-bit products: both rows are of fp32.")
    xquad = load_xquad(args.data / "xquad")
    texts = [paragraph.text for paragraph in xquad.paragraphs["es"][: args.paragraphs]]
    encode = partial(plain.model.model.encode, show_progress_bar=False, prompt_name="document")
    ways: dict[str, Callable[[], np.ndarray]] = {
        f"SentenceTransformer.encode, batch {size}": partial(encode, texts, batch_size=size)
        for size in _BATCHES
    }
    for name, encoder in ours.items():
        ways[f"ONNX Runtime, {name}"] = partial(encoder.encode_passages, texts)
    tokens = sum(map(len, plain.token_offsets(texts)))
    spent: dict[str, list[float]] = {name: [] for name in ways}
    vectors = {}
    for _ in range(_ROUNDS):
        for name, way in ways.items():
            started = time.process_time()
            vectors[name] = way()
            spent[name].append(time.process_time() - started)
    speeds = {name: tokens / statistics.median(seconds) for name, seconds in spent.items()}
    best = max(list(ways)[: len(_BATCHES)], key=lambda name: speeds[name])
    print("| | tokens a second | against the best batch | mean cosine to it | lowest |")
    print("|---|---|---|---|---|")
    for name, speed in speeds.items():
        cosines = (vectors[name] * vectors[best]).sum(axis=1)
        print(f"| {name} | {speed:,.0f} | {speed / speeds[best]:.2f} | {cosines.mean():.5f} "
              f"| {cosines.min():.5f} |", flush=True)  # fmt: skip
    print()
    paragraphs = [paragraph.text for paragraph in xquad.paragraphs["es"]]
    stored = {name: encoder.encode_passages(paragraphs) for name, encoder in ours.items()}
    asked = {
        name: {
            language: encoder.encode_questions(_questions(xquad, language))
            for language in _LANGUAGES
        }
        for name, encoder in ours.items()
    }
    print("| passages in | questions in | " + " | ".join(f"{x} → es" for x in _LANGUAGES) + " |")
    print("|---|---|" + "---|" * len(_LANGUAGES))
    gold = np.array([n for n, p in enumerate(xquad.paragraphs["es"]) for _ in p.questions])
    for stored_in, passages in stored.items():
        for asked_in, by_language in asked.items():
            first = [
                float(((by_language[language] @ passages.T).argmax(axis=1) == gold).mean())
                for language in _LANGUAGES
            ]
            cells = " | ".join(f"{recall:.4f}" for recall in first)
            print(f"| {stored_in} | {asked_in} | {cells} |", flush=True)


def _questions(xquad: Xquad, language: str) -> list[str]:
    return [q.text for p in xquad.paragraphs[language] for q in p.questions]


if __name__ == "__main__":
    main()
