"""Text to full-text terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.text.terms import are_cognate, cognates, fold, terms


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("José", "jose", "es"),
        ("José", "Jose\u0301", "es"),  # composed and decomposed
        ("PERÚ", "peru", "es"),
        ("embajadores", "embajador", "es"),
        ("meetings", "meeting", "en"),
        ("Häuser", "haus", "de"),
        ("ＦＵＬＬ", "full", "en"),
        ("послами", "послов", "ru"),
        ("Зеле\u0301нский", "Зеленский", "ru"),  # stress
        ("الرَّئِيسُ", "الرئيس", "ar"),  # vowels, as school books and scripture write them
        ("مُحَــمَّد", "محمد", "ar"),
        ("מֶמְשָׁלָה", "ממשלה", "he"),
        ("İstanbul", "istanbul", "tr"),
        ("ISPARTA", "Isparta", "tr"),
        ("İstanbul", "istanbul", "en"),
        ("Mon\u00adte\u200bvi\ufeffdeo", "Montevideo", "es"),  # what cannot be seen
        ("ब\u200dड़ा", "बड़ा", "hi"),
        ("ज़मीन", "जमीन", "hi"),
    ],
)
def test_forms_of_a_word_are_one_term(one: str, other: str, language: str) -> None:
    assert terms(one, language) == terms(other, language)


@pytest.mark.parametrize(
    ("language", "pairs"),
    [
        (
            "es",
            "mujer mujeres, año años, dólar dólares, líder líderes, joven jóvenes, imagen "
            "imágenes, taller talleres, hogar hogares, día días, río ríos, voz voces, juez jueces, "
            "último últimos, próxima próximas, préstamo préstamos, ojo ojos, isla islas, "
            "tarea tareas, ciudad ciudades, alemán alemanes, almacén almacenes, millón millones, "
            "país países, examen exámenes, régimen regímenes, robot robots, test tests, "
            "ley leyes, mes meses, cáncer cánceres, red redes, bar bares, inglés ingleses",
        ),
        (
            "pt",
            "mulher mulheres, ano anos, homem homens, nação nações, hospital hospitais, papel "
            "papéis, fácil fáceis, dia dias, lei leis, gol gols, pão pães, vez vezes",
        ),
        ("gl", "muller mulleres, ano anos, voz voces, camión camións, social sociais, casa casas"),
        ("ca", "nació nacions, cançó cançons, dòlar dòlars, ordre ordres, llei lleis, dia dies"),
        ("it", "anno anni, lago laghi, parco parchi, uomo uomini"),
        ("en", "woman women, policeman policemen, child children, bus buses"),
    ],
)
def test_a_plural_is_one_term_with_its_singular(language: str, pairs: str) -> None:
    for pair in pairs.split(", "):
        singular, plural = (terms(word, language) for word in pair.split())
        assert singular == plural, pair


@pytest.mark.parametrize(
    "forms", ["hablábamos hablaba", "habíamos había", "hubiésemos hubiese", "vivimos vivir"]
)
def test_a_verb_that_ends_like_a_plural_keeps_its_stem(forms: str) -> None:
    plural, other = (terms(word, "es") for word in forms.split())
    assert plural == other


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("प्रधानमंत्री नरेंद्र मोदी", "hi", 3),
        ("প্রধানমন্ত্রী শেখ হাসিনা", "bn", 3),
        ("பிரதமர் நரேந்திர மோடி", "ta", 3),
        ("❤️ 3️⃣ 👩\u200d👧", "es", 1),
    ],
)
def test_marks_part_no_word(text: str, language: str, count: int) -> None:
    assert len(terms(text, language)) == count


def test_words_that_differ_in_a_vowel_sign_are_two() -> None:
    assert terms("कमल", "hi") != terms("कोमल", "hi")
    assert terms("कर्म", "hi") != terms("करम", "hi")
    assert terms("สุข", "th") != terms("สข", "th")


def test_stems_belong_to_a_language() -> None:
    assert terms("meetings", "en") == ["meet"]
    assert terms("meetings", "vi") == ["meetings"]  # no Snowball stemmer: the whole word


def test_terms_keep_the_order_and_leave_out_marks() -> None:
    assert terms("¿Qué? F/A-18, 3.14", "vi") == ["que", "f", "a", "18", "3", "14"]
    assert terms("😀 … ¿?", "es") == []


def test_scripts_without_blanks_give_pairs() -> None:
    assert terms("政府昨日", "zh") == ["政府", "府昨", "昨日"]
    assert terms("雨", "ja") == ["雨"]
    assert terms("NHK放送局2025", "ja") == ["nhk", "放送", "送局", "2025"]


def test_fold_takes_accents_off() -> None:
    assert fold("José Perú Ångström ñandú") == "Jose Peru Angstrom nandu"
    assert fold("ガラス कर्म 한국") == "ガラス कर्म 한국"  # none of which are accents


@given(st.text(), st.sampled_from(["ar", "de", "en", "es", "hi", "ja", "th", "tr", "zh"]))
def test_a_term_has_no_blanks_in_any_text(text: str, language: str) -> None:
    # The index splits terms at blanks, so a blank in one would make two of it.
    assert all(term.split() == [term] for term in terms(text, language) if term)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("photography", "fotografía"),
        ("Путин", "Putin"),
        ("Дональд", "Donald"),
        ("Αθήνα", "Athinai"),
        ("Commission", "comisión"),
        ("structure", "estructura"),
        ("history", "historia"),
        ("Jordan", "Jordania"),
        ("2025", "٢٠٢٥"),
        ("Мельниченко", "Melnychenko"),  # transcribed, ь is an apostrophe
        ("Mun\u0303oz Pe\u0301rez", "Muñoz Pérez"),  # decomposed and composed
        ("मोदी", "Modi"),
        ("Fer\u00adnández", "Fernández"),
    ],
)
def test_cognates_share_their_beginning(one: str, other: str) -> None:
    assert cognates(one) == cognates(other)


def test_cognates_leave_out_what_says_little() -> None:
    assert cognates("the el 5 on") == ["5"]
    assert cognates("政府 2025") == ["2025"]
    assert cognates("😀 … ¿?") == []


@given(st.text())
def test_cognates_are_short_and_without_blanks(text: str) -> None:
    assert all(head.isdigit() or (0 < len(head) <= 5 and head.isalnum()) for head in cognates(text))


@pytest.mark.parametrize(
    ("one", "other", "cognate"),
    [
        ("partido", "partits", True),
        ("fotografía", "photography", True),
        ("parlamento", "Parlamentspräsident", True),
        ("Путина", "Putin", True),
        ("particular", "partits", False),
        ("internacional", "internet", False),
        ("mina", "mañana", False),
    ],
)
def test_cognates_are_alike_beyond_their_beginning(one: str, other: str, cognate: bool) -> None:
    assert are_cognate(one, other) == cognate
