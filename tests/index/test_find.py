"""The files under a source."""

import os
from pathlib import Path

import pytest

from hemeroteca.index.errors import StorageError
from hemeroteca.index.sources.find import ArticleFile, find_articles
from tests.helpers import write


def _found(*sources: Path) -> tuple[list[str], dict[str, str]]:
    articles, refused = [], {}
    for found in find_articles(sources):
        if isinstance(found, ArticleFile):
            articles.append(found.article)
        else:
            refused[found.path.name] = str(found.reason)
    return articles, refused


def test_articles_are_named_by_their_path_without_suffix(tmp_path: Path) -> None:
    for article in ("b", "a", "2025/c"):
        write(tmp_path, article, "Hola.")
    assert _found(tmp_path) == (["a", "b", "2025/c"], {})


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    for article in (".hidden", ".git/a", "seen"):
        write(tmp_path, article, "Hola.")
    assert _found(tmp_path) == (["seen"], {})


def test_other_suffixes_are_refused(tmp_path: Path) -> None:
    for name in ("a.TXT", "b.png", "c"):
        (tmp_path / name).write_text("Hola.")
    articles, refused = _found(tmp_path)
    assert articles == ["a"]
    assert refused["b.png"].startswith("expected one of .txt, ")
    assert refused["b.png"].endswith("; found .png")
    assert refused["c"].endswith("; found no suffix")


def test_a_stem_is_taken_once_in_a_folder(tmp_path: Path) -> None:
    first = write(tmp_path, "a", "Hola.")
    first.with_suffix(".md").write_text("Adiós.")
    articles, refused = _found(tmp_path)
    assert articles == ["a"]
    assert refused == {"a.txt": f"its name 'a' is taken by {first.with_suffix('.md')}"}
    assert _found(first, first) == (["a"], {})  # the same file twice is no conflict


def test_files_of_one_name_in_two_papers_are_two_articles(tmp_path: Path) -> None:
    one = write(tmp_path / "one", "portada", "Hola.")
    two = write(tmp_path / "two", "portada", "Adiós.")
    write(tmp_path / "two", "other", "Otra.")
    for sources in ([one.parent, two.parent], [two.parent, one.parent], [one, two.parent]):
        assert _found(*sources) == (["one/portada", "other", "two/portada"], {})
    assert _found(one, two) == (["one/portada", "two/portada"], {})
    assert _found(one.parent) == (["portada"], {})
    two.rename(two.with_suffix(".md"))
    assert _found(one.parent, two.parent)[0] == ["one/portada", "other", "two/portada"]


def test_papers_of_one_name_are_told_apart_by_what_they_lie_in(tmp_path: Path) -> None:
    sources = [write(tmp_path / town / "press", "2024/a", "x").parents[1] for town in ("b", "c")]
    assert _found(*sources) == (["b/press/2024/a", "c/press/2024/a"], {})


def test_a_folder_in_a_source_is_read_once_in_whatever_order(tmp_path: Path) -> None:
    inner = write(tmp_path, "press/a", "Hola.").parent
    for sources in ([tmp_path, inner], [inner, tmp_path], [inner / "a.txt", inner, tmp_path]):
        assert _found(*sources) == (["press/a"], {})
    link = tmp_path / "link"
    link.symlink_to(inner)
    assert _found(link, inner) == (["a"], {})


def test_a_name_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("Hola.")
    write(tmp_path, "other", "Hola.")
    articles, refused = _found(tmp_path)
    assert articles == ["other"]
    assert list(refused.values()) == ["its name is not UTF-8: rename it"]


def test_a_missing_source_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"there is no .*nowhere: name an existing folder"):
        list(find_articles([tmp_path / "nowhere"]))
