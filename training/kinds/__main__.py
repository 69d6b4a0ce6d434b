"""python -m training.kinds [DATA]: make rag/understand/kind.safetensors, print how well it does.

DATA holds public sets (training/README.md): questions with short answers (reading/, xquad/), of yes
or no (verify/boolq) and of causes (verify/fairytaleqa.jsonl, verify/wikiwhy). They count little
beside the project's own, in questions.txt, and keep long and strange questions short ones. What is
printed last, by language and by kind, is heldout.txt and unseen.txt, of which nothing is learnt and
by which nothing is chosen. Without DATA that alone is printed, of the weights there are."""

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import torch
from safetensors.numpy import save_file

from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.rag.understand.kind import (
    CATALOG_KINDS,
    KIND_FILE,
    KINDS,
    MARK_SCALE,
    VECTOR_SCALE,
    KindClassifier,
    marks,
)
from training.news.asked import asked_rows
from training.news.examples import NEWS
from training.news.press import group_of
from training.verifier.data import split_of

_HERE = Path(__file__).parent
_HELD_OUT = ("heldout.txt", "unseen.txt")
_PUBLIC_WEIGHT = 0.02
_PENALTY = 1.0  # of the squared weights
_SEEN = 3  # times that a mark must be met to be learnt
_NEWS_WEIGHT = 0.01  # of a question of real news: there are three times as many as of all others
_EACH = 40  # questions of a public set
_SHORT_ANSWER = 25  # characters
# What asks for more than a fact, in the languages of the public sets.
_NO_FACT = re.compile(
    r"\W*(why|how (?!many|much|old|long|far|often|tall|high|big|large|fast)|por ?qu[eé]|porqu[eê]|"
    r"c[oó]mo (?!se llam)|pourquoi|comment|warum|wieso|weshalb|wie (?!viel|hei|alt|hoch|lang|gro)|"
    r"perch[eé]|come |per qu[eè]|com |почему|как |hvorfor|varf|hur |hvordan|neden|nasıl|miksi|"
    r"miten|为什么|如何|怎|なぜ|どう|왜|어떻게|لماذا|كيف|چرا|چگونه|למה|"
    r"כיצד|איך|de ce|cum |γιατί|πώς|tại sao|như thế)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Labelled:
    """A question with its kind, and the language or the set that it is of."""

    kind: str
    origin: str
    text: str


def read_questions(path: Path) -> list[Labelled]:
    """The questions of a file with sections `[kind language]`; a kind asked of the catalog may be
    written `catalog-kind`, or `catalog` where it is not said which."""
    found = []
    kind = origin = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind, origin = line[1:-1].split()
            kind = kind.removeprefix("catalog-").replace("list", "articles", kind == "catalog-list")
        elif line and not line.startswith("#"):
            found.append(Labelled(kind, origin, line))
    return found


def public_questions(data: Path) -> list[Labelled]:
    """Some of each public set."""
    rng = random.Random(2)
    found = []
    for path in [*sorted((data / "reading").glob("*.json")), *sorted((data / "xquad").glob("*"))]:
        facts = [
            question["question"]
            for question in _squad(path)
            if question.get("answers")
            and len(question["answers"][0]["text"]) <= _SHORT_ANSWER
            and not _NO_FACT.match(question["question"])
        ]
        # Its answers are whole lines, on what there is in a town.
        if not path.stem.startswith("omosqa"):
            sample = rng.sample(facts, min(_EACH, len(facts)))
            found += [Labelled("short", path.stem, text) for text in sample]
    yesno = [q["question"] for q in _lines(data / "verify" / "boolq" / "dev.jsonl")]
    found += [
        Labelled("yesno", "boolq", f"{text.strip().capitalize()}?")
        for text in rng.sample(yesno, 6 * _EACH)
    ]
    tales = [
        q["question"]
        for q in _lines(data / "verify" / "fairytaleqa.jsonl")
        if q["question"].lower().startswith(("why", "how did", "how was", "how does"))
    ]
    causes = json.loads((data / "verify" / "wikiwhy" / "question.json").read_text())
    for origin, texts in (("fairytaleqa", tales), ("wikiwhy", list(causes["question"].values()))):
        found += [Labelled("explanation", origin, t) for t in rng.sample(texts, 3 * _EACH)]
    return found


# What the authors of the questions of real news called them.
_OF_NEWS = dict.fromkeys(("who", "when", "where", "number", "relation", "what"), "short") | {
    "why": "explanation", "how": "explanation", "said": "position",
}  # fmt: skip


def news_questions() -> list[Labelled]:
    """The questions of real news (training/news/press), of articles that teach. One of a fact that
    asks why or how, or the contrary, is left out."""
    found = []
    for row in asked_rows(NEWS / "press"):
        kind = _OF_NEWS.get(row["kind"], "")
        fits = (kind == "explanation") == bool(_NO_FACT.match(row["question"]))
        if kind and fits and split_of(group_of(row["article"])) == "train":
            found.append(Labelled(kind, "press", row["question"]))
    return found


def _squad(path: Path) -> Iterator[dict[str, Any]]:
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            yield from paragraph["qas"]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def fit(features: np.ndarray, kinds: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The (features + 1, kinds) weights, the last row the intercepts, that make `kinds` likeliest,
    each question counted by its weight."""
    given, aim = torch.tensor(features), torch.tensor(kinds)
    counted = torch.tensor(weights, dtype=torch.float32)
    learnt = torch.zeros(given.shape[1] + 1, len(KINDS), requires_grad=True)
    optimizer = torch.optim.LBFGS([learnt], max_iter=150, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        logits = given @ learnt[:-1] + learnt[-1]
        each = torch.nn.functional.cross_entropy(logits, aim, reduction="none")
        total = (each * counted).sum() + _PENALTY / 2 * learnt[:-1].square().sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return learnt.detach().numpy()


def learn(encoder: Encoder, data: Path) -> None:
    own, public = read_questions(_HERE / "questions.txt"), public_questions(data)
    looked_at = read_questions(_HERE / "looked_at.txt")
    own += [q for q in looked_at if q.kind in KINDS]  # "catalog" does not say what of it
    news = news_questions()
    questions = [*own, *public, *news]
    vectors, tokens = _encoded(encoder, questions)
    met = Counter(mark for ids in tokens for mark in set(marks(ids)))
    known = [mark for mark, times in met.items() if times >= _SEEN]
    column = {mark: n for n, mark in enumerate(known)}
    there = np.zeros((len(questions), len(known)), np.float32)
    for row, ids in enumerate(tokens):
        there[row, [column[mark] for mark in set(marks(ids)) & column.keys()]] = MARK_SCALE
    mean = vectors[: len(own)].mean(axis=0)
    names: list[str] = list(KINDS)
    learnt = fit(
        np.hstack([(vectors - mean) * VECTOR_SCALE, there]),
        np.array([names.index(question.kind) for question in questions]),
        np.array([1.0] * len(own) + [_PUBLIC_WEIGHT] * len(public) + [_NEWS_WEIGHT] * len(news)),
    )
    save_file(
        {
            "mean": mean,
            "weights": learnt.astype(np.float16),
            "marks": np.array(known, np.int64),
        },
        KIND_FILE,
    )
    print(f"learnt of {len(own)} own questions and {len(public)} public ones, {len(known)} marks")


def _encoded(encoder: Encoder, questions: Sequence[Labelled]) -> tuple[np.ndarray, list[list[int]]]:
    texts = [question.text for question in questions]
    return encoder.encode_questions(texts), [t.ids for t in encoder.tokenize(texts)]


def print_measure(encoder: Encoder) -> None:
    """The share of each set that is told rightly, by language and by kind."""
    classifier = KindClassifier()
    print("| | " + " | ".join(_HELD_OUT) + " | both |\n|---|---|---|---|")
    rows: dict[str, list[list[bool]]] = {}
    for column, name in enumerate(_HELD_OUT):
        questions = read_questions(_HERE / name)
        for question, vector, ids in zip(questions, *_encoded(encoder, questions), strict=True):
            found = classifier.kind(vector, ids)
            ok = found == question.kind or (question.kind == "catalog" and found in CATALOG_KINDS)
            for group in ("all", question.origin, question.kind):
                rows.setdefault(group, [[] for _ in _HELD_OUT])[column].append(ok)
    for group in sorted(rows, key=lambda each: (each in KINDS or each == "catalog", len(each))):
        cells = [*rows[group], [each for column in rows[group] for each in column]]
        print(f"| {group} | {' | '.join(map(_share, cells))} |")


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right) / len(right):.3f} of {len(right)}" if right else ""


def main() -> None:
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"), threads=1)
    for data in sys.argv[1:2]:
        learn(encoder, Path(data))
    print_measure(encoder)


if __name__ == "__main__":
    main()
