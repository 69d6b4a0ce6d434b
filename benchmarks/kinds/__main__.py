"""How well each kind of question is answered, by questions.jsonl.

python -m benchmarks.kinds FOLDER [--kind KIND ...] [--said FILE] [--faults]

FOLDER holds noticias.jsonl and the seeds; it is indexed first if INDEX_DIR has no index of it.
`--said` keeps what was said, and asks no more what it has kept; `--faults` lists what was wrong,
but not of the third of the questions that is held out."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.kinds.asked import ask, read_questions, read_said, write_said
from benchmarks.kinds.grade import Grade, Share, grade

_COLUMNS = (
    "kind", "questions", "recognised", "shown", "right of shown", "right of all", "yes or no right",
    "items right", "items found", "lines supported", "none alike", "days right",
    "searched rightly", "seconds",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind", nargs="+")
    parser.add_argument("--said", type=Path)
    parser.add_argument("--faults", action="store_true")
    args = parser.parse_args()
    questions = {q.id: q for q in read_questions() if not args.kind or q.kind in args.kind}
    kept = read_said(args.said) if args.said and args.said.exists() else []
    said = {each.id: each for each in kept if each.id in questions}
    for each in ask(args.folder, [q for q in questions.values() if q.id not in said]):
        said[each.id] = each
        if args.said:
            write_said(each, args.said)
    grades = [grade(question, said[id]) for id, question in questions.items()]
    print_table("looked at", [g for g in grades if not g.question.held_out])
    print_table("held out", [g for g in grades if g.question.held_out])
    print_table("all", grades)
    if args.faults:
        for graded in grades:
            if not graded.question.held_out:
                print_faults(graded)


def print_table(title: str, grades: Sequence[Grade]) -> None:
    """A row for each kind."""
    print(f"\n**{title}**\n\n| {' | '.join(_COLUMNS)} |\n|{'---|' * len(_COLUMNS)}")
    for kind in dict.fromkeys(each.question.kind for each in grades):
        print_row(kind, [each for each in grades if each.question.kind == kind])
    print_row("all that is answerable", [g for g in grades if g.question.kind != "unanswerable"])


def print_row(name: str, grades: Sequence[Grade]) -> None:
    shown = [each for each in grades if each.said.shown]
    right = sum(each.right for each in grades)
    follow_ups = [each for each in grades if each.question.kind == "followup"]
    known = [each for each in grades if each.question.kind != "followup"]
    cells = [
        name,
        str(len(grades)),
        _cell(Share(sum(each.recognised for each in known), len(known))),
        _cell(Share(len(shown), len(grades))),
        _cell(Share(right, len(shown))),
        _cell(Share(right, len(grades))),
        _cell(sum((each.verdict for each in grades), Share()), counted=True),
        _cell(sum((each.precision for each in grades), Share())),
        _cell(sum((each.recall for each in grades), Share())),
        _cell(sum((each.supported for each in grades), Share())),
        _cell(Share(sum(each.distinct for each in shown), len(shown))),
        _cell(sum((each.days for each in grades), Share())),
        _cell(Share(sum(each.said.searched for each in follow_ups), len(follow_ups))),
        f"{sum(each.said.seconds for each in grades) / max(len(grades), 1):.1f}",
    ]
    print(f"| {' | '.join(cells)} |")


def _cell(share: Share, counted: bool = False) -> str:
    if not share.of:
        return ""
    return f"{share.hits} of {share.of}" if counted else f"{share.value:.2f}"


def print_faults(graded: Grade) -> None:
    """What was wrong with an answer, if anything was."""
    question, said = graded.question, graded.said
    answerable = question.kind != "unanswerable"
    fine = graded.right if answerable else not said.shown
    whole = graded.supported.value == graded.days.value == 1 and graded.distinct
    if fine and whole and (graded.recognised or question.kind == "followup"):
        return
    print(f"\n{question.id} ({question.language}) {question.question}")
    right = "right" if graded.right else "wrong"
    print(f"  taken for {said.asked}, said {said.kind} {said.verdict}, {right}")
    for line in said.lines:
        fault = "" if line.supported else " UNSUPPORTED"
        print(f"  - {line.day} {line.text[:160]} {list(line.articles)}{fault}")
    if said.notes:
        print(f"  {said.notes}")


if __name__ == "__main__":
    main()
