"""The command line."""

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import hemeroteca
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.cli.main import app
from tests.helpers import Run, assert_one_sentence, environment, run_command, write
from tests.rag.test_llm import model_at
from tests.stub_llm import serving

Command = Callable[..., Run]
MEETING = "Who met the ambassador?"


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    write(folder, "a", "El presidente se reunió con el embajador en Lima.", "2025-01-02")
    write(folder, "b", "La lluvia dañó la cosecha de papas en Puno.", "2024-05-06")
    return folder


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ([], ["index", "ask", "chat"]),
        (["index"], ["--json", "--rebuild"]),
        (["ask"], ["--json", "--from", "--to", "--articles", "--top-k"]),
        (
            ["search"],
            ["--json", "--order", "--page", "--limit", "--meaning", "--counts", "--paper"],
        ),
        (["chat"], ["--articles", "--host", "--port"]),
        (["articles"], ["list", "show", "remove"]),
        (["doctor"], ["--articles", "--repair", "--json"]),
    ],
)
def test_every_command_has_help(command: list[str], options: list[str]) -> None:
    result = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    for option in options:
        assert option in result.output


def test_the_program_says_its_version_and_completes_in_a_shell() -> None:
    shown = CliRunner().invoke(app, ["--version"])
    assert (shown.exit_code, shown.output) == (0, f"hemeroteca {hemeroteca.__version__}\n")
    assert "--show-completion" in CliRunner().invoke(app, ["-h"], env={"COLUMNS": "200"}).output
    assert "--from" in CliRunner().invoke(app, ["ask", "-h"], env={"COLUMNS": "200"}).output


def test_search_prints_every_article_that_holds_something(
    hemeroteca: Command, articles: Path
) -> None:
    shown = hemeroteca("search", "embajador date:2025", "--counts")
    assert shown.code == 0, shown.err
    lines = shown.out.splitlines()
    assert lines[0] == "1. El presidente se reunió con el embajador en Lima"
    assert lines[1].split(" · ") == ["    2 Jan 2025", "a"]
    assert lines[2] == "    El presidente se reunió con el embajador en Lima."
    assert lines[4:] == ["1 article", "language: es 1", "place: Lima 1", "date: 2025-01 1"]
    found = json.loads(hemeroteca("search", "--json", "--order", "oldest", "--limit", 1).out)
    assert (found["total"], found["pages"]) == (2, 2)
    assert [hit["article"] for hit in found["hits"]] == ["b"]
    second = hemeroteca("search", "--order", "oldest", "--limit", 1, "--page", 2).out
    assert second.splitlines()[-1] == "2 articles, page 2 of 2 (--page)"
    near = json.loads(hemeroteca("search", "mal tiempo en el campo", "--meaning", "--json").out)
    assert near["hits"][0]["article"] == "b"


