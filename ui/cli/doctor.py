"""`hemeroteca doctor`: what is wrong with an index, and whether it was mended."""

import json
import time
from typing import TYPE_CHECKING

import typer

from hemeroteca.index.doctor import Examination, examine, repair
from hemeroteca.index.stores.archive import Archive

if TYPE_CHECKING:
    from hemeroteca.rag.writer.llm import LanguageModel

_QUESTION = "Answer with one word: is water wet?"
_WORDS_TOKENS = 300  # a model may think first
_SHOWN = 10  # of each kind of fault


def doctor(archive: Archive, mending: bool, as_json: bool) -> bool:
    """Print an examination, after a repair if `mending`; whether the index is sound."""
    found = examine(archive)
    mended = not found.sound and mending
    after = repair(archive) if mended else found
    if as_json:
        typer.echo(json.dumps({**found.as_dict(), "mended": mended and after.sound}))
        return after.sound
    for line in _faults(found):
        typer.echo(line)
    if after.sound:
        typer.echo(
            f"{'mended' if mended else 'sound'}: {after.articles} articles, "
            f"{after.passages} passages, each found by its vector and by its words"
        )
        typer.echo(
            f"vectors of {archive.encoder.fingerprint}: the index was begun in "
            f"{archive.begun_in}, questions are encoded in {archive.encoder.precision}"
        )
    elif mended:
        typer.echo("not mended: run `hemeroteca index --rebuild`")
    else:
        typer.echo("run `hemeroteca doctor --repair`")
    return after.sound


def model_line(model: "LanguageModel", name: str, address: str) -> str:
    """Which language model answers, how much it reads at once, whether it streams, and how long
    one short answer takes; or what is wrong with it."""
    from llama_index.core.llms import ChatMessage

    from hemeroteca.rag.writer.llm import ModelError

    started = time.perf_counter()
    try:
        pieces = list(model.stream([ChatMessage(role="user", content=_QUESTION)], _WORDS_TOKENS))
    except ModelError as error:
        return f"language model {name} at {address}: no answer, {error}"
    seconds = time.perf_counter() - started
    streams = "streams" if len(pieces) > 1 else "its answer came in one piece"
    return (
        f"language model {name} at {address}: {model.context_tokens:,} tokens of context, "
        f"{streams}, a short answer took {seconds:.1f} s"
    )


def _faults(found: Examination) -> list[str]:
    lines = ["the last run was interrupted and not completed"] if found.interrupted else []
    for fault, ids in (
        ("article without sound passages", found.unsound),
        ("passage not found by its vector", found.lost_vectors),
        ("passage not found by its words", found.lost_words),
        ("article not found by a search as it is", found.lost_articles),
        ("stored passage of no article", found.orphans),
    ):
        lines += [f"{fault}: {id}" for id in ids[:_SHOWN]]
        if len(ids) > _SHOWN:
            lines.append(f"{fault}: {len(ids) - _SHOWN:,} more")
    return lines
