"""The reader's own wrong answers, to learn from that they are wrong.

    python -m training.verifier.mine DATA WORK/mined.jsonl --questions 4000
    python -m training.verifier.mine DATA WORK/asked.jsonl --archive
    python -m training.verifier.mine DATA WORK/press.jsonl --press --extra EXTRA
    python -m training.verifier.mine DATA WORK/broad.jsonl --broad --extra EXTRA

Each line holds a question, a passage that the reader read for it, the span it would give, whether
that is right, and the article. The passage is the question's own paragraph, where the wrong spans
stand in the right sentence or beside it, or another paragraph of the same article, where every
span is wrong. With --archive they are the questions asked of all invented news (training/news) and
the best spans of what is retrieved for them, as the program would answer: the likest sentence of
the article in mind or of another, which is wrong where no article answers; with --press the same of
real news (training/news/press.py). With --broad they are the short, broad questions of real news,
each asked of its own article alone, with what the reader would say to it there and with what
answers other questions of the article. No question of an article of the development or test split
is asked."""

import argparse
import itertools
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

from hemeroteca.index.article import Passage
from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_documents
from hemeroteca.index.text.terms import terms
from hemeroteca.rag.defaults import PASSAGES_READ
from hemeroteca.rag.evaluation.text import token_f1
from hemeroteca.rag.question import check_question
from hemeroteca.rag.reader.decide import Rule, share_out
from hemeroteca.rag.reader.reader import FACT_WITHIN, SpanReader, load_reader, worth_reading
from hemeroteca.rag.retriever import HybridRetriever
from training.data import Paragraph, Splitter, as_documents, load_squad, load_xquad, squad_es
from training.news.asked import AskedOfAll, load_asked
from training.news.examples import NewsArticle, load_news
from training.news.press import in_translation, load_press, load_press_asked

_RIGHT, _WRONG = 0.6, 0.3  # token F1 with a gold answer: from, and below
_LONGEST = 900  # characters of a passage
_KEPT, _OTHERS = 3, 2  # spans a question, and answers to others
_TOKENS = 256  # of a passage of an article that is read whole
# Sets of reading/ and the share of the questions that they have.
_SETS = {"squad_es_dist": 0.5, "tydiqa_en": 0.7, "qamr_en": 0.05}


@dataclass(frozen=True)
class Mined:
    """What the reader said to `question` from `passage`: its characters `start` to `end`. The split
    goes by `article`."""

    question: str
    passage: str
    start: int
    end: int
    right: bool
    article: str
    language: str
    headline: str = ""


def mine(
    reader: SpanReader, paragraphs: Sequence[Paragraph], questions: int, rng: random.Random
) -> Iterator[Mined]:
    """What `reader` says to at most `questions` of the questions of `paragraphs`."""
    by_article = defaultdict(list)
    for paragraph in paragraphs:
        by_article[paragraph.article].append(paragraph)
    asked = [(p, q) for p in paragraphs for q in p.questions if len(p.text) <= _LONGEST]
    rng.shuffle(asked)
    for paragraph, question in asked[:questions]:
        golds = [paragraph.text[s:e] for s, e in question.spans]
        siblings = [p for p in by_article[paragraph.article] if p is not paragraph]
        read = paragraph
        if siblings and golds and rng.random() < 0.4:
            words = set(terms(question.text, paragraph.language))
            some = rng.sample(siblings, min(12, len(siblings)))
            read = max(some, key=lambda p: len(words & set(terms(p.text, p.language))))
        text = read.text[:_LONGEST]
        passage = Passage("a", "a", text, 0, len(text), read.language)
        spans = reader.score_spans(question.text, [passage])
        for span in sorted(spans, key=lambda s: -s.logit)[:_KEPT]:
            said = read.text[span.start : span.end]
            if any(gold.casefold() in said.casefold() for gold in golds) and read is not paragraph:
                continue  # it may answer after all
            f1 = max((token_f1(said, gold, read.language) for gold in golds), default=0.0)
            right = read is paragraph and f1 >= _RIGHT
            if right or f1 < _WRONG:
                yield Mined(
                    question.text, read.text[:_LONGEST], span.start, span.end, right,
                    read.article, read.language,
                )  # fmt: skip


def mine_archive(
    encoder: Encoder,
    reader: SpanReader,
    articles: Sequence[NewsArticle],
    questions: Sequence[AskedOfAll],
    rng: random.Random,
) -> Iterator[Mined]:
    """What `reader` says to those of `questions` whose articles teach, asked of all `articles`: its
    _KEPT best spans, and what answers."""
    rule = Rule.load()
    asked = [q for q in questions if articles[q.article].split == "train"]
    rng.shuffle(asked)
    paragraphs = [Paragraph(a.headline, a.language, a.text, ()) for a in articles]
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), encoder)
        sync_documents(archive, as_documents(paragraphs))
        for one in asked:
            own = articles[one.article]
            golds = [own.text[s:e] for s, e in one.answers]
            if golds:
                yield Mined(one.text, own.text, *one.answers[0], True, own.group, own.language,
                            own.headline)  # fmt: skip
            found = HybridRetriever(archive, check_question(one.text), 20).search()
            read = worth_reading(found, PASSAGES_READ, FACT_WITHIN)
            spans = reader.score_spans(one.text, read)
            if not spans:
                continue
            likest = sorted(zip(share_out(found, spans, rule), spans, strict=True),
                            key=lambda each: -each[0])  # fmt: skip
            for _, span in likest[:_KEPT]:
                passage, said = read[span.owner], read[span.owner].text[span.start : span.end]
                inside = passage.article == f"{one.article:04}"
                f1 = max((token_f1(said, gold, own.language) for gold in golds), default=0.0)
                holding = any(gold.casefold() in said.casefold() for gold in golds)
                right = inside and f1 >= _RIGHT
                if right or (f1 < _WRONG and not holding):
                    headline = articles[int(passage.article)].headline
                    yield Mined(one.text, passage.text, span.start, span.end, right, own.group,
                                passage.language, headline)  # fmt: skip
        archive.close()


