"""How long the kinds of question that look at many articles take over a large archive.

    python -m benchmarks.kinds.speed FILE [--passages 100000] [--rounds 5] [--folder FOLDER]

FILE is a JSON Lines file of articles with a text (noticias.jsonl). The archive is made of copies of
them, the sentences of a passage in another order and its vector with some noise, so that as many
passages as ever are like a question. Asked are the questions of each kind in questions.jsonl, in
turn, ROUNDS of each; milliseconds of the clock and of the processor, at the median."""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import platformdirs

from benchmarks.kinds.asked import read_questions
from hemeroteca.index.article import Article, Passage
from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.ui.session import open_chain
from hemeroteca.ui.settings import Settings

_KINDS = ("short", "timeline", "summary", "name", "comparison", "catalog", "yesno")
_NOISE = 0.02  # of each of 384 numbers: cosines of .93, as of two articles on one thing
_BATCH = 50  # articles written at once
_FIRST_DAY, _DAYS = date(2015, 1, 1), 3_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where the archive is made, and left")
    args = parser.parse_args()
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    with tempfile.TemporaryDirectory() as temporary:
        archive = Archive(args.folder or Path(temporary), encoder)
        if not archive.catalog.counts()[0]:  # else made before: the copies are no file's
            sync_folders(archive, [args.file])
        _fill(archive, args.passages)
        print(f"{archive.catalog.counts()[1]:,} passages\n")
        _measure(archive, args.rounds)
        archive.close()


def _fill(archive: Archive, passages: int) -> None:
    """Copies of what `archive` holds, until it holds so many passages."""
    if archive.catalog.counts()[1] >= passages:
        return
    chance, noise = random.Random(0), np.random.default_rng(0)
    originals = [
        (article, archive.catalog.passages_of(article.id))
        for each in archive.catalog.listed()
        if (article := archive.document(each.article)) and not each.article.startswith("copy-")
    ]
    vectors = archive.encoder.encode_passages([p.text for _, of in originals for p in of])
    there, n = archive.catalog.counts()[1], 0
    while there < passages:
        entries, noisy = [], []
        for _ in range(_BATCH):
            at = n % len(originals)
            first = sum(len(of) for _, of in originals[:at])
            article, copies = _copied(*originals[at], n, chance)
            entries.append((article, "", copies))
            noisy.append(vectors[first : first + len(copies)])
            n += 1
        put = np.concatenate(noisy)
        put = put + _NOISE * noise.standard_normal(put.shape).astype(np.float32)
        put /= np.linalg.norm(put, axis=1, keepdims=True)
        made = [passage for _, _, of in entries for passage in of]
        archive.vectors.put(made, put)
        archive.fulltext.put(made)
        archive.fulltext.commit()
        archive.catalog.put(entries)
        archive.articles.put([article for article, _, _ in entries])
        archive.articles.commit()
        there += len(made)


def _copied(
    article: Article, passages: list[Passage], n: int, chance: random.Random
) -> tuple[Article, list[Passage]]:
    texts = []
    for passage in passages:
        spans = sentence_spans(passage.text, passage.language)
        parts = [passage.text[start:end] for start, end in spans]
        texts.append(" ".join(chance.sample(parts, len(parts))))
    day = (_FIRST_DAY + timedelta(chance.randrange(_DAYS))).isoformat()
    copy = replace(
        article, id=f"copy-{n}", text=" ".join(texts), hash=f"copy-{n}", date=day, opening=0, body=0
    )
    made, start = [], 0
    for passage, text in zip(passages, texts, strict=True):
        end = start + len(text)
        made.append(
            replace(
                passage,
                id=f"copy-{n}:{start}",
                article=copy.id,
                text=text,
                start=start,
                end=end,
                date=day,
                headline=0,
            )
        )
        start = end + 1
    return copy, made


def _measure(archive: Archive, rounds: int) -> None:
    chain = open_chain(Settings(), archive)
    print("| kind | questions | ms | of the processor | shown |\n|---|---|---|---|---|")
    for kind, questions in _asked(rounds):
        clock, processor, shown = [], [], 0
        chain.ask(questions[0])  # the first warms up
        for question in questions:
            before, spent = time.perf_counter(), time.process_time()
            shown += chain.ask(question).answerable
            clock.append(1e3 * (time.perf_counter() - before))
            processor.append(1e3 * (time.process_time() - spent))
        times = f"{statistics.median(clock):.0f} | {statistics.median(processor):.0f}"
        print(f"| {kind} | {len(questions)} | {times} | {shown} |", flush=True)


def _asked(rounds: int) -> Iterator[tuple[str, list[str]]]:
    known = read_questions()
    for kind in _KINDS:
        of_kind = [q for q in known if kind in (q.kind, q.asked) and not q.history]
        yield kind, [q.question for q in of_kind[: 3 * rounds]]


if __name__ == "__main__":
    main()
