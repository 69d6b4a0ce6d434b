"""Invented news as examples: every span is its answer, and noise leaves spans where they are."""

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from hemeroteca.index.encoder.encoder import Encoder
from training.data import Example, Splitter
from training.news.ancora import read_ancora, read_dependencies
from training.news.asked import AskedOfAll, asked_examples, asked_rows, load_asked
from training.news.examples import (
    NEWS,
    UNANSWERABLE,
    load_news,
    news_examples,
    written_examples,
)
from training.news.press import (
    PressArticle,
    in_translation,
    load_press,
    load_press_asked,
)
from training.news.stage import from_elsewhere, who_did_what
from training.noise import noisy, scanned
from training.train_reader import _some_groups, tokenize

ROW = {
    "lang": "es", "headline": "Cierra el cine Rex", "paper": "La Voz", "day": "2019-02-06",
    "text": "El cine cerró el lunes.\n\nLo compró Ana Ruiz. El lunes vino Eva.",
    "questions": [
        {"question": "Which cinema closes?", "lang": "en", "answer": "el cine Rex",
         "in": "headline", "kind": "what"},
        {"question": "¿Qué día vino Eva?", "lang": "es", "answer": "El lunes",
         "in": "El lunes vino", "kind": "when"},
        {"question": "¿Quién compró el cine?", "lang": "es", "answer": "Ana Ruiz", "kind": "who"},
        {"question": "¿Quién vendió el cine?", "lang": "es", "answer": "", "kind": "near-miss"},
    ],
}  # fmt: skip


def written(folder: Path, **changed: object) -> Path:
    (folder / "n01.jsonl").write_text(json.dumps(ROW | changed) + "\n")
    return folder


def test_each_question_is_asked_of_what_answers_it(tmp_path: Path, encoder: Encoder) -> None:
    articles = load_news(written(tmp_path))
    answers = {q["question"]: q["answer"] for q in ROW["questions"]}  # type: ignore[index,attr-defined]
    for seed in range(20):
        made = news_examples(articles, Splitter(encoder.token_offsets), random.Random(seed))
        answered = {e.question for e in made if e.span}
        assert answered == {question for question, answer in answers.items() if answer}
        for example in made:
            if example.span:
                assert example.passage[slice(*example.span)] == answers[example.question]
            elif answers[example.question]:
                assert answers[example.question] not in example.passage
            assert not (example.headline and example.passage.startswith(example.headline))


def test_what_another_article_says_is_no_answer(tmp_path: Path, encoder: Encoder) -> None:
    questions = ROW["questions"][2:3]  # type: ignore[index]
    written(tmp_path, questions=questions)
    others = ("El teatro lo compró Eva Paz.", "El cine lo compró ANA RUIZ, y reabrirá.")
    rows = [ROW | {"text": text, "questions": []} for text in others]
    (tmp_path / "n02.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    made = from_elsewhere(
        load_news(tmp_path), Splitter(encoder.token_offsets), random.Random(0), encoder, share=1.0
    )
    assert [(e.question, e.span) for e in made] == [(questions[0]["question"], None)]
    assert "Eva Paz" in made[0].passage


def test_of_two_places_the_answer_is_the_one_meant(tmp_path: Path) -> None:
    [article] = load_news(written(tmp_path))
    span = next(q.span for q in article.asked if "Eva" in q.text)
    assert span is not None
    assert article.text[span[0] :].startswith("El lunes vino Eva")


def test_an_answer_that_is_not_in_its_article_is_refused(tmp_path: Path) -> None:
    question = ROW["questions"][2] | {"answer": "Ana Paz"}  # type: ignore[index]
    with pytest.raises(ValueError, match="not found"):
        load_news(written(tmp_path, questions=[question]))


ASKED = [
    {"article": "n01 0", "question": "¿Quién compró el cine Rex?", "lang": "es",
     "answer": "Ana Ruiz", "kind": "who"},
    {"article": "n01 0", "question": "¿Qué cine cerró?", "lang": "es", "answer": "El cine",
     "also": ["el cine Rex"], "kind": "what"},
    {"article": "n01 0", "question": "¿Quién vendió el cine Rex?", "lang": "es", "answer": "",
     "kind": "near-miss"},
]  # fmt: skip


