"""Bringing an index in line with its articles."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unicodedata import normalize

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.errors import BusyError, StorageError
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.publication import Publication
from hemeroteca.index.stores.archive import FORMAT, Archive
from hemeroteca.index.stores.catalog import Catalog
from hemeroteca.index.stores.fulltext import FullText
from hemeroteca.index.stores.vectors import Vectors
from hemeroteca.index.sync import SyncReport, sync_documents, sync_folders
from tests.helpers import ROOT, assert_stores_agree, environment, read, write
from tests.index.test_web_archive import NEWS, record

TEXTS = [
    "El gato come pescado.",
    "El perro duerme. La vaca da leche.",
    "The ship left the harbour.",
    "Le train arrive. Il pleut. Tout va bien.",
]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    for name, text in zip("abc", TEXTS, strict=False):
        write(folder, name, text)
    return folder


def _outcome(report: SyncReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def test_a_first_run_adds_everything_and_a_second_embeds_nothing(
    archive: Archive, articles: Path
) -> None:
    first = sync_folders(archive, [articles])
    assert _outcome(first) == (3, 0, 0, 0)
    assert first.passages == first.embedded == 3
    second = sync_folders(archive, [articles])
    assert _outcome(second) == (0, 0, 0, 3)
    assert (second.passages, second.embedded) == (3, 0)
    assert_stores_agree(archive)


def test_only_what_changed_is_embedded(archive: Archive, articles: Path) -> None:
    sync_folders(archive, [articles])
    write(articles, "a", TEXTS[3])
    (articles / "b.txt").unlink()
    report = sync_folders(archive, [articles])
    assert _outcome(report) == (0, 1, 1, 1)
    assert report.embedded == 1
    assert [d.text for d in archive.catalog.documents()] == [TEXTS[3], TEXTS[2]]
    assert_stores_agree(archive)


def test_a_touched_file_embeds_nothing(archive: Archive, articles: Path) -> None:
    sync_folders(archive, [articles])
    os.utime(articles / "a.txt", (0, 0))
    write(articles, "b", TEXTS[1])
    report = sync_folders(archive, [articles])
    assert (_outcome(report), report.embedded) == ((0, 0, 0, 3), 0)


def test_a_moved_folder_embeds_nothing_and_its_sources_follow(
    archive: Archive, articles: Path
) -> None:
    sync_folders(archive, [articles])
    moved = articles.rename(articles.with_name("moved"))
    report = sync_folders(archive, [moved])
    assert (_outcome(report), report.embedded) == ((0, 0, 0, 3), 0)
    assert archive.catalog.entries()["a"].source == str(moved / "a.txt")


def test_what_cannot_be_read_is_skipped_and_the_others_are_indexed(
    archive: Archive, articles: Path
) -> None:
    (articles / "latin.txt").write_bytes("José".encode("latin-1"))
    (articles / "empty.txt").touch()
    (articles / "big.txt").touch()
    os.truncate(articles / "big.txt", 50_000_000)
    write(articles, "dated", "date 2025-13-01 Hola.")
    (articles / "gone.txt").symlink_to(articles / "nowhere")
    (articles / os.fsdecode(b"caf\xe9.txt")).write_text("Hola.")
    report = sync_folders(archive, [articles])
    assert _outcome(report) == (4, 0, 0, 0)  # with the one whose date cannot be read
    reasons = {Path(skipped.path).name: str(skipped.reason) for skipped in report.skipped}
    assert sorted(reasons) == [
        "big.txt",
        "caf\\udce9.txt",
        "dated.txt",
        "empty.txt",
        "gone.txt",
        "latin.txt",
    ]
    assert all(len(reason.splitlines()) == 1 for reason in reasons.values())
    assert_stores_agree(archive)


def test_a_link_that_leads_out_of_the_folder_is_not_followed(
    archive: Archive, articles: Path, tmp_path: Path
) -> None:
    write(tmp_path / "private", "secret", "La clave es verde.")
    (articles / "out.txt").symlink_to(tmp_path / "private" / "secret.txt")
    (articles / "folder").symlink_to(tmp_path / "private")
    (articles / "z.txt").symlink_to("a.txt")
    report = sync_folders(archive, [articles])
    assert _outcome(report) == (4, 0, 0, 0)
    assert sorted(archive.catalog.entries()) == ["a", "b", "c", "z"]
    (skipped,) = report.skipped
    assert str(skipped.reason).startswith("is a link that leads out of")
    # Named itself, it is followed.
    assert sync_folders(archive, [articles / "out.txt"]).added == 1


@pytest.mark.parametrize("data", [b"\xff", b"", b"\0", b"a" * 6_000_000])
def test_an_article_that_cannot_be_read_any_more_is_kept_and_named(
    archive: Archive, articles: Path, data: bytes
) -> None:
    sync_folders(archive, [articles])
    (articles / "a.txt").write_bytes(data)
    for _ in range(2):
        report = sync_folders(archive, [articles])
        assert (_outcome(report), report.embedded) == ((0, 0, 0, 3), 0)
        assert str(report.skipped[-1].reason) == "articles kept as they were last read: 1"
        assert {Path(skipped.path).name for skipped in report.skipped} == {"a.txt"}
    assert_stores_agree(archive)
    (articles / "a.txt").unlink()
    assert _outcome(sync_folders(archive, [articles])) == (0, 0, 1, 2)


def test_a_line_that_cannot_be_read_removes_nothing_and_one_that_is_gone_does(
    archive: Archive, tmp_path: Path
) -> None:
    many = tmp_path / "many.jsonl"
    lines = [_line(n, text) for n, text in enumerate(TEXTS)]
    _jsonl(many, *lines)
    sync_folders(archive, [many])
    _jsonl(many, *lines[:2], lines[2][:-9], lines[3])
    for _ in range(2):  # any of the others may be that line
        report = sync_folders(archive, [many])
        assert (_outcome(report), report.embedded) == ((0, 0, 0, 4), 0)
        assert str(report.skipped[0].reason).startswith("line 3: is not JSON")
    _jsonl(many, *lines[:2], _line(2, " "), lines[3])
    assert _outcome(sync_folders(archive, [many])) == (0, 0, 0, 4)
    _jsonl(many, *lines[:1], _line(2, " "), lines[3])  # that line is known by its id
    assert _outcome(sync_folders(archive, [many])) == (0, 0, 1, 3)
    _jsonl(many, *lines[:1])
    assert _outcome(sync_folders(archive, [many])) == (0, 0, 2, 1)
    assert_stores_agree(archive)


def test_a_line_that_never_could_be_read_keeps_nothing_else(
    archive: Archive, tmp_path: Path
) -> None:
    many = tmp_path / "many.jsonl"
    lines = [_line(n, text) for n, text in enumerate(TEXTS)]
    _jsonl(many, *lines, "bad")
    sync_folders(archive, [many])
    _jsonl(many, *lines[1:], "bad")
    report = sync_folders(archive, [many])
    assert _outcome(report) == (0, 0, 1, 3)
    assert [str(skipped.reason)[:7] for skipped in report.skipped] == ["line 4:"]


def test_a_file_that_is_cut_keeps_what_was_read_from_it(archive: Archive, tmp_path: Path) -> None:
    rows = [{"id": str(n), "text": text} for n, text in enumerate(TEXTS)]
    items = "".join(f"<item><guid>{r['id']}</guid><title>{r['text']}</title><description>"
                    f"{r['text']}</description></item>" for r in rows)  # fmt: skip
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>D</title>'
    whole = {
        "a.json": json.dumps(rows, indent=1),
        "b.rss": f"{head}{items}</channel></rss>",
        "c.jsonl": "\n".join(map(json.dumps, rows)),
    }
    for name, data in whole.items():
        (tmp_path / name).write_text(data)
    assert _outcome(sync_folders(archive, [tmp_path])) == (12, 0, 0, 0)
    for name, data in whole.items():
        (tmp_path / name).write_text(data[: len(data) * 2 // 3])
    report = sync_folders(archive, [tmp_path])
    assert (_outcome(report), report.embedded) == ((0, 0, 0, 12), 0)
    for name, data in whole.items():
        (tmp_path / name).write_text(data)
    assert _outcome(sync_folders(archive, [tmp_path])) == (0, 0, 0, 12)
    for name in whole:
        (tmp_path / name).unlink()
    assert _outcome(sync_folders(archive, [tmp_path])) == (0, 0, 12, 0)


@pytest.mark.parametrize("folder", ["", "hemeroteca de la provincia/" * 5])
def test_a_damaged_file_in_a_zip_keeps_its_own_articles_only(
    archive: Archive, tmp_path: Path, folder: str
) -> None:
    path = tmp_path / "press.zip"

    def pack(**files: str) -> None:
        with zipfile.ZipFile(path, "w") as container:
            for name, data in files.items():
                container.writestr(folder + name.replace("_", "."), data)

    rows = "\n".join(_line(n, text) for n, text in enumerate(TEXTS[:2]))
    pack(a_jsonl=rows, b_txt=TEXTS[2], c_txt=TEXTS[3])
    assert _outcome(sync_folders(archive, [path])) == (4, 0, 0, 0)
    pack(a_jsonl=_line(0, TEXTS[0]) + "\nbad", b_txt="\0")  # and c.txt is gone
    assert _outcome(sync_folders(archive, [path])) == (0, 0, 1, 3)
    kept = sorted(archive.document(each).text for each in archive.catalog.entries())
    assert kept == sorted(TEXTS[:3])
    path.write_bytes(path.read_bytes()[:-30])
    assert _outcome(sync_folders(archive, [path])) == (0, 0, 0, 3)


def test_two_papers_may_have_articles_of_one_name(archive: Archive, tmp_path: Path) -> None:
    one = write(tmp_path / "one", "portada", TEXTS[0]).parent
    two = write(tmp_path / "two", "other", TEXTS[1]).parent
    assert sync_folders(archive, [one, two]).embedded == 2
    write(two, "portada", TEXTS[2])
    report = sync_folders(archive, [one, two])
    # That of the first has another id from now on, and keeps its vectors.
    assert (_outcome(report), report.embedded, report.skipped) == ((2, 0, 1, 1), 1, [])
    found = {article.id: article.text for article in archive.catalog.documents()}
    assert found == {"one/portada": TEXTS[0], "other": TEXTS[1], "two/portada": TEXTS[2]}
    again = sync_folders(archive, [two, one])
    assert (_outcome(again), again.embedded) == ((0, 0, 0, 3), 0)
    assert_stores_agree(archive)


def test_a_zip_beside_its_folder_and_an_export_beside_files_lose_nothing(
    archive: Archive, tmp_path: Path
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    with zipfile.ZipFile(papers / "press.zip", "w") as container:
        container.writestr("a.txt", TEXTS[0])
        container.writestr("b.txt", TEXTS[1])
    write(papers / "press", "a", TEXTS[2])
    _jsonl(papers / "press" / "b.jsonl", _line(1, TEXTS[3]))
    (papers / "press" / "b").mkdir()
    write(papers / "press" / "b", "1", "Otra noticia.")
    for outcome in ((5, 0, 0, 0), (0, 0, 0, 5)):
        report = sync_folders(archive, [papers])
        assert (_outcome(report), report.skipped) == (outcome, [])
    assert sorted(archive.catalog.entries()) == [
        *("press/a", "press/a.txt", "press/b", "press/b/1", "press/b/1.txt"),
    ]
    (papers / "press.zip").unlink()
    assert _outcome(sync_folders(archive, [papers])) == (0, 0, 2, 3)
    assert_stores_agree(archive)


def test_what_is_said_of_an_article_that_is_there_is_said_once(
    archive: Archive, tmp_path: Path
) -> None:
    many = tmp_path / "many.jsonl"
    old, new = _line(1, "Cuatro heridos."), _line(1, "Siete heridos.")
    undated = json.dumps({"id": 2, "text": "Sin fecha.", "date": "pronto"})
    _jsonl(many, old, new, undated)
    report = sync_folders(archive, [many])
    assert (_outcome(report), report.embedded) == ((2, 0, 0, 0), 2)
    assert [str(skipped.reason)[:42] for skipped in report.skipped] == [
        "line 1: has the same id as line 2, which i",
        "line 3: has the date 'pronto', which names",
    ]
    assert sync_folders(archive, [many]).skipped == []
    _jsonl(many, old, new, undated, _line(3, "Otra noticia."))
    report = sync_folders(archive, [many])
    assert (_outcome(report), report.embedded, report.skipped) == ((1, 0, 0, 2), 1, [])
    document = archive.document("many/1")
    assert document is not None
    assert document.text == "Siete heridos."


def _jsonl(path: Path, *lines: str) -> None:
    path.write_text("\n".join(lines), encoding="utf-8")


def _line(identity: int, text: str) -> str:
    return json.dumps({"id": identity, "text": text})


def test_a_file_of_many_articles_is_kept_in_line_article_by_article(
    archive: Archive, articles: Path
) -> None:
    lines = [_line(n, text) for n, text in enumerate(TEXTS)]
    _jsonl(articles / "many.jsonl", *lines)
    assert _outcome(sync_folders(archive, [articles])) == (7, 0, 0, 0)
    assert archive.catalog.entries()["many/3"].stamp
    again = sync_folders(archive, [articles])
    assert (_outcome(again), again.embedded) == ((0, 0, 0, 7), 0)
    _jsonl(articles / "many.jsonl", _line(4, "Nuevo."), _line(0, "Corregido."), *lines[2:])
    report = sync_folders(archive, [articles])
    assert (_outcome(report), report.embedded) == ((1, 1, 1, 5), 2)
    assert archive.document("many/1") is None
    for document in archive.catalog.documents():
        for passage in archive.catalog.passages_of(document.id):
            assert document.text[passage.start : passage.end] == passage.text
    assert_stores_agree(archive)
    (articles / "many.jsonl").unlink()
    assert _outcome(sync_folders(archive, [articles])) == (0, 0, 4, 3)
    assert_stores_agree(archive)


def test_bad_lines_are_reported_on_every_run_and_a_long_list_is_cut(
    archive: Archive, tmp_path: Path
) -> None:
    many = tmp_path / "many.jsonl"
    _jsonl(many, _line(1, "Uno."), "bad", *["worse"] * 31)
    for outcome in ((1, 0, 0, 0), (0, 0, 0, 1)):
        report = sync_folders(archive, [many])
        assert _outcome(report) == outcome
        reasons = [str(skipped.reason) for skipped in report.skipped]
        assert reasons[0].startswith("line 2: is not JSON")
        assert (len(reasons), reasons[-1]) == (21, "and 12 more like these")
    document = archive.document("many/1")
    assert document is not None
    assert document.text == "Uno."


def test_a_run_killed_within_a_file_of_many_reads_all_of_it_again(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tmp_path / "many.jsonl"
    _jsonl(many, *(_line(n, text) for n, text in enumerate(TEXTS)))
    enter = Catalog.put
    calls = 0

    def killed(*arguments: Any) -> list[str]:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise _Killed
        return enter(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr("hemeroteca.index.write._BATCH_PASSAGES", 1)  # every article a batch
        patch.setattr(Catalog, "put", killed)
        with pytest.raises(_Killed):
            sync_folders(archive, [many])
    assert archive.catalog.counts()[0] == 2
    assert _outcome(sync_folders(archive, [many])) == (2, 0, 0, 2)
    assert_stores_agree(archive)


def test_what_is_said_beside_a_text_is_brought_in_line_without_embedding(
    archive: Archive, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    line = {"id": 1, "text": "El gato come pescado.", "source": "El País", "author": "Ana Gil"}
    path.write_text(json.dumps(line))
    sync_folders(archive, [path])
    assert archive.catalog.listed()[0].publication == Publication("El País", ("Ana Gil",))

    path.write_text(json.dumps(line | {"source": "El Mundo"}))
    report = sync_folders(archive, [path])
    assert (_outcome(report), report.embedded) == ((0, 1, 0, 0), 0)
    assert archive.catalog.listed()[0].publication == Publication("El Mundo", ("Ana Gil",))
    assert_stores_agree(archive)
    assert _outcome(sync_folders(archive, [path])) == (0, 0, 0, 1)


def test_an_index_without_what_is_said_beside_a_text_reads_its_files_again(
    encoder: Encoder, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": 1, "text": "El gato come pescado.", "source": "El País"}))
    made = Archive(tmp_path / "data", encoder)
    sync_folders(made, [path])
    maker = json.loads(made.catalog.get_meta("maker") or "")
    made.catalog.set_meta("maker", json.dumps(maker | {"format": "4"}))
    made.close()
    with closing(sqlite3.connect(tmp_path / "data" / "catalog.db")) as db:
        db.execute("DROP TABLE published")
        db.execute("DROP TABLE author")
        db.commit()

    again = Archive(tmp_path / "data", encoder)
    report = sync_folders(again, [path])
    assert (_outcome(report), report.embedded) == ((0, 1, 0, 0), 0)
    assert again.catalog.listed()[0].publication.paper == "El País"
    assert json.loads(again.catalog.get_meta("maker") or "")["format"] == FORMAT
    assert _outcome(sync_folders(again, [path])) == (0, 0, 0, 1)
    again.close()


def test_a_missing_source_changes_nothing(archive: Archive, articles: Path) -> None:
    sync_folders(archive, [articles])
    with pytest.raises(StorageError, match="there is no"):
        sync_folders(archive, [articles, articles / "nowhere"])
    assert archive.catalog.counts() == (3, 3)


def test_progress_counts_every_file(archive: Archive, articles: Path) -> None:
    (articles / "b.txt").write_bytes(b"\xff")
    seen: list[tuple[int, int]] = []
    sync_folders(archive, [articles], lambda now: seen.append((now.files, now.files_total)))
    assert seen == sorted(seen)
    assert seen[-1] == (3, 3)


def test_documents_are_brought_in_line_like_files(archive: Archive, tmp_path: Path) -> None:
    a, b = read(tmp_path, "a", TEXTS[0]), read(tmp_path, "b", TEXTS[1])
    sync_documents(archive, [a, b])
    changed = read(tmp_path, "a", TEXTS[2])
    sync_documents(archive, [changed])
    assert [d.text for d in archive.catalog.documents()] == [TEXTS[2]]
    assert_stores_agree(archive)


def test_what_is_renamed_keeps_its_vectors_and_gets_its_new_names(
    archive: Archive, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync_folders(archive, [articles])
    question = archive.encoder.encode_questions(["gato"])[0]
    (before,) = archive.vectors.nearest(question, 1).values()
    monkeypatch.setattr(Encoder, "_encode", None)  # called, it would fail
    (articles / "a.txt").rename(articles / "2024-03-05 z.txt")
    report = sync_folders(archive, [articles])
    assert (_outcome(report), report.embedded) == ((1, 0, 1, 2), 0)
    (passage,) = archive.catalog.passages_of("2024-03-05 z")
    assert passage.text == TEXTS[0]
    day = date(2024, 3, 5)
    # The day is the new name's; it must be known wherever a period is looked for.
    assert passage.date == "2024-03-05"
    assert archive.catalog.passages_left(Filter(Period(day, day))) == [passage.id]
    (after,) = archive.vectors.nearest(question, 1).values()
    assert after == pytest.approx(before, abs=1e-6)
    languages = archive.catalog.languages()
    assert list(archive.fulltext.search("gato", languages, 5, Filter(Period(day)))) == [passage.id]
    assert_stores_agree(archive)


def test_two_more_copies_of_an_article_get_its_vectors(archive: Archive, articles: Path) -> None:
    """Both in one batch, so that one vector is asked for twice."""
    sync_folders(archive, [articles])
    write(articles, "x", TEXTS[0])
    write(articles, "y", TEXTS[0])
    report = sync_folders(archive, [articles])
    assert (_outcome(report), report.embedded) == ((2, 0, 0, 3), 0)
    assert_stores_agree(archive)


class _Folder(RuleBasedStateMachine):
    """Any sequence of edits, with an index run after each."""

    encoder: Encoder
    root: Path
    runs = 0

    @initialize()
    def open(self) -> None:
        type(self).runs += 1
        self.home = self.root / str(self.runs)
        self.articles = self.home / "articles"
        self.articles.mkdir(parents=True)
        self.archive = Archive(self.home / "data", self.encoder)
        self.model: dict[str, str] = {}

    def teardown(self) -> None:
        if hasattr(self, "archive"):
            self.archive.close()

    @rule(name=st.sampled_from("abcd"), text=st.sampled_from(TEXTS))
    def put(self, name: str, text: str) -> None:
        known = text in self.model.values()
        write(self.articles, name, text)
        self.model[name] = text
        self._sync(embeds=not known)

    @rule(name=st.sampled_from("abcd"))
    def remove(self, name: str) -> None:
        (self.articles / f"{name}.txt").unlink(missing_ok=True)
        self.model.pop(name, None)
        self._sync(embeds=False)

    @rule(old=st.sampled_from("abcd"), new=st.sampled_from("abcd"))
    def rename(self, old: str, new: str) -> None:
        if old not in self.model:
            return
        (self.articles / f"{old}.txt").rename(self.articles / f"{new}.txt")
        self.model[new] = self.model.pop(old)
        self._sync(embeds=False)

    @rule()
    def reopen(self) -> None:
        self.archive.close()
        self.archive = Archive(self.home / "data", self.encoder)
        self._sync(embeds=False)

    def _sync(self, embeds: bool) -> None:
        report = sync_folders(self.archive, [self.articles])
        assert bool(report.embedded) == embeds
        assert sync_folders(self.archive, [self.articles]).embedded == 0

    @invariant()
    def the_index_is_the_folder(self) -> None:
        if not hasattr(self, "archive"):
            return
        found = {document.id: document.text for document in self.archive.catalog.documents()}
        assert found == self.model
        assert_stores_agree(self.archive)


def test_after_any_edits_the_index_is_the_folder(encoder: Encoder, tmp_path: Path) -> None:
    _Folder.encoder, _Folder.root = encoder, tmp_path
    run_state_machine_as_test(
        _Folder, settings=settings(max_examples=5, stateful_step_count=6, deadline=None)
    )


class _Killed(BaseException):
    """Stands for the death of the process: nothing may catch it."""


_STEPS = [
    (Encoder, "encode_passages"),
    (Vectors, "put"),
    (Vectors, "delete"),
    (FullText, "delete"),
    (FullText, "put"),
    (FullText, "commit"),
    (Catalog, "put"),
    (Catalog, "delete"),
    (Catalog, "restamp"),
    (Catalog, "set_meta"),
]


def _kill_points() -> Iterator[object]:
    for owner, method in _STEPS:
        for moment in ("before", "after"):
            for call in (1, 2, 3) if method in ("commit", "set_meta") else (1,):
                name = f"{moment}-{owner.__name__}.{method}-{call}"
                yield pytest.param(owner, method, moment, call, id=name)


@pytest.mark.parametrize(("owner", "method", "moment", "call"), list(_kill_points()))
def test_a_run_killed_at_any_step_is_completed_by_the_next(
    archive: Archive,
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner: type,
    method: str,
    moment: str,
    call: int,
) -> None:
    sync_folders(archive, [articles])
    write(articles, "a", TEXTS[3])  # changed
    (articles / "b.txt").unlink()  # removed
    os.utime(articles / "c.txt", (0, 0))  # touched
    write(articles, "d", TEXTS[1])  # added
    original = getattr(owner, method)
    calls = 0

    def killed(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call and moment == "before":
            raise _Killed
        result = original(*arguments)
        if calls == call:
            raise _Killed
        return result

    with monkeypatch.context() as patch:
        patch.setattr(owner, method, killed)
        with pytest.raises(_Killed):
            sync_folders(archive, [articles])
    # Between the runs, what the catalog lists is whole articles.
    for document in archive.catalog.documents():
        for passage in archive.catalog.passages_of(document.id):
            assert passage.text in document.text
    archive.close()

    again = Archive(archive.folder, archive.encoder)
    sync_folders(again, [articles])
    found = {document.id: document.text for document in again.catalog.documents()}
    assert found == {"a": TEXTS[3], "c": TEXTS[2], "d": TEXTS[1]}
    assert_stores_agree(again)
    assert sync_folders(again, [articles]).embedded == 0
    again.close()


# Kills itself in the middle of a commit, as a power cut would; the vectors are there by then.
_KILLED_RUN = """
import os, signal, sys
from hemeroteca.index.stores.catalog import Catalog
from hemeroteca.ui.cli import main as cli
def die(self, entries):
    list(entries)
    os.kill(os.getpid(), signal.SIGKILL)
