"""HTML, and text that may be HTML, to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.sources.markup import html_text, plain_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("&quot;Sí&quot; al puente &#8211; R&amp;D", '"Sí" al puente – R&D'),
        ("Sube el pan<p>Baja la luz", "Sube el pan\n\nBaja la luz"),
        ("<UL><LI>pan<LI>luz</UL>Fin.", "pan\n\nluz\n\nFin."),
        ("<figure><img src='x.jpg'></figure>Texto.", "Texto."),
        ("Cien <i>años</i>", "Cien años"),
        ("Uno <b>dos</b>.\n\nTres.\r\n\r\nCuatro.", "Uno dos.\n\nTres.\n\nCuatro."),
        ("<p>Uno\n\ndos.</p>", "Uno dos."),
        ("Uno.<br>Dos.<br/>\n<br>Tres.", "Uno. Dos.\n\nTres."),
        ("&lt;p&gt;Uno.&lt;/p&gt;&lt;p&gt;Dos.&lt;/p&gt;", "Uno.\n\nDos."),
        ("<p>Uno</p><![CDATA[ si a < b ]]>", "Uno\n\nsi a < b"),
        ("<p>Uno\x0bdos &#11; tres</p>", "Uno dos tres"),
        ("<script>var a = '<p>';</script><style>p {}</style>Uno", "Uno"),
        ("en 2020<sup>2</sup>, el 1<sup>er</sup> piso", "en 2020 2, el 1er piso"),
        ("la experiencia<sup><a>1</a></sup> de 40 m<sup>2</sup>", "la experiencia 1 de 40 m2"),
        ("<sup>1</sup>Según el censo", "1 Según el censo"),
        ("<o:p>Uno</o:p> <my-note>dos</my-note> <b>tres</b>", "Uno dos tres"),
    ],
)
def test_html_becomes_its_text(value: str, text: str) -> None:
    assert plain_text(value) == text


@pytest.mark.parametrize(
    "text",
    [
        "Rates <3% in May, >10% in June",
        "If a < b and b > c, said R&D at AT&T",
        "Escriba a <ana@press.example> o vea <https://press.example>",
        "if a <b and c> d",
        "x?a=1&copy=2&lt=3",
        "  sangría\n\ty tabulador  ",
    ],
)
def test_signs_that_are_no_markup_stay(text: str) -> None:
    assert plain_text(text) == text


def test_signs_that_are_no_tags_stay_among_tags() -> None:
    value = "<p>Sube <3% en <b>mayo</b>; escriba a <ana@press.example>, si a < b.</p>"
    assert html_text(value) == "Sube <3% en mayo; escriba a <ana@press.example>, si a < b."


_WORDS = st.lists(
    st.sampled_from(["pan", "<3%", "<luz>", "a<b", "AT&T", "Perú", "10>9"]), min_size=1
)


@given(st.lists(st.tuples(st.sampled_from(["p", "li", "div", "h2", "td"]), _WORDS), min_size=1))
def test_every_word_of_a_page_comes_out(blocks: list[tuple[str, list[str]]]) -> None:
    page = "".join(f"<{tag} class='x'>{' '.join(words)}</{tag}>" for tag, words in blocks)
    assert html_text(page) == "\n\n".join(" ".join(words) for _, words in blocks)


def test_what_stands_behind_the_end_of_a_page_is_not_lost() -> None:
    page = "<html><body><p>Uno.</p></body></html>"
    assert html_text(f"{page}<p>Dos.</p>") == "Uno.\n\nDos."
    assert html_text(f"{page}\n\n{page.replace('Uno', 'Dos')}") == "Uno.\n\nDos."
