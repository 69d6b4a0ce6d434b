"""A 1.5 B model over real news, by Hemeroteca and by plain LlamaIndex: what is shown, what of it
is right.

python -m benchmarks.writer ARTICLES QUESTIONS [--index FOLDER] [--unjudged FILE]

What the model wrote is read from benchmarks/qwen.jsonl (benchmarks.news_recording kept it), by
Hemeroteca through today's whole chain: the model is not needed. A person judged each sentence that
was shown, in benchmarks/qwen-verdicts.jsonl: `answer` it answers rightly, `true` an article says it
but it is no answer, `false` no article says so, `none` it says that there is no answer. What nobody
has judged is printed, and in FILE to be judged."""

import argparse
import json
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from llama_index.core.llms import ChatMessage

from benchmarks.news_recording import OURS, PLAIN, TOLD, Written, digest, read_written
from hemeroteca.index.sync import sync_folders
from hemeroteca.index.text.language import detect_language
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.reader.reader import load_reader
from hemeroteca.rag.writer.claims import claims
from hemeroteca.rag.writer.llm import LanguageModel, ModelError
from hemeroteca.ui.session import loaded_verifier, open_archive
from hemeroteca.ui.settings import Settings

RECORDING = Path(__file__).with_name("qwen.jsonl")
VERDICTS = Path(__file__).with_name("qwen-verdicts.jsonl")
EMBEDDED = "embedded"
GRADES = ("answer", "true", "false", "none")
_MARKER = re.compile(r"\s*\[[1-9]\d*\]")
_CONTEXT_TOKENS = 2048  # that of the recording


@dataclass(frozen=True)
class Shown:
    """The sentences that a system showed as its answer to a case, none of them if it refused; the
    seconds until the first of them, None if they were not measured."""

    case: str
    sentences: Sequence[str]
    first_s: float | None


@dataclass(frozen=True)
class Marks:
    """How often, of the `answerable` and the `unanswerable` questions."""

    answerable: int
    unanswerable: int
    served: int  # answerable, rightly
    answered: int  # unanswerable
    shown: int
    right: int  # of shown
    untrue: int  # of shown, with a sentence that no article holds
    other_language: int  # of shown
    unjudged: int
    seconds: Sequence[float]


class _Replayed(LanguageModel):
    """A model that writes what it wrote to the same questions. Articles may have other numbers in
    today's prompt, so what it wrote has none."""

    def __init__(self, recording: Sequence[Written]) -> None:
        super().__init__("http://127.0.0.1:9", "replayed", "", 60, _CONTEXT_TOKENS)
        self._written = {written.asked: written for written in recording}

    def count(self, messages: Sequence[ChatMessage]) -> int:
        # Qwen's tokens over these articles, measured by its server.
        return sum(len((message.content or "").encode()) for message in messages) * 2 // 7

    def stream(self, messages: Sequence[ChatMessage], max_tokens: int) -> Iterator[str]:
        question = (messages[-1].content or "").rsplit("\n\nQuestion: ", 1)[-1].split("\n\n")[0]
        written = self._written.get(digest(question))
        if written is None:
            raise ModelError("nothing is recorded of {question}", question=question)
        yield _MARKER.sub("", written.wrote)
        if written.fault:
            raise ModelError(written.fault)


def by_hemeroteca(chain: Chain, case: Mapping[str, Any], written: Written | None) -> Shown:
    """Its answer; `written` is what the model wrote to it, whose seconds count where it is asked
    for the first sentence."""
    started = time.monotonic()
    answers: list[Answer] = []
    first = None
    for part in chain.stream(case["question"]):
        if isinstance(part, Answer):
            answers.append(part)
        if first is None and (isinstance(part, str) or part.answerable):
            first = time.monotonic() - started
            if isinstance(part, str) and written:
                first += written.first_sentence_s or written.seconds
    return Shown(case["id"], said(answers[-1]), first)


def said(answer: Answer) -> list[str]:
    """What an answer says, sentence by sentence."""
    if not answer.answerable:
        return []
    lead = [f"{answer.lead} "] if answer.lead and answer.kind == "yesno" else [""]
    return [lead[0] + statement.text for statement in answer.statements]


def by_llama_index(case: Mapping[str, Any], written: Written) -> Shown:
    """All that it wrote. Told to refuse it was asked after the same passages, which the server had
    read: its seconds are none."""
    first = None if written.by == TOLD else written.first_sentence_s
    sentences = [claim.text for claim in claims(written.wrote, case["lang"])] or [written.wrote]
    return Shown(written.case, sentences, first)


