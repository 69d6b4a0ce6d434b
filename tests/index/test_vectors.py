"""The vectors of the passages."""

import os
import signal
import socket
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.errors import StorageError
from hemeroteca.index.stores.chroma import ChromaServer
from hemeroteca.index.stores.vectors import Vectors
from tests.helpers import passage

# Unit vectors whose cosines with NORTH can be computed by hand: 1, 0.8, 0, -1.
NORTH = np.array([1, 0], np.float32)
PASSAGES = [
    passage("north", "n", day=20250101),
    passage("northeast", "ne", day=20250301),
    passage("east", "e", day=20250201),
    passage("south", "s", day=0),
]
UNIT = np.array([[1, 0], [0.8, 0.6], [0, 1], [-1, 0]], np.float32)


def _name(tmp_path: Path) -> str:
    """A collection of the test's own: on the server they are all in one place."""
    return f"t-{sha256(str(tmp_path).encode()).hexdigest()[:16]}"


@pytest.fixture(params=["embedded", "server"])
def server(request: pytest.FixtureRequest) -> ChromaServer | None:
    if request.param == "embedded":
        return None
    running: ChromaServer = request.getfixturevalue("chroma_server")
    return running


@pytest.fixture
def vectors(tmp_path: Path, server: ChromaServer | None) -> Iterator[Vectors]:
    opened = Vectors(tmp_path / "vectors", _name(tmp_path), server)
    opened.put(PASSAGES, UNIT)
    yield opened
    opened.close()


def test_the_nearest_come_first_with_their_cosines(vectors: Vectors) -> None:
    found = vectors.nearest(NORTH, 10)
    assert list(found) == ["north", "northeast", "east", "south"]
    assert list(found.values()) == pytest.approx([1, 0.8, 0, -1], abs=1e-6)
    assert list(vectors.nearest(NORTH, 2)) == ["north", "northeast"]


def test_what_is_not_kept_is_left_out(vectors: Vectors) -> None:
    found = vectors.nearest(NORTH, 2, lambda ids: [i for i in ids if i != "northeast"])
    assert list(found) == ["north", "east"]
    assert vectors.nearest(NORTH, 2, lambda ids: []) == {}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Vectors, np.ndarray]]:
    """400 passages and their vectors."""
    opened = Vectors(tmp_path_factory.mktemp("many"))
    unit = np.random.default_rng(0).normal(size=(400, 8)).astype(np.float32)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    opened.put([passage(f"p{n}", "x") for n in range(400)], unit)
    yield opened, unit
    opened.close()


@given(st.integers(0, 399), st.integers(0, 400), st.integers(0, 400), st.integers(1, 60))
def test_the_nearest_of_those_kept_are_those_of_exact_search(
    many: tuple[Vectors, np.ndarray], asked: int, first: int, last: int, k: int
) -> None:
    vectors, unit = many
    inside = range(first, min(last, 399) + 1)
    exact = sorted(inside, key=lambda n: -float(unit[n] @ unit[asked]))[:k]
    allowed = {f"p{n}" for n in inside}
    found = vectors.nearest(unit[asked], k, allowed.intersection)
    assert list(found) == [f"p{n}" for n in exact]
    assert list(found.values()) == pytest.approx(
        [float(unit[n] @ unit[asked]) for n in exact], abs=1e-5
    )


@given(st.integers(0, 399), st.integers(0, 400), st.integers(0, 400), st.integers(1, 60))
@pytest.mark.parametrize("few", [0, 500])
def test_the_nearest_of_given_passages_are_those_of_exact_search(
    many: tuple[Vectors, np.ndarray], few: int, asked: int, first: int, last: int, k: int
) -> None:
    vectors, unit = many
    inside = range(first, min(last, 399) + 1)
    exact = sorted(inside, key=lambda n: -float(unit[n] @ unit[asked]))[:k]
    with patch("hemeroteca.index.stores.vectors._FEW", few):
        found = vectors.nearest_of([f"p{n}" for n in inside], unit[asked], k, 0.5)
    assert list(found) == [f"p{n}" for n in exact]
    assert list(found.values()) == pytest.approx(
        [float(unit[n] @ unit[asked]) for n in exact], abs=1e-5
    )


