"""Numbers in words, and what they may mean."""

import pytest

from hemeroteca.rag.writer.facts import facts, missing_fact
from hemeroteca.rag.writer.numbers import in_digits, numbers


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("es", "veintiún mil asistentes", [21_000]),
        ("es", "treinta y un mil", [31_000]),
        ("es", "ciento veintiún mil", [121_000]),
        ("es", "dos mil millones", [2e9]),
        ("es", "cientos de vecinos y miles de turistas", []),
        ("es", "decenas de miles de millones", []),
        ("es", "varios centenares", []),
        ("es", "tres millones y medio", [3_500_000]),
        ("es", "3 millones y medio", [3_500_000]),
        ("es", "un millón y medio", [1_500_000]),
        ("es", "cuatro años y medio", [4.5]),
        ("es", "medio millón, medio millar y medio centenar", [500_000, 500, 50]),
        ("es", "una docena de cajas y dos docenas de botellas", [12, 24]),
        ("es", "subió un 100 %", [100]),
        ("es", "bajó un ocho por ciento", [8]),
        ("en", "two and a half million", [2_500_000]),
        ("en", "half a million", [500_000]),
        ("en", "tens of thousands, hundreds and dozens", []),
        ("en", "two dozen", [24]),
        ("en", "twelve per cent", [12]),
        ("pt", "vinte e um mil", [21_000]),
        ("pt", "centenas de pessoas, milhares de casas", []),
        ("pt", "dois milhões e meio", [2_500_000]),
        ("fr", "vingt et un mille", [21_000]),
        ("fr", "trois millions et demi", [3_500_000]),
        ("fr", "des milliers, une centaine", [100]),
        ("it", "centinaia di migliaia", []),
        ("it", "mezzo milione", [500_000]),
        ("de", "Hunderte, Tausende, Millionen", []),
        ("de", "zweieinhalb Millionen", [2_500_000]),
        ("nl", "duizenden, anderhalf miljoen", [1_500_000]),
        ("hu", "két és fél millió", []),  # a language whose number words are not read
    ],
)
def test_a_number_in_words_is_what_it_says(language: str, text: str, meant: list[float]) -> None:
    assert [max(readings) for readings in numbers(in_digits(text, language))] == meant


def test_comma_and_point_group_or_divide() -> None:
    assert numbers("1.500 1,5 2 000") == [{1500.0, 1.5}, {1.5}, {2000.0}]


@pytest.mark.parametrize(
    ("claim", "source", "fault"),
    [
        ("Acudieron 21.000 personas", "Acudieron veintiún mil personas", None),
        ("Acudieron 1.000 personas", "Acudieron veintiún mil personas", "number"),
        ("Acudieron 1.000 personas", "Acudieron miles de personas", "number"),
        ("Acudieron 100 personas", "Acudieron cientos de personas", "number"),
        ("Costó 2 millones", "Costó dos millones y medio", "number"),
        ("Costó 2,5 millones", "Costó dos millones y medio", None),
        ("Creció un 100 %", "Creció en el 100 %", None),
        ("Creció un 100 %", "Creció un 40 por ciento", "number"),
    ],
)
def test_a_number_in_words_proves_what_it_says(claim: str, source: str, fault: str | None) -> None:
    assert missing_fact(facts(claim, "es"), facts(source, "es")) == fault
