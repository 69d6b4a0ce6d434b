"""What a question means, for every caller alike."""

from datetime import date

import pytest

from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.question import QuestionError
from hemeroteca.rag.understand.paper import named_papers
from hemeroteca.rag.understand.understand import understand

LATEST = date(2025, 12, 12)
OCTOBER = Period(date(2025, 10, 1), date(2025, 10, 31))
ASKED = "¿Con quién se reunió el embajador en octubre?"


def test_a_question_is_searched_as_it_is_put() -> None:
    question = understand(f"  {ASKED} ")
    assert (question.text, question.searched, question.language) == (ASKED, ASKED, "es")
    assert not question.period  # the archive's last day is not known


def test_its_own_words_name_its_period() -> None:
    question = understand(ASKED, latest=LATEST)
    assert (question.period, question.named) == (OCTOBER, Filter(OCTOBER))


def test_a_period_that_was_chosen_counts_more() -> None:
    chosen = Filter(Period(date(2025, 11, 1)))
    question = understand(ASKED, chosen, latest=LATEST)
    assert (question.filter, question.named) == (chosen, Filter())


def test_a_follow_up_is_searched_with_what_it_follows_and_asked_of_the_same_period() -> None:
    question = understand("¿Y dónde?", history=["¿Quién ganó la liga?", ASKED], latest=LATEST)
    assert question.text == "¿Y dónde?"
    assert question.searched == f"{ASKED} ¿Y dónde?"
    assert (question.period, question.named) == (OCTOBER, Filter(OCTOBER))


def test_the_period_of_the_follow_up_itself_comes_first() -> None:
    question = understand("¿Y en noviembre?", history=[ASKED], latest=LATEST)
    assert question.period == Period(date(2025, 11, 1), date(2025, 11, 30))


def test_what_stands_alone_keeps_nothing_of_the_conversation() -> None:
    question = understand("¿Quién diseñó la sala de lectura?", history=[ASKED], latest=LATEST)
    assert question.searched == question.text
    assert not question.period


def test_what_cannot_be_asked_is_an_error() -> None:
    with pytest.raises(QuestionError, match="no words"):
        understand("¿?")


def test_the_chain_reads_the_period_and_sets_it_aside_where_nothing_answers_in_it(
    willing_chain: Chain,
) -> None:
    named = "Who met the Venezuelan ambassador in December 2025?"
    answer = willing_chain.ask(named)
    assert (answer.period.iso, bool(answer.named)) == (("2025-12-01", "2025-12-31"), True)
    assert {p.article for p in answer.passages} == {"000_e0d77ce3e9648c87"}
    assert not willing_chain.ask(named, whole=True).period
    empty = willing_chain.ask("Who met the Venezuelan ambassador in May 1999?")
    assert empty.answerable
    assert not empty.period


PAPERS = ("El País", "The Guardian", "BBC", "Times", "The Sunday Times", "La Voz de Galicia")


@pytest.mark.parametrize(
    ("question", "language", "papers"),
    [
        ("¿Qué se publicó en El País sobre el pan?", "es", ("El País",)),
        ("según el País, ¿quién ganó?", "es", ("El País",)),
        ("¿Qué pasó en el País Vasco?", "es", ()),
        ("¿Qué pasó en el país?", "es", ()),
        ("Who won, according to the BBC?", "en", ("BBC",)),
        ("What did the Guardian's owner say?", "en", ()),
        ("What stands in the Sunday Times?", "en", ("The Sunday Times",)),
        ("¿Quién dirige La Voz de Galicia?", "es", ()),
        ("Wer gewann laut Guardian?", "de", ("The Guardian",)),
        ("Que disse a BBC?", "pt", ()),
        ("O que saiu na BBC?", "pt", ("BBC",)),
        ("Who won in Le Monde?", "en", ()),
    ],
)
def test_a_paper_that_the_archive_has_is_understood(
    question: str, language: str, papers: tuple[str, ...]
) -> None:
    assert named_papers(question, language, PAPERS) == papers


def test_a_paper_is_named_in_every_spelling_that_the_archive_has_of_it() -> None:
    papers = ["El Pais", "El País", "País Libre"]
    assert named_papers("¿Qué dijo ayer en El País?", "es", papers) == ("El Pais", "El País")


def test_what_a_question_names_of_its_filter_can_be_told_from_what_was_chosen() -> None:
    question = understand("¿Quién ganó, según la BBC?", papers=PAPERS)
    assert question.filter == question.named == Filter(papers=("BBC",))
    chosen = Filter(papers=("El País",))
    question = understand("¿Quién ganó, según la BBC?", chosen, papers=PAPERS)
    assert (question.filter, question.named) == (chosen, Filter())


TODAY = date(2026, 11, 28)  # a Saturday


