"""The vectors of the passages."""

import os
import signal
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.errors import StorageError
from hemeroteca.index.period import day_number
from hemeroteca.index.stores.chroma_server import ChromaServer
from hemeroteca.index.stores.vectors import Vectors
from tests.helpers import passage

_NEAR = 1e-3  # to cosines: twelve bits tell them of vectors of two to eight numbers

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
    assert list(found.values()) == pytest.approx([1, 0.8, 0, -1], abs=_NEAR)
    assert list(vectors.nearest(NORTH, 2)) == ["north", "northeast"]


def test_what_is_not_kept_is_left_out(vectors: Vectors) -> None:
    found = vectors.nearest(NORTH, 2, lambda ids: [i for i in ids if i != "northeast"])
    assert list(found) == ["north", "east"]
    assert vectors.nearest(NORTH, 2, lambda ids: []) == {}


def _day(n: int) -> int:
    """The number of the day `n` after the first of 2024."""
    return day_number(date(2024, 1, 1) + timedelta(n))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Vectors, np.ndarray]]:
    """400 passages and their vectors."""
    opened = Vectors(tmp_path_factory.mktemp("many"))
    unit = np.random.default_rng(0).normal(size=(400, 8)).astype(np.float32)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    passages = [passage(f"p{n}", "x", day=_day(n)) for n in range(400)]
    opened.put(passages, unit)
    yield opened, unit
    opened.close()


def _expect_nearest(
    found: dict[str, float], unit: np.ndarray, asked: int, inside: range, k: int
) -> None:
    """`found` are the `k` nearest of those inside, as near as twelve bits tell."""
    right = {f"p{n}": float(unit[n] @ unit[asked]) for n in inside}
    best = sorted(right.values(), reverse=True)[:k]
    assert list(found.values()) == pytest.approx(best, abs=_NEAR)
    assert found == pytest.approx({id: right[id] for id in found}, abs=_NEAR)
    assert list(found.values()) == sorted(found.values(), reverse=True)


@given(st.integers(0, 399), st.integers(0, 400), st.integers(0, 400), st.integers(1, 60))
def test_the_nearest_of_those_kept_are_those_of_exact_search(
    many: tuple[Vectors, np.ndarray], asked: int, first: int, last: int, k: int
) -> None:
    vectors, unit = many
    inside = range(first, min(last, 399) + 1)
    allowed = {f"p{n}" for n in inside}
    _expect_nearest(vectors.nearest(unit[asked], k, allowed.intersection), unit, asked, inside, k)


@given(st.integers(0, 399), st.integers(0, 400), st.integers(0, 400), st.integers(1, 60))
def test_the_nearest_of_given_passages_are_those_of_exact_search(
    many: tuple[Vectors, np.ndarray], asked: int, first: int, last: int, k: int
) -> None:
    vectors, unit = many
    inside = range(first, min(last, 399) + 1)
    found = vectors.nearest_of([f"p{n}" for n in inside], unit[asked], k)
    _expect_nearest(found, unit, asked, inside, k)


@given(st.integers(0, 399), st.integers(0, 400), st.integers(0, 400), st.integers(1, 60))
def test_the_nearest_of_some_days_are_those_of_exact_search(
    many: tuple[Vectors, np.ndarray], asked: int, first: int, last: int, k: int
) -> None:
    vectors, unit = many
    inside = range(first, min(last, 399) + 1)
    found = vectors.nearest(unit[asked], k, days=[(_day(first), _day(last))])
    _expect_nearest(found, unit, asked, inside, k)


def test_days_and_what_has_none(vectors: Vectors) -> None:
    assert list(vectors.nearest(NORTH, 4, days=[(20250101, 20250201)])) == ["north", "east"]
    assert list(vectors.nearest(NORTH, 4, days=[(20250201, 20250201), (0, 0)])) == ["east", "south"]
    assert vectors.nearest(NORTH, 4, days=[(20260101, 20261231)]) == {}


def test_given_passages_that_are_not_there_are_left_out(vectors: Vectors) -> None:
    assert vectors.nearest_of(["south", "missing", "northeast"], NORTH, 3) == {
        "northeast": pytest.approx(0.8, abs=_NEAR),
        "south": pytest.approx(-1, abs=_NEAR),
    }
    assert vectors.nearest_of([], NORTH, 3) == {}


