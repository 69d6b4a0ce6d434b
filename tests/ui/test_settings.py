"""Settings from the environment and `.env`."""

import re
from itertools import pairwise
from pathlib import Path

import platformdirs
import pytest
from dotenv import dotenv_values

from hemeroteca.ui.settings import Settings, SettingsError, load_settings
from tests.helpers import ROOT, SEED


def test_the_example_lists_every_setting_with_its_default(tmp_path: Path) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = {name.upper() for name in Settings.model_fields}
    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE)) == names
    # Copied with every line switched on, it changes nothing.
    file = tmp_path / ".env"
    file.write_text(re.sub(r"^# ([A-Z_]+=)", r"\1", text, flags=re.MULTILINE))
    assert set(dotenv_values(file)) == names
    example = load_settings(file, {}).model_dump()
    default = load_settings(tmp_path / "none", {}).model_dump()
    # The folders are the user's, which the example can only show for Linux.
    assert example.pop("cache_dir") == Path("~/.cache/hemeroteca").expanduser()
    assert default.pop("cache_dir") == platformdirs.user_cache_path("hemeroteca")
    assert example.pop("index_dir") == Path("~/.local/share/hemeroteca").expanduser()
    assert default.pop("index_dir") == platformdirs.user_data_path("hemeroteca")
    assert example == default


def test_every_setting_of_the_example_is_explained() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    for before, line in pairwise(lines):
        if re.match(r"(# )?[A-Z_]+=", line):
            assert re.match(r"# \w|[A-Z_]+=", before), line


def test_without_file_and_environment_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / ".env", {}) == Settings()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("TOP_K=5\nCHAT_PORT=8000\n")
    settings = load_settings(file, {"TOP_K": "7", "PATH": "/bin"})
    assert (settings.top_k, settings.chat_port) == (7, 8000)


@pytest.mark.parametrize(
    ("name", "value", "parsed"),
    [
        ("TOP_K", "100", 100),
        ("ANSWER_FROM", "0.25", 0.25),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("EMBEDDING_MODEL", " some/model ", "some/model"),
        ("EMBEDDING_ENGINE", "sentence-transformers", "sentence-transformers"),
        ("INDEX_DIR", "~/data", Path.home() / "data"),
    ],
)
def test_values_are_parsed(tmp_path: Path, name: str, value: str, parsed: object) -> None:
    settings = load_settings(tmp_path / ".env", {name: value})
    assert getattr(settings, name.lower()) == parsed


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("TOP_K", "many", "a whole number from 1 to 100"),
        ("TOP_K", "0", "a whole number from 1 to 100"),
        ("TOP_K", "-1", "a whole number from 1 to 100"),
        ("TOP_K", "", "a whole number from 1 to 100"),
        ("PASSAGES_READ", "101", "a whole number from 1 to 100"),
        ("CHAT_PORT", "65536", "a whole number from 1 to 65535"),
        ("ANSWER_FROM", "1.5", "a number from 0 to 1"),
        ("ANSWER_FROM", "nan", "a number from 0 to 1"),
        ("LOG_LEVEL", "LOUD", "one of DEBUG, INFO, WARNING, ERROR"),
        ("ARTICLES_DIR", " ", "a path"),
        ("EMBEDDING_MODEL", "", "a name"),
        (
            "EMBEDDING_ENGINE",
            "torch",
            "one of onnxruntime, onnxruntime-fp32, sentence-transformers",
        ),
    ],
)
def test_a_malformed_value_is_an_error_that_names_it(
    tmp_path: Path, name: str, value: str, expected: str
) -> None:
    with pytest.raises(SettingsError, match=re.escape(f"{name}={value!r}: expected {expected}")):
        load_settings(tmp_path / ".env", {name: value})
    (tmp_path / ".env").write_text(f"{name}={value}\n")
    with pytest.raises(SettingsError, match=f"{name}=.*: expected {expected}"):
        load_settings(tmp_path / ".env", {})