def marks(
    shown: Sequence[Shown],
    cases: Mapping[str, Mapping[str, Any]],
    verdicts: Mapping[tuple[str, str], str],
) -> Marks:
    """The marks of one system. A sentence without a verdict counts as "false"."""
    graded = {
        one.case: [verdicts.get((one.case, digest(text))) for text in one.sentences]
        for one in shown
    }
    given = {case: grades for case, grades in graded.items() if set(grades) - {"none"}}
    right = {case for case, grades in given.items() if "answer" in grades and is_true(grades)}
    answerable = {one.case for one in shown if cases[one.case]["answers"]}
    foreign = [
        one.case for one in shown if one.case in given and not is_in_language(one, cases[one.case])
    ]
    return Marks(
        answerable=len(answerable),
        unanswerable=len(shown) - len(answerable),
        served=len(right & answerable),
        answered=len(set(given) - answerable),
        shown=len(given),
        right=len(right),
        untrue=sum(not is_true(grades) for grades in given.values()),
        other_language=len(foreign),
        unjudged=sum(grades.count(None) for grades in graded.values()),
        seconds=[one.first_s for one in shown if one.first_s is not None],
    )


def is_true(grades: Sequence[str | None]) -> bool:
    """Whether no sentence of an answer is untrue."""
    return not {"false", None} & set(grades)


def is_in_language(shown: Shown, case: Mapping[str, Any]) -> bool:
    """Whether the sentences are in the question's language; what is of a few words is in any."""
    text = " ".join(shown.sentences)
    few = len(text.split()) < 4
    return few or detect_language(text, expected=[case["lang"], "es", "en"]) == case["lang"]


def read_verdicts(path: Path) -> dict[tuple[str, str], str]:
    """The grades by case and digest."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [json.loads(line) for line in lines]
    return {(line["case"], line["digest"]): line["grade"] for line in kept}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--recording", type=Path, default=RECORDING)
    parser.add_argument("--verdicts", type=Path, default=VERDICTS)
    parser.add_argument("--index", type=Path, help="the folder of an index that is kept")
    parser.add_argument("--unjudged", type=Path, help="where what nobody has judged is written")
    options = parser.parse_args()
    recording, verdicts = read_written(options.recording), read_verdicts(options.verdicts)
    questions = map(json.loads, options.questions.open(encoding="utf-8"))
    every = {case["id"]: case for case in questions}
    asked = {written.case: written for written in recording if written.by == OURS}
    cases = {name: case for name, case in every.items() if name in asked}
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index_dir=options.index or Path(folder))
        with open_archive(settings, [options.articles]) as archive:
            sync_folders(archive, [options.articles])
            reader = load_reader(archive.encoder)
            model = _Replayed(list(asked.values()))
            verifier = partial(loaded_verifier, archive.encoder)  # as the page has it
            alone = Chain(archive, reader, verifier=verifier)
            written = Chain(archive, reader, model=model, verifier=verifier)
            systems = {
                EMBEDDED: [by_hemeroteca(alone, case, None) for case in cases.values()],
                OURS: [by_hemeroteca(written, case, asked[name]) for name, case in cases.items()],
            }
    for by in (PLAIN, TOLD):
        own = (one for one in recording if one.by == by and one.case in cases)
        systems[by] = [by_llama_index(cases[one.case], one) for one in own]
    unjudged = _report(systems, cases, verdicts)
    if options.unjudged:
        options.unjudged.write_text(
            "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in unjudged),
            encoding="utf-8",
        )


def _report(
    systems: Mapping[str, Sequence[Shown]],
    cases: Mapping[str, Mapping[str, Any]],
    verdicts: Mapping[tuple[str, str], str],
) -> list[dict[str, str]]:
    """Print the table; the sentences that nobody has judged."""
    found = {by: marks(shown, cases, verdicts) for by, shown in systems.items()}
    rows: dict[str, Callable[[Marks], str]] = {
        "questions": lambda m: str(m.answerable + m.unanswerable),
        "of them not answerable": lambda m: str(m.unanswerable),
        "answerable, served rightly": lambda m: _share(m.served, m.answerable),
        "not answerable, answered": lambda m: _share(m.answered, m.unanswerable),
        "right of shown": lambda m: _share(m.right, m.shown),
        "of shown, with a statement that no article holds": lambda m: _share(m.untrue, m.shown),
        "of shown, in the question's language": lambda m: _share(
            m.shown - m.other_language, m.shown
        ),
        "seconds to the first sentence, median": _median,
        "sentences not judged": lambda m: str(m.unjudged),
    }
    print(f"| | {' | '.join(found)} |\n|---|{'---|' * len(found)}")
    for row, cell in rows.items():
        print(f"| {row} | {' | '.join(cell(m) for m in found.values())} |")
    unjudged = [
        {"case": one.case, "by": by, "digest": digest(text), "text": text}
        for by, shown in systems.items()
        for one in shown
        for text in one.sentences
        if (one.case, digest(text)) not in verdicts
    ]
    return list({(line["case"], line["digest"]): line for line in unjudged}.values())


def _median(marks: Marks) -> str:
    return f"{statistics.median(marks.seconds):.1f}" if marks.seconds else "–"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f} ({part})" if whole else "–"


if __name__ == "__main__":
    main()