Catalog.put = die
sys.argv = ["hemeroteca", "index", sys.argv[1]]
cli.main()
"""


def test_a_process_killed_outright_leaves_nothing_that_the_next_run_cannot_finish(
    articles: Path, tmp_path: Path, encoder: Encoder
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED_RUN, str(articles)],
        cwd=tmp_path,
        env=environment(INDEX_DIR=tmp_path / "data", PYTHONPATH=ROOT),
        capture_output=True,
        check=False,
        timeout=180,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    (folder,) = (tmp_path / "data").iterdir()

    archive = Archive(folder, encoder)
    assert archive.catalog.counts() == (0, 0)
    assert len(archive.vectors) == 3  # what the killed run left
    assert _outcome(sync_folders(archive, [articles])) == (3, 0, 0, 0)
    assert_stores_agree(archive)
    archive.close()


# To a file that may not grow, the disk is full.
_FULL_DISK = """
import resource, sys
from hemeroteca.ui.cli import main as cli
limit = int(sys.argv.pop())
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.argv = ["hemeroteca", "index", sys.argv[1]]
cli.main()
"""


@pytest.mark.parametrize("limit", [20_000, 100_000])
def test_a_disk_that_is_full_is_one_sentence_and_the_next_run_completes(
    articles: Path, tmp_path: Path, encoder: Encoder, limit: int
) -> None:
    full = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(articles), str(limit)],
        cwd=tmp_path,
        env=environment(INDEX_DIR=tmp_path / "data", PYTHONPATH=ROOT),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=180,
    )
    assert (full.returncode, len(full.stderr.splitlines())) == (1, 1), full.stderr
    assert full.stderr.startswith("hemeroteca: cannot ")
    (folder,) = (tmp_path / "data").iterdir()
    archive = Archive(folder, encoder)
    sync_folders(archive, [articles])
    assert archive.catalog.counts() == (3, 3)
    assert_stores_agree(archive)
    archive.close()


def test_vectors_survive_an_interrupted_run_unchanged(
    archive: Archive, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Passages that were whole before are answered from while others are repaired."""
    sync_folders(archive, [articles])
    question = archive.encoder.encode_questions(["gato"])[0]
    before = archive.vectors.nearest(question, 10)
    archive.fulltext.delete(list(before))
    archive.fulltext.commit()
    archive.catalog.set_meta("unfinished", "put")
    sync_folders(archive, [articles])
    after = archive.vectors.nearest(question, 10)
    np.testing.assert_allclose(list(after.values()), list(before.values()), atol=1e-5)
    assert_stores_agree(archive)


