"""Sentences in a person's language."""

from pathlib import Path

from hemeroteca.index.errors import Message
from hemeroteca.rag.render import worded
from hemeroteca.rag.translations import Translations

_PO = r"""# A comment.
msgid ""
msgstr ""
"Language: pl\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
"2);\n"

#: somewhere.py
msgid "{number:,} article"
msgid_plural "{number:,} articles"
msgstr[0] "{number:,} artykuł"
msgstr[1] "{number:,} artykuły"
msgstr[2] "{number:,} artykułów"

msgid "\"{name}\" is empty"
msgstr ""
"„{name}” "
"jest\tpusty"

msgid "not translated yet"
msgstr ""
"""


def _translations(folder: Path) -> Translations:
    path = folder / "pl" / "LC_MESSAGES" / "hemeroteca.po"
    path.parent.mkdir(parents=True)
    path.write_text(_PO, encoding="utf-8")
    return Translations(folder)


def test_a_number_has_the_form_that_its_language_wants(tmp_path: Path) -> None:
    translations = _translations(tmp_path)
    noun = ("{number:,} article", "{number:,} articles")
    assert [translations.count(*noun, n, "pl") for n in (1, 2, 5, 2_022)] == [
        "1 artykuł",
        "2 artykuły",
        "5 artykułów",
        "2\xa0022 artykuły",
    ]
    assert [translations.count(*noun, n, "en") for n in (0, 1)] == ["0 articles", "1 article"]


def test_what_is_not_translated_is_english(tmp_path: Path) -> None:
    translations = _translations(tmp_path)
    assert translations.languages == ["en", "pl"]
    assert translations.say('"{name}" is empty', "pl", name="a") == "„a” jest\tpusty"
    for language in ("pl", "en", "xx"):
        assert translations.say("not translated yet", language) == "not translated yet"
        assert translations.say("{n} of {m}", language, n=1, m=2) == "1 of 2"


def test_braces_are_left_alone_where_nothing_is_filled_in(tmp_path: Path) -> None:
    assert _translations(tmp_path).say(Message('write {"a": 1}'), "pl") == 'write {"a": 1}'


def test_a_message_within_a_message_is_worded_too() -> None:
    late = Message("it was not done after {seconds} s (LLM_TIMEOUT_S)", seconds=2)
    note = Message("No written answer: {reason}", reason=late)
    assert worded(note, "es") == (
        "Sin respuesta redactada: el modelo no había terminado a los 2 s (LLM_TIMEOUT_S)"
    )


def test_a_number_is_written_as_its_language_does(tmp_path: Path) -> None:
    catalogs = _translations(tmp_path)
    message = Message("{number:,} of {all:,.1f} in {place}", number=12345, all=23456.75, place=7000)
    assert catalogs.say(message, "en") == "12,345 of 23,456.8 in 7000"
    assert catalogs.say(message, "de") == "12.345 of 23.456,8 in 7000"
    assert catalogs.count("{number:,} thing", "{number:,} things", 12345, "es") == "12.345 things"
