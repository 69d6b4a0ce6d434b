"""How good the topics of articles are.

    python -m benchmarks.topics ARTICLES.jsonl LANGUAGE

Each line has a `text`, and where known a `title` and a `topic`. Printed are: how many topics there
are and the share of articles that have one; the mean NPMI of the eight most telling words of
topics found over one half of the articles, counted in the other half, beside that of words drawn as
often as they are said (both draws' mean); over two draws of nine tenths, the share of the articles'
pairs that are together in the one and in the other, of those that are in either (Jaccard); and the
normalised mutual information with the topics that are given, of the articles that have one."""

import argparse
import json
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, cast
from unittest.mock import patch

import numpy as np

from benchmarks.letters import LetterEncoder
from hemeroteca.index.article import Article, Passage
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.search import topics as topics_module
from hemeroteca.index.search.topics import Topics, find_topics
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.text.terms import terms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("language")
    args = parser.parse_args()
    lines = args.articles.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    articles = [_article(n, row, args.language) for n, row in enumerate(rows)]
    started = time.process_time()
    found = _topics(articles)
    spent = time.process_time() - started
    print(f"{len(articles):,} articles, {len(found.topics)} topics, {spent:.1f} s of processor")
    print(f"articles with one: {len(found.of) / len(articles):.2f}")
    inside, by_chance, together = [], [], []
    for draw in range(2):
        order = Random(draw).sample(articles, len(articles))
        half = len(order) // 2
        with patch.object(topics_module, "_NAMED_BY", 8):
            words = [topic.words for topic in _topics(order[:half]).topics]
        held = [set(terms(each.text, args.language)) for each in order[half:]]
        inside.append(_npmi(words, held, args.language))
        said = [term for each in order[:half] for term in each.text.split()]
        drawn = [Random(n).sample(said, 8) for n in range(50)]
        by_chance.append(_npmi(drawn, held, args.language))
        together.append(_topics(order[: len(order) * 9 // 10]).of)
    print(f"NPMI over the other half: {np.mean(inside):.2f}, by chance {np.mean(by_chance):.2f}")
    print(f"pairs together in two draws: {_jaccard(*together):.2f}")
    if rows[0].get("topic"):
        from sklearn.metrics import normalized_mutual_info_score

        given = {each.id: row["topic"] for each, row in zip(articles, rows, strict=True)}
        score = normalized_mutual_info_score([given[id] for id in found.of], [*found.of.values()])
        print(f"mutual information with those given: {score:.2f}")
    for topic in found.topics:
        print(f"{len(topic.articles):6,}  {topic.name}")


def _article(n: int, row: dict[str, Any], language: str) -> Article:
    title = row.get("title") or ""
    text = f"{title}\n\n{row['text']}" if title else row["text"]
    return Article(f"a{n:06}", text, language, title, None, hash=str(n))


def _topics(articles: Sequence[Article]) -> Topics:
    """The topics of an archive of `articles`."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), cast(Encoder, LetterEncoder()))
        archive.catalog.put((each, "", [_passage(each)]) for each in articles)
        found = find_topics(archive, lambda done, total: None)
        archive.close()
    return found


def _passage(article: Article) -> Passage:
    text = article.text
    return Passage(f"{article.id}:0", article.id, text, 0, len(text), article.language)


def _npmi(topics: Sequence[Sequence[str]], held: Sequence[set[str]], language: str) -> float:
    """The mean normalised pointwise mutual information of the words of each topic by the articles
    whose terms are `held`; of two words that no article holds together it is -1."""
    means = []
    for words in topics:
        stems = [stem for word in words for stem in terms(word, language)[:1]]
        has = np.array([[stem in each for stem in stems] for each in held], float)
        shares, both = has.mean(axis=0), has.T @ has / len(held)
        found = []
        for one, other in zip(*np.triu_indices(len(stems), 1), strict=True):
            share = both[one, other]
            if 0 < share < 1:
                found.append(np.log(share / (shares[one] * shares[other])) / -np.log(share))
            else:
                found.append(-1.0)
        means.append(np.mean(found) if found else -1.0)
    return float(np.mean(means)) if means else -1.0


def _jaccard(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Of the pairs of articles that both know and that are together in either, those that are in
    both."""
    ids = sorted({*one} & {*other})
    first, second = np.array([one[id] for id in ids]), np.array([other[id] for id in ids])
    in_one = first[:, None] == first[None, :]
    in_other = second[:, None] == second[None, :]
    pairs = np.triu(np.ones_like(in_one), 1).astype(bool)
    return float((in_one & in_other & pairs).sum() / max(1, ((in_one | in_other) & pairs).sum()))


if __name__ == "__main__":
    main()
