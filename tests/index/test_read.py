"""Files to articles."""

import hashlib
import json
import os
import unicodedata
from pathlib import Path

import pytest

from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import MAX_ARTICLE_CHARACTERS
from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.sources.read import Reading, read_article, read_articles
from tests.helpers import SEED, read, write


@pytest.mark.parametrize(
    "beginning",
    [
        "date 2025-12-12 ",
        " date 2025-12-12 ",
        "\n\t date 2025-12-12\n",
        "\ufeffdate 2025-12-12 ",
        "\ufeff  date\t2025-12-12\r\n\r\n",
        "Date 2025-12-12 ",
    ],
)
def test_the_date_line_is_read_and_is_no_part_of_the_title(tmp_path: Path, beginning: str) -> None:
    article = read(tmp_path, "a", beginning + "Hola, Perú. Adiós.")
    assert article.date == "2025-12-12"
    assert article.day == 20251212
    assert article.title == "Hola, Perú"
    assert article.text[article.body :] == "Hola, Perú. Adiós."


@pytest.mark.parametrize("text", ["Hola, Perú.", "Date night is back in Lima.", "dates: 2025"])
def test_an_article_may_have_no_date(tmp_path: Path, text: str) -> None:
    article = read(tmp_path, "a", text)
    assert (article.date, article.day, article.body) == (None, 0, 0)


@pytest.mark.parametrize("day", ["2025-13-01", "2025-02-30", "2025-12-12Hola", "31/31/2025"])
def test_a_date_line_that_names_no_day_is_text_and_is_noted(tmp_path: Path, day: str) -> None:
    (reading,) = read_articles(ArticleFile("a", write(tmp_path, "a", f"date {day} Hola.")))
    assert isinstance(reading, Reading)
    assert (reading.article.date, reading.article.body) == (None, 0)
    assert reading.article.text == f"date {day} Hola."
    (note,) = map(str, reading.notes)
    assert note.startswith(f"has the date '{day}', which names no day")


@pytest.mark.parametrize("day", ["12-12-2025", "2025-12-12T23:30:00-05:00", "20251212"])
def test_a_date_line_may_be_written_in_other_ways(tmp_path: Path, day: str) -> None:
    article = read(tmp_path, "a", f"date {day} Vuelve José.")
    assert (article.date, article.title) == ("2025-12-12", "Vuelve José")


@pytest.mark.parametrize("blanks", ["", "\ufeff", " " * 2_500, "\n\u3000\n"])
def test_the_title_is_the_first_sentence_behind_any_blanks(tmp_path: Path, blanks: str) -> None:
    assert read(tmp_path, "a", blanks + "Vuelve José.\nEl resto.").title == ("Vuelve José")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("El gobierno anunció ayer nuevas medidas económicas.", "es"),
        ("The government announced new economic measures yesterday.", "en"),
        ("Die Regierung kündigte gestern neue Maßnahmen an.", "de"),
        ("政府は昨日、新しい経済対策を発表した。", "ja"),
        ("12345 67890", "en"),  # no letters: the fallback
    ],
)
def test_the_language_is_detected(tmp_path: Path, text: str, language: str) -> None:
    assert read(tmp_path, "a", text).language == language


def test_the_seed_article_is_kept_whole() -> None:
    article = read_article(ArticleFile("seed", SEED))
    data = SEED.read_bytes()
    assert article.text.encode() == data
    assert article.hash == hashlib.sha256(data).hexdigest()
    assert article.source == str(SEED)
    assert article.date == "2025-12-12"
    assert article.language == "es"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        ("\u3000\u200b".encode(), "is empty"),
        (b"date 2025-12-12\n", "is empty"),
        ("José".encode("latin-1"), "is not UTF-8 text .byte 3."),
        (b"Hola\0Lima", "NUL"),
    ],
)
def test_what_is_no_article_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(ArticleError, match=reason):
        read_article(ArticleFile("a", path))


def test_a_file_of_50_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    os.truncate(path, 50_000_000)  # sparse: it takes no space, and NULs would be another reason
    with pytest.raises(ArticleError, match=r"has 50\.0 MB; an article may have 5 MB"):
        read_article(ArticleFile("a", path))


