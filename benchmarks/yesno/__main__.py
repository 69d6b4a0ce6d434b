"""What is said to questions of yes or no over two small archives of invented news.

    python -m benchmarks.yesno

Forty articles and 160 questions each, written by hand (CC0 1.0) by authors who had not seen the
program; the faults of the first were looked at, of the second only what was said wrongly. A third
of the questions each article answers with yes, with no, and leaves open: planned, demanded,
claimed, of another, or not told."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.answer import Answer
from hemeroteca.ui.session import open_chain
from hemeroteca.ui.settings import Settings

_HERE = Path(__file__).parent
_SAID = {
    "Yes:": "yes", "No:": "no", "The articles deny it:": "denied",
    "The articles disagree:": "disagree", "What the articles say on it:": "what bears on it",
}  # fmt: skip
_COLUMNS = (*_SAID.values(), "another answer", "no sure answer", "do not say")


def said(answer: Answer) -> str:
    """Which of _COLUMNS an answer is."""
    if answer.lead:
        return _SAID.get(answer.lead.sentence, "another answer")
    if answer.answerable:
        return "another answer"
    return "no sure answer" if answer.unsure else "do not say"


def asked(number: int) -> Iterator[tuple[str, str]]:
    """(what is right, what is said) of each question of a set."""
    cache = platformdirs.user_cache_path("hemeroteca")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = folder / "articles"
        articles.mkdir()
        text = (_HERE / f"articles{number}.jsonl").read_text(encoding="utf-8")
        (articles / "press.jsonl").write_text(text, encoding="utf-8")
        archive = Archive(folder / "index", load_encoder(EMBEDDED_MODEL, cache))
        sync_folders(archive, [articles])
        chain = open_chain(Settings(cache_dir=cache), archive)
        lines = (_HERE / f"questions{number}.jsonl").read_text(encoding="utf-8").splitlines()
        for question in map(json.loads, lines):
            yield question["answer"], said(chain.ask(question["question"]))
        archive.close()


def main() -> None:
    print(f"| archive | right is | questions | {' | '.join(_COLUMNS)} |")
    print(f"|{'---|' * (len(_COLUMNS) + 3)}")
    for number in (1, 2):
        counted = Counter(asked(number))
        for right in ("yes", "no", "open"):
            cells = [str(counted[right, column]) for column in _COLUMNS]
            many = sum(n for (answer, _), n in counted.items() if answer == right)
            print(f"| {number} | {right} | {many} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
