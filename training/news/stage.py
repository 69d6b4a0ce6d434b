"""What the stage `news` learns from: invented news, and enough of all before that it is not
forgotten."""

import itertools
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.text.sentences import sentence_spans
from training.data import (
    Example,
    Paragraph,
    Splitter,
    VectorIndex,
    Xquad,
    crossed,
    examples,
    load_squad,
    sentence_examples,
    squad_es,
)
from training.deeds import deed_examples
from training.events import event_examples
from training.news.examples import NewsArticle, load_news, news_examples, written_examples
from training.noise import noisy
from training.stories import story_examples

# Sets of reading/, their language, the share of their questions that is used and of negatives.
_SETS = {
    "piaf_fr": ("fr", 0.2, 0.3), "tydiqa_en": ("en", 0.3, 0.3), "viquiquad_ca": ("ca", 0.5, 0.4),
    "faquad_pt": ("pt", 0.5, 0.4), "qamr_en": ("en", 0.04, 0.3), "norquad_no": ("no", 0.1, 0.3),
    "squad_es_dist": ("es", 1.0, 0.4), "squad_pt_sample": ("pt", 0.4, 0.3),
    "tydiqa_ru": ("ru", 0.5, 0.3),
}  # fmt: skip
_PAIRS = (("en", "es"), ("es", "es"), ("de", "es"), ("ru", "es"), ("es", "en"))
# Files asked twice: of the longer articles, of several about one event, of who did what to whom.
_TWICE = "uvd"
_ELSEWHERE = 0.35  # of answered questions are also asked of another article
_TITLES = 0.4  # of encyclopaedic passages are read behind their article's title


def rehearsed(
    data: Path, xquad: Xquad, splitter: Splitter, rng: random.Random, encoder: Encoder
) -> list[Example]:
    """A share of what the stages before learnt from, and of the sets that are new."""
    spanish = squad_es(data, xquad, held_out=False)
    asked = [q.text for p in spanish for q in p.questions]
    paragraphs = list(spanish)
    for language, _ in _PAIRS:
        for paragraph, split in zip(xquad.asked_in(language), xquad.split, strict=True):
            if split == "train":
                asked += [q.text for q in paragraph.questions]
                paragraphs += [paragraph] if language == "es" else []
    passages = [p.text[s:e] for p in paragraphs for s, e in splitter.split(p, 200)]
    index = VectorIndex(passages, asked, encoder)
    made = examples(spanish, splitter, rng, "squad_es", 0.5, 0.5, index, titles=_TITLES)
    made += crossed(xquad, ["train"], _PAIRS, splitter, rng, 0.5, index, titles=_TITLES)
    made += sentence_examples(made, "es", 0.3, rng)
    for name, (language, share, negatives) in _SETS.items():
        paragraphs = load_squad(data / "reading" / f"{name}.json", language)
        made += examples(paragraphs, splitter, rng, name, share, negatives)
    return made


def invented(
    splitter: Splitter, rng: random.Random, encoder: Encoder, told: int = 1
) -> list[Example]:
    """Examples of the invented news that is not kept for measuring, a few of made-up events told
    among its sentences, `told` times as many, and of the sentences written for the verifier."""
    articles = [article for article in load_news() if article.split == "train"]
    made = news_examples(articles, splitter, rng) + written_examples(rng)
    made += news_examples([a for a in articles if a.file[0] in _TWICE], splitter, rng)
    made += from_elsewhere(articles, splitter, rng, encoder)
    among = told_among(articles)
    made += story_examples(among, 900 * told, rng)
    made += event_examples(among, 300 * told, rng)
    made += deed_examples(among, 450 * told, rng)
    return [noisy(example, rng) for example in made]


def who_did_what(splitter: Splitter, rng: random.Random) -> list[Example]:
    """Made-up events told among invented news, and the stories of who did what to whom."""
    articles = [article for article in load_news() if article.split == "train"]
    among = told_among(articles)
    made = story_examples(among, 2400, rng)
    made += event_examples(among, 800, rng)
    made += deed_examples(among, 1200, rng)
    made += news_examples([a for a in articles if a.file[0] == "d"], splitter, rng)
    return [noisy(example, rng) for example in made]


def from_elsewhere(
    articles: Sequence[NewsArticle],
    splitter: Splitter,
    rng: random.Random,
    encoder: Encoder,
    share: float = _ELSEWHERE,
) -> list[Example]:
    """For a share of the answered questions of invented news, the passage of other articles that
    retrieval takes for the likest, without an answer. Articles of one file may tell one event, so
    that what another says of it might answer."""
    passages, files = [], []
    for article in articles:
        paragraph = Paragraph(article.headline, article.language, article.text, ())
        for start, end in splitter.split(paragraph, rng.choice((128, 200, 256))):
            passages.append((article.text[start:end], article.headline if start else ""))
            files.append(article.file)
    asked = [
        (question, article.text[slice(*question.span)].casefold(), article.file)
        for article in articles
        for question in article.asked
        if question.span and rng.random() < share
    ]
    if not asked:
        return []
    vectors = encoder.encode_passages([text for text, _ in passages])
    cosines = encoder.encode_questions([question.text for question, _, _ in asked]) @ vectors.T
    made = []
    for (question, answer, file), row in zip(asked, cosines, strict=True):
        likest = (
            passages[n]
            for n in np.argsort(-row)[:60]
            if files[n] != file and answer not in passages[n][0].casefold()
        )
        for text, headline in itertools.islice(likest, 1):
            made.append(Example(question.text, text, None, "news", headline))
    return made


def held_news(splitter: Splitter) -> list[Example]:
    """At most 400 examples of the articles that are kept for measuring, without noise."""
    rng = random.Random(7)
    articles = [article for article in load_news() if article.split != "train"]
    made = news_examples(articles, splitter, rng)
    return rng.sample(made, min(400, len(made)))


def told_among(articles: Sequence[NewsArticle]) -> dict[str, list[str]]:
    """Sentences of invented news by language, among which made-up events are told."""
    return {
        language: [
            article.text[start:end]
            for article in articles
            if article.language == language
            for start, end in sentence_spans(article.text, language)
            if 40 <= end - start <= 250
        ]
        for language in ("es", "en")
    }
