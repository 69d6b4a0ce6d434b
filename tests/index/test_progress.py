"""How far an indexing is."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from hemeroteca.index import progress as module
from hemeroteca.index.progress import Progress, Tally
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.index.write import _together
from hemeroteca.ui.indexing import worded


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def test_a_share_of_the_bytes_tells_how_much_is_left(clock: list[float]) -> None:
    told: list[Progress] = []
    tally = Tally([100, 300], told.append)
    tally.read(10)
    clock[0] += 10
    tally.read(90)
    tally.wrote(4, 8)
    clock[0] += 10
    tally.finished()
    last = told[-1]
    assert (last.files, last.files_total, last.articles, last.passages) == (1, 2, 4, 8)
    assert (last.share, last.articles_total, last.passages_per_s) == (0.25, 16, 0.4)
    # A quarter but for the first 10 of 400 bytes took twenty seconds.
    assert last.left_s == pytest.approx(0.75 / (0.225 / 20))
    clock[0] += 5
    tally.read(10_000)  # a text may be longer than the file that it is packed in
    assert told[-1].share == 1.0
    tally.finished()
    assert (told[-1].files, told[-1].share, told[-1].left_s) == (2, 1.0, 0.0)


def test_how_far_a_file_was_gone_through_tells_more_than_the_length_of_its_texts(
    clock: list[float],
) -> None:
    told: list[Progress] = []
    tally = Tally([1_000], told.append)
    for position in (250, 500):  # read line by line, most of each being escapes
        clock[0] += 1
        tally.read(40, position)
        tally.wrote(1, 1)
    assert (tally.progress.share, tally.progress.articles_total) == (0.5, 4)
    tally.read(40, 1_000)  # the last line
    assert tally.progress.share == 0.54
    whole = Tally([1_000])  # taken in at once
    whole.read(100, 1_000)
    assert whole.progress.share == 0.1


def test_what_is_passed_quickly_makes_the_rest_look_no_faster(clock: list[float]) -> None:
    told: list[Progress] = []
    tally = Tally([1] * 1_000, told.append)
    for _ in range(900):  # known already
        tally.finished()
    for _ in range(40):
        clock[0] += 1
        tally.wrote(1, 1)
        tally.finished()
    # Told when the last article was written, before its file was done.
    assert (told[-1].files, told[-1].left_s) == (939, pytest.approx(61))


def test_nobody_is_told_more_than_can_be_read_but_the_end(clock: list[float]) -> None:
    told: list[Progress] = []
    tally = Tally([1] * 50, told.append)
    for _ in range(50):
        tally.finished()
    assert [each.files for each in told] == [1, 50]


def test_no_files_are_no_division_by_nothing() -> None:
    assert Tally([]).progress.share == 0.0
    assert Progress().articles_total is None


def test_one_file_of_many_articles_is_told_within(archive: Archive, tmp_path: Path) -> None:
    records = (
        json.dumps({"title": f"Storm {n}", "text": f"The storm number {n} took the roof. " * 40})
        for n in range(60)
    )
    (tmp_path / "many.jsonl").write_text("\n".join(records))
    told: list[Progress] = []
    sync_folders(archive, [tmp_path / "many.jsonl"], told.append)
    within = [each for each in told if each.files == 0 and 0 < each.articles < 60]
    assert within
    assert all(0 < each.share < 1 for each in within)
    assert (told[-1].files, told[-1].share) == (1, 1.0)


def test_a_slow_machine_writes_fewer_together() -> None:
    assert _together(64, 0.1) == 512
    assert _together(64, 1.0) == 320
    assert _together(64, 100.0) == 32
    assert _together(64, 0.0) == 512


def test_it_is_said_in_words() -> None:
    now = Progress(0, 1, 0.25, 1_240, 8_412, 240.0, 130.0)
    assert worded(now, "en") == (
        "1,240 of about 4,960 articles · 8,412 passages · 35 passages a second · 2 minutes left"
    )
    assert worded(now, "es") == (
        "1.240 de unos 4.960 artículos · 8.412 pasajes · 35 pasajes por segundo · quedan 2 minutos"
    )
    assert worded(Progress(3, 10), "en") == "3 of 10 files"
