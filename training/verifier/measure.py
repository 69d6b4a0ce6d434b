"""The verifier on statements that it never learnt from.

    python -m training.verifier.measure DATA [--most 600]

Tables: FEVER's held-out pages, WiCE, and Spanish pairs of sentences; the written sentences that are
shown, by the checker alone (as it was on 2026-11-27) and with the verifier; and the answers graded
by hand in news/graded-dev.jsonl, by how sure the program was of them and how sure it is with the
verifier. Nothing is fitted here."""

import argparse
import csv
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import platformdirs

from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.index.text.terms import terms
from hemeroteca.rag.verifier.judge import Verifier, VerifierError, load_verifier
from hemeroteca.rag.verifier.judgement import VERDICTS, Judgement, Premise
from training.measure import auroc
from training.verifier.data import fever, of_split

# Faults of the checker that compare names, numbers, dates and quotes, or ask for a citation.
_BY_FACTS = ("citation", "statement", "language", "date", "number", "quote")
_LINES = 6  # of a page that may prove a claim of WiCE, by the rare words that both have
Pairs = list[tuple[str, Premise, str]]  # statement, evidence, verdict


def fever_pairs(data: Path) -> Pairs:
    """FEVER's claims on pages that none was learnt from, a third of them over other sentences."""
    judged = of_split(fever(data / "verify", random.Random(0)), "test")
    return [(j.statement, Premise(j.evidence), j.verdict) for j in judged]


def esxnli_pairs(data: Path, language: str) -> Pairs:
    meant = {"entailment": "stated", "contradiction": "contradicted", "neutral": "not said"}
    path = data / "measure" / "esxnli_es_en" / "esxnli.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (row["sentence2"], Premise(row["sentence1"]), meant[row["gold_label"]])
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["language"] == language
        ]


def inferes_pairs(data: Path) -> Pairs:
    meant = {"ent": "stated", "cnt": "contradicted", "neutral": "not said"}
    path = data / "measure" / "inferes_es" / "inferes_test.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (row["Hypothesis"], Premise(row["Premise"]), meant[row["Label"]])
            for row in csv.DictReader(file)
        ]


def wice_pairs(data: Path) -> Pairs:
    """WiCE's claims over the lines of their pages that share most rare words with them; one that
    is only partly supported is "not said"."""
    pairs: Pairs = []
    for name in ("dev", "test"):
        for row in _rows(data / "verify" / "wice" / f"claim_{name}.jsonl"):
            lines = [line for line in row["evidence"] if line.strip()]
            words = [set(terms(line, "en")) for line in lines]
            often = Counter(word for one in words for word in one)
            asked = set(terms(row["claim"], "en"))
            shared = [sum(1 / often[w] for w in asked & one) for one in words]
            best = sorted(sorted(range(len(lines)), key=lambda n: -shared[n])[:_LINES])
            evidence = " ".join(" ".join(lines[n].split()[:60]) for n in best)
            verdict = "stated" if row["label"] == "supported" else "not said"
            pairs.append((row["claim"], Premise(evidence or "-"), verdict))
    return pairs


def judge(verifier: Verifier, pairs: Sequence[tuple[str, Premise, str]]) -> list[Judgement]:
    """The judgements; what does not fit the window is not said."""
    found = []
    for statement, passage, _ in pairs:
        try:
            found.append(verifier.judge(statement, passage))
        except VerifierError:
            found.append(Judgement(0.0, 0.0, 1.0))
    return found


def print_accuracy(name: str, pairs: Pairs, judged: Sequence[Judgement]) -> None:
    """A line of the first table: accuracy of three, recall of each, AUROC of "stated"."""
    gold = [verdict for _, _, verdict in pairs]
    right = [j.verdict == verdict for j, verdict in zip(judged, gold, strict=True)]
    recall = [
        np.mean([r for r, g in zip(right, gold, strict=True) if g == verdict] or [False])
        for verdict in VERDICTS
    ]
    scores = [[j.stated for j, g in zip(judged, gold, strict=True) if (g == "stated") is is_so]
              for is_so in (True, False)]  # fmt: skip
    cells = " | ".join(f"{share:.3f}" for share in (np.mean(right), *recall, auroc(*scores)))
    print(f"| {name} | {len(pairs)} | {cells} |", flush=True)


def print_balanced(pairs: Pairs, judged: Sequence[Judgement], shown_from: float) -> None:
    """WiCE's line: the mean of both sides' shares that are judged rightly."""
    sides = defaultdict(list)
    for (_, _, verdict), judgement in zip(pairs, judged, strict=True):
        sides[verdict].append(judgement.stated)
    likely = [np.mean([s >= 0.5 for s in sides["stated"]]),
              np.mean([s < 0.5 for s in sides["not said"]])]  # fmt: skip
    shown = [np.mean([s >= shown_from for s in sides["stated"]]),
             np.mean([s < shown_from for s in sides["not said"]])]  # fmt: skip
    print(f"\nWiCE, {len(pairs)} claims: balanced accuracy {np.mean(likely):.3f} from .5 on, "
          f"{np.mean(shown):.3f} from {shown_from:.2f} on; AUROC "
          f"{auroc(sides['stated'], sides['not said']):.3f}")  # fmt: skip


