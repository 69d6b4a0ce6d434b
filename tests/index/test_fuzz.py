"""Every kind of file and folder that is read, made at random: what goes in comes out, and what is
damaged is read or refused. `python -m benchmarks.fuzz` does the same at length."""

import random

import pytest

from benchmarks.documents import suffixes
from benchmarks.fuzz import KINDS, SOUND, tried
from hemeroteca.index.sources.formats.registry import FORMATS

_ALIKE = {".markdown", ".htm", ".xhtml", ".mht", ".ndjson"}  # each read as another
_ELSEWHERE = {".ris"}  # in test_press_fuzz.py
_ROUNDS = 12


def test_every_kind_of_file_is_tried() -> None:
    assert set(suffixes()) == FORMATS.keys() - _ALIKE - _ELSEWHERE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_whole", [True, False], ids=["whole", "damaged"])
def test_what_goes_in_comes_out(kind: str, is_whole: bool, worker_id: str) -> None:
    for seed in range(_ROUNDS):
        chance = random.Random(f"{kind} {seed}")
        _, found = tried(kind, chance, f"test-{worker_id}", is_whole=is_whole)
        assert found in SOUND, (seed, found)
        if is_whole and kind != ".opml":
            assert found == "articles"
