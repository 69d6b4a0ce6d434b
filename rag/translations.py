"""Sentences in a person's language, from GNU .po files (gettext's), which are read as they are.

Babel reads them as well, and costs a tenth of a second to import; compiled ones would have to be
built before the program runs from its checkout."""

import gettext
import json
import string
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hemeroteca.index.errors import Message


class _Catalog(NamedTuple):
    forms: Mapping[str, tuple[str, ...]]  # of each English sentence, its translation's plural forms
    form: Callable[[int], int]  # which of them a number has


class Translations:
    """The languages under `folder`, each in LANGUAGE/LC_MESSAGES/hemeroteca.po. The key of a
    sentence is the English one, which stands wherever there is no translation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._catalog = cache(self._read)

    @property
    def languages(self) -> list[str]:
        """English, then those with a file."""
        return ["en", *sorted(path.name for path in self._folder.iterdir())]

    def say(self, message: str | Message, language: str, **values: object) -> str:
        """`message` in `language` (ISO 639-1), its blanks filled in."""
        if isinstance(message, str):
            message = Message(message, **values)
        said = self._find(message.sentence, 0, language) or message.sentence
        return _fill(said, message.values, self, language)

    def count(self, one: str, many: str, number: int, language: str, **values: object) -> str:
        """`one` or `many` in `language`, by what `number` asks for; it fills the blank `number`."""
        values["number"] = number
        english = one if number == 1 else many
        said = self._find(one, self._catalog(language).form(number), language) or english
        return _fill(said, values, self, language)

    def _find(self, sentence: str, form: int, language: str) -> str:
        forms = self._catalog(language).forms.get(sentence, ())
        return forms[form] if form < len(forms) else ""

    def _read(self, language: str) -> _Catalog:
        path = self._folder / language / "LC_MESSAGES" / "hemeroteca.po"
        forms = read_po(path) if path.is_file() else {}
        rule = forms.get("", ("",))[0].partition("plural=")[2].partition(";")[0]
        return _Catalog(forms, gettext.c2py(rule or "n != 1"))


def _fill(
    sentence: str, values: Mapping[str, object], translations: Translations, language: str
) -> str:
    if not values:
        return sentence
    said = {
        name: translations.say(value, language) if isinstance(value, Message) else value
        for name, value in values.items()
    }
    if language != "en" and ":," in sentence:
        return _Numbers(language).vformat(sentence, (), said)
    return sentence.format(**said)


class _Numbers(string.Formatter):
    """What fills in "{number:,}" as `language` writes numbers."""

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        written = format(value, format_spec)
        if not format_spec.startswith(",") or not isinstance(value, int | float):
            return written
        from babel.numbers import format_decimal

        places = len(written.partition(".")[2])
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return format_decimal(value, pattern, locale=self._language)


def read_po(path: Path) -> dict[str, tuple[str, ...]]:
    """The translated forms of every sentence in a .po file; of "", its header."""
    entries: list[dict[str, str]] = []
    keyword = ""
    for line in map(str.strip, path.read_text(encoding="utf-8").split("\n")):
        if not line or line.startswith("#"):
            continue
        if not line.startswith('"'):
            keyword, _, line = line.partition(" ")
            if keyword == "msgid":
                entries.append({})
            entries[-1][keyword] = ""
        # The escapes of C that are written are JSON's, too.
        entries[-1][keyword] += json.loads(line) if "\\" in line else line[1:-1]
    return {
        entry["msgid"]: tuple(v for name, v in entry.items() if name.startswith("msgstr"))
        for entry in entries
    }
