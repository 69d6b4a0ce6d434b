"""Finding the right article first: in archives of several languages, by headlines, by questions as
people type them, in scans.

    python -m benchmarks.finding DATA_DIR [--only languages headlines questions scans]

DATA_DIR holds xquad/ as training/README.md says, and noticias.jsonl. The articles are XQuAD's 180
paragraphs, each in one language, and the questions all 894; of 555 of them the encoder of questions
learnt from the articles, the last column has the others. Nothing is chosen by QuALES, which
`--only quales` prints from DATA_DIR/measure."""

import argparse
import json
import random
import re
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import platformdirs

from benchmarks.noise import capitals, no_accents, scanned, typos
from hemeroteca.index.article import Article
from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.sources.read import Reading, read_articles
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_documents
from hemeroteca.rag.question import check_question
from hemeroteca.rag.retriever import HybridRetriever
from training.data import Xquad, as_documents, load_xquad

_FIVE = ("es", "en", "de", "ru", "zh")
_HEADLINE_WORDS = 4
Hit = tuple[bool, bool]  # whether the right article came first, whether nothing learnt from it


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", nargs="+", choices=_TABLES, default=list(_TABLES)[:-1])
    args = parser.parse_args()
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    for name in args.only:
        print("| the right article first | asked | Recall@1 | questions | not learnt from |")
        print("|---|---|---|---|---|")
        _TABLES[name](encoder, args.data)
        print()


def _languages(encoder: Encoder, data: Path) -> None:
    xquad = load_xquad(data / "xquad")
    names = list(dict.fromkeys(p.article for p in xquad.paragraphs["es"]))
    half = {name: ("es", "en")[n % 2] for n, name in enumerate(names)}
    rng = random.Random(0)
    five = {name: rng.choice(_FIVE) for name in names}
    with _archive(encoder, _written(xquad, half)) as archive:
        for asked in ("es", "en"):
            found = _hits(archive, xquad, _asked(xquad, asked))
            for language in ("en", "es"):
                of_one = [
                    (hit, held)
                    for (hit, held), n in zip(found, _owners(xquad), strict=True)
                    if half[xquad.paragraphs["es"][n].article] == language
                ]
                _print("half Spanish, half English: those in " + language, asked, of_one)
    with _archive(encoder, _written(xquad, five)) as archive:
        for asked in _FIVE:
            _print("five languages", asked, _hits(archive, xquad, _asked(xquad, asked)))


def _questions(encoder: Encoder, data: Path) -> None:
    xquad = load_xquad(data / "xquad")
    typed: Mapping[str, Callable[[str, int], str]] = {
        "as they are": lambda text, _: text,
        "in capitals": capitals,
        "typos in every third word": typos,
        "no accents": no_accents,
    }
    with _archive(encoder, as_documents(xquad.paragraphs["es"])) as archive:
        for asked in ("es", "en"):
            for name, type_ in typed.items():
                if (asked, name) != ("en", "no accents"):
                    texts = [type_(text, n) for n, text in enumerate(_asked(xquad, asked))]
                    _print(
                        f"Spanish articles, questions {name}", asked, _hits(archive, xquad, texts)
                    )


def _scans(encoder: Encoder, data: Path) -> None:
    xquad = load_xquad(data / "xquad")
    for share in (0.0, 0.05, 0.1, 0.2):
        documents = [
            replace(document, text=scanned(document.text, share, n))
            for n, document in enumerate(as_documents(xquad.paragraphs["es"]))
        ]
        with _archive(encoder, documents) as archive:
            found = _hits(archive, xquad, _asked(xquad, "es"))
            _print(f"Spanish articles, {share:.0%} of the characters wrong", "es", found)


def _headlines(encoder: Encoder, data: Path) -> None:
    articles = [
        part.article
        for part in read_articles(ArticleFile("noticias", data / "noticias.jsonl"))
        if isinstance(part, Reading)
    ]
    rng = random.Random(5)
    asked: dict[str, list[str]] = {"the whole headline": [], "four words of it": []}
    for article in articles:
        words = [word for word in re.findall(r"\w+", article.title) if len(word) > 3]
        places = sorted(rng.sample(range(len(words)), min(_HEADLINE_WORDS, len(words))))
        asked["the whole headline"].append(article.title)
        asked["four words of it"].append(" ".join(words[at] for at in places) or article.title)
    with _archive(encoder, articles) as archive:
        for name, texts in asked.items():
            gold = [article.id for article in articles]
            found = [(_first(archive, t) == id, True) for t, id in zip(texts, gold, strict=True)]
            _print(f"286 news articles by {name}", "es", found)


def _quales(encoder: Encoder, data: Path) -> None:
    whole = json.loads((data / "measure" / "quales_es_train.json").read_text(encoding="utf-8"))
    paragraphs = [p for article in whole["data"] for p in article["paragraphs"]]
    documents = [
        Article(f"{n:04}", p["context"], "es", hash=str(n)) for n, p in enumerate(paragraphs)
    ]
    with _archive(encoder, documents) as archive:
        found = [
            (_first(archive, question["question"]) == f"{n:04}", True)
            for n, paragraph in enumerate(paragraphs)
            for question in paragraph["qas"]
            if not question.get("is_impossible")
        ]
        _print("QuALES, Spanish news", "es", found)


_TABLES: Mapping[str, Callable[[Encoder, Path], None]] = {
    "languages": _languages,
    "headlines": _headlines,
    "questions": _questions,
    "scans": _scans,
    "quales": _quales,
}


@contextmanager
def _archive(encoder: Encoder, documents: Sequence[Article]) -> Iterator[Archive]:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), encoder)
        sync_documents(archive, documents)
        yield archive
        archive.close()


def _written(xquad: Xquad, languages: Mapping[str, str]) -> list[Article]:
    """Every paragraph, in the language of its article."""
    by_language = {name: as_documents(xquad.paragraphs[name]) for name in set(languages.values())}
    return [by_language[languages[p.article]][n] for n, p in enumerate(xquad.paragraphs["es"])]


def _asked(xquad: Xquad, language: str) -> list[str]:
    return [question.text for p in xquad.asked_in(language) for question in p.questions]


def _owners(xquad: Xquad) -> list[int]:
    """The number of the paragraph that each question is about."""
    return [n for n, p in enumerate(xquad.paragraphs["es"]) for _ in p.questions]


def _hits(archive: Archive, xquad: Xquad, questions: Sequence[str]) -> list[Hit]:
    return [
        (_first(archive, text) == f"{n:04}", xquad.split[n] != "train")
        for text, n in zip(questions, _owners(xquad), strict=True)
    ]


def _first(archive: Archive, text: str) -> str:
    question = check_question(text, expected=archive.catalog.languages())
    found = HybridRetriever(archive, question, 1).search()
    return found[0].article if found else ""


def _print(articles: str, asked: str, found: Sequence[Hit]) -> None:
    held = [hit for hit, is_held in found if is_held]
    share = statistics.mean(hit for hit, _ in found)
    print(f"| {articles} | {asked} | {share:.3f} | {len(found)} | {statistics.mean(held):.3f} |",
          flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
