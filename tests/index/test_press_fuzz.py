"""Whatever articles say, each sentence of an export comes out, in its own article."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.index.exported import Written, articles, escaped, nexis_article, nexis_docx
from tests.index.test_factiva import lines, page, plain, written
from tests.index.test_lexisnexis import COVER, piece
from tests.index.test_rich_text import rtf

# What a paragraph may begin with that looks like the form.
_BEGINNINGS = st.sampled_from(
    ["", "Body y alma: ", "Documento 14/2022 ", "CONDICIONES: ", "Graphic: ", "Load-Date ",
     "SERVICE: ", "El 3 mayo 2018 ", "212 palabras ", "End of Document, ", "Pregunta: ",
     "1 of 3 documents, "]
)  # fmt: skip
_WORDS = st.lists(
    st.sampled_from(
        ["tranvía", "Ñandú", "œuvre", "straße", "d’Arenal", "1.870", "«olmo»", "a&b", "—", "(sic)"]
    ),
    min_size=3,
    max_size=30,
)


@st.composite
def exports(draw: st.DrawFn) -> list[Written]:
    made = []
    for n in range(draw(st.integers(1, 4))):
        count = draw(st.integers(1, 4))
        paragraphs = tuple(
            f"{draw(_BEGINNINGS)}frase {n}-{k}x {' '.join(draw(_WORDS))} fin {n}-{k}y."
            for k in range(count)
        )
        made.append(
            Written(
                f"Titular {n} de la plaza", "La Crónica de Arenal", "3 mayo 2018",
                date(2018, 5, 3), paragraphs, number=f"CRONIC0020180503ee53{n:05}",
                section=draw(st.sampled_from(["", "LOCAL"])),
            )
        )  # fmt: skip
    return made


def _word(made: list[Written]) -> bytes:
    return nexis_docx(*map(nexis_article, made))


def _text(made: list[Written]) -> bytes:
    return (COVER + "".join(map(piece, made))).encode()


def _page(made: list[Written]) -> bytes:
    plain_text = [
        Written(**vars(each) | {"paragraphs": tuple(map(escaped, each.paragraphs))})
        for each in made
    ]
    return page(*(plain(each, "es", "Español") for each in plain_text))


def _rich(made: list[Written]) -> bytes:
    return rtf(
        "".join(
            r"\page" + "".join(rf"\pard{{\b{int(b)} {written(t)}}}\par" for t, b in lines(each))
            for each in made
        )
    )


@pytest.mark.parametrize(
    ("suffix", "export"), [(".docx", _word), (".txt", _text), (".html", _page), (".rtf", _rich)]
)
def test_every_sentence_comes_out_in_its_own_article(
    suffix: str, export: Callable[[list[Written]], bytes]
) -> None:
    @settings(deadline=None, max_examples=40)
    @given(exports())
    def check(made: list[Written]) -> None:
        found = articles(suffix, export(made))
        assert [each.title for each in found] == [each.title for each in made]
        for each, wanted in zip(found, made, strict=True):
            assert each.day == wanted.day
            paragraphs = each.text.split("\n\n")
            assert paragraphs[: len(wanted.paragraphs)] == list(wanted.paragraphs)

    check()
