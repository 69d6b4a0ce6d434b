"""The invented news as an archive and a test set, to be asked as an archive is.

    python -m training.news.testset FOLDER      articles/news.jsonl and questions.jsonl in it
    hemeroteca evaluate FOLDER/questions.jsonl --articles FOLDER/articles

All articles are in the archive; of the questions those are asked whose articles do not teach."""

import argparse
import json
from pathlib import Path
from typing import Any

from hemeroteca.index.text.sentences import sentence_spans
from training.news.asked import load_asked
from training.news.examples import NEWS, load_news


def write_articles(folder: Path) -> None:
    """Every invented article, as `hemeroteca index` reads JSON lines."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "news.jsonl").open("w", encoding="utf-8") as file:
        for path in sorted(NEWS.glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                article = {
                    "title": row["headline"], "source": row["paper"], "date": row["day"],
                    "text": row["text"],
                }  # fmt: skip
                file.write(json.dumps(article, ensure_ascii=False) + "\n")


def cases() -> list[dict[str, Any]]:
    """Lines of a test set (docs/evaluation.md)."""
    articles = load_news()
    made = []
    for number, question in enumerate(load_asked(articles)):
        article = articles[question.article]
        if article.split == "train":
            continue
        sentences = sentence_spans(article.text, article.language)
        evidence = [
            article.text[start:end]
            for start, end in sentences
            if any(start <= s and e <= end for s, e in question.answers)
        ]
        answers = [article.text[s:e] for s, e in question.answers]
        made.append(
            {
                "id": f"{number:05}", "question": question.text, "lang": question.language,
                "answers": answers, "tags": [question.kind],
            }
            | ({"evidence": evidence or answers} if answers else {})
        )  # fmt: skip
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    write_articles(folder / "articles")
    lines = [json.dumps(case, ensure_ascii=False) + "\n" for case in cases()]
    (folder / "questions.jsonl").write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} questions")


if __name__ == "__main__":
    main()
