"""JSON Lines, arrays, and objects that hold articles."""

import io
import json
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.extract import Extract, LeftOut, Part, Rejected
from hemeroteca.index.sources.formats import json_pieces
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.text.characters import clean

RECORDS = [{"id": n, "text": f"La noticia {n} de Motril.", "date": "2024-05-06"} for n in range(4)]


def parts(suffix: str, data: bytes | str) -> list[Part]:
    data = data.encode() if isinstance(data, str) else data
    return list(FORMATS[suffix].extracts(io.BytesIO(data), suffix))


def texts(suffix: str, data: bytes | str) -> list[str]:
    return [part.text for part in parts(suffix, data) if isinstance(part, Extract)]


ALL = [str(record["text"]) for record in RECORDS]


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
@pytest.mark.parametrize(
    "data",
    [
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=2),
        "\ufeff" + json.dumps(RECORDS, indent="\t"),
        "\n".join(json.dumps(record, indent=2) for record in RECORDS),
        "\n".join(map(json.dumps, RECORDS)),
        "[\n" + ",\n".join(map(json.dumps, RECORDS)) + "\n]\n",
    ],
)
def test_an_array_and_objects_one_after_the_other_are_read(suffix: str, data: str) -> None:
    assert texts(suffix, data) == ALL


@pytest.mark.parametrize(
    "value",
    [
        {"status": "ok", "articles": RECORDS},
        {"response": {"docs": RECORDS, "meta": {"hits": 4}}},
        {"hits": {"total": 4, "hits": [{"_index": "n", "_source": record} for record in RECORDS]}},
        {"@graph": [{"@type": "NewsArticle", "articleBody": text} for text in ALL]},
        {"text": dict(enumerate(ALL)), "title": dict.fromkeys(range(4), "T")},  # pandas, columns
        {str(n): record for n, record in enumerate(RECORDS)},  # index
        {"columns": ["text"], "index": [0, 1, 2, 3], "data": [[text] for text in ALL]},  # split
        {"schema": {"fields": [{"name": "text"}]}, "data": RECORDS},  # table
    ],
)
def test_an_object_may_hold_articles(value: object) -> None:
    assert texts(".json", json.dumps(value)) == ALL


def test_an_object_may_be_the_article() -> None:
    (part,) = parts(".json", json.dumps(RECORDS[0]))
    assert isinstance(part, Extract)
    assert (part.key, str(part.where)) == ("0", "entry 1")


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("damage", ['"text"', '"La noticia 1', "{"])
def test_a_damaged_object_leaves_the_others(indent: int | None, damage: str) -> None:
    whole = json.dumps({"articles": RECORDS}, indent=indent)
    at = whole.index(damage, whole.index('"id": 1'))
    found = texts(".json", whole[:at] + damage.replace('"', "", 1) + whole[at + len(damage) :])
    assert {ALL[0], ALL[2], ALL[3]} <= set(found) or damage == "{"
    assert any(isinstance(part, Rejected) for part in parts(".json", whole[:at] + whole[at + 1 :]))


def test_a_file_that_is_cut_says_so() -> None:
    whole = json.dumps(RECORDS, indent=2)
    found = parts(".json", whole[:-40])
    assert [part.text for part in found if isinstance(part, Extract)] == ALL[:3]
    assert isinstance(found[-1], Rejected)
    assert (found[-1].key, found[-1].content) == ("", "")
    assert str(found[-1].reason) == "is damaged or cut here: what follows cannot be read"


def test_brackets_without_end_are_refused_soon() -> None:
    for data in (b"[" * 3_000_000, b'{"a":' * 600_000, b'[{"a":"' * 300_000):
        assert not texts(".json", data)


def test_lines_in_other_encodings_are_read_and_noted() -> None:
    good = json.dumps({"text": "Muñoz vuelve a Cádiz."}, ensure_ascii=False)
    bad = json.dumps({"text": "La señora Muñoz volvió ayer a Cádiz después de cinco años."},
                     ensure_ascii=False)  # fmt: skip
    first, second = parts(".jsonl", good.encode() + b"\n" + bad.encode("cp1252"))
    assert isinstance(first, Extract)
    assert isinstance(second, Extract)
    assert (first.text, first.notes) == ("Muñoz vuelve a Cádiz.", ())
    assert second.text.endswith("Muñoz volvió ayer a Cádiz después de cinco años.")
    assert str(second.notes[0]).startswith("is not UTF-8")
    assert texts(".jsonl", good.encode("utf-16")) == ["Muñoz vuelve a Cádiz."]


@pytest.mark.parametrize("control", ["\x0b", "\x1f", "&#2;", "\\u0000", "\\u000b"])
@pytest.mark.parametrize("markup", ["{}", "<p>{}</p>"])
def test_a_control_character_spoils_nothing(control: str, markup: str) -> None:
    odd = f'{{"id": 9, "text": "{markup.format("Pan" + control + " caro.")}"}}'
    found = texts(".jsonl", "\n".join([odd, *map(json.dumps, RECORDS)]))
    assert [" ".join(text.split()) for text in found] == ["Pan caro.", *ALL]


