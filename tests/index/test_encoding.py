"""Bytes to text."""

import pytest

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.encoding import decode, decode_lines

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


def test_a_short_sentence_in_latin_script_is_read() -> None:
    assert decode("La reunión duró tres horas".encode("cp1252")) == "La reunión duró tres horas"


def test_what_shifts_between_ascii_and_others_is_no_ascii() -> None:
    text = "東京の市長は昨日、新しい橋を開通させた。"
    assert decode(text.encode("iso-2022-jp"), "iso-2022-jp") == text


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("iso-8859-1", "cp1252", "Dijo “no” – 300 €…"),
        ("Latin1", "cp1252", "Dijo “no” – 300 €…"),
        ("us-ascii", "cp1252", "Dijo “no” – 300 €…"),
        ("iso-8859-9", "cp1254", "İzmir’de “yağmur” 300 €"),
        ("tis-620", "cp874", "รัฐบาล “ประกาศ”"),
        ("gb2312", "gbk", "朱镕基会见了外宾"),
        ("x-sjis", "cp932", "①首相は髙橋氏と"),
        ("ks_c_5601-1987", "cp949", "똠방각하 대통령"),
    ],
)
def test_a_label_means_what_browsers_take_it_for(label: str, encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), label) == text


@pytest.mark.parametrize("label", ["unicode_escape", "rot13", "hex", "utf-7", "utf-16", "no-such"])
def test_a_label_of_no_encoding_of_text_is_not_believed(label: str) -> None:
    with pytest.raises(ArticleError):
        decode("José".encode("latin-1"), label)


def test_one_bad_line_is_read_by_itself_and_named() -> None:
    good, bad = "Muñoz dijo “sí” en Cádiz.\n", "Añil y piña en Cádiz.\n"
    decoded = decode_lines(good.encode() * 9 + bad.encode("cp1252") + good.encode())
    assert decoded.text == good * 9 + bad + good
    assert decoded.stray == {10}
    assert "line 10" in str(decoded.notes[0])
    assert decode_lines(good.encode()).notes == ()


def test_a_stray_byte_within_a_line_is_read_by_itself() -> None:
    good = "Muñoz dijo “sí” en Cádiz. "
    assert decode(good.encode() * 3 + b"\xa9 2024") == good * 3 + "© 2024"


def test_a_last_letter_that_is_cut_is_left_out() -> None:
    assert decode("Muñoz vuelve a España".encode() * 3 + "ñ".encode()[:1]) == (
        "Muñoz vuelve a España" * 3
    )


def test_a_mark_tells_the_encoding_of_however_few_bytes() -> None:
    for encoding in ("utf-16", "utf-32", "utf-8-sig"):
        assert decode("José".encode(encoding)).removeprefix("\ufeff") == "José"
