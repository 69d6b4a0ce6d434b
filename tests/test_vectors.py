"""The vectors of the passages."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import StorageError
from index.vectors import Vectors
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


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Vectors]:
    opened = Vectors(tmp_path / "vectors")
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


def test_they_are_there_when_opened_again(vectors: Vectors, tmp_path: Path) -> None:
    vectors.close()
    again = Vectors(tmp_path / "vectors")
    assert sorted(again.ids()) == ["east", "north", "northeast", "south"]
    again.close()


def test_a_folder_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError, match="cannot open the vectors"):
        Vectors(tmp_path / "file")
