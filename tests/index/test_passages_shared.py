"""Passages that articles share, word by word."""

import json
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.search.passages import common_runs, passages_in_common, shared_passages
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders

SAID = (
    "«La planta de Vilaseca cerrará sus puertas en marzo y los doscientos trabajadores serán "
    "trasladados a Tortosa», explicó la portavoz de la empresa, Carme Ribas."
)
EDITED = SAID.replace("explicó", "dijo ayer")
BEFORE = "El alcalde de Vilaseca reunió ayer a los sindicatos en el ayuntamiento. " * 2
AFTER = "El temporal dejó sin luz a media comarca durante la noche del domingo. " * 2
CHINESE = "北京市政府昨天宣布将在明年春天关闭三家旧工厂，并把所有工人安排到新的工业区工作。"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("press")
    texts = {
        "one": f"Habló la empresa. {SAID} {BEFORE}",
        "two": f"{AFTER} Lo dijo la empresa en un comunicado. {EDITED}",
        "alone": "Los trabajadores de la empresa de Vilaseca hablaron con la portavoz en marzo.",
        "beijing": f"天气很冷，昨天下了雪。{CHINESE}",
        "pekin": f"工厂的历史很长，很多人知道它们。{CHINESE}以后会有更多消息。",
    }
    lines = (json.dumps({"id": id, "title": id, "text": text}) for id, text in texts.items())
    (folder / "press.jsonl").write_text("\n".join(lines), encoding="utf-8")
    opened = Archive(tmp_path_factory.mktemp("data"), encoder)
    sync_folders(opened, [folder])
    yield opened
    opened.close()


def _id(archive: Archive, title: str) -> str:
    return next(each.article for each in archive.catalog.listed() if each.title == title)


@pytest.mark.parametrize(
    ("title", "other", "quote", "theirs"),
    [
        ("one", "two", SAID, EDITED),
        ("two", "one", EDITED, SAID),
        ("pekin", "beijing", *[CHINESE] * 2),
    ],
)
def test_a_passage_is_found_in_the_other_article_at_its_place(
    archive: Archive, title: str, other: str, quote: str, theirs: str
) -> None:
    article = archive.document(_id(archive, title))
    assert article is not None
    [sharing] = shared_passages(archive, article)
    assert sharing.other.title == other
    [passage] = sharing.passages
    assert article.text[passage.start : passage.end] == passage.quote
    found = sharing.other.text[passage.other_start : passage.other_end]
    assert found == passage.other_quote
    bare = " «».。"
    assert passage.quote.strip(bare) == quote.strip(bare)
    assert found.strip(bare) == theirs.strip(bare)
    [back] = passages_in_common(sharing.other, article)
    assert (back.start, back.end) == (passage.other_start, passage.other_end)


def test_what_only_has_the_same_words_shares_nothing(archive: Archive) -> None:
    article = archive.document(_id(archive, "alone"))
    assert article is not None
    assert shared_passages(archive, article) == []


words = st.lists(st.sampled_from("abcdefgh"), max_size=40)


@given(words, words, words, words, st.lists(st.integers(), min_size=12, max_size=30, unique=True))
def test_every_long_run_is_found_and_each_run_found_is_in_both(
    before: list[str], after: list[str], ahead: list[str], behind: list[str], planted: list[int]
) -> None:
    run = [f"w{number}" for number in planted]
    one, other = [*before, *run, *after], [*ahead, *run, *behind]
    runs = common_runs(one, other)
    inside = [
        (a, b, c)
        for a, b, c, d in runs
        if a <= len(before) and len(before) + len(run) <= b and c <= len(ahead)
    ]
    assert inside
    for a, b, c, d in runs:
        assert 0 <= a < b <= len(one)
        assert 0 <= c < d <= len(other)
        assert len(set(one[a:b]) & set(other[c:d])) > 0
        assert (one[a], one[b - 1]) == (other[c], other[d - 1])
    starts = [(a, b) for a, b, _, _ in runs]
    assert all(b <= a for (_, b), (a, _) in pairwise(starts))
    assert common_runs(one, one)[0][:2] == (0, len(one))
