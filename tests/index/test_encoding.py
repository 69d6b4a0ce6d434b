"""Bytes to text."""

import pytest

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.encoding import decode

SENTENCES = [
    ("cp1252", "El señor Muñoz dijo que la situación económica del país es difícil. ¿Y mañana?"),
    ("cp1252", "O presidente não falou à imprensa sobre a situação da educação e da saúde ontem."),
    ("cp1252", "Il presidente ha detto che la città è più sicura perché c'è più polizia, così."),
    ("cp1252", "Regeringen föreslår nya åtgärder för att öka tillväxten i länet, säger många."),
    ("cp1250", "Prezydent powiedział wczoraj, że rząd przyjął ustawę, która zmieni życie ludzi."),
    ("cp1254", "Cumhurbaşkanı dün ekonomik durumun zor olduğunu söyledi; yağmur yağıyor, dedi."),
    ("cp1257", "Prezidentas vakar pasakė, kad ekonominė padėtis yra sunki, o įstatymas priimtas."),
    ("cp1251", "Президент заявил вчера, что экономика страны находится в хорошем состоянии."),
    ("shift_jis", "政府は昨日、新しい経済対策を発表した。首相は国会で演説した。国民は驚いた。"),
    ("utf-16", "El señor Muñoz dijo que la situación económica del país es difícil."),
]


@pytest.mark.parametrize(("encoding", "sentence"), SENTENCES)
def test_a_sentence_is_enough_to_tell_its_encoding(encoding: str, sentence: str) -> None:
    assert decode(sentence.encode(encoding)) == sentence


def test_what_is_declared_is_believed_only_if_it_can_be() -> None:
    text = "El señor Muñoz dijo que la situación económica del país es difícil. ¿Y mañana?"
    assert decode("año".encode("latin-1"), "latin-1") == "año"
    assert decode("año".encode(), "latin-1") == "año"  # UTF-8 in spite of what it says
    for declared in ("ascii", "no-such-encoding"):
        assert decode(text.encode("cp1252"), declared) == text


def test_a_few_bytes_tell_nothing() -> None:
    with pytest.raises(ArticleError, match=r"is not UTF-8 text \(byte 3\): save it as UTF-8"):
        decode("José".encode("latin-1"))
