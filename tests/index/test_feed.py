"""RSS and Atom feeds saved as files."""

import io

import pytest

from hemeroteca.index.sources.extract import Extract, LeftOut, Part, Rejected
from hemeroteca.index.sources.formats.registry import FORMATS

TEXT = "La alcaldesa abrió ayer el mercado nuevo de Motril tras un año de obras."


def rss(*items: str, language: str = "es") -> str:
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>D</title>'
    return f"{head}<language>{language}</language>{''.join(items)}</channel></rss>"


def item(identity: str, day: str = "", text: str = TEXT) -> str:
    return (
        f"<item><guid>{identity}</guid><title>T</title><pubDate>{day}</pubDate>"
        f"<description><![CDATA[<p>{text}</p>]]></description></item>"
    )


def parts(data: str | bytes) -> list[Part]:
    data = data.encode() if isinstance(data, str) else data
    return list(FORMATS[".rss"].extracts(io.BytesIO(data), ".rss"))


@pytest.mark.parametrize(
    "written", ["03/04/2025 10:00", "jue, 03 abr 2025 10:00:00 +0200", "3 de abril de 2025"]
)
def test_days_are_read_in_the_language_of_the_feed(written: str) -> None:
    (part,) = parts(rss(item("a", written, "Sí."), language="es-ES"))
    assert isinstance(part, Extract)
    assert str(part.day) == "2025-04-03"


@pytest.mark.parametrize("control", ["\x0b", "\x1f", "\x00", "&#11;", "&#x2;"])
def test_a_control_character_ends_no_feed(control: str) -> None:
    found = parts(rss(item("a", text=f"Pan{control}caro"), item("b"), item("c")))
    assert [part.key for part in found if isinstance(part, Extract)] == ["a", "b", "c"]


def test_one_bad_byte_spoils_no_other_entry() -> None:
    good = rss(item("a"), "\n", item("b", text="Peña"), "\n", *map(item, "cdefg")).encode()
    found = parts(good.replace("Peña".encode(), "Peña".encode("cp1252")))
    read = [part for part in found if isinstance(part, Extract)]
    assert [part.text for part in read] == [TEXT, "Peña", *[TEXT] * 5]
    assert all(str(part.notes[0]).startswith("is not UTF-8") for part in read)


def test_a_feed_that_says_latin_1_means_what_browsers_read() -> None:
    data = rss(item("a", text="Dijo “no” – 300 €")).replace("utf-8", "iso-8859-1")
    (part,) = parts(data.encode("cp1252"))
    assert isinstance(part, Extract)
    assert part.text == "Dijo “no” – 300 €"


def test_the_latest_version_of_an_entry_counts_wherever_it_stands() -> None:
    def entry(day: str, text: str) -> str:
        return (
            f"<entry><id>x</id><updated>{day}T10:00:00Z</updated><content>{text}</content></entry>"
        )

    feed = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
    versions = [entry("2024-03-06", "Siete heridos."), entry("2024-03-05", "Cuatro heridos.")]
    for order in (versions, versions[::-1]):
        found = parts(feed.format("".join(order)))
        assert [part.text for part in found if isinstance(part, Extract)] == ["Siete heridos."]
        assert sum(isinstance(part, LeftOut) for part in found) == 1


def test_a_feed_that_is_cut_says_so() -> None:
    found = parts(rss(*map(item, "abc"))[:-30])
    assert isinstance(found[-1], Rejected)
    assert (found[-1].key, found[-1].content) == ("", "")
    assert not any(isinstance(part, Rejected) for part in parts(rss(*map(item, "abc"))))


def test_an_entry_that_cannot_be_read_whole_is_named_and_the_others_are_kept() -> None:
    deep, other = parts(rss(item("a", text="<b>" * 3_000 + TEXT), item("b")))
    assert isinstance(deep, Rejected)
    assert (deep.key, "in one another" in str(deep.reason)) == ("a", True)
    assert isinstance(other, Extract)