def test_many_searches_are_made_from_a_file(
    hemeroteca: Command, articles: Path, tmp_path: Path
) -> None:
    record = {"id": "c", "title": "Lima", "text": "El embajador dejó Lima.", "source": "El Faro"}
    (articles / "c.jsonl").write_text(json.dumps(record), encoding="utf-8")
    file = tmp_path / "names.txt"
    file.write_text('\ufeffembajador\n\n"lluvia dañó"\r\n(lima\nnobody\n', encoding="utf-8")
    run = hemeroteca("search", "--batch", file)
    assert run.code == 1
    assert run.out.splitlines() == ["2 in 1 paper: embajador", '1: "lluvia dañó"', "0: nobody"]
    assert run.err.startswith("hemeroteca: line 4: ")
    assert len(run.err.splitlines()) == 1
    some = hemeroteca("search", "--batch", file, "--paper", "El Faro", "--json")
    found = [json.loads(line) for line in some.out.splitlines()]
    assert [(each["line"], each["query"], each.get("total")) for each in found] == [
        (1, "embajador", 1), (3, '"lluvia dañó"', 0), (4, "(lima", None), (5, "nobody", 0)
    ]  # fmt: skip
    assert "not closed" in found[2]["error"]
    assert [hit["article"] for hit in found[0]["hits"]] == ["c/c"]
    file.write_text("fech:2020", encoding="utf-8")  # what is no field is a word, and that is said
    assert hemeroteca("search", "--batch", file).err.startswith("hemeroteca: line 1: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lima", "--batch", "names.txt"], "leave out QUERY"),
        (["--counts", "--batch", "names.txt"], "leave out QUERY"),
        (["--batch", "missing.txt"], "expected a text file in UTF-8"),
        (["--batch", "/dev/null"], "it has none"),
        (["AND OR NOT"], "AND stands between two words"),
        (['"embajador'], "is not closed"),
        (["a" * 10_000], "at most 2,000 are searched"),
        (["lima", "--order", "last"], "expected one of best, newest, oldest"),
        (["lima", "--from", "2025-13-01"], "expected a date"),
    ],
)
def test_a_search_that_is_wrong_is_one_sentence(
    hemeroteca: Command, articles: Path, arguments: list[str], said: str
) -> None:
    run = hemeroteca("search", *arguments)
    assert_one_sentence(run)
    assert said in run.err


def test_index_prints_what_it_did(hemeroteca: Command, articles: Path) -> None:
    (articles / "empty.txt").touch()
    run = hemeroteca("index", "--json")
    assert run.code == 0
    shown = json.loads(run.out)
    assert list(shown) == ["articles", "exports", "passages", "seconds"]
    assert shown["articles"] == {
        "added": 2,
        "changed": 0,
        "removed": 0,
        "unchanged": 0,
        "skipped": [{"path": "seeds/empty.txt", "reason": "is empty"}],
    }
    assert shown["passages"] == 2
    assert shown["seconds"] > 0
    assert json.loads(hemeroteca("index", "--json").out)["articles"]["unchanged"] == 2
    rebuilt = json.loads(hemeroteca("index", "--rebuild", "--json").out)
    assert rebuilt["articles"]["added"] == 2


def test_index_says_it_in_a_line_too(hemeroteca: Command, articles: Path) -> None:
    (articles / "notes.png").write_text("Hola.")
    run = hemeroteca("index")
    assert run.code == 0
    assert run.out.startswith("2 added, 0 changed, 0 removed, 0 unchanged, 1 skipped; 2 passages;")
    assert run.err.startswith("skipped seeds/notes.png: expected one of .txt, ")
    assert run.err.endswith("; found .png\n")


def test_of_many_skipped_files_some_are_named(hemeroteca: Command, articles: Path) -> None:
    for n in range(60):
        (articles / f"{n}.png").touch()
    lines = hemeroteca("index").err.splitlines()
    assert len([line for line in lines if line.startswith("skipped seeds/")]) == 50
    assert lines[-1] == "and 10 more skipped: --json names all"
    asked = hemeroteca("ask", MEETING).err.splitlines()
    assert asked == ["hemeroteca: 60 skipped; `hemeroteca index` says what and why"]


