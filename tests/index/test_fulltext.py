"""The words of the passages."""

import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hemeroteca.index.errors import StorageError
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.stores.fulltext import FullText
from tests.helpers import passage

PASSAGES = [
    passage("puerto", "El embajador visitó el puerto de Perú.", "es", 20250103),
    passage("harbour", "The ambassador visited the harbours.", "en", 20250105),
    passage("volcan", "El volcán expulsó ceniza.", "es", 0),
]


@pytest.fixture
def fulltext(tmp_path: Path) -> Iterator[FullText]:
    opened = FullText(tmp_path / "fulltext")
    opened.put(PASSAGES)
    opened.commit()
    yield opened
    opened.close()


@pytest.mark.parametrize("question", ["peru", "PERÚ", "Peru\u0301", "embajadores", "puertos"])
def test_accents_case_and_endings_do_not_matter(fulltext: FullText, question: str) -> None:
    assert list(fulltext.search(question, ["en", "es"], 5)) == ["puerto"]


def test_a_word_is_stemmed_for_each_language(fulltext: FullText) -> None:
    assert list(fulltext.search("harbour", ["en", "es"], 5)) == ["harbour"]
    assert fulltext.search("harbour", ["es"], 5) == {}


def test_no_words_find_nothing(fulltext: FullText) -> None:
    assert fulltext.search("😀 …", ["es"], 5) == {}
    assert fulltext.search('AND OR NOT +( "*', ["es"], 5) == {}  # no query language
    assert fulltext.score("puerto", ["es"], []) == {}


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, {"puerto", "harbour", "volcan"}),
        (date(2025, 1, 3), date(2025, 1, 5), {"puerto", "harbour"}),
        (date(2025, 1, 4), None, {"harbour"}),
        (None, date(2025, 1, 4), {"puerto"}),  # the undated volcan is left out
        (date(2025, 1, 6), None, set()),
    ],
)
def test_a_period_holds_both_its_days_and_nothing_undated(
    fulltext: FullText, first: date | None, last: date | None, expected: set[str]
) -> None:
    question = "ambassador embajador volcán"
    assert set(fulltext.search(question, ["en", "es"], 5, Filter(Period(first, last)))) == expected


def test_the_score_of_a_passage_is_that_of_the_search(fulltext: FullText) -> None:
    question = "El puerto y el volcán"
    found = fulltext.search(question, ["es"], 5)
    assert set(found) == {"puerto", "volcan"}
    assert fulltext.score(question, ["es"], ["puerto", "harbour", "missing"]) == {
        "puerto": pytest.approx(found["puerto"])
    }


def test_k_bounds_the_ranking(fulltext: FullText) -> None:
    found = fulltext.search("El puerto y el volcán", ["es"], 5)
    assert fulltext.search("El puerto y el volcán", ["es"], 1) == dict(list(found.items())[:1])


def test_the_best_possible_score_is_k1_plus_one_times_the_idf(fulltext: FullText) -> None:
    # N = 3 passages; "el" is in 2 of them, "volcan" in 1, "nada" in none; k1 = 1.2.
    idf = {n: math.log(1 + (3 - n + 0.5) / (n + 0.5)) for n in range(3)}
    best = fulltext.best_possible("El volcán: nada", ["es"])
    assert best == {"es": pytest.approx(2.2 * sum(idf.values()))}
    assert fulltext.best_possible("…", ["es"]) == {"es": 1.0}


def test_another_language_is_met_by_cognates(fulltext: FullText) -> None:
    question = "Which volcanoes did the ambassador of Peru visit?"
    assert set(fulltext.search(question, ["es", "en"], 5, asked="en")) == {
        "puerto", "harbour", "volcan"
    }  # fmt: skip
    assert "volcan" not in fulltext.search("Which volcanological one?", ["es", "en"], 5, asked="es")
    assert "volcan" in fulltext.search("Which volcanological one?", ["es", "en"], 5, asked="en")
    found = fulltext.search("Где посол Перу?", ["es", "en"], 5, asked="ru")
    assert set(found) == {"puerto"}


def test_its_own_language_is_met_by_stems_alone(fulltext: FullText) -> None:
    assert fulltext.search("ambassador", ["es"], 5, asked="en").keys() == set()
    assert fulltext.search("harboured", ["en"], 5, asked="en").keys() == {"harbour"}
    assert fulltext.search("harbourmaster", ["en"], 5, asked="en") == {}
    assert fulltext.search("harbourmaster", ["en"], 5, asked="es").keys() == {"harbour"}


def test_what_is_not_committed_is_not_there(fulltext: FullText) -> None:
    fulltext.put([passage("new", "Una novedad.")])
    fulltext.delete(["puerto"])
    assert set(fulltext.ids()) == {"puerto", "harbour", "volcan"}
    fulltext.commit()
    assert set(fulltext.ids()) == {"new", "harbour", "volcan"}


def test_what_was_not_committed_is_given_up(fulltext: FullText) -> None:
    fulltext.put([passage("new", "Una novedad.")])
    fulltext.close()
    fulltext.commit()
    assert set(fulltext.ids()) == {"puerto", "harbour", "volcan"}


def test_deleting_before_putting_replaces(fulltext: FullText) -> None:
    fulltext.delete(["volcan"])
    fulltext.put([passage("volcan", "El volcán duerme.")])
    fulltext.commit()
    assert sorted(fulltext.ids()) == ["harbour", "puerto", "volcan"]
    assert fulltext.search("ceniza", ["es"], 5) == {}
    assert list(fulltext.search("dormir duerme", ["es"], 5)) == ["volcan"]


def test_it_is_there_when_opened_again(fulltext: FullText, tmp_path: Path) -> None:
    fulltext.close()
    again = FullText(tmp_path / "fulltext")
    assert set(again.ids()) == {"puerto", "harbour", "volcan"}
    assert list(FullText(tmp_path / "empty").ids()) == []


def test_a_damaged_or_impossible_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "meta.json").write_text("{")
    (tmp_path / "file").write_text("no folder")
    for name, said in (
        ("damaged", "is damaged .*--rebuild"),
        ("file", "cannot open the full-text"),
    ):
        with pytest.raises(StorageError, match=said):
            FullText(tmp_path / name)


@pytest.mark.parametrize("slip", ["embajdaor", "embajadro", "embajjador", "EMBAJADIR", "enbajador"])
def test_a_misspelt_word_meets_the_one_that_is_there(fulltext: FullText, slip: str) -> None:
    assert fulltext.search(slip, ["es"], 5, asked="es") == fulltext.search(
        "embajador", ["es"], 5, asked="es"
    )
    assert fulltext.best_possible(slip, ["es"], "es") == fulltext.best_possible(
        "embajador", ["es"], "es"
    )


@pytest.mark.parametrize("word", ["per", "mar", "2024", "muerto", "xxxxxx"])
def test_a_word_that_is_short_or_begins_otherwise_is_not_taken_for_another(
    fulltext: FullText, word: str
) -> None:
    assert fulltext.search(word, ["es"], 5, asked="es") == {}
