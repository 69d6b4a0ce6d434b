"""Random, damaged and hostile files for every reader: what comes out must be articles or a reason,
and nothing may be lost without one.

    python -m benchmarks.fuzz --inputs 200000 --seed 0 [--seconds S]

Each input is a document made at random (benchmarks/documents.py). A quarter are read as they are:
each of their sentences must come out, in order. The others are cut, spliced and scribbled over; in
a container (DOCX, EPUB, ZIP) that is done to its files as often as to itself. Of plain text, lines
and tables, each sentence that is still there must come out, or what is wrong be said. An input that
crashes, loses a sentence, breaks what an article promises, or takes more than 5 s of the processor
is kept in a folder, and named."""

import argparse
import io
import json
import math
import random
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

from benchmarks.documents import Document, document, suffixes
from benchmarks.letters import LetterEncoder
from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Held, LeftOut, Rejected
from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.sources.read import Reading, read_articles
from hemeroteca.index.text.passages import split_article

SOUND = {"articles", "refused"}
SLOW_S = 5.0  # of the processor: a busy machine makes no file a bad one
_WHOLE = 0.25  # of the inputs
_PLAIN = (".txt", ".jsonl", ".csv", ".tsv")  # no damage makes text of them into markup
_TOKENS = (
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", "\u202e".encode(), b"\x1b", b"<!ENTITY a 'b'>", b"&a;",
    b"<![CDATA[", b"]]>", b"<div>" * 500, b"((((" * 100, b"[[[[" * 100, b"{{", b"{\"a\":" * 500,
    b"9" * 500, b"1e999", b"NaN", b"\\ud800", b"\r\n\r\n", b"---\n", b"&#x110000;", b"%00", b"..",
    b"\"" * 99, b",,,," * 99, b"endobj", b"/Kids[2 0 R]", b"/Length 99999999", b"startxref",
    b"PK\1\2",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=math.inf, help="at most, by the clock")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kept", type=Path, default=Path("fuzz-findings"))
    args = parser.parse_args()
    chance = random.Random(args.seed)
    kinds = suffixes()
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    until = time.monotonic() + args.seconds
    for n in range(args.inputs):
        if time.monotonic() > until:
            break
        suffix = chance.choice(kinds)
        made = document(suffix, chance)
        if chance.random() >= _WHOLE:
            made = damaged(suffix, made, chance)
        path = scratch() / f"fuzz-{args.seed}{suffix}"
        path.write_bytes(made.data)
        started = time.process_time()
        found = outcome(path, made.sentences)
        seconds = time.process_time() - started
        slowest = max(slowest, seconds)
        if seconds > SLOW_S:
            found = f"slow: {seconds:.0f} s"
        if found not in SOUND:
            args.kept.mkdir(exist_ok=True)
            (args.kept / f"{args.seed}-{n}{suffix}").write_bytes(made.data)
            print(f"{args.seed}-{n}{suffix}: {found}", file=sys.stderr, flush=True)
        outcomes[found.partition(":")[0]] += 1
        path.unlink()
    print(json.dumps({"inputs": outcomes.total(), **outcomes, "slowest_s": round(slowest, 2)}))
    sys.exit(not outcomes.keys() <= SOUND)


def scratch() -> Path:
    """A folder in memory, where there is one."""
    return Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())


def outcome(path: Path, sentences: Iterable[str] = ()) -> str:
    """What its reader makes of a file: one of SOUND, or what is wrong, such as that one of
    `sentences` did not come out and nothing was said of it."""
    try:
        parts = read_articles(ArticleFile("fuzz", path))
        found = [part for part in parts if not isinstance(part, Held)]
    except ArticleError as error:
        return "refused" if "\n" not in str(error) else f"broken: {error} is no sentence"
    except BaseException as error:
        return f"crash: {type(error).__name__}: {error}"
    try:
        for each in found:
            _check(each)
    except Exception as error:
        return f"broken: {type(error).__name__}: {error}"
    if lost := _lost(found, sentences):
        return f"lost: {lost}"
    return "articles"


def _lost(found: list[Reading | Rejected | LeftOut], sentences: Iterable[str]) -> str:
    """The first of `sentences` that does not come out behind those before it; "" if something was
    said of what is missing."""
    if any(not isinstance(each, Reading) or each.notes for each in found):
        return ""
    text = _flat("\n".join(each.article.text for each in found if isinstance(each, Reading)))
    at = 0
    for sentence in map(_flat, sentences):
        place = text.find(sentence, at)
        if place < 0:
            return sentence
        at = place + len(sentence)
    return ""


def _flat(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _check(part: Reading | Rejected | LeftOut) -> None:
    """Raises an error unless this is what the rest of the program counts on."""
    if not isinstance(part, Reading):
        assert part.where or isinstance(part, LeftOut)
        assert part.reason
        return
    found = part.article
    json.dumps(asdict(found)).encode()
    found.text.encode()
    assert "\0" not in found.text
    assert found.id.isprintable()
    assert found.title.isprintable()
    passages = split_article(found, LetterEncoder().token_offsets)
    assert passages
    ends = [0, *(p.end for p in passages)]
    for end, passage in zip(ends, passages, strict=False):
        start = passage.start
        assert end <= start
        assert found.text[start : passage.end] == passage.text


def damaged(suffix: str, made: Document, chance: random.Random) -> Document:
    """The document after some accidents, with those of its sentences that must still come out."""
    data = _mutated(made.data, chance)
    left = tuple(each for each in made.sentences if each.encode() in data)
    return Document(data, (left,) if suffix in _PLAIN else ())


def _mutated(sample: bytes, chance: random.Random) -> bytes:
    if sample.startswith(b"PK") and chance.random() < 0.6:
        return _inside(sample, lambda data: _scribbled(data, chance), chance)
    return _scribbled(sample, chance)


def _inside(sample: bytes, change: Callable[[bytes], bytes], chance: random.Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample)) as old, zipfile.ZipFile(packed, "w") as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            data = old.read(name)
            new.writestr(name, change(data) if name == chosen else data)
    return packed.getvalue()


def _scribbled(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(changed) + 1)
        to = min(len(changed), at + chance.choice((1, 2, 8, 100)))
        match chance.randrange(6):
            case 0:
                changed[at:to] = chance.randbytes(to - at)
            case 1:
                del changed[at:to]
            case 2:
                changed[at:at] = chance.choice(_TOKENS)
            case 3:
                changed[at:to] = changed[at:to] * chance.choice((2, 50))
            case 4:
                other = chance.randrange(len(changed) + 1)
                changed[at:to] = changed[other : other + to - at]
            case 5:
                del changed[at:]
    return bytes(changed)


def samples() -> dict[str, bytes]:
    """A sound file of every kind."""
    return {suffix: document(suffix, random.Random(0)).data for suffix in suffixes()}


if __name__ == "__main__":
    main()
