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


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("288,4 milioni di euro", "it", 288.4e6),
        ("circa 40 miliardi di dollari", "it", 40e9),
        ("oltre 20mila persone", "it", 20e3),
        ("un crèdit de 6 milions d'euros", "ca", 6e6),
        ("2.000 milions de pessetes", "ca", 2e9),
        ("dos mil milions", "ca", 2e9),
        ("unes 20 mil persones", "ca", 20e3),
        ("uns 2,5 millóns de euros", "gl", 2.5e6),
        ("tres millóns", "gl", 3e6),
        ("6,8 billones de pesetas", "es", 6.8e12),
        ("dos billones", "es", 2e12),
        ("3 Mio. Euro", "de", 3e6),
        ("2,5 Mrd. Euro", "de", 2.5e9),
        ("2 Billionen Euro", "de", 2e12),
        ("3 trillion dollars", "en", 3e12),
        ("$2.3bn", "en", 2.3e9),
        ("£23bn", "en", 23e9),
        ("3 млн рублей", "ru", 3e6),
        ("2,5 млрд рублей", "ru", 2.5e9),
        ("2 biljoen euro", "nl", 2e12),
        ("4 trilhões de reais", "pt", 4e12),
        ("dio 0'5 gramos", "es", 0.5),
        ("fins a 2´70 euros", "ca", 2.7),
        ("1'500'000 Franken", "de", 1.5e6),
    ],
)
def test_figures_have_the_scale_that_stands_behind_them(
    text: str, language: str, number: float
) -> None:
    (readings,) = numbers(in_digits(text, language))
    assert any(reading == pytest.approx(number) for reading in readings), readings


@pytest.mark.parametrize(
    ("claim", "source", "language"),
    [
        ("Costerà 40 milioni.", "Costerà 40 miliardi.", "it"),
        ("Costarà 6 milions.", "Costarà 6 mil.", "ca"),
        ("Custará 3 millóns.", "Custará 3 mil.", "gl"),
        ("Es kostet 3 Mio. Euro.", "Es kostet 3 Mrd. Euro.", "de"),
        ("Debe 2 millones.", "Debe 2 billones.", "es"),
        ("Это стоит 3 млн рублей.", "Это стоит 3 млрд рублей.", "ru"),
        ("Dio 0,5 gramos.", "Dio 5 gramos, no 0'3.", "es"),
    ],
)
def test_a_figure_of_another_scale_is_another(claim: str, source: str, language: str) -> None:
    assert missing_fact(facts(claim, language), facts(source, language)) == "number"
    assert missing_fact(facts(source, language), facts(source, language)) is None
