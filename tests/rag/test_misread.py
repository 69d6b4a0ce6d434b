"""Passages that a scanner misread."""

from pathlib import Path

import pytest

from benchmarks.noise import scanned
from hemeroteca.index.article import Article
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_documents
from hemeroteca.rag.misread import is_misread, shares_met
from hemeroteca.rag.question import check_question
from hemeroteca.rag.retriever import HybridRetriever

_HARBOUR = (
    "El concejal de obras públicas anunció que el muelle viejo del puerto se cerrará en octubre "
    "porque los pilotes de madera están podridos y los barcos de pesca ya no pueden amarrar."
)
_SCHOOL = (
    "La consejera de educación prometió que la escuela del barrio alto tendrá comedor en enero, "
    "después de que las familias recogieran firmas durante todo el verano en la plaza mayor."
)


@pytest.mark.parametrize(
    "text",
    [
        "E1 c0ncejal de 0bras pú8licas anun(ió que el mue1le vie]o se cerr4rá en 0ctubre.",
        "D1e Brü(ke w1rd im Okt0ber gesch1ossen.",
        "Мэр з4крыл ст@рый м0ст в окт7бре.",
        "a1b2c",  # a letter stands between two odd signs
    ],
)
def test_a_bad_scan_is_told(text: str) -> None:
    assert is_misread(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        _HARBOUR,
        "O'Donnell y L’Équipe: 12:30 h, A-8, km/h, I+D, COVID-19, covid-19 y @puerto en puerto.es.",
        "市长表示，桥将于十月关闭，学校没有食堂。",
        "قال رئيس البلدية إن الجسر سيغلق في أكتوبر.",
        "The aקb cדd eבf of three alphabets.",  # a letter is no odd sign
    ],
)
def test_a_clean_text_is_no_bad_scan(text: str) -> None:
    assert not is_misread(text)


def test_a_wrong_letter_leaves_the_runs_beside_it() -> None:
    shares = shares_met("¿Cuándo se cierra el muelle?", {"scan": "e1 muel1e", "other": "la plaza"})
    assert shares["scan"] > shares["other"] == 0


@pytest.mark.parametrize("texts", [{}, {"a": ""}, {"a": "!?"}, {"a": "x" * 5_000}])
@pytest.mark.parametrize("question", ["¿?", "a", "¿Cuándo se cierra el muelle?"])
def test_nothing_met_is_nothing(question: str, texts: dict[str, str]) -> None:
    assert shares_met(question, texts) == dict.fromkeys(texts, 0.0)


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2])
def test_a_bad_scan_is_found_among_clean_articles(
    archive: Archive, tmp_path: Path, share: float
) -> None:
    texts = {"harbour": scanned(_HARBOUR, share, 3), "school": _SCHOOL}
    sync_documents(archive, [Article(name, text, "es", hash=name) for name, text in texts.items()])
    for text, article in (("¿Qué pasa con el muelle viejo?", "harbour"),
                          ("¿Qué escuela tendrá comedor?", "school")):  # fmt: skip
        found = HybridRetriever(archive, check_question(text, expected=["es"])).search()
        assert found[0].article == article
        assert found[0].text == texts[article]


def test_among_bad_scans_one_that_is_not_told_is_met_by_runs_as_well(
    archive: Archive, tmp_path: Path
) -> None:
    untold = _HARBOUR.replace("muelle viejo", "muollc vicjc")
    assert not is_misread(untold)

    def score(others: list[str]) -> float:
        texts = [untold, *others]
        articles = [Article(str(n), text, "es", hash=text) for n, text in enumerate(texts)]
        sync_documents(archive, articles)
        found = HybridRetriever(archive, check_question("¿Muelle viejo?", expected=["es"])).search()
        return next(passage.score for passage in found if passage.article == "0")

    clean = [_SCHOOL, _SCHOOL.replace("enero", "mayo")]
    bad = [scanned(text, 0.2, n) for n, text in enumerate(clean)]
    assert score(bad) > score(clean)