def mine_press(
    data: Path, extra: Path | None, encoder: Encoder, reader: SpanReader, rng: random.Random
) -> Iterator[Mined]:
    """The same of real news, an archive for each translation into Spanish and one for all other
    languages, so that none tells of an event in two Spanish ways."""
    every = load_press(data, extra)
    archives = defaultdict(list)
    for article in every:
        prefix = article.name.partition("-")[0]
        archives[prefix if prefix.startswith("es") else "other"].append(article)
    for articles in archives.values():
        # A broad one another article may answer, too: mine_broad asks it of its own alone.
        asked = [q for q in load_press_asked(articles) if not q.broad]
        yield from mine_archive(encoder, reader, articles, asked, rng)


def mine_broad(
    data: Path, extra: Path | None, encoder: Encoder, reader: SpanReader, rng: random.Random
) -> Iterator[Mined]:
    """What `reader` says to the broad questions of each article that teaches and, half of them, of
    a translation: its _KEPT best spans, what answers, and _OTHERS spans that answer another."""
    articles = load_press(data, extra)
    asked = [q for q in load_press_asked(articles) if q.broad]
    translated = in_translation(asked, articles, rng)
    asked += rng.sample(translated, len(translated) // 2)
    splitter = Splitter(encoder.token_offsets)
    of_article = defaultdict(list)
    for one in asked:
        of_article[one.article].append(one)
    for place, questions in of_article.items():
        own = articles[place]
        if own.split != "train":
            continue
        whole = Paragraph(own.headline, own.language, own.text, ())
        passages = [
            Passage("a", "a", own.text[s:e], s, e, own.language, own.headline,
                    headline=0 if s else len(own.headline))
            for s, e in splitter.split(whole, _TOKENS)
        ]  # fmt: skip
        answers = [span for question in questions for span in question.answers[:1]]
        for one in questions:
            golds = [own.text[s:e] for s, e in one.answers]
            read = reader.score_spans(one.text, passages)
            likest = sorted(read, key=lambda span: -span.logit)[:_KEPT]
            first = [passages[span.owner].start for span in likest]
            spans = [(a + s.start, a + s.end) for a, s in zip(first, likest, strict=True)]
            others = rng.sample(answers, min(_OTHERS, len(answers)))
            for start, end in dict.fromkeys([*one.answers[:1], *spans, *others]):
                said = own.text[start:end]
                f1 = max((token_f1(said, gold, own.language) for gold in golds), default=0.0)
                holding = any(gold.casefold() in said.casefold() for gold in golds)
                if f1 >= _RIGHT or (f1 < _WRONG and not holding):
                    yield Mined(one.text, own.text, start, end, f1 >= _RIGHT, own.group,
                                own.language, own.headline)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("target", type=Path, help="a file to write, one JSON line a span")
    parser.add_argument("--questions", type=int, default=4000)
    parser.add_argument("--archive", action="store_true", help="ask the archive of invented news")
    parser.add_argument("--press", action="store_true", help="ask archives of real news")
    parser.add_argument("--broad", action="store_true", help="ask articles of real news broadly")
    parser.add_argument("--extra", type=Path, help="a folder with real news in other languages")
    args = parser.parse_args()
    rng = random.Random(19)
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"), threads=1)
    reader = load_reader(encoder)
    if args.archive:
        articles = load_news()
        _write(mine_archive(encoder, reader, articles, load_asked(articles), rng), args.target)
        return
    if args.press:
        _write(mine_press(args.data, args.extra, encoder, reader, rng), args.target)
        return
    if args.broad:
        _write(mine_broad(args.data, args.extra, encoder, reader, rng), args.target)
        return
    xquad = load_xquad(args.data / "xquad")
    spanish = squad_es(args.data, xquad, held_out=False)
    groups = [(spanish, 0.55)]
    for language in ("en", "de", "ru"):
        crossed = zip(xquad.asked_in(language), xquad.split, strict=True)
        groups.append(([p for p, split in crossed if split == "train"], 0.06))
    for name, share in _SETS.items():
        paragraphs = load_squad(args.data / "reading" / f"{name}.json", name.split("_")[1])
        groups.append((paragraphs, share / 3))
    asked = (mine(reader, some, int(share * args.questions), rng) for some, share in groups)
    _write(itertools.chain.from_iterable(asked), args.target)


def _write(found: Iterable[Mined], target: Path) -> None:
    with target.open("w", encoding="utf-8") as file:
        for mined in found:
            file.write(json.dumps(asdict(mined), ensure_ascii=False) + "\n")
            file.flush()


if __name__ == "__main__":
    main()