def print_claims(name: str, rows: Sequence[dict], verifier: Verifier) -> None:
    """Right and wrong sentences shown: by the checker alone, by the verifier alone, by both, and
    by the verifier with the checker's comparisons of facts; at the fitted probability and .5."""
    pairs = [(row["claim"], Premise(" ".join(row["sources"])), "") for row in rows]
    stated = [j.stated for j in judge(verifier, pairs)]
    by_checker = [row["fault_2026_11_27"] is None for row in rows]
    by_facts = [row["fault_2026_11_27"] not in _BY_FACTS for row in rows]
    right = [row["supported"] if "supported" in row else row["grade"] == "S" for row in rows]
    wrong = [not r and row.get("grade") != "P" for r, row in zip(right, rows, strict=True)]
    ways = {"checker alone": by_checker}
    beside = {"alone": [True] * len(rows), "and facts": by_facts, "and checker": by_checker}
    for least in (0.5, verifier.rule.shown_from):
        for way, passes in beside.items():
            both = [s >= least and passed for s, passed in zip(stated, passes, strict=True)]
            ways[f"verifier {way}, from {least:.2f}"] = both
    print(f"\n| {name}: {sum(right)} right, {sum(wrong)} wrong | right shown | wrong shown |")
    print("|---|---|---|")
    for way, shown in ways.items():
        shares = [np.mean([s for s, is_so in zip(shown, side, strict=True) if is_so])
                  for side in (right, wrong)]  # fmt: skip
        print(f"| {way} | {shares[0]:.2f} | {shares[1]:.2f} |")
    scores = [
        [s for s, is_so in zip(stated, side, strict=True) if is_so] for side in (right, wrong)
    ]
    print(f"| AUROC of the verifier | {auroc(*scores):.3f} | |", flush=True)


def print_answers(data: Path, verifier: Verifier) -> None:
    """How well "this answer is right" is known for the answers graded by hand: an answer is right
    if it was graded so, and wrong where the archive has none."""
    articles = {f"noticias/{row['id']}": row for row in _rows(data / "noticias.jsonl")}
    graded = []
    for row in _rows(data / "news" / "graded-dev.jsonl"):
        if row["best_answer"] and row["citations"] and (row["quality"] or not row["gold"]):
            graded.append((row, verifier.judge(*_shown(row, articles))))
    print("\n| answers graded by hand | right | wrong | AUROC | right of the surest half |")
    print("|---|---|---|---|---|")
    for only, name in ((True, "shown"), (False, "all")):
        some = [(row, judged) for row, judged in graded if row["shown"] or not only]
        ways = {
            "confidence of 2026-11-27": [row["confidence"] for row, _ in some],
            "reader's logit": [row["best_logit"] for row, _ in some],
            "verifier": [judged.stated for _, judged in some],
        }
        right = [row["quality"] == "C" for row, _ in some]
        for way, scores in ways.items():
            sides = [[s for s, r in zip(scores, right, strict=True) if r is is_so]
                     for is_so in (True, False)]  # fmt: skip
            surest = sorted(zip(scores, right, strict=True), reverse=True)[: len(some) // 2]
            print(f"| {name}, {way} | {len(sides[0])} | {len(sides[1])} | {auroc(*sides):.3f} | "
                  f"{np.mean([r for _, r in surest]):.2f} |")  # fmt: skip


def _shown(row: dict, articles: dict[str, dict]) -> tuple[str, Premise]:
    """The question with the answer, and its sentence in its article."""
    citation = row["citations"][0]
    article = articles.get(citation["article"], {})
    text = article.get("text", "")
    at, before = text.find(citation["quote"][:80]), ""
    if at > 0:
        earlier = [text[s:e] for s, e in sentence_spans(text[max(0, at - 600) : at], "es")]
        before = earlier[-1] if earlier else ""
    passage = Premise(
        citation["quote"], before, article.get("title") or "", article.get("source") or "",
        citation["date"] or "",
    )  # fmt: skip
    return f"{row['question']} {row['best_answer']}", passage


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--most", type=int, default=600, help="pairs of each large set")
    args = parser.parse_args()
    verifier = load_verifier(
        load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    )
    started, judged_in_all = time.perf_counter(), 0
    print("| set | pairs | accuracy | stated | contradicted | not said | AUROC of stated |\n"
          "|---|---|---|---|---|---|---|")  # fmt: skip
    sets = {
        "FEVER, held-out pages": fever_pairs(args.data),
        "esXNLI, Spanish": esxnli_pairs(args.data, "es"),
        "esXNLI, English": esxnli_pairs(args.data, "en"),
        "InferES, test": inferes_pairs(args.data),
    }
    for name, pairs in sets.items():
        some = random.Random(5).sample(pairs, min(args.most, len(pairs)))
        print_accuracy(name, some, judge(verifier, some))
        judged_in_all += len(some)
    wice = random.Random(5).sample(found := wice_pairs(args.data), min(args.most, len(found)))
    print_balanced(wice, judge(verifier, wice), verifier.rule.shown_from)
    for name in ("claims-dev", "qwen-dev"):
        print_claims(name, list(_rows(args.data / "measure" / f"{name}.jsonl")), verifier)
    print_answers(args.data, verifier)
    print(f"\n{time.perf_counter() - started:.0f} s in all")


if __name__ == "__main__":
    main()
