"""BERT as an ONNX graph over the weights of a checkpoint, run by ONNX Runtime.

The graph is built when it is loaded: it is small, and so nothing on disk can be out of step with
this code. It names the weights where they lie in the checkpoint's file. The table of words, which
is most of them, stays there: what a text uses of it is read as it comes. Texts run together only
when they have the same number of tokens, so nothing is padded, no mask is needed, and a text's
result does not depend on its neighbours.

In eight bits the products of the linear maps take a third of the time. A row of weights and a
token's state each have a step of their own: a few tokens are so much wider than the others that one
step for all of them would lose what the others hold (docs/scale.md)."""

import functools
import json
import logging
import mmap
import os
import struct
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from hemeroteca.index.encoder.model import Precision
from hemeroteca.index.environment import without_telemetry
from hemeroteca.index.errors import CheckpointError

with without_telemetry():
    import onnxruntime

WEIGHTS_FILE = "model.safetensors"
_OPSET, _IR = 18, 10
_FUSED = "com.microsoft"  # ONNX Runtime's own operators, each one pass over memory
_EIGHT = ("numbers", "step", "zero")  # what a matrix in eight bits is made of
_STEPS = 127  # of an eight-bit weight, to either side of zero
EightBits = type[np.int8] | type[np.uint8]
_ZEROS: dict[EightBits, int] = {np.int8: 0, np.uint8: 128}  # what stands for zero in each
# Texts run at once, on half of the cores each: where one waits for its threads to meet, the other
# goes on. On two cores no thread waits, which saves a sixth of the processor's time.
RUNS_AT_ONCE = 2

log = logging.getLogger(__name__)


class WordTable:
    """The vectors of a checkpoint's words, fp32 of `shape` (words, hidden), at `offset` in the file
    `path`. Safe to use from several threads."""

    def __init__(self, path: Path, shape: tuple[int, ...], offset: int) -> None:
        with path.open("rb") as file:
            self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        words, hidden = shape
        self._rows = np.frombuffer(self._mapped, np.float32, words * hidden, offset).reshape(shape)

    def __call__(self, ids: np.ndarray) -> np.ndarray:
        """The rows `ids` (...), as (..., hidden)."""
        rows: np.ndarray = self._rows[ids]
        # A page that was touched stays this process's, 64 kB for each word that was ever used and
        # 250 MB after a few questions. The system keeps it all the same, and lends it again.
        if sys.platform != "win32":
            self._mapped.madvise(mmap.MADV_DONTNEED)
        return rows


class Network:
    """A graph that runs. Safe to use from several threads."""

    def __init__(self, words: WordTable, session: onnxruntime.InferenceSession) -> None:
        self._words = words
        self._session = session

    def __call__(self, ids: Sequence[Sequence[int]]) -> list[np.ndarray]:
        """The graph's outputs for texts of equally many tokens."""
        outputs: list[np.ndarray] = self._session.run(None, {"words": self._words(np.array(ids))})
        return outputs