def test_the_latest_of_one_id_counts_and_the_others_are_named() -> None:
    old = {"id": "a", "date": "2024-03-05", "text": "Cuatro heridos."}
    new = {"id": "a", "date": "2024-03-06", "text": "Siete heridos."}
    lines = [new, {"id": "b", "text": "Otra."}, old]
    first, second, left = parts(".jsonl", "\n".join(map(json.dumps, lines)))
    assert isinstance(first, Extract)
    assert (first.text, first.key) == ("Siete heridos.", "a")
    assert isinstance(second, Extract)
    assert isinstance(left, LeftOut)
    said = f"{left.where}: {left.reason}"
    assert said == "line 3: has the same id as line 1, which is read instead"
    undated = [{"id": "a", "text": "Cuatro."}, {"id": "a", "date": "2024", "text": "Siete."}]
    assert texts(".jsonl", "\n".join(map(json.dumps, undated))) == ["Siete."]
    changed = [{**new, "updated_at": "2024-03-07T10:00"}, {**old, "updated_at": "2024-03-07T11:00"}]
    assert texts(".jsonl", "\n".join(map(json.dumps, changed))) == ["Cuatro heridos."]


def test_one_row_proves_the_order_of_day_and_month_for_its_file() -> None:
    english = "The government announced new economic measures yesterday."
    rows = [{"text": f"{english} {day}", "date": day} for day in ("03/04/2025", "25/04/2025")]
    days = [part.day for part in parts(".json", json.dumps(rows)) if isinstance(part, Extract)]
    assert [day.isoformat() if day else "" for day in days] == ["2025-04-03", "2025-04-25"]
    (alone,) = parts(".json", json.dumps(rows[:1]))
    assert isinstance(alone, Extract)
    assert str(alone.day) == "2025-03-04"


def test_a_date_that_cannot_be_read_leaves_the_article_undated_and_is_noted() -> None:
    (part,) = parts(".jsonl", '{"text": "Hola.", "date": "mayo de 2024"}')
    assert isinstance(part, Extract)
    assert part.day is None
    assert str(part.notes[0]).startswith("has the date 'mayo de 2024', which names no day")


def test_the_first_date_that_can_be_read_counts() -> None:
    (part,) = parts(".jsonl", '{"text": "Hola.", "date": "ayer", "created_at": "2024-05-06"}')
    assert isinstance(part, Extract)
    assert (str(part.day), part.notes) == ("2024-05-06", ())


def test_a_draft_is_left_out() -> None:
    (part,) = parts(".jsonl", '{"text": "Hola.", "post_status": "draft"}')
    assert isinstance(part, LeftOut)


_TEXTS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1).map(
        lambda text: f"Dice {text} ayer."
    ),
    min_size=1,
    max_size=5,
    unique=True,
)


@given(_TEXTS, st.sampled_from([None, 2]), st.booleans())
def test_every_sentence_of_an_export_comes_out(
    sentences: list[str], indent: int | None, ascii_only: bool
) -> None:
    rows = [{"id": n, "title": "T", "text": text} for n, text in enumerate(sentences)]
    data = json.dumps(rows, indent=indent, ensure_ascii=ascii_only)
    lines = "\n".join(json.dumps(row, ensure_ascii=ascii_only) for row in rows)
    for found in (parts(".json", data), parts(".jsonl", lines)):
        assert len(found) == len(rows)
        assert all(isinstance(part, Extract) and "Dice" in part.text for part in found)
    plain = [text for text in sentences if not set("<&") & set(text)]
    assert set(map(clean, plain)) <= set(map(str, texts(".json", data)))


@pytest.mark.parametrize(
    "piece",
    [
        b"{'a': 'b'}\n",
        b"{'a': 'b'},",
        b' {"a": b}\n',
        b'"a ',
        b'{"a": "b \n',
        b'\\"',
        b"[{",
        b'{"a":[',
    ],
)
@pytest.mark.parametrize("beginning", [b"", b"["])
def test_damage_everywhere_is_read_in_a_time_that_grows_with_it(
    beginning: bytes, piece: bytes
) -> None:
    def seconds(pieces: int) -> float:
        begun = time.thread_time()
        parts(".json", beginning + piece * pieces)
        return time.thread_time() - begun

    # The least of three: what else the machine does can only add to it.
    few, many = (min(seconds(pieces) for _ in range(3)) for pieces in (1_000, 4_000))
    assert many < 8 * few + 0.2  # 4 times as much; 16 times the seconds where each looks at all


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".jsonl", b""),
        (".json", b"[]"),
        (".csv", b""),
        (".csv", b"id,date,title,text\n"),
        (".rss", b"<rss><channel><title>Diario</title></channel></rss>"),
    ],
)
def test_a_file_of_many_without_one_says_so(suffix: str, data: bytes) -> None:
    (nothing,) = parts(suffix, data)
    assert isinstance(nothing, LeftOut)
    assert (nothing.where, str(nothing.reason)) == ("", "holds no article")


