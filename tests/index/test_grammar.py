"""The grammar of searches."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.period import Period
from hemeroteca.index.search.days import DaysError
from hemeroteca.index.search.grammar import MOST_CHARACTERS, SearchError, parse
from hemeroteca.index.search.query import (
    All,
    Any,
    Days,
    Language,
    Near,
    Node,
    Not,
    Pattern,
    Phrase,
    Query,
    Recognised,
    Word,
)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", All()),
        ("  \t", All()),
        ("*", All()),
        ("Puebla", Word("Puebla")),
        ("uno dos", All((Word("uno"), Word("dos")))),
        ("uno AND dos", All((Word("uno"), Word("dos")))),
        ("uno OR dos tres", Any((Word("uno"), All((Word("dos"), Word("tres")))))),
        ("uno NOT dos", All((Word("uno"), Not(Word("dos"))))),
        ("uno -dos +tres", All((Word("uno"), Not(Word("dos")), Word("tres")))),
        ("-(uno dos)", Not(All((Word("uno"), Word("dos"))))),
        ("NOT NOT uno", Word("uno")),
        ('"La Casa"', Phrase(("la", "casa"))),
        ("“la casa” «el río»", All((Phrase(("la", "casa")), Phrase(("el", "rio"))))),
        ('"la casa"~3', Phrase(("la", "casa"), gaps=3)),
        ('"presidente del gob*"', Phrase(("presidente", "del", "gob"), open=True)),
        ('"gob*"', Pattern("gob*")),
        ("embaj*", Pattern("embaj*")),
        ("em*dor", Pattern("em*dor")),
        ("EMBAJ*", Pattern("embaj*")),
        ("embajdaor~", Near("embajdaor", 2)),
        ("casa~", Near("casa", 1)),
        ("casa~2", Near("casa", 2)),
        ("title:Puebla", Word("Puebla", "title")),
        ("titular:(uno OR dos)", Any((Word("uno", "title"), Word("dos", "title")))),
        ('paper:"El País"', Phrase(("el", "pais"), "paper")),
        ("-autor:Quishpe", Not(Word("Quishpe", "author"))),
        ("sección:Salud", Word("Salud", "section")),
        ("language:ES", Language("es")),
        ("ocr:80..100", Recognised(80, 100)),
        ("ocr:>80 -ocr:<=95", All((Recognised(81, 100), Not(Recognised(0, 95))))),
        # What other parsers fail at.
        ("O'Donnell", Phrase(("o", "donnell"))),
        ("12:30", Phrase(("12", "30"))),
        ("Madrid: reunión", All((Word("Madrid"), Word("reunión")))),
        ("covid-19", Phrase(("covid", "19"))),
        ("O'Don*", Phrase(("o", "don"), open=True)),
        ("-2020", Not(Word("2020"))),
        ("uno - dos — tres", All((Word("uno"), Word("dos"), Word("tres")))),
        ("¿Quién ganó?", All((Word("Quién"), Word("ganó")))),
        ("title: Puebla", All((Word("title"), Word("Puebla")))),
        ("() uno", Word("uno")),
        ("日本語", Phrase(("日本", "本語"))),
    ],
)
def test_what_a_search_says(text: str, root: Node) -> None:
    assert parse(text).root == root


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-02-03", date(2020, 2, 3), date(2020, 2, 3)),
        ("2020-2-3", date(2020, 2, 3), date(2020, 2, 3)),
        ("2020..2021-03", date(2020, 1, 1), date(2021, 3, 31)),
        ("2020..", date(2020, 1, 1), None),
        ("..2020-06", None, date(2020, 6, 30)),
        (">2020-03", date(2020, 4, 1), None),
        (">=2020-03", date(2020, 3, 1), None),
        ("<2020-03", None, date(2020, 2, 29)),
        ("<=2020-03", None, date(2020, 3, 31)),
        (">9999", date(9999, 12, 31), None),
    ],
)
def test_days(text: str, first: date | None, last: date | None) -> None:
    assert parse(f"date:{text}").root == Days(Period(first, last))
    assert parse(f'fecha:"{text}"').root == Days(Period(first, last))


def test_the_undated_can_be_asked_for() -> None:
    assert parse("date:none").root == parse("fecha:sin").root == Days(undated=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("AND OR NOT", "AND stands between two words"),
        ("OR uno", "OR stands between two words"),
        ("uno OR", "OR stands between two words"),
        ("uno AND", "AND stands between two words"),
        ("uno AND OR dos", "AND stands between two words"),
        ("NOT", "NOT stands before a word"),
        ("- ? !", "has no words"),
        ("😀", "has no words"),
        ('"uno dos', "quotation mark before 'uno dos' is not closed"),
        ("(uno", "is not closed"),
        ("uno)", "that was not opened"),
        ("(" * 25 + "uno" + ")" * 25, "more than 20 deep"),
        ("a*", "at least 2 letters"),
        ("*-*", "has no words"),
        ("uno-d*s", "among several words"),
        ('"u*o dos"', "before its end"),
        ("casa~3", "at most 2 letters may differ"),
        ("casa~99999999999999999999", "at most 2 letters may differ"),
        ("uno-dos~", "behind one word"),
        ('"uno dos"~999', "at most 50 words"),
        ("date:(2020)", "takes one value"),
        ("ocr:good", "is no share of a scan's words"),
        ("uno " * 300, "more than 200 words"),
        ("a" * 10_000, "at most 2,000 are searched"),
        ("\udce9", "no text"),
    ],
)
def test_what_is_wrong_is_explained(text: str, said: str) -> None:
    with pytest.raises(SearchError, match=said.replace("(", r"\(")):
        parse(text)


@pytest.mark.parametrize(
    "text", ["2020-13", "2020-02-30", "marzo", "15/03/2020", "..", "2021..2020", "0000", ">"]
)
def test_days_that_are_none_are_explained(text: str) -> None:
    with pytest.raises(DaysError, match=r"write (date:2020|the earlier day first)"):
        parse(f"date:{text}")


def test_a_field_that_is_none_is_said_to_be() -> None:
    query = parse("titel:Puebla")
    assert query.root == All((Word("titel"), Word("Puebla")))
    assert [str(note) for note in query.notes] == [
        "“titel:” is no field and was searched as a word; the fields are title, paper, author, "
        "section, person, place, organisation, date, language, ocr."
    ]
    assert not parse("Madrid:reunión http://example.org 12:30").notes


def test_what_is_wanted_is_told_from_what_is_not() -> None:
    query = parse('uno (dos OR "tres cuatro") -cinco date:2020 -(seis siete)')
    assert query.leaves == [Word("uno"), Word("dos"), Phrase(("tres", "cuatro"))]
    assert query.words == "uno dos tres cuatro"


def _parsed_or_explained(text: str) -> None:
    with contextlib.suppress(HemerotecaError):
        assert isinstance(parse(text), Query)


@given(st.text(st.sampled_from(" ab*~\"()-+:ANDORT«»'01é日.>=<"), max_size=40))
def test_any_text_is_a_search_or_explained(text: str) -> None:
    _parsed_or_explained(text)


@pytest.mark.parametrize("sign", ["(", '"', "-", "NOT ", "title:", "a OR ", "( -", "~", "*"])
def test_as_much_as_may_be_searched_is_no_burden(sign: str) -> None:
    text = (sign * MOST_CHARACTERS)[:MOST_CHARACTERS]
    _parsed_or_explained(text)


@pytest.mark.parametrize("text", ["date:", "title: huelga", "huelga person: Ruiz", "idioma:"])
def test_a_field_with_nothing_behind_it_is_a_word_and_that_is_said(text: str) -> None:
    [note] = parse(text).notes
    assert "has a blank behind it and was searched as a word" in str(note)
    assert not parse("Fecha: 12 de mayo").notes  # no field, but a word before a colon


def test_an_asterisk_alone_is_whatever_there_is_of_a_field() -> None:
    assert parse("*").root == All()
    assert parse("author:*").root == Pattern("*", "author")
