"""Mail folders (MBOX): each message an article."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract, LeftOut, Part, Rejected
from hemeroteca.index.sources.formats.registry import FORMATS

BEGIN = "From press@example Mon May  6 23:30:00 2024\n"


def parts(data: str, suffix: str = ".mbox") -> list[Part]:
    return list(FORMATS[suffix].extracts(io.BytesIO(data.encode()), suffix))


def message(text: str, number: int = 1) -> str:
    return (
        f"{BEGIN}Message-ID: <{number}@press.example>\nSubject: Boletín {number}\n"
        "Date: Mon, 06 May 2024 23:30:00 -0500\nContent-Type: text/plain; charset=utf-8\n\n"
        f"{text}\n\n"
    )


def test_each_message_is_an_article() -> None:
    found = parts(message("Sube el pan.") + message(">From here on.\nFrom now on.", 2))
    assert [(p.title, p.text.strip(), p.key) for p in found if isinstance(p, Extract)] == [
        ("Boletín 1", "Sube el pan.", "1@press.example"),
        ("Boletín 2", "From here on.\nFrom now on.", "2@press.example"),
    ]
    assert all(str(p.day) == "2024-05-06" for p in found if isinstance(p, Extract))


def test_of_one_id_the_first_counts_and_what_has_no_text_is_named() -> None:
    found = parts(message("Uno.") + message("Uno.") + message("", 3))
    assert [type(part) for part in found] == [Extract, LeftOut, Rejected]
    assert isinstance(found[2], Rejected)
    assert (str(found[2].where), str(found[2].reason)) == ("entry 3", "is mail without a text")


def test_what_begins_otherwise_is_no_mail_folder() -> None:
    with pytest.raises(ArticleError, match="no mail folder"):
        parts("Sube el pan.\n")


def test_many_attachments_and_messages_in_messages_end_nothing() -> None:
    inner = "Content-Type: text/plain\n\nDentro de todo.\n"
    for _ in range(50):
        inner = f"Content-Type: message/rfc822\n\n{inner}"
    attached = "--b\nContent-Type: image/png\n\nx\n" * 10_000
    head = "Subject: T\nContent-Type: multipart/mixed; boundary=b\n\n"
    text = "--b\nContent-Type: text/plain\n\nSube el pan.\n"
    many, deep = parts(f"{BEGIN}{head}{text}{attached}--b--\n\n{BEGIN}Subject: T\n{inner}\n")
    assert isinstance(many, Extract)
    assert many.text.strip() == "Sube el pan."
    assert isinstance(deep, Extract)
    assert deep.text.strip() == "Dentro de todo."


def test_texts_that_are_attached_are_not_what_a_message_says() -> None:
    head = "Subject: T\nContent-Type: multipart/mixed; boundary=b\n\n"
    said = "--b\nContent-Type: text/plain\n\n{}\n"
    attached = (
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\n"
        "Un anejo mucho más largo que el mensaje, que no es lo que dice.\n"
    ) * 10_000
    (found,) = parts(f"{BEGIN}{head}{said.format('Sube el pan.')}{attached}--b--\n")
    assert isinstance(found, Extract)
    assert found.text.strip() == "Sube el pan."
    (alone,) = parts(f"{BEGIN}{head}{said.format(' ')}{attached}--b--\n")
    assert isinstance(alone, Extract)
    assert alone.text.startswith("Un anejo")


def test_what_is_too_deep_is_named_and_the_rest_is_read() -> None:
    inner = "Content-Type: text/plain\n\nDentro de todo.\n"
    for _ in range(3_000):
        inner = f"Content-Type: message/rfc822\n\n{inner}"
    sound = "Subject: T\nContent-Type: text/plain\n\nSube el pan.\n"
    deep, last = parts(f"{BEGIN}{inner}\n{BEGIN}{sound}")
    assert isinstance(deep, Rejected)
    assert (str(deep.where), str(deep.reason)) == (
        *("entry 1", "has parts in too many others: save the innermost as a file"),
    )
    assert isinstance(last, Extract)


@given(st.lists(st.text("ab ñ€.>\n", min_size=1).map(lambda text: f"Uno {text}."), min_size=1))
def test_every_text_comes_out(texts: list[str]) -> None:
    found = parts("".join(message(text, number) for number, text in enumerate(texts)))
    read = [part.text.split() for part in found if isinstance(part, Extract)]
    assert read == [text.split() for text in texts]


def test_a_list_of_feeds_says_what_it_is() -> None:
    feeds = "<outline xmlUrl='https://press.example/rss'/>" * 3
    with pytest.raises(ArticleError, match="is a list of 3 feeds"):
        parts(f"<opml version='2.0'><body>{feeds}</body></opml>", ".opml")
