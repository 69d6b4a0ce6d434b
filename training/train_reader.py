"""Train the reader on two cores, in stages that restart from their last checkpoint.

    python -m training.train_reader DATA_DIR WORK_DIR --stage main --steps 3000
    python -m training.train_reader DATA_DIR WORK_DIR --stage cool --steps 800
    python -m training.train_reader DATA_DIR WORK_DIR --stage hard --steps 400
    python -m training.average rag/reader/reader.safetensors WORK_DIR/first.pt WORK_DIR/hard.pt
    python -m training.train_reader DATA_DIR WORK_DIR --stage events --steps 600

`main` learns at a constant rate from every set of DATA_DIR and may be stopped and continued at
any step; `cool` goes on from there with the rate falling to zero, on whole passages and mostly on
questions over Spanish; `hard`, from half the rate, adds to every question a passage that retrieval
confuses with the right one; `false`, which begins at a mean of networks, asks false questions too;
`events` adds made-up events to what `hard` learns from, and begins at the same mean; `deeds` goes
on from there with made-up deeds as well; `stories` begins at the mean again and tells events among
other news of the same people; some of its questions follow another; `settle`, with dropout, learns
from all of this together and from single sentences; `whole` likewise, from more, and all twelve
layers; `news` goes on from what is shipped with invented news, headlines and noise; `together`
with invented news and what `whole` learnt from, made-up events aside, and all twelve layers;
`asked` goes on from there with questions asked of the whole archive of invented news; `press`
from a mean again with those and questions asked of real news, and with more of all before; `told`,
short, from a mean with a fifth of that and many of who did what to whom, which is soon forgotten;
`longer` from there with all of both, and `broad` with short, broad questions of real news, too.
Every evaluation is a line of WORK_DIR/log.jsonl. What was tried,
failures too, stands in training/README.md."""

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import platformdirs
import torch
from torch import Tensor, nn

from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.encoder.weights import load_weights, save_weights
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.rag.reader.network import READER_FILE, Pair, own_layers
from training.data import (
    Example,
    Splitter,
    VectorIndex,
    Xquad,
    as_follow_ups,
    crossed,
    examples,
    load_squad,
    load_xquad,
    sentence_examples,
    squad_es,
)
from training.deeds import deed_examples
from training.events import event_examples
from training.measure import measure, measure_events
from training.network import SpanNetwork, SpanScores, headed_pair, load_backbone
from training.news.asked import asked_examples, load_asked
from training.news.examples import load_news
from training.news.press import PRINTED, in_translation, load_press, load_press_asked
from training.news.stage import held_news, invented, rehearsed, who_did_what
from training.noise import noisy
from training.stages import COOL_SETS, MAIN_SETS, STAGES, Sets
from training.stories import story_examples

T = TypeVar("T")
_TOKENS_IN_BATCH = 2048
_MAX_QUESTION_TOKENS = 64
_RATES = {"layers": 1.2e-4, "adapters": 1e-3, "heads": 8e-4}
_WARMUP_STEPS = 200
_SAVE_EVERY, _MEASURE_EVERY = 100, 400
_LANGUAGES = {"squad_es_dist": "es", "squad_pt_sample": "pt"}  # of sets not named by theirs


@dataclass(frozen=True)
class Item:
    """An example as token ids with its gold token span (inclusive), None for no answer, and its
    group."""

    pair: Pair
    gold: tuple[int, int] | None
    group: int = -1


def tokenize(batch: Sequence[Example], encoder: Encoder) -> list[Item]:
    """Token ids of examples; one whose span begins or ends at no token is left out."""
    questions = encoder.tokenize([f"query: {e.question}" for e in batch])
    headlines = encoder.tokenize([e.headline for e in batch])
    passages = encoder.tokenize([e.passage for e in batch])
    items = []
    for example, question, headline, passage in zip(
        batch, questions, headlines, passages, strict=True
    ):
        pair = headed_pair(question.ids[:_MAX_QUESTION_TOKENS], headline.ids, passage.ids[:400])
        gold = None
        if example.span is not None:
            start, end = example.span
            inside = [n for n, (a, b) in enumerate(passage.spans[:400]) if a < end and b > start]
            if not inside or inside[-1] - inside[0] >= 40:
                continue
            gold = (pair.first + inside[0], pair.first + inside[-1])
        items.append(Item(pair, gold, example.group))
    return items


