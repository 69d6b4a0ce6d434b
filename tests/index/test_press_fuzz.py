"""Whatever articles say, each sentence of an export comes out, in its own article, and nothing of
the form with it; of several databases in one file, and of one that is cut."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, permutations
from typing import TypeVar

import pytest

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract
from tests.index.exported import read
from tests.index.forms import FORMS, FURNITURE, Form, Pick, Story

T = TypeVar("T")
# What a paragraph may begin with that looks like the form.
_BEGINNINGS = (
    "", "Body y alma: ", "Documento 14/2022 ", "CONDICIONES: ", "Graphic: ", "Load-Date ",
    "SERVICE: ", "LIRE AUSSI: ", "El 3 mayo 2018 ", "212 palabras ", "End of Document, ",
    "Pregunta: ", "1 of 3 documents, ", "Subject matters: ", "Nota: ", "Copyright dijo que ",
    "SECTION: así, ", "Title: Rey, ", "Link zum PDF: ", "Page 3 ", "Section, ", "> ",
    "Abstract: no, ",
)  # fmt: skip
_WORDS = (
    "tranvía", "Ñandú", "œuvre", "straße", "d’Arenal", "1.870", "«olmo»", "a&b", "—", "(sic)",
    "vice-rector", "1 < 2", "9 enero 2024", "p. 16", "100%",
)  # fmt: skip
_TITLES = (
    "Titular {n} de la plaza", "Titular {n}: ¿quién?", "3 mayo 2018, fecha {n} del canal",
    "El año 2018 en {n} fotos", "«Titular» {n}; Diez años después", "TITULAR {n} EN MAYÚSCULAS",
    "Titular {n}, La Crónica, el 3 de mayo de 2018", "Nota {n}: el puente",
    "20.000 vecinos y {n}",
)  # fmt: skip
_PAPERS = (
    "La Crónica de Arenal", "20 Bytes", "The Stanmere Gazette (London)", "Le Jour", "d-Zeitung",
)  # fmt: skip
_FIRST = date(1985, 1, 1)
_DAYS = 16_000
_ROUNDS = 15


def written(pick: Pick, first: int = 0) -> list[Story]:
    """One to four stories, numbered from `first` on."""
    made = []
    for n in range(first, first + pick(1, 2, 3, 4)):
        paragraphs = tuple(
            f"{pick(*_BEGINNINGS)}frase {n}-{k}x "
            + " ".join(pick(*_WORDS) for _ in range(pick(3, 12, 30)))
            + f" fin {n}-{k}y."
            for k in range(pick(1, 2, 4))
        )
        made.append(
            Story(
                pick(*_TITLES).format(n=n), pick(*_PAPERS),
                _FIRST + timedelta(pick(*range(0, _DAYS, 37))), paragraphs, n,
                pick("", "LOCAL", "Cultura"), pick("", "Ana Gil", "Odile Vern"),
            )
        )  # fmt: skip
    return made


class _Chance:
    """Chooses at random, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def __call__(self, *options: T) -> T:
        return self._random.choice(options)


def check(suffix: str, data: bytes, made: Sequence[Story]) -> None:
    parts = read(suffix, data)
    found = [part for part in parts if isinstance(part, Extract)]
    assert found == parts
    assert [(each.title, each.day) for each in found] == [(each.title, each.day) for each in made]
    for each, story in zip(found, made, strict=True):
        assert each.publication.paper.removesuffix(" (site web)") == story.paper
        assert FURNITURE not in each.text
        said = each.text.split("\n\n")
        assert [text for text in said if text in story.paragraphs] == list(story.paragraphs)
        assert sum("frase " in text for text in said) == len(story.paragraphs)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_sentence_comes_out_in_its_own_article(form: Form) -> None:
    for seed in range(_ROUNDS):
        pick = _Chance(seed)
        made = written(pick)
        check(form.suffix, form.write(made, pick), made)


def _characters(form: Form, made: Sequence[Story], pick: Pick) -> str:
    data = form.write(made, pick)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252").replace("charset=ISO-8859-1", "charset=utf-8")
    return text.replace("\r\n", "\n")


_TEXTS = [form for form in FORMS if form.suffix in (".txt", ".ris")]
_PAGES = [form for form in FORMS if form.suffix == ".html"]


@pytest.mark.parametrize("forms", [_TEXTS, _PAGES], ids=["text", "pages"])
def test_exports_of_two_databases_in_one_file(forms: Sequence[Form]) -> None:
    for seed, (one, other) in enumerate(permutations(forms, 2)):
        pick = _Chance(seed)
        first = written(pick)
        second = [replace(each, title=f"{each.title} bis") for each in written(pick, first=10)]
        text = f"{_characters(one, first, pick)}\n\n{_characters(other, second, pick)}"
        check(one.suffix, text.encode(), [*first, *second])


_CUT = [form for form in FORMS if form.suffix not in (".docx", ".odt", ".eml")]


@pytest.mark.parametrize("form", _CUT, ids=lambda form: form.name)
def test_of_an_export_that_is_cut_each_article_before_the_cut_comes_out(form: Form) -> None:
    for seed in range(12):
        pick = _Chance(seed)
        made = written(pick)
        data = form.write(made, pick)
        cut = data[: random.Random(seed).randrange(len(data) // 3, len(data))]
        try:
            found = [part for part in read(form.suffix, cut) if isinstance(part, Extract)]
        except ArticleError:
            found = []
        before = [
            each for each, following in pairwise(made)
            if _said(following.paragraphs[0], form) in cut
        ]  # fmt: skip
        for story in before:
            (one,) = [each for each in found if each.title == story.title]
            assert one.day == story.day
            assert [text for text in one.text.split("\n\n") if text in story.paragraphs] == list(
                story.paragraphs
            )


def _said(text: str, form: Form) -> bytes:
    """What is sure to stand in the file where `text` does."""
    return text[text.index("frase ") :].split(" ", 2)[1].encode()
