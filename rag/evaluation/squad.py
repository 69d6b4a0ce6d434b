"""SQuAD 1.1 and 2.0 files as test sets: each paragraph becomes an article.

Source of the format: Rajpurkar et al. 2016 (SQuAD), Rajpurkar, Jia and Liang 2018 (SQuAD 2.0)."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hemeroteca.index.article import Article
from hemeroteca.index.text.language import detect_language
from hemeroteca.index.text.titles import derive_title
from hemeroteca.rag.evaluation.testset import (
    Case,
    CaseSet,
    EvaluationError,
    Gold,
    Part,
    Span,
    join_documents,
    read_text,
    sentences_around,
)

_SAMPLE_CHARACTERS = 4_000


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph and its questions; `round` is its place among those of its SQuAD article."""

    article: str
    round: int
    text: str
    questions: Sequence[dict[str, Any]]


def read_squad(
    path: Path,
    questions: Path | None = None,
    per_paragraph: bool = False,
    distractors: Sequence[Article] = (),
) -> CaseSet:
    """The test set in the SQuAD file `path`, with `distractors` added to its corpus.

    `questions` is a parallel file from which the questions' wording is taken, by id; the answers
    stay those of `path`, in the language of the corpus.

    SQuAD 2.0 calls a question impossible when its own paragraph does not answer it; another
    paragraph of the same article may. So by default, where all paragraphs are in the corpus,
    impossible questions cannot be judged and are left out, and counted. With `per_paragraph` they
    are asked: the set is asked in rounds, and the corpus of round n is the n-th paragraph of every
    SQuAD article, so that no question meets another paragraph of its own article.

    A file is in one language, detected from its beginning. Raises EvaluationError if a file is
    malformed, repeats an id, or if `questions` lacks one."""
    paragraphs = _read(path)
    wording = _wording(paragraphs if questions is None else _read(questions))
    corpus_language = detect_language(_sample(p.text for p in paragraphs))
    asked_language = detect_language(_sample(wording.values()))
    rounds: dict[int, tuple[list[Article], list[Case]]] = {}
    seen: set[str] = set()
    left_out = 0
    for paragraph in paragraphs:
        documents, cases = rounds.setdefault(paragraph.round if per_paragraph else 0, ([], []))
        document = _document(paragraph, corpus_language, path)
        documents.append(document)
        for qa in paragraph.questions:
            if qa["id"] in seen:
                raise EvaluationError(
                    "{path}: the question id {id!r} occurs twice", path=path, id=qa["id"]
                )
            seen.add(qa["id"])
            if qa["id"] not in wording:
                raise EvaluationError(
                    "{questions} has no question {id!r}: name the file that asks the questions of "
                    "{path} in another language",
                    questions=questions,
                    id=qa["id"],
                    path=path,
                )
            case = _case(qa, document, path)
            if not case.answerable and not per_paragraph:
                left_out += 1
                continue
            cases.append(replace(case, question=wording[qa["id"]], lang=asked_language))
    parts = [
        Part(join_documents(documents, distractors), cases)
        for documents, cases in rounds.values()
        if cases
    ]
    if not parts:
        if left_out:
            raise EvaluationError(
                "{path} holds no question: all are impossible, ask them with --per-paragraph",
                path=path,
            )
        raise EvaluationError("{path} holds no question", path=path)
    name = path.stem if questions is None else f"{path.stem} ({questions.stem})"
    return CaseSet(name, parts, left_out)


def _read(path: Path) -> list[_Paragraph]:
    try:
        data = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise EvaluationError(
            "{path}, line {line}: expected a SQuAD file (JSON), {reason}",
            path=path,
            line=error.lineno,
            reason=error.msg,
        ) from None
    if not isinstance(data, dict) or not isinstance(data.get("data"), list):
        raise EvaluationError("{path} is no SQuAD file: it has no list 'data'", path=path)
    counts: Counter[str] = Counter()
    paragraphs = []
    for n, article in enumerate(data["data"]):
        try:
            title = str(article.get("title") or "untitled").replace(" ", "_")
            for paragraph in article["paragraphs"]:
                text, qas = paragraph["context"], paragraph["qas"]
                for qa in qas:
                    qa["id"] = str(qa["id"])
                    if not isinstance(qa["question"], str) or not isinstance(text, str):
                        raise TypeError("a text that is none")
                paragraphs.append(
                    _Paragraph(f"{title}/{counts[title]:02}", counts[title], text, qas)
                )
                counts[title] += 1
        except (AttributeError, KeyError, TypeError) as error:
            raise EvaluationError(
                "{path} is no SQuAD file: data[{number}] lacks or mistypes {reason}",
                path=path,
                number=n,
                reason=str(error),
            ) from None
    return paragraphs


def _wording(paragraphs: Sequence[_Paragraph]) -> dict[str, str]:
    return {qa["id"]: qa["question"] for p in paragraphs for qa in p.questions}


def _document(paragraph: _Paragraph, language: str, path: Path) -> Article:
    return Article(
        id=paragraph.article,
        text=paragraph.text,
        title=derive_title(paragraph.text, language),
        date=None,
        language=language,
        source=str(path),
        hash=hashlib.sha256(paragraph.text.encode()).hexdigest(),
    )


def _case(qa: dict[str, Any], document: Article, path: Path) -> Case:
    article = document.id
    answers: list[str] = []
    spans: list[Span] = []
    for answer in [] if qa.get("is_impossible") else qa.get("answers", []):
        try:
            text, start = answer["text"], int(answer["answer_start"])
        except (KeyError, TypeError, ValueError) as error:
            raise EvaluationError(
                "{path}: an answer of question {id!r} lacks or mistypes {reason}",
                path=path,
                id=qa["id"],
                reason=str(error),
            ) from None
        if document.text[start : start + len(text)] != text:
            raise EvaluationError(
                "{path}: the answer {text!r} of question {id!r} is not at character {start} of "
                "its paragraph",
                path=path,
                text=text,
                id=qa["id"],
                start=start,
            )
        answers.append(text)
        spans.append(Span(article, start, start + len(text)))
    evidence = tuple(dict.fromkeys(spans))
    return Case(
        id=qa["id"],
        question=qa["question"],
        answers=tuple(dict.fromkeys(answers)),
        evidence=tuple(dict.fromkeys(answers)),
        article=article,
        gold=Gold(
            evidence,
            sentences_around(document, evidence),
            document.language if evidence else "",
        ),
    )


def _sample(texts) -> str:  # type: ignore[no-untyped-def]
    sample = ""
    for text in texts:
        if len(sample) >= _SAMPLE_CHARACTERS:
            break
        sample += text + "\n"
    return sample