def loss_of(scores: SpanScores, items: Sequence[Item]) -> Tensor:
    """Mean negative log-likelihood of the gold span, or of no answer, among all spans and it."""
    everything = torch.cat([scores.spans.flatten(1), scores.none[:, None]], dim=1)
    width = scores.spans.shape[1]
    gold = torch.tensor(
        [width * width if i.gold is None else i.gold[0] * width + i.gold[1] for i in items]
    )
    return nn.functional.cross_entropy(everything, gold)


def loss_among(scores: SpanScores, items: Sequence[Item]) -> Tensor:
    """Mean negative log-likelihood of the gold spans, or of no answer, among all spans of all
    passages of a group: what the program compares, for which each passage's own softmax is not
    made (Clark and Gardner 2018, "Simple and Effective Multi-Paragraph Reading Comprehension")."""
    groups: dict[int, list[int]] = defaultdict(list)
    for n, item in enumerate(items):
        if item.group >= 0:
            groups[item.group].append(n)
    logits = (scores.spans - scores.none[:, None, None]).flatten(1)
    width = scores.spans.shape[1]
    losses = []
    for members in groups.values():
        everything = torch.cat([torch.zeros(1), logits[members].flatten()]).logsumexp(0)
        spans = [(n, gold) for n in members if (gold := items[n].gold)]
        right = [logits[n, start * width + end] for n, (start, end) in spans]
        losses.append(everything - (torch.stack(right).logsumexp(0) if right else 0.0))
    return torch.stack(losses).mean() if losses else torch.zeros(())


def batches(items: Sequence[Item], rng: random.Random) -> Iterator[list[Item]]:
    """Batches of about _TOKENS_IN_BATCH tokens with padding, of like lengths, a group's items in
    one, without end."""
    together: dict[int, list[Item]] = defaultdict(list)
    for n, item in enumerate(items):
        together[item.group if item.group >= 0 else -1 - n].append(item)
    order = list(together.values())
    while True:
        rng.shuffle(order)
        for at in range(0, len(order), 1024):
            chunk = sorted(order[at : at + 1024], key=_longest)
            made: list[list[Item]] = [[]]
            for group in chunk:
                if _longest(group) * (len(made[-1]) + len(group)) > _TOKENS_IN_BATCH and made[-1]:
                    made.append([])
                made[-1] += group
            rng.shuffle(made)
            yield from made


def _longest(items: Sequence[Item]) -> int:
    return max(len(item.pair.ids) for item in items)


def main_examples(
    data: Path, xquad: Xquad, splitter: Splitter, rng: random.Random
) -> list[Example]:
    """What the stage `main` learns from."""
    made = examples(squad_es(data, xquad, held_out=False), splitter, rng, "squad_es")
    pairs = [(asked, "es") for asked in xquad.paragraphs]
    pairs += [("en", "en"), ("es", "en")]
    pairs += [("en", w) for w in ("de", "ru", "zh", "ar", "ro")]
    pairs += [("ru", "ru"), ("zh", "zh"), ("de", "de"), ("es", "ro"), ("tr", "en"), ("th", "ru")]
    made += crossed(xquad, ["train"], pairs, splitter, rng)
    return made + _sets(data, MAIN_SETS, splitter, rng)


def cool_examples(
    data: Path, xquad: Xquad, splitter: Splitter, rng: random.Random
) -> list[Example]:
    """What the stage `cool` learns from."""
    made = examples(squad_es(data, xquad, held_out=False), splitter, rng, "squad_es", 0.8, 0.5)
    pairs = [("en", "es"), ("es", "es"), ("en", "es"), ("de", "es"), ("en", "en")]
    pairs += [("ru", "es"), ("zh", "es")]
    made += crossed(xquad, ["train"], pairs, splitter, rng, 0.5)
    return made + _sets(data, COOL_SETS, splitter, rng)


