"""What a program imports."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from llama_index.core.retrievers import BaseRetriever

import hemeroteca
from hemeroteca.index.encoder.encoder import Encoder
from tests.helpers import ROOT, SEED, environment, run_command, write

MEETING = "Who met the Venezuelan ambassador?"

# Run in a process of its own: what it changes is printed, none of it is ours to change.
_HOST = """
import csv, json, logging, os, signal, sys, warnings


def state():
    loggers = logging.root.manager.loggerDict.items()
    return {
        "environment": dict(os.environ),
        "csv": csv.field_size_limit(),
        "filters": [str(each) for each in warnings.filters],
        "loggers": {n: [l.level, l.disabled, l.propagate, len(l.handlers)] for n, l in loggers
                    if isinstance(l, logging.Logger)
                    and (l.level, l.disabled, l.propagate, len(l.handlers)) != (0, False, True, 0)},
        "root": [logging.root.level, len(logging.root.handlers), logging.root.manager.disable],
        "signals": [str(signal.getsignal(number)) for number in (2, 15)],
        "hooks": [str(sys.excepthook), str(sys.unraisablehook), sys.getrecursionlimit()],
        "classes": CLASSES(),
    }


CLASSES = list
before = state()
"""


def _run(program: str, folder: Path, **settings: object) -> dict[str, object]:
    """What `program`, which ends in the states `before` and `after`, changed."""
    code = _HOST + program + "\nprint(json.dumps([before, after]))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment(**settings),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    before, after = json.loads(done.stdout.splitlines()[-1])
    return {name: after[name] for name in after if after[name] != before[name]}


def test_the_host_sees_a_change(tmp_path: Path) -> None:
    changed = _run("csv.field_size_limit(7); os.environ['A'] = 'b'; after = state()", tmp_path)
    assert set(changed) == {"csv", "environment"}


def test_importing_is_fast_and_changes_nothing(tmp_path: Path) -> None:
    changed = _run(
        "import time; begun = time.process_time(); known = set(sys.modules); import hemeroteca;"
        "took = time.process_time() - begun; assert took < 0.1, took;"
        "loaded = {name.partition('.')[0] for name in set(sys.modules) - known};"
        "assert loaded <= sys.stdlib_module_names | {'hemeroteca'}, loaded;"
        "after = state()",
        tmp_path,
    )
    assert changed == {}


def test_indexing_and_asking_change_nothing(tmp_path: Path, cache_dir: Path) -> None:
    """Beside what the libraries do to themselves when they are imported, which is done before."""
    folder = tmp_path / "press"
    write(folder, "a", SEED.read_text(encoding="utf-8"))
    (folder / "b.csv").write_text(f"text,note\nLa lluvia cae.,{'-' * 150_000}\n")
    (folder / "c.html").write_text("<html><body><p>Nada.</p></body></html>")
    (folder / "d.pdf").write_bytes(b"%PDF-1.4 no")
    changed = _run(
        "import chromadb, chromadb.api.fastapi, onnxruntime, trafilatura, pypdfium2, babel\n"
        "import llama_index.core.retrievers, llama_index.core.schema, py3langid\n"
        "CLASSES = lambda: [str(chromadb.api.fastapi.FastAPI)]\n"
        "before = state()\n"
        "import hemeroteca\n"
        "with hemeroteca.open('press') as archive:\n"
        "    report = archive.sync()\n"
        "    assert report.added == 3, report\n"
        f"    assert archive.ask({MEETING!r}, top_k=3).citations\n"
        "after = state()",
        tmp_path,
        CACHE_DIR=cache_dir,
        ANSWER_FROM=0,
    )
    assert changed == {}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("api") / "press"
    write(folder, "a", "El presidente se reunió con el embajador en Lima.", "2025-01-02")
    write(folder, "b", "La lluvia dañó la cosecha de papas en Puno.", "2024-05-06")
    write(folder, "b2", "La lluvia dañó la cosecha de papas en Puno.", "2024-05-07")
    return folder


@pytest.fixture(scope="module")
def archive(press: Path, encoder: Encoder) -> Iterator[hemeroteca.Archive]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hemeroteca.ui.session.load_encoder", lambda *_: encoder)
        opened = hemeroteca.open(press, index_dir=press.parent / "data", answer_from=0)
    with opened:
        assert opened.sync().added == 3
        yield opened


def test_an_answer_is_of_the_period(archive: hemeroteca.Archive) -> None:
    answer = archive.ask("¿Quién se reunió con el embajador?", date_from="2025-01-01")
    assert isinstance(answer, hemeroteca.Answer)
    assert answer.citations[0].quote == "El presidente se reunió con el embajador en Lima."
    assert (
        archive.article("a").text[slice(*_span(answer.citations[0]))] == answer.citations[0].quote
    )
    with pytest.raises(hemeroteca.QuestionError, match="expected a date YYYY-MM-DD"):
        archive.ask("¿Quién?", date_from="ayer")
    with pytest.raises(hemeroteca.QuestionError, match="expected a whole number from 1 to 100"):
        archive.ask("¿Quién?", top_k=0)
    with pytest.raises(hemeroteca.QuestionError, match="is empty"):
        archive.ask(" ")


def _span(citation: hemeroteca.Citation) -> tuple[int, int]:
    return citation.start, citation.end


def test_passages_are_found(archive: hemeroteca.Archive) -> None:
    (found,) = archive.search("embajador", top_k=1)
    assert (found.article, found.date) == ("a", "2025-01-02")
    assert found.text == "El presidente se reunió con el embajador en Lima."
    (first,) = archive.search("lluvia", date_to="2024-05-06")
    assert first.article == "b"
    (later,) = archive.search("lluvia", date_from="2024-05-07", date_to="2024-12-31")
    assert later.article == "b2"


def test_every_article_that_holds_something_is_found(archive: hemeroteca.Archive) -> None:
    found = archive.find('"embajador en Lima" date:2025', language="es")
    assert found.total == 1
    [hit] = found.hits
    [excerpt, *_] = hit.excerpts
    assert [excerpt.text[a:b] for a, b in excerpt.marks] == ["embajador en Lima"]
    assert archive.find("zeppelin").total == 0
    with pytest.raises(hemeroteca.HemerotecaError, match="quotation mark"):
        archive.find('"embajador')


def test_a_retriever_of_llama_index_takes_any_question(archive: hemeroteca.Archive) -> None:
    retriever = archive.as_retriever(top_k=2)
    assert isinstance(retriever, BaseRetriever)
    best = retriever.retrieve("papas")[0]
    copies = [copy["article"] for copy in best.node.metadata["also"]]
    assert {best.node.metadata["article"], *copies} == {"b", "b2"}
    assert json.loads(json.dumps(best.node.metadata)) == best.node.metadata
    assert best.node.get_content("llm").startswith("title: ")
    assert retriever.retrieve("embajador")[0].node.metadata["article"] == "a"


def test_articles_are_listed(archive: hemeroteca.Archive) -> None:
    assert [listed.article for listed in archive.articles] == ["a", "b2", "b"]
    with pytest.raises(hemeroteca.ArticleError, match="has no article 'z'"):
        archive.article("z")


def test_the_example_of_the_readme_runs(
    press: Path,
    encoder: Encoder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("hemeroteca.ui.session.load_encoder", lambda *_: encoder)
    monkeypatch.setenv("INDEX_DIR", str(press.parent / "data"))
    monkeypatch.setenv("ANSWER_FROM", "0")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    exec(example.replace("~/press", str(press)), {})  # it is a file of this repository
    assert "El presidente se reunió con el embajador en Lima." in capsys.readouterr().out


def test_it_is_the_index_of_the_command_line(
    archive: hemeroteca.Archive, press: Path, cache_dir: Path
) -> None:
    env = environment(INDEX_DIR=press.parent / "data", CACHE_DIR=cache_dir)
    run = run_command("index", press, "--json", cwd=press.parent, env=env)
    assert json.loads(run.out)["articles"]["unchanged"] == 3


def test_a_test_set_is_asked_of_the_articles(
    archive: hemeroteca.Archive, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("hemeroteca.ui.session.load_encoder", lambda *_: encoder)
    testset = tmp_path / "cases.jsonl"
    case = {
        "question": "¿Qué dañó la lluvia?",
        "answers": ["la cosecha de papas"],
        "article": "b",
        "evidence": "La lluvia dañó la cosecha de papas en Puno.",
    }
    testset.write_text(json.dumps(case), encoding="utf-8")
    scores = archive.evaluate(testset)
    assert scores.n == 1
    assert len(archive.articles) == 3


@pytest.mark.parametrize(
    ("sources", "settings", "error", "sentence"),
    [
        (["nowhere"], {}, hemeroteca.StorageError, "there is no nowhere"),
        ([], {"index_dirr": "x"}, hemeroteca.SettingsError, "INDEX_DIRR is not a setting"),
        ([], {"answer_from": 2}, hemeroteca.SettingsError, "ANSWER_FROM=2: expected a number"),
        ([], {"index_dir": "/dev/null/x"}, hemeroteca.StorageError, "cannot write to the data"),
    ],
)
def test_what_cannot_be_opened_is_an_error_of_one_sentence(
    sources: list[str],
    settings: dict[str, object],
    error: type[Exception],
    sentence: str,
    encoder: Encoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("hemeroteca.ui.session.load_encoder", lambda *_: encoder)
    with pytest.raises(error, match=sentence) as raised:
        hemeroteca.open(*sources, **settings)
    assert len(str(raised.value).splitlines()) == 1


def test_a_file_is_a_source_and_another_writer_is_named(
    press: Path, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hemeroteca.ui.session.load_encoder", lambda *_: encoder)
    with hemeroteca.open(press / "a.txt", index_dir=tmp_path, answer_from=0) as archive:
        archive.sync()
        with archive._index.writing(), pytest.raises(hemeroteca.BusyError, match="is writing"):
            archive.sync()
        assert [listed.article for listed in archive.articles] == ["a"]
        assert archive.ask("¿Quién se reunió con el embajador?").citations