def test_cosines_of_given_passages(vectors: Vectors) -> None:
    assert vectors.cosines(NORTH, ["northeast", "missing"]) == {
        "northeast": pytest.approx(0.8, abs=_NEAR)
    }
    assert vectors.cosines(NORTH, []) == {}


def test_putting_again_replaces(vectors: Vectors) -> None:
    vectors.put([passage("south", "s", day=20250501)], NORTH[None])
    assert len(vectors) == 4
    assert vectors.cosines(NORTH, ["south"]) == {"south": pytest.approx(1, abs=_NEAR)}


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


@pytest.mark.parametrize("name", ["chroma.sqlite3", "codes-passages/rows.db"])
def test_a_damaged_folder_is_an_error_that_says_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / "codes-passages").mkdir()
    (tmp_path / name).write_bytes(b"no database" * 1000)
    with pytest.raises(StorageError, match=r"the vector index .* is damaged .*--rebuild"):
        Vectors(tmp_path).put(PASSAGES, UNIT)


def test_moving_leaves_out_what_was_deleted(tmp_path: Path, server: ChromaServer | None) -> None:
    name = _name(tmp_path)
    vectors = Vectors(tmp_path / "vectors", name, server)
    vectors.put(PASSAGES, UNIT)
    vectors.delete(["east"])
    vectors.move(f"{name}-new")
    vectors.drop(name)
    assert sorted(vectors.ids()) == ["north", "northeast", "south"]
    assert vectors.unreachable(["north", "northeast", "south"]) == set()
    assert list(vectors.nearest(NORTH, 4, days=[(20250101, 20251231)])) == ["north", "northeast"]
    vectors.close()
    again = Vectors(tmp_path / "vectors", f"{name}-new", server)
    assert len(again) == 3
    again.close()


@pytest.fixture
def of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments and codes whose limits a test reaches."""
    monkeypatch.setattr("hemeroteca.index.stores.segments.FULL", 200)
    monkeypatch.setattr("hemeroteca.index.stores.segments._OPEN", 2)
    monkeypatch.setattr("hemeroteca.index.stores.codes._MANY", 100)
    monkeypatch.setattr("hemeroteca.index.stores.codes._FEW", 10)
    monkeypatch.setattr("hemeroteca.index.stores.codes._LOOKED_AT", 300)


def test_many_vectors_in_several_segments(tmp_path: Path, of_two: None) -> None:
    unit = np.random.default_rng(0).normal(size=(1_500, 24)).astype(np.float32)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    passages = [passage(f"p{n}", "x", day=_day(n % 365)) for n in range(len(unit))]
    vectors = Vectors(tmp_path)
    reading = Vectors(tmp_path)
    for at in range(0, len(unit), 100):
        vectors.put(passages[at : at + 100], unit[at : at + 100])
        # Another one finds what this one has entered, while the codes are measured again.
        assert list(reading.nearest(unit[at], 1)) == [f"p{at}"]
    vectors.put(passages[:50], unit[:50])  # again
    vectors.delete([f"p{n}" for n in range(50, 100)])
    there = [n for n in range(len(unit)) if not 50 <= n < 100]
    ids = [f"p{n}" for n in there]
    assert sorted(reading.ids()) == sorted(ids)
    assert reading.unreachable(ids) == set()
    np.testing.assert_allclose(
        np.stack(list(reading.stored(ids).values())).sum(axis=0), unit[there].sum(axis=0), atol=1e-4
    )
    found = total = 0
    for asked in range(0, 1_500, 30):
        for inside, days in ((there, []), ([n for n in there if n % 365 < 200],
                                           [(_day(0), _day(199))])):  # fmt: skip
            exact = sorted(inside, key=lambda n: -float(unit[n] @ unit[asked]))[:10]
            near = reading.nearest(unit[asked], 10, days=days)
            assert set(near) <= {f"p{n}" for n in inside}
            found += len(near.keys() & {f"p{n}" for n in exact})
            total += 10
    assert found / total > 0.97
    vectors.close()
    reading.close()


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
        with pytest.raises(StorageError, match=r"\(no answer for 1 s, CHROMA_TIMEOUT_S"):
            vectors.put(PASSAGES, UNIT)
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