def asked_of_all(folder: Path) -> Path:
    (folder / "n01.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ASKED))
    return folder


def test_what_is_asked_of_all_articles_is_read_where_it_is_answered_and_elsewhere(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.news.examples.split_of", lambda group: "train")
    others = ("El teatro lo compró Eva Paz.", "El cine lo compró ANA RUIZ, y reabrirá.")
    rows = [ROW | {"text": text, "questions": []} for text in others]
    written(tmp_path)
    (tmp_path / "n02.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "asked").mkdir()
    articles = load_news(tmp_path)
    asked = load_asked(articles, asked_of_all(tmp_path / "asked"))
    assert [articles[0].text[s:e] for s, e in asked[1].answers] == ["El cine", "el cine Rex"]
    splitter = Splitter(encoder.token_offsets)
    made = asked_examples(articles, asked, splitter, random.Random(0), encoder)
    for row in ASKED:
        of = [example for example in made if example.question == row["question"]]
        assert {e.passage[slice(*e.span)] for e in of if e.span} == {row["answer"]} - {""}
        without = [e for e in of if not e.span]
        assert without or row is ASKED[1]  # every passage has "el cine"
        # Another article that has the answer's words may well answer.
        assert not row["answer"] or all(
            str(row["answer"]).casefold() not in e.passage.casefold() for e in without
        )


def test_a_question_of_an_article_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "asked").mkdir()
    with pytest.raises(KeyError, match="n01 0"):
        load_asked([], asked_of_all(tmp_path / "asked"))


def test_what_the_repository_holds_can_be_loaded_and_is_split() -> None:
    articles = load_news()
    taught = sum(article.split == "train" for article in articles)
    assert 0.7 * len(articles) < taught < 0.9 * len(articles)
    for article in articles:
        assert article.text.startswith(article.headline)
        assert not article.asked or any(question.span is None for question in article.asked)
    asked = load_asked(articles)
    # What `d` tells of who did what to whom is asked of each article alone.
    of_all = {n for n, article in enumerate(articles) if article.file[0] != "d"}
    assert {question.article for question in asked} == of_all
    assert 0.4 * len(asked) < sum(not question.answers for question in asked) < 0.6 * len(asked)
    for example in written_examples(random.Random(0)):
        assert example.span is None or example.passage[slice(*example.span)].strip()


def test_noise_leaves_every_span_where_it_is() -> None:
    text = "La ministra Ana Ruiz llegó a Sevilla el lunes con 1.500 euros. " * 5
    rng = random.Random(1)
    assert all(len(scanned(text, share, rng)) == len(text) for share in (0.0, 0.05, 0.1))
    wrong = sum(a != b for a, b in zip(text, scanned(text, 0.1, rng), strict=True)) / len(text)
    assert 0.06 < wrong < 0.14
    example = Example("¿Quién llegó a Sevilla?", text, (12, 20), "news")
    asked = {noisy(example, rng).question for _ in range(300)}
    assert {"¿QUIÉN LLEGÓ A SEVILLA?", "quien llego a sevilla", "¿Quién llegó a Sevilla?"} < asked
    assert {noisy(example, rng).span for _ in range(50)} == {(12, 20)}


def test_a_headline_is_read_and_is_no_part_of_the_passage(encoder: Encoder) -> None:
    example = Example("Who?", "Ana came.", (0, 3), "news", "El cine Rex")
    [item] = tokenize([example], encoder)
    [headline, passage] = encoder.tokenize(["El cine Rex", "Ana came."])
    assert item.gold == (item.pair.first, item.pair.first)
    assert item.pair.ids[item.pair.first : item.pair.last] == passage.ids
    assert item.pair.ids[: item.pair.first][-len(headline.ids) :] == headline.ids


def translated(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles of three and two sentences, in Spanish twice, in English and in German."""
    monkeypatch.setattr("training.news.press._SENTENCES", (3, 2))
    lines = {
        "verify/ntrex/newstest2019-ref.spa.txt": (
            "Cierra el Rex", "Ana Ruiz lo vende.", "Costó 20 euros.", "Otra cosa", "Llueve mucho.",
        ),
        "verify/ntrex/newstest2019-ref-2.spa.txt": (
            "El Rex cierra", "Lo vende Ana Ruiz.", "Valió veinte euros.", "Otra", "Llueve.",
        ),
        "verify/ntrex/newstest2019-src.eng.txt": (
            "The Rex closes", "Ana Ruiz sells it.", "It cost 20 euros.", "Another", "It rains.",
        ),
        "verify/ntrex/newstest2019-ref.spa-MX.txt": (
            "Cierra Rex", "Vende Ana Ruiz.", "Fueron 20 pesos.", "Otro", "Hay lluvia.",
        ),
        "extra/ntrex.deu.txt": (
            "Das Rex schließt", "Ana Ruiz verkauft es.", "Es kostete 20 Euro.", "Anderes", "Regen.",
        ),
    }  # fmt: skip
    for name, text in lines.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("\n".join(text) + "\n", encoding="utf-8")
    return folder


def press_questions(folder: Path) -> Path:
    rows = [
        {"article": "es-000", "question": "Who sells the Rex?", "lang": "en", "kind": "who",
         "answer": "Ana Ruiz", "also": [], "in": ""},
        {"article": "es-000", "question": "¿Cuánto costó?", "lang": "es", "kind": "number",
         "answer": "20 euros", "also": ["20"], "in": ""},
        {"article": "es-000", "question": "¿Quién lo compra?", "lang": "es", "kind": "near-miss",
         "answer": "", "also": [], "in": ""},
        {"article": "ru-001", "question": "Где идёт дождь?", "lang": "ru", "kind": "near-miss",
         "answer": "", "also": [], "in": ""},
    ]  # fmt: skip
    folder.mkdir()
    (folder / "q01.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def words(question: AskedOfAll, articles: Sequence[PressArticle]) -> list[str]:
    return [articles[question.article].text[s:e] for s, e in question.answers]


def test_real_news_is_put_together_from_its_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = load_press(translated(tmp_path, monkeypatch), tmp_path / "extra")
    assert [a.name for a in articles if a.group == "press 000"] == [
        "es-000", "es2-000", "es3-000", "en-000", "de-000",
    ]  # fmt: skip
    assert [a.language for a in articles] == [*6 * ["es"], "en", "en", "de", "de"]
    first = articles[0]
    assert first.text == "Cierra el Rex\n\nAna Ruiz lo vende. Costó 20 euros."
    assert [first.text[slice(*span)] for span in first.sentences] == [
        "Cierra el Rex", "Ana Ruiz lo vende.", "Costó 20 euros.",
    ]  # fmt: skip


def test_lines_that_are_not_those_of_the_articles_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = translated(tmp_path, monkeypatch)
    (data / "verify/ntrex/newstest2019-src.eng.txt").write_text("One\nTwo\n")
    with pytest.raises(ValueError, match=r"eng\.txt: the 5 lines of NTREX-128 were expected"):
        load_press(data)


TREES = """(
  (S
    (sn.e-SUJ (sn.e *0* *0*))
    (grup.verb (vmis3s0 Compró comprar))
    (sn-CD (espec.fs (da0fs0 la el)) (grup.nom.fs (np00000 Caja_del_Sur Caja_del_Sur)
      (sn (Fpa -Fpa- -Fpa-) (np00000 CDS CDS) (Fpt -Fpt- -Fpt-))))
    (Fc , ,) (Fe -fe- -fe-) (ncfs000 ruina ruina) (Fe -fe- -fe-) (Fc , ,)
    (sp (sps00 por por) (Zp 51_por_ciento 51_%))
    (Fp . .)))

(
  (S (Fia ¿ ¿) (rg No no) (vmip3s0 es ser) (Fit ? ?)))
"""


def test_newswire_is_read_from_its_trees_as_it_was_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.news.ancora._SHORTEST", 60)
    for name in ("10017_20000413_1", "10017_20000413_2", "10044_20000313", "n1-0"):
        (tmp_path / f"{name}.tbf").write_text(TREES, encoding="latin-1")
    told = ['Compró la Caja del Sur (CDS), "ruina", por 51 por ciento.', "¿No es?"]
    # Of one file alone too little is left, and what is named by letters is not the agency's.
    assert read_ancora(tmp_path) == {"10017_20000413": told * 2, "10044_20000313": told}
    monkeypatch.setattr("training.news.ancora._SHORTEST", 100)
    assert list(read_ancora(tmp_path)) == ["10017_20000413"]


DEPENDENCIES = """# newdoc id = CESS-CAST-P-20010702-9
# sent_id = CESS-CAST-P-20010702-9-s1
# text = El Rex cierra hoy.
1\tEl\tel\tDET
# text = Ana Ruiz lo vende por {price}.
# text = Nadie lo compra.

# newdoc id = CESS-CAT-AAP-20010702-4
# text = El Rex tanca avui.
# text = Ana Ruiz el ven.
# text = Ningú no el compra.

# newdoc id = CESS-CAST-A-20000413-10017
# text = Compró la Caja del Sur ( CDS ) , " ruina ", por 51 por ciento.
# text = Es caro.
# text = Es tarde.

# newdoc id = 3LB-CAST-a15-8
# text = Hace un mes apareció.
# text = Era de noche.
# text = Nadie lo vio.

# newdoc id = CESS-CAST-P-20010801-1
# text = El Rex abre otra vez en la misma calle.
# text = Lo compró Ana Ruiz por {price}.
"""


def test_news_is_read_from_its_dependencies_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.news.ancora._SHORTEST_OF_DEPENDENCIES", 50)
    file = tmp_path / "es_ancora-ud-dev.conllu"
    file.write_text(DEPENDENCIES.format(price="20 euros"), encoding="utf-8")
    (tmp_path / "other.conllu").write_text("# newdoc id = X-1\n" + 3 * "# text = No, no y no.\n")
    known = ['Compró la Caja del Sur (CDS), "ruina", por 51 por ciento.']
    # No essay, nothing of two sentences, and nothing that the agency's trees have as well.
    assert read_dependencies(tmp_path, known) == {
        "CESS-CAST-P-20010702-9": [
            "El Rex cierra hoy.", "Ana Ruiz lo vende por 20 euros.", "Nadie lo compra.",
        ],
        "CESS-CAT-AAP-20010702-4": [
            "El Rex tanca avui.", "Ana Ruiz el ven.", "Ningú no el compra.",
        ],
    }  # fmt: skip
    assert "CESS-CAST-A-20000413-10017" in read_dependencies(tmp_path)


def test_what_a_paper_of_two_languages_prints_on_a_day_is_in_one_split(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = translated(tmp_path, monkeypatch)
    monkeypatch.setattr("training.news.ancora._SHORTEST_OF_DEPENDENCIES", 50)
    folder = tmp_path / "extra/ancora"
    folder.mkdir()
    text = DEPENDENCIES.format(price="20 euros")
    (folder / "ca_ancora-ud-test.conllu").write_text(text, encoding="utf-8")
    printed = [a for a in load_press(data, tmp_path / "extra") if a.name.startswith("CESS")]
    assert [(a.language, a.group) for a in printed[:2]] == [
        ("es", "press 20010702"), ("ca", "press 20010702"),
    ]  # fmt: skip
    assert printed[0].text.startswith("El Rex cierra hoy.\n\nAna Ruiz lo vende")


def test_real_news_is_asked_where_it_is_there_and_in_translation_where_its_words_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = translated(tmp_path, monkeypatch)
    articles = load_press(data, tmp_path / "extra")
    asked = load_press_asked(articles, press_questions(tmp_path / "press"))
    assert [words(question, articles) for question in asked] == [
        ["Ana Ruiz"],
        ["20 euros", "20"],
        [],
    ]
    for seed in range(10):
        carried = in_translation(asked, articles, random.Random(seed))
        # In the other Spanish text and in another language; the sum only where it has these words.
        sellers = [q for q in carried if q.text == asked[0].text]
        assert [words(q, articles) for q in sellers] == 3 * [["Ana Ruiz"]]
        assert [articles[q.article].name for q in sellers[:2]] == ["es2-000", "es3-000"]
        sums = [q for q in carried if q.text == asked[1].text]
        assert {articles[q.article].name for q in sums} <= {"es3-000", "en-000", "de-000"}
        assert all("20" in words(q, articles) for q in sums)
        assert sum(not q.answers for q in carried) == 1


def test_the_questions_of_real_news_are_of_some_kind_and_ask_of_known_articles() -> None:
    rows = list(asked_rows(NEWS / "press"))
    assert len(rows) > 6000
    for row in rows:
        assert row["article"].startswith(("AN", "CF", "CP", "CESS-", "3LB-")) or row[
            "article"
        ].rpartition("-")[0] in (
            "es", "es2", "es3", "en", "de", "fr", "it", "pt", "ru", "ca", "gl",
        )  # fmt: skip
        assert bool(row["answer"]) == (row["kind"] not in UNANSWERABLE)


def test_of_groups_some_are_taken_and_each_is_whole() -> None:
    made = [Example(f"{n}?", "x", None, "asked", "", n // 3 if n < 30 else -1) for n in range(60)]
    some = _some_groups(5, made, random.Random(0))
    assert (
        len({example.group for example in some} - {-1}) + sum(example.group < 0 for example in some)
        == (10 + 30) // 5
    )
    for group in {example.group for example in some} - {-1}:
        assert sum(example.group == group for example in some) == 3


def test_who_did_what_is_told_of_people_and_asked_in_nine_languages(encoder: Encoder) -> None:
    made = who_did_what(Splitter(encoder.token_offsets), random.Random(0))
    assert {"news", "events-en-es"} < {example.source for example in made}
    assert all(e.span is None or e.passage[slice(*e.span)].strip() for e in made)
    for path in sorted(NEWS.glob("d*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            assert len({question["lang"] for question in row["questions"]}) >= 8