@pytest.mark.parametrize("few", [0, 500])
def test_given_passages_that_are_not_there_are_left_out(
    vectors: Vectors, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("hemeroteca.index.stores.vectors._FEW", few)
    assert vectors.nearest_of(["south", "missing", "northeast"], NORTH, 3, 0.5) == {
        "northeast": pytest.approx(0.8, abs=1e-6),
        "south": pytest.approx(-1, abs=1e-6),
    }
    assert vectors.nearest_of([], NORTH, 3, 0.0) == {}


def test_cosines_of_given_passages(vectors: Vectors) -> None:
    assert vectors.cosines(NORTH, ["northeast", "missing"]) == {
        "northeast": pytest.approx(0.8, abs=1e-6)
    }
    assert vectors.cosines(NORTH, []) == {}


def test_putting_again_replaces(vectors: Vectors) -> None:
    vectors.put([passage("south", "s", day=20250501)], NORTH[None])
    assert len(vectors) == 4
    assert vectors.cosines(NORTH, ["south"]) == {"south": pytest.approx(1)}


def test_what_is_deleted_is_gone(vectors: Vectors) -> None:
    vectors.delete(["north", "missing"])
    assert sorted(vectors.ids()) == ["east", "northeast", "south"]
    assert "north" not in vectors.nearest(NORTH, 10)
    vectors.delete(["east", "northeast", "south"])
    assert vectors.nearest(NORTH, 10) == {}


def test_they_are_there_when_opened_again(
    vectors: Vectors, tmp_path: Path, server: ChromaServer | None
) -> None:
    vectors.close()
    again = Vectors(tmp_path / "vectors", _name(tmp_path), server)
    assert sorted(again.ids()) == ["east", "north", "northeast", "south"]
    again.close()


def test_a_folder_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError, match="cannot open the vectors"):
        Vectors(tmp_path / "file")


def test_a_damaged_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(StorageError, match=r"the vector index .* is damaged .*--rebuild"):
        Vectors(tmp_path)


def test_moving_builds_a_graph_in_which_everything_is_found(
    tmp_path: Path, server: ChromaServer | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one neighbour for each, a graph falls apart."""
    chance = np.random.default_rng(0)
    unit = chance.normal(size=(300, 8)).astype(np.float32)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    passages = [passage(f"p{n}", "p", day=20250101) for n in range(len(unit))]
    ids = [p.id for p in passages]
    with monkeypatch.context() as patch:
        weak = {"space": "cosine", "max_neighbors": 2, "ef_construction": 2, "ef_search": 10}
        patch.setattr("hemeroteca.index.stores.vectors._GRAPH", weak)
        name = _name(tmp_path)
        vectors = Vectors(tmp_path / "weak", name, server)
        vectors.put(passages, unit)
    assert vectors.unreachable(ids)
    vectors.move(f"{name}-strong")
    vectors.drop(name)
    assert vectors.unreachable(ids) == set()
    assert sorted(vectors.ids()) == sorted(ids)
    np.testing.assert_allclose(vectors.get(["p7"])["p7"], unit[7], atol=1e-6)
    assert len(vectors.nearest(unit[0], 300)) == 300
    vectors.close()
    again = Vectors(tmp_path / "weak", f"{name}-strong", server)
    assert len(again) == 300
    again.close()


def test_a_server_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    nowhere = ChromaServer("http://127.0.0.1:9", "default_tenant", "default_database")
    with pytest.raises(StorageError, match=r"cannot open the vectors .*`chroma run`.*CHROMA_URL"):
        Vectors(tmp_path, "passages", nowhere)


def test_a_server_that_never_answers_is_an_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        server = ChromaServer(url, "default_tenant", "default_database", timeout_s=1)
        with pytest.raises(StorageError, match=rf"at {url} \(no answer for 1 s, CHROMA_TIMEOUT_S"):
            Vectors(tmp_path, "passages", server)


def test_a_server_that_falls_silent_is_an_error(
    tmp_path: Path, chroma_server: ChromaServer, chroma_pid: int
) -> None:
    vectors = Vectors(tmp_path, _name(tmp_path), replace(chroma_server, timeout_s=1))
    os.kill(chroma_pid, signal.SIGSTOP)
    try:
        with pytest.raises(StorageError, match=r"cannot be used \(no answer for 1 s"):
            len(vectors)
    finally:
        os.kill(chroma_pid, signal.SIGCONT)
    vectors.close()


def test_a_database_that_the_server_does_not_have_is_an_error(
    tmp_path: Path, chroma_server: ChromaServer
) -> None:
    with pytest.raises(StorageError, match="nowhere"):
        Vectors(tmp_path, "passages", replace(chroma_server, database="nowhere"))


def test_the_key_is_not_shown(chroma_server: ChromaServer) -> None:
    assert chroma_server.key
    assert chroma_server.key not in repr(chroma_server)
