"""Tables, quoted well and badly."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract, Part, Rejected
from hemeroteca.index.sources.formats.registry import FORMATS

HEAD = "id,date,title,text\n"


def parts(data: str | bytes, suffix: str = ".csv") -> list[Part]:
    data = data.encode() if isinstance(data, str) else data
    return list(FORMATS[suffix].extracts(io.BytesIO(data), suffix))


def articles(data: str | bytes) -> dict[str, Extract]:
    return {part.key: part for part in parts(data) if isinstance(part, Extract)}


def texts(data: str | bytes) -> dict[str, str]:
    return {key: part.text for key, part in articles(data).items()}


def notes(part: Part) -> list[str]:
    return [str(note) for note in part.notes] if isinstance(part, Extract) else []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("said", ["", "sep=;", '"sep=;"', "SEP=;"])
def test_a_first_line_may_name_what_parts_values(end: str, said: str) -> None:
    lines = [said, "id;date;title, short;text", '1;2024-05-06;"Uno";"El pan; la luz, caros."', ""]
    assert texts("\ufeff" + end.join(filter(None, lines))) == {"1": "El pan; la luz, caros."}


@pytest.mark.parametrize("escaped", ['\\"no hay\\"', '""no hay""'])
def test_quotes_within_quotes_are_doubled_or_behind_a_backslash(escaped: str) -> None:
    row = f'1,2024-05-06,"Uno","Dijo: {escaped}, y se fue."\n2,2024-05-06,Dos,"Otro \\\\ texto."\n'
    found = texts(HEAD + row)
    assert found["1"] == 'Dijo: "no hay", y se fue.'
    assert len(found) == 2


def test_values_too_many_for_the_names_are_parts_of_the_text() -> None:
    (part,) = parts(HEAD + "1,2024-05-06,Uno,Dijo que no, y se fue, a pie.\n")
    assert isinstance(part, Extract)
    assert part.text == "Dijo que no, y se fue, a pie."
    assert notes(part) == [
        "has more values than names: those after its text began were joined to it"
    ]
    (part,) = parts("id,text,section\n1,Dijo que no, y se fue.,Local\n")
    assert isinstance(part, Extract)
    assert part.text == "Dijo que no, y se fue."
    (part,) = parts(HEAD + "1,2024-05-06,Uno,Dijo que no.,,\n")
    assert notes(part) == []


def test_a_quote_that_is_not_closed_spoils_its_own_line_only() -> None:
    rows = [
        '1,2024-05-01,Uno,"Primera noticia."',
        '2,2024-05-02,"Dos,Segunda noticia.',
        "3,2024-05-03,Tres,Tercera noticia.",
        '4,2024-05-04,Cuatro,"Cuarta, sin cerrar.',
        '5,2024-05-05,"Cinco","Quinta ""noticia""."',
        '6,2024-05-06,Seis,Sexta noticia."',
    ]
    found = articles(HEAD + "\n".join(rows) + "\n")
    assert {key: part.text for key, part in found.items()} == {
        "1": "Primera noticia.",
        "2": "Segunda noticia.",
        "3": "Tercera noticia.",
        "4": '"Cuarta, sin cerrar.',
        "5": 'Quinta "noticia".',
        "6": 'Sexta noticia."',
    }
    assert [key for key, part in found.items() if part.notes] == ["2", "4"]
    assert all("has quotes that are not closed" in notes(found[key])[0] for key in "24")


def test_a_quote_closed_by_chance_swallows_no_rows() -> None:
    rows = '1,2024-05-01,Uno,"Primera.\n2,2024-05-02,Dos,Segunda.\n33,2024-05-03,Tres,Tercera"\n'
    assert list(texts(HEAD + rows)) == ["1", "2", "33"]


def test_quotes_within_a_quoted_text_stay_in_it() -> None:
    rows = '1,2024-05-01,"Uno, dos","El "gran" día, dijo.\n\nY "se fue", a pie."\n'
    rows += '2,2024-05-02,Dos,"Otra noticia."\n'
    found = articles(HEAD + rows)
    assert found["1"].text == 'El "gran" día, dijo.\n\nY "se fue", a pie.'
    assert found["1"].title == "Uno, dos"
    assert found["2"].text == "Otra noticia."
    assert found["1"].notes
    assert not found["2"].notes


def test_lines_in_another_encoding_are_read_and_noted() -> None:
    good = "Muñoz y Peña firmaron “el acuerdo” en Bogotá según la ministra."
    rows = [f"{n},2024-05-06,T,{good}" for n in range(1, 60)]
    data = (HEAD + "\n".join(rows)).encode() + "\n60,2024-05-06,T,Añil y piña en Cádiz.".encode(
        "cp1252"
    )
    found = articles(data)
    assert [part.text for part in found.values()] == [*[good] * 59, "Añil y piña en Cádiz."]
    assert [str(part.where) for part in found.values() if part.notes] == ["line 61"]


def test_a_row_without_text_is_named_by_its_line() -> None:
    (first, second) = parts(HEAD + '1,2024-05-06,"Uno\n\ndos",\n2,2024-05-06,Dos,Texto.\n')
    assert isinstance(first, Rejected)
    assert f"{first.where}: {first.reason}".startswith("line 2: has no text")
    assert str(second.where) == "line 5"


def test_the_latest_of_one_id_counts() -> None:
    rows = "a,2024-05-06,T,Nueva.\nb,2024-05-05,T,Otra.\na,2024-05-05,T,Vieja.\n"
    assert texts(HEAD + rows) == {"a": "Nueva.", "b": "Otra."}


def test_one_row_proves_the_order_of_day_and_month_for_its_table() -> None:
    rows = "1,03/04/2025,T,The government announced measures.\n2,25/04/2025,T,Nothing else.\n"
    assert [str(part.day) for part in articles(HEAD + rows).values()] == [
        "2025-04-03",
        "2025-04-25",
    ]


@pytest.mark.parametrize(
    "data", ['"' * 400_000, '1,2,"a\n' * 50_000, 'a,"\n' * 100_000, '"a""\n' * 100_000]
)
def test_quotes_without_end_are_refused_soon(data: str) -> None:
    assert all(isinstance(part, Rejected) for part in parts(HEAD + data))


_CELLS = st.lists(st.sampled_from([*'aé ,;"\n\t|', "ñandú ", "2024-05-06", '""']), min_size=1).map(
    lambda pieces: f"Dice {''.join(pieces)} ayer"
)


@given(
    st.lists(st.tuples(_CELLS, _CELLS), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\r\n", "\n"]),
)
def test_every_sentence_of_a_table_comes_out(
    cells: list[tuple[str, str]], delimiter: str, quoting: int, end: str
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerow(["id", "title", "text"])
    for n, (title, text) in enumerate(cells):
        writer.writerow([n, title, text])
    found = parts(file.getvalue())
    assert [part.text for part in found if isinstance(part, Extract)] == [text for _, text in cells]
    assert [part.title for part in found if isinstance(part, Extract)] == [t for t, _ in cells]
    assert not any(notes(part) for part in found)


@pytest.mark.parametrize("rest", ["", "7,Otro"])
def test_a_text_where_the_names_should_stand_is_not_lost_in_silence(rest: str) -> None:
    """Found by benchmarks/fuzz.py: the line end behind the names was gone."""
    text = "El pleno votó ayer la ordenanza. " * 9
    with pytest.raises(ArticleError, match="begins with no line of names"):
        parts(f'id,title,te1,2024-05-06,Uno,"{text}"{rest}\n')


def test_of_two_columns_of_one_name_no_text_is_lost() -> None:
    found, other = parts("id,text,text\n1,Uno.,Dos.\n2,,Tres.\n")
    assert isinstance(found, Extract)
    assert isinstance(other, Extract)
    assert (found.text, other.text) == ("Uno.\n\nDos.", "Tres.")
    assert notes(found) == ["has several of 'text': all texts are read, else the first"]
    assert notes(other) == []


@pytest.mark.parametrize("before", ["", "\n", "\r\n \r\n", "\t\n\n", "\nsep=,\n\n"])
def test_blank_lines_before_the_names_are_none(before: str) -> None:
    assert texts(f"{before}id,text\n1,Uno.\n") == {"1": "Uno."}