def test_a_second_writer_is_refused_by_the_name_of_the_first(
    archive: Archive, articles: Path
) -> None:
    other = Archive(archive.folder, archive.encoder)
    refusal = f"process {os.getpid()} is writing the index in"
    with archive.writing(), pytest.raises(BusyError, match=refusal):
        sync_folders(other, [articles])
    assert _outcome(sync_folders(other, [articles])) == (3, 0, 0, 0)
    other.close()


def test_an_id_is_one_however_a_system_writes_its_accents(tmp_path: Path, archive: Archive) -> None:
    composed, apart = (normalize(form, "Crónica de José") for form in ("NFC", "NFD"))
    write(tmp_path / "press", apart, "El alcalde de Cádiz inauguró el mercado.")
    assert sync_folders(archive, [tmp_path / "press"]).added == 1
    assert list(archive.catalog.entries()) == [composed]
    for name in (composed, apart):
        found = archive.document(name)
        assert found is not None
        assert found.id == composed
        assert [p.article for p in archive.catalog.passages_of(name)] == [composed]
    write(tmp_path / "press", composed, "La alcaldesa de León inauguró el puente.")
    (skipped,) = sync_folders(archive, [tmp_path / "press"]).skipped
    assert "is taken by" in str(skipped.reason)
    assert list(archive.catalog.entries()) == [composed]