def test_the_largest_article_is_read(tmp_path: Path) -> None:
    text = "una " * (MAX_ARTICLE_CHARACTERS // 4)
    assert read(tmp_path, "a", text).text == text
    with pytest.raises(ArticleError, match="has 2,000,001 characters; an article may have 2,0"):
        read(tmp_path, "a", text + "a")


def test_data_without_a_blank_is_refused(tmp_path: Path) -> None:
    text = "Una foto: " + "a" * 100_000
    assert read(tmp_path, "a", text).text == text
    with pytest.raises(ArticleError, match="holds 100,001 characters without a blank: it is data"):
        read(tmp_path, "a", text + "a")


def test_a_missing_file_is_an_article_error(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="cannot be read"):
        read_article(ArticleFile("a", tmp_path / "a.txt"))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("El \x1b[31mgato\x0f come.", "El [31mgato come"),
        ("\x1b\x07\x1b a", "a"),
        ("\u200b1\u200b", "1"),
    ],
)
def test_a_title_made_of_the_text_can_be_shown(tmp_path: Path, text: str, title: str) -> None:
    """Found by benchmarks/fuzz.py."""
    assert read(tmp_path, "a", text).title == title


def test_signs_that_do_not_print_are_left_out_and_letters_are_whole(tmp_path: Path) -> None:
    marked = "date 2025-12-12\n" + unicodedata.normalize("NFD", "Vuel\u00adve José a\u200b Perú.")
    article = read(tmp_path, "a", marked + "\x0bOtra línea.")
    assert article.text == "date 2025-12-12\nVuelve José a Perú.\nOtra línea."
    assert article.text[article.body :].startswith("Vuelve José")


def test_an_article_is_the_same_whatever_does_not_print_in_it(tmp_path: Path) -> None:
    plain, marked = read(tmp_path, "a", "Vuelve José."), read(tmp_path, "a", "Vuel\u00adve José.")
    assert marked.hash == plain.hash


def _of_record(tmp_path: Path, **record: object) -> Article:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "1", **record}), encoding="utf-8")
    (reading,) = read_articles(ArticleFile("a", path))
    assert isinstance(reading, Reading)
    return reading.article


def test_a_headline_is_text_before_the_text_proper(tmp_path: Path) -> None:
    article = _of_record(tmp_path, title="Ana Ruiz, alcaldesa", text="Tuvo doce votos.")
    assert article.text == "Ana Ruiz, alcaldesa\n\nTuvo doce votos."
    assert (article.title, article.opening) == ("Ana Ruiz, alcaldesa", 0)
    assert article.text[article.body :] == "Tuvo doce votos."


def test_a_text_that_has_its_headline_is_left_as_it_is(tmp_path: Path) -> None:
    article = _of_record(tmp_path, title="Tuvo doce votos", text="Tuvo doce votos.")
    assert (article.text, article.opening, article.body) == ("Tuvo doce votos.", 0, 0)
    dated = read(tmp_path, "a", "date 2025-12-12 Sube el pan.\nCuesta más.")
    assert (dated.opening, dated.body) == (16, 16)


def test_another_headline_makes_another_revision(tmp_path: Path) -> None:
    one = _of_record(tmp_path, title="Ana Ruiz, alcaldesa", text="Tuvo doce votos.")
    other = _of_record(tmp_path, title="Ana Gil, alcaldesa", text="Tuvo doce votos.")
    without = _of_record(tmp_path, text="Tuvo doce votos.")
    assert len({one.hash, other.hash, without.hash}) == 3


@pytest.mark.parametrize("title", ["Sube\ud800 el pan", "Sube\x00 el pan", "\u200b", "pan " * 500])
def test_a_headline_may_be_anything(tmp_path: Path, title: str) -> None:
    article = _of_record(tmp_path, title=title, text="Cuesta más.")
    article.text.encode()
    assert article.text[article.body :] == "Cuesta más."
    assert len(article.title) <= 300
    shown = " ".join(title.replace("\ud800", "?").replace("\x00", "").split())
    assert article.text[: article.body].strip() == shown.replace("\u200b", "")