def hard_examples(
    data: Path,
    xquad: Xquad,
    splitter: Splitter,
    rng: random.Random,
    encoder: Encoder,
    stage: str,
    part: int = 1,
) -> list[Example]:
    """What the stage `hard` learns from: for most questions also a passage that retrieval confuses
    with theirs; in `false`, for many also a false question over their own. With `part`, one of so
    many paragraphs and questions, and twice as many of those asked in other languages."""
    spanish = squad_es(data, xquad, held_out=False)
    spanish = _one_of(part, spanish, rng)
    pairs = [("en", "es"), ("es", "es"), ("en", "es"), ("de", "es"), ("ru", "es"), ("zh", "es")]
    how = STAGES[stage]
    if how.whole:
        pairs += [("es", "es"), ("en", "en"), ("es", "en")]
        pairs += [("ar", "es"), ("ro", "es"), ("en", "de")]
    asked = [q.text for p in spanish for q in p.questions]
    paragraphs = list(spanish)
    for language in dict.fromkeys(asked_in for asked_in, _ in pairs):
        for paragraph, split in zip(xquad.asked_in(language), xquad.split, strict=True):
            if split == "train":
                asked += [q.text for q in paragraph.questions]
                paragraphs += [paragraph] if language == "es" else []
    passages = [p.text[s:e] for p in paragraphs for s, e in splitter.split(p, 200)]
    index = VectorIndex(passages, asked, encoder)
    negatives, swaps = (0.5, 0.6) if stage == "false" else (0.8, 0.0)
    share = 1.0 if how.whole else 0.7
    made = examples(spanish, splitter, rng, "squad_es", share, negatives, index, swaps)
    of_xquad = crossed(xquad, ["train"], pairs, splitter, rng, negatives, index, swaps)
    made += _one_of(part // 2, of_xquad, rng)
    if how.alone:
        made += sentence_examples(made, "es", 0.6, rng)
    of_sets = _sets(data, how.sets, splitter, rng, swaps / 2)
    made += _one_of(part, of_sets, rng)
    if how.invented:
        return as_follow_ups(made, 0.15, rng)
    if stage in ("events", "deeds"):
        made += event_examples(_told_among(data, xquad), len(made) // 3, rng)
    if stage == "deeds":
        made += deed_examples(_told_among(data, xquad), len(made) // 6, rng)
    if how.told:
        made = as_follow_ups(made, 0.15, rng)
        among = _told_among(data, xquad)
        many = len(made) // (1 if stage == "stories" else 3)
        made += story_examples(among, many // 4, rng)
        made += event_examples(among, many // 12, rng)
        made += deed_examples(among, many // 8, rng)
    return made


def _one_of(part: int, made: list[T], rng: random.Random) -> list[T]:
    """One of so many, or all."""
    return rng.sample(made, len(made) // part) if part > 1 else made


def _held_events(data: Path, xquad: Xquad, stage: str) -> list[Example]:
    """Events, or stories, of countries, offices and verbs that none is learnt from."""
    make = story_examples if STAGES[stage].told else event_examples
    return make(_told_among(data, xquad), 240, random.Random(9), held=True)


def _told_among(data: Path, xquad: Xquad) -> dict[str, list[str]]:
    """Sentences of real articles by language, among which made-up events are told."""
    lines = (data / "noticias.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {"es": [json.loads(line)["text"] for line in lines]}
    texts["en"] = [
        paragraph.text
        for paragraph, split in zip(xquad.paragraphs["en"], xquad.split, strict=True)
        if split == "train"
    ]
    return {
        language: [
            text[start:end]
            for text in among
            for start, end in sentence_spans(text, language)
            if 40 <= end - start <= 250
        ]
        for language, among in texts.items()
    }


def _sets(
    data: Path,
    sets: Sets,
    splitter: Splitter,
    rng: random.Random,
    swaps: float = 0.0,
) -> list[Example]:
    made = []
    for name, (share, negatives) in sets.items():
        paragraphs = load_squad(data / "reading" / f"{name}.json", _LANGUAGES.get(name, name[-2:]))
        made += examples(paragraphs, splitter, rng, name, share, negatives, swaps=swaps)
    return made


def _examples_of(
    stage: str,
    data: Path,
    extra: Path | None,
    xquad: Xquad,
    splitter: Splitter,
    rng: random.Random,
    encoder: Encoder,
) -> list[Example]:
    """All that a stage learns from."""
    how = STAGES[stage]
    if stage == "main":
        return main_examples(data, xquad, splitter, rng)
    if stage == "cool":
        return cool_examples(data, xquad, splitter, rng)
    if stage == "news":
        made = rehearsed(data, xquad, splitter, rng, encoder)
    else:
        part = how.rehearsed if how.archive else 1
        made = hard_examples(data, xquad, splitter, rng, encoder, stage, part)
    if not how.invented:
        return made
    if not how.archive:  # of which no more was made
        made = _one_of(how.rehearsed, made, rng)
    told = 4 if how.archive else 1
    made += _one_of(how.invented, invented(splitter, rng, encoder, told), rng)
    if how.archive:
        of_all = _asked_of_all(stage, data, extra, splitter, rng, encoder)
        made += [noisy(example, rng) for example in of_all]
    if stage == "told":
        made = _some_groups(5, made, rng) + who_did_what(splitter, rng)
    if stage in ("longer", "broad", "papers"):
        made += who_did_what(splitter, rng)
    if stage in ("broad", "papers"):
        # Of a group each, as `made` has groups of its own.
        top = 1 + max(example.group for example in made)
        broad = broad_examples(data, extra, splitter, rng, encoder)
        made += [e if e.group < 0 else replace(e, group=e.group + top) for e in broad]
    if stage == "papers":
        made = _some_groups(2, made, rng)
        for _ in range(2):
            top = 1 + max(example.group for example in made)
            papers = papers_examples(data, extra, splitter, rng, encoder)
            made += [e if e.group < 0 else replace(e, group=e.group + top) for e in papers]
    return made


def _some_groups(part: int, made: Sequence[Example], rng: random.Random) -> list[Example]:
    """One of so many of the groups of `made`, each whole; what is in none is one by itself."""
    groups: dict[int, list[Example]] = defaultdict(list)
    for n, example in enumerate(made):
        groups[example.group if example.group >= 0 else -1 - n].append(example)
    return [e for group in _one_of(part, list(groups.values()), rng) for e in group]


def _asked_of_all(
    stage: str,
    data: Path,
    extra: Path | None,
    splitter: Splitter,
    rng: random.Random,
    encoder: Encoder,
) -> list[Example]:
    """Questions asked of the whole archive. In `asked` of invented news, those of the long
    articles, which are most like the news that is asked, twice; in `press` a few of these, and
    those asked of real news and, one of three, of its translations."""
    if stage == "asked":
        articles = load_news()
        asked = load_asked(articles)
        long = [q for q in asked if articles[q.article].file[0] == "z"]
        return asked_examples(articles, [*asked, *long], splitter, rng, encoder)
    press = load_press(data, extra)
    real = [q for q in load_press_asked(press) if not q.broad]
    every = [*press, *load_news()]
    asked = _one_of(4, load_asked(every), rng)
    translated = _one_of(3, in_translation(real, press, rng), rng)
    return asked_examples(every, [*asked, *real, *translated], splitter, rng, encoder, elsewhere=1)


def broad_examples(
    data: Path, extra: Path | None, splitter: Splitter, rng: random.Random, encoder: Encoder
) -> list[Example]:
    """Broad questions asked of real news and, half of them, of its translations."""
    press = load_press(data, extra)
    asked = [q for q in load_press_asked(press) if q.broad]
    translated = _one_of(2, in_translation(asked, press, rng), rng)
    made = asked_examples(press, [*asked, *translated], splitter, rng, encoder, elsewhere=1)
    return [noisy(example, rng) for example in made]


def papers_examples(
    data: Path, extra: Path | None, splitter: Splitter, rng: random.Random, encoder: Encoder
) -> list[Example]:
    """All questions asked of what a paper and agencies printed (training/news/ancora.py), with
    passages of these and of NTREX's news in Spanish for those that do not answer."""
    press = [a for a in load_press(data, extra) if a.name.startswith((*PRINTED, "es-"))]
    papers = {n for n, article in enumerate(press) if article.name.startswith(PRINTED)}
    asked = [q for q in load_press_asked(press) if q.article in papers]
    made = asked_examples(press, asked, splitter, rng, encoder, elsewhere=1)
    return [noisy(example, rng) for example in made]


def train(
    data: Path,
    work: Path,
    stage: str,
    steps: int,
    seed: int = 0,
    rank: int | None = None,
    bf16: bool = False,
    among: bool = False,
    still: int = 0,
    extra: Path | None = None,
) -> None:
    """Run `stage` up to step `steps`, continuing where WORK_DIR has a checkpoint of it; with
    `rank`, learning adapters of it instead of the layers; with `bf16`, multiplying the layers'
    matrices in sixteen bits; with `still`, leaving so many lower layers as they are. `extra`
    has real news in other languages for the stage `press`."""
    how = STAGES[stage]
    torch.manual_seed(seed)
    rng = random.Random(list(STAGES).index(stage) + 100 * seed)
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    xquad = load_xquad(data / "xquad")
    splitter = Splitter(encoder.token_offsets)
    items_file = work / f"{stage}.items.pt"
    if items_file.exists():
        items = torch.load(items_file, weights_only=False)
    else:
        made = _examples_of(stage, data, extra, xquad, splitter, rng, encoder)
        items = tokenize(made, encoder)
        torch.save(items, items_file)
    none = sum(item.gold is None for item in items)
    tokens = sum(len(item.pair.ids) for item in items)
    print(
        f"{len(items)} examples, {none} without answer, {tokens / len(items):.0f} tokens",
        flush=True,
    )
    checkpoint = work / f"{stage}.pt"
    before = work / f"{how.before}.pt"
    state: dict[str, Any] = {}
    if checkpoint.exists() or before.exists():
        state = torch.load(checkpoint if checkpoint.exists() else before)
    elif before.stem == "mean":  # which is what the program comes with
        state = {"network": {n: torch.from_numpy(w) for n, w in load_weights(READER_FILE).items()}}
    own = own_layers(state["network"]) if state else 8
    network = SpanNetwork(load_backbone(encoder), 12 if how.whole else own)
    network.layers[: still or how.still].requires_grad_(False)
    if rank is not None:
        network.adapt(rank)
    learning = [p for p in network.layers.parameters() if p.requires_grad]
    print(f"{sum(p.numel() for p in learning)} numbers of the layers are learnt", flush=True)
    optimizer = torch.optim.AdamW(
        [
            {"params": learning, "rate": _RATES["layers" if rank is None else "adapters"]},
            {
                "params": [*network.span_head.parameters(), *network.none_head.parameters()],
                "rate": _RATES["heads"],
            },
        ],
        betas=(0.9, 0.98),
        weight_decay=0.01,
    )
    if state:
        network.begin_with(state["network"])
    if "optimizer" in state:
        optimizer.load_state_dict(state["optimizer"])
    step = state["step"] if checkpoint.exists() else 0
    # Dropout costs time, and before the last stage few examples are seen twice.
    network.train(how.dropout)
    stream = batches(items, random.Random(step + 100 * seed))
    started, losses = time.perf_counter(), []
    seen = 0
    while step < steps:
        step += 1
        if stage == "main":
            factor = min(1.0, step / _WARMUP_STEPS)
        else:
            factor = how.rate * (1 - (step - 1) / steps)
            factor *= min(1.0, step / 50) if how.before == "mean" else 1.0
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * factor
        batch = next(stream)
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            scores = network([item.pair for item in batch])
        loss = loss_of(scores, batch)
        if among:
            loss = loss + loss_among(scores, batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
        seen += len(batch)
        if step % 20 == 0:
            rate = seen / (time.perf_counter() - started)
            print(f"{stage} {step} loss {sum(losses[-50:]) / len(losses[-50:]):.3f} "
                  f"{rate:.1f} examples/s", flush=True)  # fmt: skip
        if step % _SAVE_EVERY == 0 or step == steps:
            _save(checkpoint, network, optimizer, step)
        if step % _MEASURE_EVERY == 0 or step == steps:
            line = {"stage": stage, "step": step, "loss": sum(losses[-200:]) / len(losses[-200:])}
            line |= measure(network.eval(), encoder, xquad, "dev")
            if how.invented:
                line |= measure_events(network, encoder, held_news(splitter))
            elif how.told or stage in ("events", "deeds"):
                line |= measure_events(network, encoder, _held_events(data, xquad, stage))
            network.train(how.dropout)
            with (work / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            print(line, flush=True)
            started, seen = time.perf_counter(), 0


def _save(path: Path, network: nn.Module, optimizer: torch.optim.Optimizer, step: int) -> None:
    state = {
        "network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step
    }  # fmt: skip
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def export(work: Path, stage: str, target: Path) -> None:
    """Write the network of the last checkpoint of `stage` as the program ships it."""
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    weights = torch.load(work / f"{stage}.pt")["network"]
    save_weights(target, {n: w.numpy() for n, w in weights.items()}, encoder.fingerprint)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--stage", choices=tuple(STAGES), default="main")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--lora", type=int, help="learn adapters of this rank, to compare")
    parser.add_argument("--bf16", action="store_true", help="for a processor that has AVX512-BF16")
    parser.add_argument(
        "--among", action="store_true", help="learn to choose among a question's passages, too"
    )
    parser.add_argument("--still", type=int, default=0, help="lower layers that learn nothing")
    parser.add_argument("--extra", type=Path, help="a folder with NTREX-128 in other languages")
    parser.add_argument("--export", type=Path, help="write the stage's checkpoint, train nothing")
    args = parser.parse_args()
    if args.export:
        export(args.work, args.stage, args.export)
        return
    args.work.mkdir(parents=True, exist_ok=True)
    train(
        args.data, args.work, args.stage, args.steps, args.seed, args.lora, args.bf16, args.among,
        args.still, args.extra,
    )  # fmt: skip


if __name__ == "__main__":
    main()