@pytest.mark.parametrize(
    ("question", "language", "first", "last"),
    [
        ("¿A quién recibió ayer?", "es", "2026-11-27", "2026-11-28"),
        ("¿A quién recibió la semana pasada?", "es", "2026-11-16", "2026-11-22"),
        ("Who did she receive last month?", "en", "2026-10-01", "2026-10-31"),
        ("Wen empfing sie am Dienstag?", "de", "2026-11-24", "2026-11-25"),
        ("Кого она приняла вчера?", "ru", "2026-11-27", "2026-11-28"),
        ("A qui va rebre ahir?", "ca", "2026-11-27", "2026-11-28"),
        ("¿Qué pasó hoy?", "es", "2026-11-28", "2026-11-28"),
        ("¿Qué pasó a principios de 2020?", "es", "2020-01-01", "2020-04-30"),
        ("¿Qué pasó a finales del año pasado?", "es", "2025-09-01", "2025-12-31"),
        ("What happened at the end of last month?", "en", "2026-10-21", "2026-10-31"),
        ("Que s'est-il passé au début de cette année ?", "fr", "2026-01-01", "2026-04-30"),
        ("Què va passar a principis del 2020?", "ca", "2020-01-01", "2020-04-30"),
        ("O que votou a Câmara na terça-feira?", "pt", "2026-11-24", "2026-11-25"),
        ("Zer onartu zuen udalak asteartean?", "eu", "2026-11-24", "2026-11-25"),
        ("Zer gertatu zen joan den astean?", "eu", "2026-11-16", "2026-11-22"),
        ("¿Qué pasó a finales de mayo de 2020?", "es", "2020-05-21", "2020-05-31"),
        ("¿Cuánto creció en el primer trimestre de 2021?", "es", "2021-01-01", "2021-03-31"),
        ("How much did it grow in the first quarter?", "en", "2026-01-01", "2026-03-31"),
        ("Wie viel wuchs sie Anfang 2020?", "de", "2020-01-01", "2020-04-30"),
    ],
)
def test_a_question_names_days_by_today(
    question: str, language: str, first: str, last: str
) -> None:
    asked = understand(question, latest=TODAY, expected=[language], today=TODAY)
    assert asked.period.iso == (first, last)
    assert asked.named == asked.filter


def test_of_days_by_today_an_archive_that_has_none_is_asked_of_all_it_has(
    willing_chain: Chain,
) -> None:
    assert not willing_chain.ask("¿Quién ganó ayer?").period


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("es", "¿Quién cantaba en los años 60?", "1960-01-01", "1969-12-31"),
        ("es", "¿Quién cantaba en los años setenta?", "1970-01-01", "1979-12-31"),
        ("es", "¿Qué llovió desde la segunda mitad de 2012?", "2012-07-01", ""),
        ("es", "¿Qué llovió hasta principios de 2014?", "", "2014-04-30"),
        ("es", "¿Qué llovió en la primera semana de abril de 2018?", "2018-04-01", "2018-04-07"),
        ("es", "¿Qué llovió en la primera quincena de junio?", "2021-06-01", "2021-06-15"),
        ("es", "¿Qué llovió el invierno pasado?", "2020-12-01", "2021-02-28"),
        ("es", "¿Qué llovió en los últimos diez días?", "2021-08-08", ""),
        ("en", "Which ships sank before the 1930s?", "", "1929-12-31"),
        ("en", "Which ships sank in the summer of 1998?", "1998-06-01", "1998-08-31"),
        ("en", "Which ships sank in the past two weeks?", "2021-08-04", ""),
        ("de", "Wer sang in den siebziger Jahren?", "1970-01-01", "1979-12-31"),
        ("de", "Was brannte in der ersten Maiwoche?", "2021-05-01", "2021-05-07"),
        ("fr", "Qui chantait dans les années soixante ?", "1960-01-01", "1969-12-31"),
        ("it", "Chi cantava negli anni settanta?", "1970-01-01", "1979-12-31"),
        ("pt", "Quem cantava na década de 1970?", "1970-01-01", "1979-12-31"),
        ("gl", "Quen cantaba na segunda metade de 2011?", "2011-07-01", "2011-12-31"),
        ("ca", "Qui cantava l’estiu passat?", "2020-06-01", "2020-08-31"),
        ("nl", "Wie zong in de jaren 70?", "1970-01-01", "1979-12-31"),
        ("ru", "Кто пел прошлым летом?", "2020-06-01", "2020-08-31"),
    ],
)
def test_spans_of_years_and_months_are_periods(
    language: str, text: str, first: str, last: str
) -> None:
    day = date(2021, 8, 18)
    period = understand(text, latest=day, expected=[language], today=day).filter.period
    assert tuple(each or "" for each in period.iso) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "Who was in his 40s?",
        "¿Quién tenía 60 años?",
        "¿Cuántos años 12 meses?",
        "Who won the first half?",
        "¿Quién fue al veinte aniversario?",
    ],
)
def test_what_is_no_span_of_years_is_no_period(text: str) -> None:
    day = date(2021, 8, 18)
    found = understand(text, latest=day, expected=["es", "en"], today=day)
    assert not found.filter.period


def test_a_title_in_a_question_names_no_day() -> None:
    for text in ('¿Quién escribió "Ayer y hoy"?', "Who wrote “Yesterday”?"):
        assert not understand(text, latest=LATEST, today=date(2026, 11, 28)).period
