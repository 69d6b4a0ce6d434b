"""Test sets read and asked; their runs judged, saved and found."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from hemeroteca.ui.settings import OWN_ARTICLES, Settings, SettingsError

# What evaluates is imported where it is used: `ask` must not wait for it.
if TYPE_CHECKING:
    from hemeroteca.index.stores.archive import Archive
    from hemeroteca.rag.evaluation.run import Progress, Run
    from hemeroteca.rag.evaluation.testset import CaseSet

_EVALUATION = Path(str(files("hemeroteca.rag"))) / "evaluation"
OWN_TESTSET = _EVALUATION / "seeds.jsonl"  # its articles are OWN_ARTICLES
OWN_FLOORS = _EVALUATION / "floors.json"


def read_testset(
    settings: Settings,
    path: Path = OWN_TESTSET,
    questions: Path | None = None,
    articles: Sequence[Path] = (),
    per_paragraph: bool = False,
) -> "CaseSet":
    """The test set in `path`, JSONL or SQuAD, with its corpus. Raises HemerotecaError if it cannot
    be used."""
    from hemeroteca.rag.evaluation.squad import read_squad
    from hemeroteca.rag.evaluation.testset import (
        CaseSet,
        EvaluationError,
        Part,
        join_documents,
        read_cases,
        read_corpus,
    )

    if path.suffix.lower() == ".json":
        added = read_corpus(articles, settings.fields) if articles else []
        return read_squad(path, questions, per_paragraph, added)
    if path.suffix.lower() != ".jsonl":
        raise EvaluationError(
            "{path} is no test set: expected a .jsonl file, or a .json file in SQuAD's format",
            path=path,
        )
    if questions or per_paragraph:
        raise SettingsError(
            "--questions and --per-paragraph are for SQuAD files, not for {path}", path=path
        )
    if path.resolve() == OWN_TESTSET.resolve():
        added = read_corpus(articles, settings.fields) if articles else []
        documents = join_documents(read_corpus([OWN_ARTICLES]), added)
    else:
        documents = read_corpus(articles or [settings.articles_dir], settings.fields)
    return CaseSet(path.stem, [Part(documents, read_cases(path, documents))])


def ask_testset(
    settings: Settings, cases: "CaseSet", sources: list[Path], progress: "Progress"
) -> "Run":
    """Ask every case in an index of its own, which belongs to `sources`."""
    from hemeroteca.rag.evaluation.run import ask_all
    from hemeroteca.ui.session import open_chain

    with _open_archive(settings, sources) as archive:
        return ask_all(
            open_chain(settings, archive),
            archive,
            cases,
            settings.top_k,
            _models(settings, archive),
            {"passages_read": settings.passages_read, "answer_from": settings.answer_from},
            progress,
        )


def judge_run(settings: Settings, run: "Run", progress: "Progress") -> "Run":
    """`run` with the configured model's judgement of every result."""
    from hemeroteca.rag.evaluation.judge import judge
    from hemeroteca.ui.session import open_model

    model = open_model(settings)
    assert model is not None  # or --judge was refused
    judgements = judge(model, run.results, progress)
    results = [
        replace(result, judgement=judgement)
        for result, judgement in zip(run.results, judgements, strict=True)
    ]
    return replace(run, results=results, models={**run.models, "judge": settings.llm_model})


@contextmanager
def _open_archive(settings: Settings, sources: list[Path]) -> Iterator["Archive"]:
    """The index of a test set's corpus, apart from the user's and one for each model."""
    from hemeroteca.index.errors import IndexMismatchError
    from hemeroteca.ui.session import open_archive

    model = re.sub(r"[^\w.-]+", "-", settings.embedding_model).strip("-")
    folder = settings.place("evaluation") / model
    apart = settings.model_copy(update={"index_dir": folder, "chroma_url": ""})
    try:
        opened = open_archive(apart, sources)
        archive = opened.__enter__()
    except IndexMismatchError:
        # Of a former version of the program: nothing in it is the user's.
        opened = open_archive(apart, sources, rebuild=True)
        archive = opened.__enter__()
    try:
        yield archive
    finally:
        opened.__exit__(None, None, None)


def _models(settings: Settings, archive: "Archive") -> dict[str, str]:
    """All whose weights or rules an answer depends on."""
    from hemeroteca.index.encoder.e5 import QUESTION_FILE
    from hemeroteca.index.encoder.names import EMBEDDED_MODEL
    from hemeroteca.rag.reader import decide, network
    from hemeroteca.rag.verifier import answers, rule

    models = {"embedding": f"{archive.encoder.fingerprint}, {archive.encoder.precision}"}
    if settings.embedding_model == EMBEDDED_MODEL:
        models["search"] = _fingerprint(QUESTION_FILE)
    models["reader"] = _fingerprint(network.READER_FILE, decide.RULE_FILE)
    models["verifier"] = _fingerprint(
        rule.WEIGHTS_FILE, rule.RULE_FILE, answers.RULE_FILE, answers.HOLDS_FILE
    )
    return models | ({"writer": settings.llm_model} if settings.llm_base_url else {})


def _fingerprint(*files: Path) -> str:
    digest = sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    return f"{files[0].name} ({digest[:12]})"


def default_file(settings: Settings, run: "Run") -> Path:
    """Where a run is saved unless a person says otherwise."""
    name = re.sub(r"[^\w.-]+", "-", run.testset).strip("-")
    when = run.created.split("+")[0].replace(":", "")
    return _folder(settings) / f"{name}-{when}.json"


def saved_runs(settings: Settings) -> dict[str, Path]:
    """The runs saved there, by name, the latest first."""
    files = sorted(_folder(settings).glob("*.json"), key=lambda file: -file.stat().st_mtime)
    return {file.stem: file for file in files}


def _folder(settings: Settings) -> Path:
    return settings.place("evaluation") / "runs"