def test_of_a_field_that_comes_twice_no_text_is_lost() -> None:
    data = '{"id": 1, "text": "Uno.", "title": "", "text": "Dos.", "title": "T", "title": "U"}'
    for suffix, whole in ((".jsonl", data), (".json", f"[{data}]")):
        (found,) = parts(suffix, whole)
        assert isinstance(found, Extract)
        assert (found.text, found.title) == ("Uno.\n\nDos.", "T")
        assert [str(note) for note in found.notes] == [
            "has several of 'text': all texts are read, else the first",
            "has several of 'title': all texts are read, else the first",
        ]


def test_a_field_that_comes_twice_with_one_value_is_nothing_to_name() -> None:
    (found,) = parts(".jsonl", '{"text": "Uno.", "text": "Uno.", "id": "", "id": 7}')
    assert isinstance(found, Extract)
    assert (found.text, found.key, found.notes) == ("Uno.", "7", ())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_one_object_alone_is_read_in_any_unicode(suffix: str, encoding: str) -> None:
    assert texts(suffix, json.dumps(RECORDS[0]).encode(encoding)) == ALL[:1]
    assert texts(suffix, json.dumps(RECORDS).encode(encoding)) == ALL


def test_what_is_nearly_json_is_read_and_named() -> None:
    lines = "{'id': 1, 'text': \"O'Neill dijo que no.\", 'date': None}\n"
    lines += '{"id": 2, "text": "Uno, dos, }", "tags": ["a",],}\n{"id": 3, "text": "Tres.",,}'
    one, two, three = parts(".jsonl", lines)
    assert isinstance(one, Extract)
    assert isinstance(two, Extract)
    assert (one.text, two.text) == ("O'Neill dijo que no.", "Uno, dos, }")
    assert [str(note) for part in (one, two) for note in part.notes] == [
        "is written as Python does, not as JSON",
        "has a comma behind its last value, which JSON has not",
    ]
    assert isinstance(three, Rejected)


def pieces_of(data: bytes, chunk: int, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    monkeypatch.setattr(json_pieces, "_CHUNK", chunk)
    found = json_pieces.pieces(io.BytesIO(data), bool)
    return [each if isinstance(each, Message) else each.data.strip() for each in found]


_FRAGMENTS = st.sampled_from(
    ['{"a": "b"}', "[", "]", ",", "\n", '\n  {"t": "x, {y}"}', '"', "{", "}", " 12", "null", "\\"]
)


@given(st.lists(_FRAGMENTS, max_size=20))
def test_it_makes_no_difference_how_much_is_held(fragments: list[str]) -> None:
    data = "".join(fragments).encode()
    with pytest.MonkeyPatch.context() as patch:
        assert pieces_of(data, 3, patch) == pieces_of(data, 1 << 20, patch)


def larger_than_what_is_held(records: int) -> Iterator[bytes]:
    """Pieces of an array whose second half is damaged in one record."""
    text = "La noticia de Motril dice lo que pasó en el puerto. " * 200
    yield b"["
    for number in range(records):
        record = json.dumps({"id": number, "text": f"{number} {text}"})
        yield (record[:-9] if number == records // 2 else record).encode() + b",\n"
    yield b'{"id": "last", "text": "La \xc3\xbaltima."}]'


def test_of_a_long_array_only_a_little_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_pieces, "_CHUNK", 50_000)
    monkeypatch.setattr(json_pieces, "_MAX_RECORD", 200_000)
    path = tmp_path / "long.json"
    with path.open("wb") as file:
        file.writelines(larger_than_what_is_held(600))
    parts(".json", json.dumps(RECORDS))  # what is loaded once
    tracemalloc.start()
    read = 0
    rejected = []
    with path.open("rb") as file:
        for part in FORMATS[".json"].extracts(file, ".json"):
            if not read:
                tracemalloc.reset_peak()  # its first line was looked at
            read += isinstance(part, Extract)
            rejected += [str(part.where)] if isinstance(part, Rejected) else []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (read, rejected) == (600, ["entry 301"])
    assert path.stat().st_size > 6_000_000
    assert peak < 2_000_000


@pytest.mark.parametrize("before", ["", '"facets": [{"name": "a"}], '])
def test_a_large_object_is_read_by_its_list(before: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_pieces, "_MAX_RECORD", 300)
    monkeypatch.setattr(json_pieces, "_CHUNK", 100)
    written = f'{{"status": "ok", {before}"articles": {json.dumps(RECORDS * 3)}, "pages": 9}}'
    assert set(texts(".json", written)) == set(ALL)
    cut = parts(".json", written[:-9])
    assert [str(part.reason) for part in cut if isinstance(part, Rejected)] == [
        "is damaged or cut here: what follows cannot be read"
    ]


def test_a_value_that_is_too_large_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_pieces, "_MAX_RECORD", 1_000)
    monkeypatch.setattr(json_pieces, "_MAX_BYTES", 2_000)
    monkeypatch.setattr(json_pieces, "_CHUNK", 100)
    with pytest.raises(ArticleError, match="save it as JSON Lines"):
        parts(".json", json.dumps({"text": "x " * 2_000}))