class Transformer:
    """The graph under construction, from `words` (texts, tokens, hidden) on; a method adds a step
    to it and returns the name of its result. Inside, states are (texts * tokens, hidden).

    `folder` is a BertModel's checkpoint in fp32; `own` are weights beside it, by names of their
    own. A matrix has a row for each output. Raises CheckpointError if `folder` is no such
    checkpoint, KeyError if a step's weights are nowhere.

    `precision` is that of the layers' linear maps. In "int8" texts must run one by one, for the
    states of a run share what is left of their range when each is divided by its width."""

    def __init__(
        self,
        folder: Path,
        own: Mapping[str, np.ndarray] = MappingProxyType({}),
        precision: Precision = "fp32",
    ) -> None:
        self._folder = folder
        self._own = own
        self._precision = precision
        try:
            config = json.loads((folder / "config.json").read_text())
            self.layers = int(config["num_hidden_layers"])
            self.hidden = int(config["hidden_size"])
            self._heads = int(config["num_attention_heads"])
            self._epsilon = float(config["layer_norm_eps"])
            self._stored = _stored(folder / WEIGHTS_FILE)
        except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
            raise CheckpointError(
                "cannot read the checkpoint {folder} ({reason})", folder=folder, reason=repr(error)
            ) from error
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}
        self._widths: set[str] = set()  # the states whose widths the graph has
        self._weights: dict[str, Any] = {}
        self._given: dict[str, np.ndarray] = {}  # those of the weights that are in no file

    def embed(self) -> str:
        """The embeddings of `words`, which are rows of the table of words."""
        places, kinds = (
            self._weight(f"embeddings.{name}_embeddings.weight")
            for name in ("position", "token_type")
        )
        self._constant("zero", np.array([0]))
        self._constant("flat", np.array([-1, self.hidden]))
        self._node("Shape", ["words"], "shape")
        self._node("Shape", ["words"], "tokens", start=1, end=2)
        self._node("Gather", [kinds, "zero"], "kind")
        self._node("Slice", [places, "zero", "tokens", "zero"], "places")
        self._node("Add", ["words", "kind"], "words_kind")
        self._node("Add", ["words_kind", "places"], "sum")
        self._node("Reshape", ["sum", "flat"], "rows")
        norm = self._pair("embeddings.LayerNorm")
        return self._node("LayerNormalization", ["rows", *norm], "embedded", epsilon=self._epsilon)

    def layer(self, states: str, name: str) -> str:
        """The states after the layer whose weights begin with `name`."""
        parts = [
            self.unflatten(self.linear(states, f"{name}.attention.self.{part}", self._precision))
            for part in ("query", "key", "value")
        ]
        attended = self._node(
            "MultiHeadAttention", parts, f"{name}.mixed", domain=_FUSED, num_heads=self._heads
        )
        mixed = self._node("Reshape", [attended, "flat"], f"{name}.mixed.flat")
        mixed = self.linear(mixed, f"{name}.attention.output.dense", self._precision)
        states = self._add_and_norm(mixed, states, f"{name}.attention.output.LayerNorm")
        wide = self.gelu(self.linear(states, f"{name}.intermediate.dense", self._precision))
        narrow = self.linear(wide, f"{name}.output.dense", self._precision)
        return self._add_and_norm(narrow, states, f"{name}.output.LayerNorm")

    def linear(self, states: str, name: str, precision: Precision = "fp32") -> str:
        if precision == "fp32":
            return self._node("Gemm", [states, *self._pair(name)], name, transB=1)
        weights = self._numbers(f"{name}.weight")
        steps = np.maximum(np.abs(weights).max(axis=1), 1e-12) / _STEPS
        kind = exact_eight_bits() or np.int8
        zero = _ZEROS[kind]
        numbers = (np.rint(weights / steps[:, None]) + zero).astype(kind)
        own = [f"{name}.weight.{part}" for part in _EIGHT]
        self._declare(own[0], np.ascontiguousarray(numbers.T))
        self._constant(own[1], steps)
        self._constant(own[2], np.full(len(steps), zero, kind))
        pairs = zip(self._in_eight_bits(states), own, strict=True)
        inputs = [part for pair in pairs for part in pair]
        product = self._node("MatMulIntegerToFloat", inputs, f"{name}.product", domain=_FUSED)
        widened = self._node("Mul", [product, f"{states}.width"], f"{name}.widened")
        return self._node("Add", [widened, self._weight(f"{name}.bias")], name)

    def _in_eight_bits(self, states: str) -> list[str]:
        """`states`, each divided by its width, the largest absolute value in it, as what a matrix
        in eight bits is made of."""
        parts = [f"{states}.{part}" for part in _EIGHT]
        if states not in self._widths:
            self._widths.add(states)
            self._constant("last axis", np.array([1]))
            self._constant("tiny", np.array(1e-12, np.float32))
            self._node("Abs", [states], f"{states}.abs")
            self._node("ReduceMax", [f"{states}.abs", "last axis"], f"{states}.most", keepdims=1)
            self._node("Max", [f"{states}.most", "tiny"], f"{states}.width")
            even = self._node("Div", [states, f"{states}.width"], f"{states}.even")
            self._nodes.append(helper.make_node("DynamicQuantizeLinear", [even], parts))
        return parts

    def gelu(self, states: str) -> str:
        return self._node("Gelu", [states], f"{states}.gelu", domain=_FUSED)

    def unflatten(self, states: str) -> str:
        """`states` as (texts, tokens, hidden)."""
        return self._node("Reshape", [states, "shape"], f"{states}.unflat")

    def first(self, states: str) -> str:
        """The state of each text's first token: (texts, hidden)."""
        first = self._node("Gather", [self.unflatten(states), "zero"], f"{states}.first", axis=1)
        return self._node("Reshape", [first, "flat"], f"{states}.first.flat")

    def of_pairs(self, ends: str, size: int) -> str:
        """(tokens, tokens): what each two tokens of one text score by the columns of `ends`, which
        are the score of the first, that of the second, and two vectors of `size` whose product
        over the root of it is a third. In numpy its threads would spin for as long again."""
        parts = row, column, one, other = [f"{ends}.{n}" for n in range(4)]
        self._constant(f"{ends}.sizes", np.array([1, 1, size, size]))
        self._nodes.append(helper.make_node("Split", [ends, f"{ends}.sizes"], parts, axis=1))
        scaled = {"alpha": size**-0.5, "transB": 1}
        products = self._node("Gemm", [one, other, row], f"{ends}.products", **scaled)
        turned = self._node("Transpose", [column], f"{ends}.turned")
        return self._node("Add", [products, turned], f"{ends}.of_pairs")

    def network(self, *outputs: str, threads: int = 0) -> Network:
        """The graph, ready to run from the ids of words to `outputs`; for 0 `threads` RUNS_AT_ONCE
        share the cores."""
        graph = helper.make_graph(
            self._nodes,
            "transformer",
            [
                helper.make_tensor_value_info(
                    "words", TensorProto.FLOAT, ["texts", "tokens", self.hidden]
                )
            ],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            [*self._constants.values(), *self._weights.values()],
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or max(1, (os.cpu_count() or 1) // RUNS_AT_ONCE)
        options.add_session_config_entry(
            "session.model_external_initializers_file_folder_path", str(self._folder)
        )
        # Threads that spin while they wait take the processor from other programs.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(given) for given in self._given.values()]
        options.add_external_initializers(list(self._given), values)
        session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        words, offset, _ = self._stored["embeddings.word_embeddings.weight"]
        return Network(WordTable(self._folder / WEIGHTS_FILE, words, offset), session)

    def _add_and_norm(self, states: str, before: str, name: str) -> str:
        # Two steps: SkipLayerNormalization, which is both, takes six times as long.
        added = self._node("Add", [states, before], f"{name}.sum")
        norm = [added, *self._pair(name)]
        return self._node("LayerNormalization", norm, name, epsilon=self._epsilon)

    def _pair(self, name: str) -> list[str]:
        return [self._weight(f"{name}.weight"), self._weight(f"{name}.bias")]

    def _weight(self, name: str) -> str:
        """Declare a weight of `own` or of the checkpoint's file."""
        if name in self._own:
            return self._declare(name, self._own[name])
        shape, offset, length = self._stored[name]
        weight = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
        weight.data_location = TensorProto.EXTERNAL
        for key, value in {"location": WEIGHTS_FILE, "offset": offset, "length": length}.items():
            weight.external_data.add(key=key, value=str(value))
        self._weights[name] = weight
        return name

    def _declare(self, name: str, numbers: np.ndarray) -> str:
        """Declare a weight whose `numbers` stay outside of the graph's description, so that they
        are not copied with it."""
        kind = helper.np_dtype_to_tensor_dtype(numbers.dtype)
        weight = TensorProto(name=name, data_type=kind, dims=numbers.shape)
        weight.data_location = TensorProto.EXTERNAL
        weight.external_data.add(key="location", value=WEIGHTS_FILE)
        self._weights[name] = weight
        self._given[name] = numbers
        return name

    def _numbers(self, name: str) -> np.ndarray:
        if name in self._own:
            return self._own[name]
        shape, offset, _ = self._stored[name]
        return np.memmap(self._folder / WEIGHTS_FILE, np.float32, "r", offset, shape)

    def _constant(self, name: str, values: np.ndarray) -> None:
        self._constants[name] = numpy_helper.from_array(values, name)

    def _node(
        self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: Any
    ) -> str:
        self._nodes.append(
            helper.make_node(operator, inputs, [output], domain=domain, **attributes)
        )
        return output


@functools.cache
def exact_eight_bits() -> EightBits | None:
    """The sort of weights that this processor multiplies states in eight bits by without loss: with
    a sign on those with VNNI or ARM's dot product; without one where AVX2 alone would add two
    products in sixteen bits, which are too few for such with a sign (ONNX Runtime widens the others
    first, at a sixth more time). Either has the same products. None if neither is exact."""
    for kind in _ZEROS:
        if multiplies_exactly(kind):
            return kind
    log.info("This processor does not multiply eight-bit numbers exactly: fp32 is used.")
    return None


def multiplies_exactly(kind: EightBits) -> bool:
    """Whether this processor multiplies states in eight bits by weights of `kind` without loss."""
    size, zero = 64, _ZEROS[kind]
    x = np.full((4, size), 255, np.uint8)
    constants = {"weights": np.full((size, size), zero + _STEPS), "zero": np.array(zero)}
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["x", "weights", "", "zero"], ["y"])],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, ["n", size])],
        [helper.make_tensor_value_info("y", TensorProto.INT32, None)],
        [numpy_helper.from_array(values.astype(kind), name) for name, values in constants.items()],
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR
    )
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    (product,) = session.run(None, {"x": x})
    return bool((product == 255 * _STEPS * size).all())


def _stored(path: Path) -> dict[str, tuple[tuple[int, ...], int, int]]:
    """Each weight of a safetensors file: its shape, and its place in the file in bytes (offset,
    length). The file begins with the length of a JSON header in eight bytes, then the header."""
    with path.open("rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
    stored = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F32":
            raise ValueError(f"{name} is {entry['dtype']}, expected F32")
        first, last = entry["data_offsets"]
        stored[name] = (tuple(entry["shape"]), 8 + size + first, last - first)
    return stored
