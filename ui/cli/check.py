"""hemeroteca check: what the articles, or given sources, make of a claim, on a terminal."""

import codecs
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from hemeroteca.index.errors import HemerotecaError, StorageError
from hemeroteca.rag.check import Check
from hemeroteca.rag.verifier.judge import Verifier
from hemeroteca.rag.verifier.judgement import Judgement
from hemeroteca.rag.verifier.sources import judge_sources
from hemeroteca.ui.cli.output import STEERING, print_json

_SHOWN = 80  # characters of a claim
_SURROGATE = re.compile("[\ud800-\udfff]")


class PairError(HemerotecaError):
    """A line of a file of pairs cannot be judged. The message is the reason, without the line."""


@dataclass(frozen=True)
class Pair:
    """A claim and the sources that it is judged by."""

    claim: str
    sources: list[str]


def show_check(check: Check, as_json: bool) -> None:
    """Print what the articles make of a claim."""
    if as_json:
        print_json(check.as_dict())
        return
    if check.undated:
        number = f"{check.undated:,} article{'s' if check.undated > 1 else ''}"
        typer.echo(f"hemeroteca: {number} without a date left out (--undated)", err=True)
    watched = sys.stdout.isatty()
    typer.echo(check.text.translate(STEERING) if watched else check.text)


def check_pairs(path: Path, verifier: Verifier, as_json: bool) -> bool:
    """Print what the `sources` of each line of the JSONL file make of its `claim`, in a line each;
    of a line that cannot be judged the reason stands there, and on standard error. Whether all
    could be. Raises StorageError if the file cannot be read."""
    whole = True
    for number, line in _lines(path):
        try:
            pair = parse_pair(line)
            judgement = judge_sources(verifier, pair.claim, pair.sources)
        except HemerotecaError as error:
            whole = False
            typer.echo(f"hemeroteca: {path}, line {number:,}: {error}", err=True)
            if as_json:
                print_json({"line": number, "error": str(error)})
        else:
            _show_pair(number, pair, judgement, as_json)
    return whole


def _show_pair(number: int, pair: Pair, judgement: Judgement, as_json: bool) -> None:
    if as_json:
        print_json({"line": number, "claim": pair.claim} | judgement.as_dict())
        return
    claim = " ".join(pair.claim.translate(STEERING).split())
    shown = claim if len(claim) <= _SHOWN else f"{claim[:_SHOWN]}…"
    typer.echo(f"{number}. {judgement.verdict} ({judgement.confidence:.2f}): {shown}")


def parse_pair(line: bytes) -> Pair:
    """The pair in a line of JSON. Raises PairError."""
    try:
        said: Any = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise PairError(
            "is not UTF-8 text (byte {byte}): save it as UTF-8", byte=error.start
        ) from error
    except (ValueError, RecursionError) as error:
        raise PairError("is not JSON ({reason})", reason=str(error)) from error
    if not isinstance(said, Mapping):
        raise PairError("is no JSON object: expected one with claim and sources")
    claim, sources = said.get("claim"), said.get("sources")
    if not isinstance(claim, str) or not claim.strip():
        raise PairError("has no claim: expected a text named claim")
    listed = sources if isinstance(sources, list) else []
    kept = [each for each in listed if isinstance(each, str) and each.strip()]
    if not kept or not all(isinstance(each, str) for each in listed):
        raise PairError("has no sources: expected a list of sentences named sources")
    if _SURROGATE.search("".join([claim, *kept])):
        raise PairError("holds half a character: expected whole ones")
    return Pair(claim, kept)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that hold anything, with their numbers."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                line = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
                if line.strip():
                    yield number, line
    except OSError as error:
        raise StorageError(
            "cannot read {path} ({reason}): name a JSONL file of lines with claim and sources",
            path=path,
            reason=error.strerror or str(error),
        ) from error