def _item(version: int, text: str, state: str = "usable", embargo: str = "") -> str:
    moment = f"2024-05-0{version}T10:00:00Z"
    fields = {"uri": "urn:muelle", "version": str(version), "versioncreated": moment}
    return json.dumps(
        fields | {"body_text": text, "pubstatus": state, "headline": "Muelle", "embargoed": embargo}
    )


def _items(archive: Archive) -> list[str]:
    return [article for article in archive.catalog.entries() if "-item" in article]


def test_of_an_agency_s_item_the_latest_version_counts_wherever_it_lies(
    archive: Archive, articles: Path
) -> None:
    (articles / "a-item.json").write_text(_item(1, "El muelle reabrió con tres grúas."))
    (articles / "b-item.json").write_text(_item(2, "El muelle reabrió con cuatro grúas."))
    sync_folders(archive, [articles])
    assert _items(archive) == ["b-item/urn:muelle"]
    (articles / "0-item.json").write_text(_item(3, "El muelle reabrió con cinco grúas."))
    sync_folders(archive, [articles])
    assert _items(archive) == ["0-item/urn:muelle"]
    again = sync_folders(archive, [articles])
    assert (again.added, again.removed, again.embedded) == (0, 0, 0)
    (articles / "z-item.json").write_text(_item(4, "", "canceled"))
    for _ in range(2):
        sync_folders(archive, [articles])
        assert _items(archive) == []
    (articles / "z-item.json").unlink()
    sync_folders(archive, [articles])
    assert _items(archive) == ["0-item/urn:muelle"]


