"""XQuAD as a corpus of articles and questions, for the benchmarks."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from llama_index.core.schema import Document

from index.articles import derive_title


@dataclass(frozen=True)
class XquadQuestion:
    """A question, the article (one per paragraph) that answers it, and the gold answers."""

    id: str
    text: str
    article: str
    answers: list[str]


def paragraphs(folder: Path, language: str) -> list[tuple[str, str, list[dict]]]:
    """(title, paragraph, questions) of every paragraph of xquad.LANGUAGE.json, in its order."""
    data = json.loads((folder / f"xquad.{language}.json").read_text(encoding="utf-8"))["data"]
    return [(a["title"], p["context"], p["qas"]) for a in data for p in a["paragraphs"]]


def documents(folder: Path, language: str = "es") -> Iterator[Document]:
    """Every paragraph as an article of its own."""
    for n, (_, text, _) in enumerate(paragraphs(folder, language)):
        article = f"{n:03}"
        yield Document(
            id_=article,
            text=text,
            metadata={
                "article": article,
                "title": derive_title(text, language),
                "date": None,
                "day": 0,
                "language": language,
                "source": f"xquad.{language}.json",
                "hash": hashlib.sha256(text.encode()).hexdigest(),
                "body": 0,
            },
        )


def questions(folder: Path, asked: str, corpus: str = "es") -> list[XquadQuestion]:
    """The questions in the language `asked`, with the answers of the `corpus` language."""
    gold = {
        question["id"]: (f"{n:03}", [answer["text"] for answer in question["answers"]])
        for n, (_, _, qas) in enumerate(paragraphs(folder, corpus))
        for question in qas
    }
    return [
        XquadQuestion(question["id"], question["question"], *gold[question["id"]])
        for _, _, qas in paragraphs(folder, asked)
        for question in qas
    ]
