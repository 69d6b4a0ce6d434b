"""What a weak model writes to the project's own questions, recorded to be judged again and again.

python -m benchmarks.recording FILE [--url URL --model NAME]

Every question is asked, those too that the reader would refuse, first through the chain. The model
seldom cites of itself: then a grammar has it write three more answers to each, beginning with other
sources, in which every sentence has a marker. It takes a quarter of an hour of a core; begun again,
it goes on."""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

from llama_index.core.llms import ChatMessage

from benchmarks import llama
from hemeroteca.index.filter import Filter
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.evaluation.testset import Case, CaseSet, Part, read_cases, read_corpus
from hemeroteca.rag.question import check_question
from hemeroteca.rag.reader.reader import load_reader
from hemeroteca.rag.writer.checker import Source
from hemeroteca.rag.writer.llm import LanguageModel, ModelError
from hemeroteca.rag.writer.prompt import fit, prompt
from hemeroteca.ui.runs import OWN_TESTSET
from hemeroteca.ui.session import open_archive
from hemeroteca.ui.settings import OWN_ARTICLES, Settings

TEMPERATURES = (0.0, 0.0, 0.3)
TIMEOUT_S = 600  # of a busy machine
_CITING_TOKENS = 160
_ARTICLES_END = "</articles>\n\n"
_QUESTION = "Question: "


@dataclass(frozen=True)
class Said:
    """What a model wrote on a prompt, and the fault that ended it ("" if it ended by itself)."""

    asked: str
    wrote: str
    fault: str

    @property
    def is_answer(self) -> bool:
        """Whether it is one, and no follow-up put in other words."""
        return self.asked.startswith(_QUESTION)


@dataclass(frozen=True)
class Recorded:
    """What a model `said` to a question of the test set, through the chain or `by_grammar`. Its
    markers count `sources` from 1."""

    case: str
    by_grammar: bool
    language: str
    sources: Sequence[Source]
    said: Sequence[Said]


def read_recording(path: Path) -> list[Recorded]:
    """The questions recorded in `path`."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        kept = json.loads(line)
        kept["sources"] = [Source(**source) for source in kept["sources"]]
        kept["said"] = [Said(**said) for said in kept["said"]]
        found.append(Recorded(**kept))
    return found


def asked(content: str) -> str:
    """The question of a prompt, with the earlier ones where it is to be condensed."""
    question = content.rsplit(_ARTICLES_END, 1)[-1]
    if not question.startswith(_QUESTION):
        return question
    return question.split("\n\n")[0]


def own_questions() -> CaseSet:
    """The project's own test set."""
    documents = read_corpus([OWN_ARTICLES])
    return CaseSet("seeds", [Part(documents, read_cases(OWN_TESTSET, documents))])


class _Heard(LanguageModel):
    """A model that keeps what it said."""

    def __init__(self, url: str, name: str) -> None:
        super().__init__(url, name, "", TIMEOUT_S, llama.CONTEXT_TOKENS)
        self.said: list[Said] = []

    def stream(self, messages: Sequence[ChatMessage], max_tokens: int) -> Iterator[str]:
        pieces, fault = [], ""
        try:
            for piece in super().stream(messages, max_tokens):
                pieces.append(piece)
                yield piece
        except ModelError as error:
            fault = str(error)
            raise
        finally:
            self.said.append(Said(asked(messages[-1].content or ""), "".join(pieces), fault))

    def cite(
        self, messages: Sequence[ChatMessage], first: int, sources: int, temperature: float
    ) -> None:
        """Have it say an answer whose sentences begin with markers, the first with `first`."""
        numbers = " | ".join(f'"{n}"' for n in range(1, sources + 1))
        grammar = (
            f'root ::= "[{first}] " text (" [" n "] " text)? (" [" n "] " text)?\n'
            f"n ::= {numbers}\n"
            'text ::= [A-Z] [^\\[\\]<>\\n.!?]{12,240} "."'
        )
        reply = self.llm.chat(
            messages,
            max_tokens=_CITING_TOKENS,
            temperature=temperature,
            extra_body={"grammar": grammar, "seed": first},
        )
        question = asked(messages[-1].content or "")
        self.said.append(Said(question, reply.message.content or "", ""))


def record(archive: Archive, model: _Heard, case: Case, place: int, by_grammar: bool) -> Recorded:
    """What `model` writes to `case`, the test set's question number `place`."""
    asking = None if by_grammar else model
    chain = Chain(archive, load_reader(archive.encoder), answer_from=0.0, model=asking)
    model.said = []
    answer = chain.ask(case.question, Filter(case.period), history=case.history)
    language = check_question(case.question).language
    # A period may hold no article at all.
    sentences = fit(model, answer.searched, answer.passages) if answer.passages else []
    if by_grammar and sentences:
        messages = prompt(answer.searched, language, sentences)
        for n, temperature in enumerate(TEMPERATURES):
            # Each answer begins with another source, so that all come up.
            first = 1 + (place + n) % len(sentences)
            model.cite(messages, first, len(sentences), temperature)
    sources = [sentence.as_source() for sentence in sentences]
    return Recorded(case.id, by_grammar, language, sources, model.said)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--url")
    parser.add_argument("--model", default=llama.MODEL)
    options = parser.parse_args()
    if options.url:
        _record_all(options.url, options)
    else:
        with llama.serving() as url:
            _record_all(url, options)


def _record_all(url: str, options: argparse.Namespace) -> None:
    model = _Heard(url, options.model)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(Settings(index_dir=Path(folder)), [OWN_ARTICLES]) as archive,
        options.file.open("a", encoding="utf-8") as file,
    ):
        sync_folders(archive, [OWN_ARTICLES])
        done = {(known.case, known.by_grammar) for known in read_recording(options.file)}
        for by_grammar, (place, case) in product((False, True), enumerate(own_questions().cases)):
            if (case.id, by_grammar) not in done:
                recorded = record(archive, model, case, place, by_grammar)
                print(json.dumps(asdict(recorded), ensure_ascii=False), file=file, flush=True)


if __name__ == "__main__":
    main()