@pytest.mark.parametrize(("older", "newer"), [("x", "y"), ("y", "x")])
def test_of_a_page_the_newest_capture_counts_in_whichever_file_of_a_crawl(
    archive: Archive, articles: Path, older: str, newer: str
) -> None:
    address = "http://faro.example/muelle"
    old = NEWS.replace(b"tres", b"dos")
    (articles / f"{older}.warc").write_bytes(record(address, old, "2023-05-07T08:00:00Z"))
    sync_folders(archive, [articles])
    (articles / f"{newer}.warc").write_bytes(record(f"{address}#a", NEWS))
    for _ in range(2):
        sync_folders(archive, [articles])
        found = [e for e in archive.catalog.entries() if "faro.example" in e]
        assert found == [f"{newer}/faro.example/muelle"]
    (articles / f"{newer}.warc").unlink()
    sync_folders(archive, [articles])
    found = [e for e in archive.catalog.entries() if "faro.example" in e]
    assert found == [f"{older}/faro.example/muelle"]


def test_of_items_in_zips_the_latest_version_counts_too(archive: Archive, articles: Path) -> None:
    def pack(name: str, *items: str) -> None:
        with zipfile.ZipFile(articles / name, "w") as container:
            for number, item in enumerate(items):
                container.writestr(f"{number}-item.json", item)

    pack("y.zip", _item(2, "El muelle reabrió con cuatro grúas."), _item(1, "El muelle reabrió."))
    sync_folders(archive, [articles])
    assert _items(archive) == ["y/0-item/urn:muelle"]
    pack("x.zip", _item(3, "El muelle reabrió con cinco grúas."))
    sync_folders(archive, [articles])
    assert _items(archive) == ["x/0-item/urn:muelle"]
    pack("z.zip", _item(4, "", "canceled"))
    sync_folders(archive, [articles])
    assert _items(archive) == []
    (articles / "z.zip").unlink()
    sync_folders(archive, [articles])
    assert _items(archive) == ["x/0-item/urn:muelle"]


def test_what_is_under_embargo_comes_when_its_time_has_come(
    archive: Archive, articles: Path
) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=2)
    (articles / "a-item.json").write_text(_item(1, "El muelle reabrió.", embargo=soon.isoformat()))
    report = sync_folders(archive, [articles])
    assert _items(archive) == []
    assert report.due == soon
    time.sleep(2.1)
    assert report.is_due
    sync_folders(archive, [articles])
    assert _items(archive) == ["a-item/urn:muelle"]
