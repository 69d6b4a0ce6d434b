"""Whether follow-ups of conversations are searched and answered: `python -m benchmarks.talks`.

talks.jsonl has a conversation in Spanish, English, German or French about each article of
articles.jsonl: a first question, and five more that lean on those before. All were written for
this, about invented events. A follow-up is *searched* rightly if one of the first five passages has
the evidence, *shown* if it is not refused, and *right* if a line or its quote has it."""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import hemeroteca
from benchmarks.kinds.asked import holds
from hemeroteca.rag.answer import Answer

_HERE = Path(__file__).parent
_SEARCHED = 5  # passages


@dataclass(frozen=True)
class Turn:
    """A follow-up in `language` as it was `asked`, what it was searched as, and how it did."""

    language: str
    asked: str
    as_searched: str
    searched: bool
    shown: bool
    right: bool


def talk() -> Iterator[Turn]:
    """Every follow-up, asked after the questions before it."""
    with (
        tempfile.TemporaryDirectory() as index,
        hemeroteca.open(_HERE / "articles.jsonl", index_dir=index) as archive,
    ):
        archive.sync()
        for line in (_HERE / "talks.jsonl").read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            history = [told["first"]]
            for each in told["follow_ups"]:
                answer = archive.ask(each["question"], history=history)
                yield _turn(told["language"], each["question"], answer, each["evidence"])
                history.append(each["question"])


def _turn(language: str, question: str, answer: Answer, evidence: Sequence[str]) -> Turn:
    told = [s.text for s in answer.statements] + [c.quote for c in answer.citations]
    shown = answer.kind != "absent"
    return Turn(
        language,
        question,
        answer.searched,
        any(holds(passage.text, evidence) for passage in answer.passages[:_SEARCHED]),
        shown,
        shown and holds(" ".join(told), evidence),
    )


def print_table(turns: Sequence[Turn]) -> None:
    print("| language | follow-ups | searched rightly | shown | right of shown |")
    print("|---|---|---|---|---|")
    for language in [*dict.fromkeys(turn.language for turn in turns), "all"]:
        of_it = [turn for turn in turns if language in (turn.language, "all")]
        shown = [turn for turn in of_it if turn.shown]
        searched = sum(turn.searched for turn in of_it) / len(of_it)
        right = sum(turn.right for turn in shown) / max(1, len(shown))
        share = len(shown) / len(of_it)
        print(f"| {language} | {len(of_it)} | {searched:.2f} | {share:.2f} | {right:.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", action="store_true", help="list what was not right")
    args = parser.parse_args()
    turns = list(talk())
    print_table(turns)
    for turn in turns:
        if args.faults and not (turn.searched and turn.right):
            marks = [name for name in ("searched", "shown", "right") if getattr(turn, name)]
            print(f"- {turn.asked} [{', '.join(marks)}] searched as: {turn.as_searched}")


if __name__ == "__main__":
    main()
