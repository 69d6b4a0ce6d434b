"""The scales of the channels with which the encoder and the reader run in eight bits.

    python -m training.scales DATA_DIR

Writes index/e5.scales.safetensors and rag/reader.scales.safetensors. A channel's scale is
max |x|^a / max |w|^(1-a) over what enters a linear map on texts of six languages and over its
weights (SmoothQuant, Xiao et al. 2023, equation 4), with a = .7 where the paper has .5: of .5, .65,
.7, .75, .8 and .9 it left the vectors nearest to those in fp32 (docs/scale.md)."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import platformdirs
from safetensors.numpy import load_file, save_file

from index.checkpoint import EMBEDDED_MODEL
from index.e5 import BEGIN, E5, END, SCALES_FILE
from index.encoder import load_encoder
from index.transformer import WEIGHTS_FILE, Network, Transformer
from rag.network import OWN_LAYERS, make_pair
from rag.weights import SCALES_FILE as READER_SCALES_FILE
from rag.weights import load_weights
from training.data import load_xquad

_LANGUAGES = ("es", "en", "ru", "de", "ar", "zh")
_PARAGRAPHS = 8  # of the teaching articles, in each language
_STATES = 0.7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    args = parser.parse_args()
    encoder = load_encoder(
        EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"), "onnxruntime-fp32"
    )
    assert isinstance(encoder.model, E5)
    folder = encoder.model.folder
    xquad = load_xquad(args.data / "xquad")
    teaching = [n for n, split in enumerate(xquad.split) if split == "train"][:_PARAGRAPHS]
    texts, pairs = [], []
    for language in _LANGUAGES:
        for n in teaching:
            paragraph = xquad.paragraphs[language][n]
            question = paragraph.questions[0].text
            asked, given, passage = (
                tokens.ids[:500]
                for tokens in encoder.tokenize(
                    [f"query: {question}", paragraph.text, f"passage: {paragraph.text}"]
                )
            )
            texts += [[BEGIN, *asked, END], [BEGIN, *passage, END]]
            pairs.append(make_pair(asked, given[:300], BEGIN, END).ids)
    stored = load_file(folder / WEIGHTS_FILE)
    whole = Transformer(folder)
    _write(SCALES_FILE, whole, _layers(whole, whole.layers, 0), texts, stored)
    own = load_weights()
    reading = Transformer(folder, own)
    last = _layers(reading, reading.layers - OWN_LAYERS, OWN_LAYERS)
    _write(READER_SCALES_FILE, reading, last, pairs, {**stored, **own})


def _layers(transformer: Transformer, shared: int, own: int) -> str:
    states = transformer.embed()
    for name in [f"encoder.layer.{n}" for n in range(shared)] + [f"layers.{n}" for n in range(own)]:
        states = transformer.layer(states, name)
    return states


def _write(
    path: Path,
    transformer: Transformer,
    last: str,
    texts: Sequence[Sequence[int]],
    weights: Mapping[str, np.ndarray],
) -> None:
    names = list(transformer.inputs)
    network = transformer.network(*transformer.inputs.values(), last)
    widest = _widest(network, names, texts)
    scales = {}
    for name in names:
        parts = ("query", "key", "value") if name.endswith(".self") else ("",)
        matrices = [weights[".".join(filter(None, (name, part, "weight")))] for part in parts]
        heaviest = np.abs(np.concatenate(matrices)).max(axis=0)
        scale = widest[name] ** _STATES / np.maximum(heaviest, 1e-5) ** (1 - _STATES)
        # Of mean 1 in logarithms, so that sixteen bits hold them.
        scales[name] = (scale / np.exp(np.log(scale).mean())).astype(np.float16)
    save_file(scales, path)


def _widest(
    network: Network, names: Sequence[str], texts: Sequence[Sequence[int]]
) -> dict[str, np.ndarray]:
    """The largest absolute value of each channel that enters a linear map."""
    widest: dict[str, np.ndarray] = {}
    for ids in texts:
        for name, states in zip(names, network([ids]), strict=False):
            width = np.abs(states).max(axis=0).clip(min=1e-5)
            widest[name] = np.maximum(widest.get(name, width), width)
    return widest


if __name__ == "__main__":
    main()