def test_an_unknown_setting_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOPK=5\n")
    with pytest.raises(SettingsError, match="sets TOPK, which is not a setting"):
        load_settings(tmp_path / ".env", {})


def test_in_another_program_the_rest_of_the_file_is_its_own(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SECRET_KEY=x\nDEBUG\nTOP_K=5\nLOG_LEVEL=trace\n")
    settings = load_settings(tmp_path / ".env", {"LOG_LEVEL": "trace"}, {"top_k": 6}, guest=True)
    assert (settings.top_k, settings.log_level) == (6, "WARNING")
    (tmp_path / ".env").write_text("TOP_K=many\n")
    with pytest.raises(SettingsError, match="TOP_K='many'"):
        load_settings(tmp_path / ".env", {}, guest=True)


def test_a_setting_without_a_value_is_an_error(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOP_K\n")
    with pytest.raises(SettingsError, match="sets TOP_K without a value"):
        load_settings(tmp_path / ".env", {})


def test_a_file_that_is_not_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"TOP_K=\xff\n")
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8 text"):
        load_settings(tmp_path / ".env", {})


def test_what_is_secret_is_neither_shown_nor_quoted(tmp_path: Path) -> None:
    given = {"LLM_API_KEY": "hush", "CHROMA_API_KEY": "hush"}
    assert "hush" not in repr(load_settings(tmp_path / ".env", given))
    with pytest.raises(SettingsError, match=r"^CHAT_USERS=\.\.\.: expected name:salt\.hash"):
        load_settings(tmp_path / ".env", {"CHAT_USERS": "ana:hush"})


def test_without_a_folder_of_articles_there_are_those_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(environment={}).articles_dir == SEED.parent
    (tmp_path / "seeds").mkdir()
    assert load_settings(environment={}).articles_dir == Path("seeds")


def test_an_index_in_the_former_place_is_used_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("platformdirs.user_data_path", lambda name: tmp_path / "user" / name)
    settings = load_settings(environment={})
    new = settings.archive_dir([tmp_path])
    assert new.parent == tmp_path / "user" / "hemeroteca"
    former = Path("data") / new.name
    former.mkdir(parents=True)
    for _ in range(2):
        assert settings.archive_dir([tmp_path]) == former
    assert settings.conversations([tmp_path]).parent == Path("data")
    assert settings.place("evaluation").parent == new.parent  # there is none in the former place
    assert [record.getMessage() for record in caplog.records] == [
        f"Using {former}; to use it from every folder, move {former}* to {new.parent}."
    ]
    assert load_settings(environment={"INDEX_DIR": "other"}).archive_dir([tmp_path]) == (
        Path("other") / new.name
    )
    new.mkdir(parents=True)
    assert settings.archive_dir([tmp_path]) == new


def test_each_set_of_sources_has_its_index(tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path)
    a, b = tmp_path / "a", tmp_path / "b"
    folders = {settings.archive_dir(sources) for sources in ([a], [b], [a, b])}
    assert settings.archive_dir([b, a]) == settings.archive_dir([a, b])
    assert settings.archive_dir([a]) == settings.archive_dir([tmp_path / "b" / ".." / "a"])
    assert len({folder.name.split("-")[-1] for folder in folders}) == 3
    assert settings.archive_dir([a]).parent == tmp_path


@pytest.mark.parametrize("end", ["", ".added", ".conversations.db"])
def test_an_index_called_after_another_of_its_sources_is_found(tmp_path: Path, end: str) -> None:
    settings = Settings(index_dir=tmp_path / "index")
    a, b = tmp_path / "a", tmp_path / "b"
    called_after_a = settings.archive_dir([a, b])
    called_after_b = called_after_a.with_name(called_after_a.name.replace("a-", "b-", 1))
    assert called_after_b != called_after_a
    called_after_b.with_name(called_after_b.name + end).mkdir(parents=True)
    for sources in ([a, b], [b, a]):
        assert settings.archive_dir(sources) == called_after_b