def test_an_index_of_the_former_place_is_not_embedded_again(
    hemeroteca: Command, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert json.loads(hemeroteca("index", "--json").out)["articles"]["added"] == 2
    monkeypatch.delenv("INDEX_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    run = hemeroteca("index")
    assert run.out.startswith(
        "0 added, 0 changed, 0 removed, 2 unchanged, 0 skipped; 2 passages; 0"
    )
    assert len(list((tmp_path / "data").iterdir())) == 1
    assert not (tmp_path / "user").exists()


def test_a_home_that_cannot_be_written_is_named(
    articles: Path, cache_dir: Path, tmp_path: Path
) -> None:
    env = environment(CACHE_DIR=cache_dir) | {"HOME": "/dev/null", "XDG_DATA_HOME": ""}
    del env["INDEX_DIR"]
    run = run_command("index", cwd=tmp_path, env=env)
    assert_one_sentence(run)
    assert "cannot write to the data folder /dev/null/" in run.err
    assert "set INDEX_DIR to a folder that can be written" in run.err


def test_index_takes_files_and_folders(hemeroteca: Command, articles: Path) -> None:
    write(articles.parent / "more", "c", "El volcán expulsó ceniza.")
    run = hemeroteca("index", articles / "a.txt", "more", "--json")
    assert json.loads(run.out)["articles"]["added"] == 2


def test_ask_indexes_what_is_new_and_answers(
    hemeroteca: Command, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSWER_FROM", "0")
    run = hemeroteca("ask", MEETING)
    assert (run.code, run.err) == (0, "")
    assert "[1]" in run.out
    assert "embajador en Lima." in run.out
    assert "2 January 2025" in run.out


def test_articles_are_listed_and_shown(hemeroteca: Command, articles: Path) -> None:
    unindexed = hemeroteca("articles", "list")
    assert_one_sentence(unindexed)
    assert "seeds is not indexed yet: run `hemeroteca index seeds`" in unindexed.err
    (articles / "many.jsonl").write_text('{"id": 1, "title": "Un título", "text": "Un texto."}')
    assert hemeroteca("index").code == 0
    lines = hemeroteca("articles", "list").out.splitlines()
    assert [line.split()[0] for line in lines] == ["a", "b", "many/1"]  # the latest first
    assert "Un título" in lines[-1]
    listed = json.loads(hemeroteca("articles", "list", "--json").out)["articles"]
    assert [article["passages"] for article in listed] == [1, 1, 1]
    shown = hemeroteca("articles", "show", "a").out
    assert "2 January 2025 · es · 1 passage · seeds/a.txt" in shown
    assert "El presidente se reunió con el embajador en Lima." in shown
    whole = json.loads(hemeroteca("articles", "show", "a", "--json").out)
    ((start, end),) = whole["passages"]
    assert whole["text"][start:end] == "El presidente se reunió con el embajador en Lima."
    titled = json.loads(hemeroteca("articles", "show", "many/1", "--json").out)
    assert (titled["title"], titled["text"], titled["body"]) == ("Un título", "Un texto.", 0)
    assert titled["passages"] == [[0, len("Un texto.")]]
    missing = hemeroteca("articles", "show", "z")
    assert_one_sentence(missing)
    assert "has no article 'z'" in missing.err


def test_an_article_is_removed_unless_its_file_would_bring_it_back(
    hemeroteca: Command, articles: Path, encoder: Encoder
) -> None:
    (articles / "many.jsonl").write_text('{"id": 1, "title": "Un título", "text": "Un texto."}')
    assert hemeroteca("index").code == 0
    (folder,) = (articles.parent / "data").iterdir()
    archive = Archive(folder, encoder)
    archive.close()
    write(archive.added, "c", "El volcán expulsó ceniza.")
    assert hemeroteca("index").code == 0
    (articles / "b.txt").unlink()
    for article, reason in (
        ("a", "'a' is the file seeds/a.txt: remove that and run `hemeroteca index`"),
        ("many/1", "'many/1' is one of several in seeds/many.jsonl: remove it there"),
        ("z", "has no article 'z'"),
    ):
        refused = hemeroteca("articles", "remove", article)
        assert_one_sentence(refused)
        assert reason in refused.err
    assert "2 removed" in hemeroteca("articles", "remove", "c").out  # and what is gone, with it
    assert not list(archive.added.iterdir())
    listed = json.loads(hemeroteca("articles", "list", "--json").out)["articles"]
    assert [each["article"] for each in listed] == ["a", "many/1"]


def test_the_doctor_says_what_is_wrong_and_mends_it(
    hemeroteca: Command, articles: Path, encoder: Encoder
) -> None:
    assert hemeroteca("index").code == 0
    sound = hemeroteca("doctor")
    assert (sound.code, sound.err) == (0, "")
    assert sound.out.startswith("sound: 2 articles, 2 passages")
    assert (
        f"begun in {encoder.precision}, questions are encoded in {encoder.precision}" in sound.out
    )
    (folder,) = (articles.parent / "data").iterdir()
    archive = Archive(folder, encoder)
    archive.vectors.delete([passage.id for passage in archive.catalog.passages_of("a")])
    archive.close()
    ill = hemeroteca("doctor")
    assert ill.code == 1
    assert ill.out.startswith("passage not found by its vector: a@")
    assert "run `hemeroteca doctor --repair`" in ill.out
    mended = json.loads(hemeroteca("doctor", "--repair", "--json").out)
    assert (mended["sound"], mended["mended"]) == (False, True)
    assert json.loads(hemeroteca("doctor", "--json").out)["sound"]


def test_ask_keeps_to_period_top_k_and_folder(hemeroteca: Command, articles: Path) -> None:
    other = articles.parent / "other"
    write(other, "c", "El volcán expulsó ceniza sobre Quito.", "2025-01-02")

    def found(*options: object) -> list[str]:
        run = hemeroteca("ask", MEETING, "--json", *options)
        assert run.code == 0, run.err
        return [passage["article"] for passage in json.loads(run.out)["passages"]]

    assert sorted(found()) == ["a", "b"]
    assert found("--from", "2024-01-01", "--to", "2024-12-31") == ["b"]
    assert found("--top-k", 1) == ["a"]
    assert found("--articles", other) == ["c"]
    assert sorted(found()) == ["a", "b"]  # the other folder's index is apart
    assert len(list((articles.parent / "data").iterdir())) == 2


def test_a_busy_index_is_answered_from_as_it_is(
    hemeroteca: Command, articles: Path, encoder: Encoder
) -> None:
    assert hemeroteca("index").code == 0
    write(articles, "c", "Una novedad.")
    (folder,) = (articles.parent / "data").iterdir()
    archive = Archive(folder, encoder)
    with archive.writing():
        run = hemeroteca("ask", MEETING, "--json")
        assert_one_sentence(hemeroteca("index"))
    archive.close()
    assert run.code == 0
    assert len(json.loads(run.out)["passages"]) == 2
    assert f"process {os.getpid()} is writing" in run.err
    assert "answering from the last complete state" in run.err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["ask", ""], "The question is empty"),
        (["ask", " \n"], "The question is empty"),
        (["ask", "😀"], "no words"),
        (["ask", "a" * 100_000], "100,000 characters"),
        (["ask", MEETING, "--from", "2025-02-30"], "--from '2025-02-30': expected a date"),
        (["ask", MEETING, "--to", "soon"], "--to 'soon': expected a date"),
        (["ask", MEETING, "--from", "2025-01-02", "--to", "2025-01-01"], "swap the dates"),
        (["ask", MEETING, "--articles", "nowhere"], "there is no nowhere"),
        (["index", "nowhere"], "there is no nowhere"),
        (["chat", "--articles", "nowhere"], "there is no nowhere"),
        (["chat", "--host", "203.0.113.1"], "'203.0.113.1' is not an address of this machine"),
        (["chat", "--host", ".."], "'..' is not an address of this machine"),
    ],
)
def test_a_wrong_argument_is_one_sentence(
    hemeroteca: Command, articles: Path, arguments: list[str], reason: str
) -> None:
    run = hemeroteca(*arguments)
    assert_one_sentence(run)
    assert reason in run.err


