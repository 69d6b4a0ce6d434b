"""Where sentences end."""

import pytest

from hemeroteca.index.text.sentences import sentence_spans


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("es", ["El n.º 2 de la lista renunció.", "Vive en la calle Luna, n.º 8, 4.º B.", "Fin."]),
        ("es", ["Cierra el 1.º de agosto.", "Ganó la M.ª Luisa Ortega.", "Quedó la 3.ª en meta."]),
        ("es", ["D. Andrés llegó tarde.", "F. Ruiz también."]),
        ("es", ["La junta votó que no.", "El resto calló.", "¿Y tú?", "Todo va bien.", "«Ya»."]),
        ("es", ["Se bañan en el mar.", "Nadie vota en contra.", "Ayer fue el 3 de mar. de 1990."]),
        ("pt", ["O n.º 4 da lista saiu.", "Gosta de art.", "Depois foi."]),
        ("gl", ["O n.º 4 da lista marchou.", "Quedou sen.", "Despois foi."]),
        ("ca", ["Va dir que no.", "Després va marxar."]),
        ("de", ["Sie kennt mich.", "Dann ging sie."]),
        ("sv", ["Jag vill ha det.", "Sedan gick hon.", "Nu."]),
        ("en", ["He answered no.", "The others left.", "It was No. 5 on the list."]),
    ],
)
def test_a_sentence_ends_where_it_does(language: str, sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in sentence_spans(text, language)] == sentences


def test_what_lies_before_the_start_is_left_out() -> None:
    text = "Título. \n\n El n.º 2 dijo que no. Los demás, también."
    spans = sentence_spans(text, "es", 8)
    assert [text[s:e] for s, e in spans] == ["El n.º 2 dijo que no.", "Los demás, también."]