@pytest.mark.parametrize("command", [["index"], ["ask", MEETING], ["chat"]])
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("TOPK=5", ".env sets TOPK, which is not a setting"),
        ("TOP_K=many", "TOP_K='many': expected a whole number"),
        ("ARTICLES_DIR=nowhere", "there is no nowhere"),
    ],
)
def test_a_wrong_setting_is_one_sentence(
    hemeroteca: Command, tmp_path: Path, command: list[str], line: str, reason: str
) -> None:
    (tmp_path / ".env").write_text(f"{line}\n")
    run = hemeroteca(*command)
    assert_one_sentence(run)
    assert reason in run.err


def test_data_and_models_that_cannot_be_had_are_one_sentence(
    hemeroteca: Command, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    with monkeypatch.context() as patch:
        patch.setenv("INDEX_DIR", "file")
        run = hemeroteca("ask", MEETING)
        assert_one_sentence(run)
        assert "cannot write to the data folder" in run.err
    monkeypatch.setenv("EMBEDDING_MODEL", str(articles))
    run = hemeroteca("index")
    assert_one_sentence(run)
    assert "cannot load the embedding model" in run.err


def test_an_index_of_another_model_says_what_to_run(
    hemeroteca: Command, articles: Path, monkeypatch: pytest.MonkeyPatch, encoder: Encoder
) -> None:
    assert hemeroteca("index").code == 0
    other = Encoder(encoder.model, "another model")
    monkeypatch.setattr("hemeroteca.ui.session.load_encoder", lambda *arguments: other)
    run = hemeroteca("index")
    assert_one_sentence(run)
    assert "run `hemeroteca index --rebuild`" in run.err
    assert hemeroteca("index", "--rebuild").code == 0


def test_an_empty_folder_is_said_to_be_empty(hemeroteca: Command, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for command in (["index"], ["ask", MEETING]):
        run = hemeroteca(*command)
        assert run.code == 0
        assert run.err == "hemeroteca: there are no articles in seeds: put .txt files there\n"


def test_a_port_in_use_is_one_sentence(hemeroteca: Command, articles: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = hemeroteca("chat", "--port", port)
    assert_one_sentence(run)
    assert f"cannot listen on 127.0.0.1:{port}, it is in use or not allowed" in run.err


@pytest.mark.skipif(not _has_ipv6(), reason="this machine has no IPv6")
def test_an_ipv6_port_in_use_is_one_sentence(hemeroteca: Command, articles: Path) -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as taken:
        port = taken.getsockname()[1]
        for host in ("::1", "[::1]", "::"):
            run = hemeroteca("chat", "--host", host, "--port", port)
            assert_one_sentence(run)
            shown = f"[{host.strip('[]')}]:{port}"
            assert f"cannot listen on {shown}, it is in use or not allowed" in run.err


def test_a_fault_of_the_program_is_one_sentence_too(
    hemeroteca: Command, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr("hemeroteca.index.sync.sync_folders", fail)
    run = hemeroteca("index")
    assert_one_sentence(run, code=70)
    assert "unexpected ZeroDivisionError: a fault" in run.err


@pytest.mark.parametrize(
    "arguments", [["ask"], ["ask", MEETING, "--top-k", "0"], ["nothing"], ["chat", "--port", "x"]]
)
def test_a_wrong_usage_ends_with_2(hemeroteca: Command, arguments: list[str]) -> None:
    run = hemeroteca(*arguments)
    assert (run.code, run.out) == (2, "")
    assert "Usage:" in run.err
    assert "Traceback" not in run.err


def test_the_installed_command_refuses_before_it_loads_anything(tmp_path: Path) -> None:
    run = run_command("ask", "😀", cwd=tmp_path, env=environment())
    assert_one_sentence(run)
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_says_which_model_answers_and_how_fast() -> None:
    from hemeroteca.ui.cli.doctor import model_line

    with serving(lambda _: ["Y", 0.3, "es"]) as stub:
        line = model_line(model_at(stub.url), "small", stub.url)
    assert line.startswith(f"language model small at {stub.url}: 4,096 tokens of context, streams")
    assert line.endswith(" s")
    lost = model_line(model_at("http://127.0.0.1:9/v1"), "small", "http://127.0.0.1:9/v1")
    assert "no answer, its server failed" in lost
