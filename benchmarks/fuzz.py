"""Random, damaged and hostile files for every reader: what comes out must be articles or a reason,
and nothing may be lost without one.

    python -m benchmarks.fuzz --inputs 200000 --seed 0 [--seconds S]

Each input is a document made at random (benchmarks/documents.py), or a folder that a library or a
program keeps (benchmarks/kept_folders.py), some in a ZIP. A quarter are read as they are: each of
their articles must come out with its sentences and nothing else, but for its headline. The others
are cut, spliced and scribbled over; in a container (DOCX, EPUB, ZIP) that is done to its files as
often as to itself, in a folder to one file. Of plain text, lines and tables, each sentence that is
still there must come out, or what is wrong be said. An input that crashes, loses or adds a
sentence, breaks what an article promises, or takes more than 5 s of the processor is kept in a
folder, and named (a folder as a ZIP)."""

import argparse
import io
import json
import math
import random
import shutil
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from benchmarks import kept_folders
from benchmarks.documents import Document, document, packed, suffixes
from benchmarks.kept_folders import kept_folder
from benchmarks.letters import LetterEncoder
from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Held, LeftOut, Rejected
from hemeroteca.index.sources.find import ArticleFile, Refused, find_articles
from hemeroteca.index.sources.read import Reading, read_articles
from hemeroteca.index.text.passages import split_article

KINDS = (*suffixes(), *kept_folders.kinds())
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
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    until = time.monotonic() + args.seconds
    for n in range(args.inputs):
        if time.monotonic() > until:
            break
        kind = chance.choice(KINDS)
        started = time.process_time()
        data, found = tried(kind, chance, f"fuzz-{args.seed}", chance.random() < _WHOLE)
        seconds = time.process_time() - started
        slowest = max(slowest, seconds)
        if seconds > SLOW_S:
            found = f"slow: {seconds:.0f} s"
        if found not in SOUND:
            args.kept.mkdir(exist_ok=True)
            suffix = kind if kind.startswith(".") else f"-{kind}.zip"
            (args.kept / f"{args.seed}-{n}{suffix}").write_bytes(data)
            print(f"{args.seed}-{n}{suffix}: {found}", file=sys.stderr, flush=True)
        outcomes[found.partition(":")[0]] += 1
    print(json.dumps({"inputs": outcomes.total(), **outcomes, "slowest_s": round(slowest, 2)}))
    sys.exit(not outcomes.keys() <= SOUND)


def tried(kind: str, chance: random.Random, name: str, is_whole: bool) -> tuple[bytes, str]:
    """An input of one of KINDS, damaged or not, and what is made of it, in the scratch folder under
    `name`."""
    path = scratch() / name
    if kind in suffixes():
        made = document(kind, chance)
        path = path.with_suffix(kind)
        if not is_whole:
            made = damaged(kind, made, chance)
        path.write_bytes(made.data)
        found = whole(path, made.articles) if is_whole else outcome(path, made.sentences)
        path.unlink()
        return made.data, found
    folder = kept_folder(kind, chance)
    files = folder.files if is_whole else _damaged_folder(folder.files, chance)
    is_packed = chance.random() < 0.5
    if is_packed:
        path = path.with_suffix(".zip")
        path.write_bytes(packed(files))
    for inner, data in () if is_packed else files.items():
        (path / inner).parent.mkdir(parents=True, exist_ok=True)
        (path / inner).write_bytes(data)
    found = whole(path, folder.articles) if is_whole else outcome(path)
    if is_packed:
        path.unlink()
    else:
        shutil.rmtree(path)
    return packed(files), found


def _damaged_folder(files: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """The files with one of them damaged, or gone."""
    chosen = chance.choice(sorted(files))
    changed = {name: data for name, data in files.items() if name != chosen}
    if not changed or chance.random() < 0.8:
        changed[chosen] = _mutated(files[chosen], chance)
    return changed


def scratch() -> Path:
    """A folder in memory, where there is one."""
    return Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())


def outcome(path: Path, sentences: Iterable[str] = ()) -> str:
    """What is made of a file or a folder: one of SOUND, or what is wrong, such as that one of
    `sentences` did not come out and nothing was said of it."""
    found: list[Reading | Rejected | LeftOut] = []
    refused = False
    try:
        for file in _files(path):
            if isinstance(file, Refused):
                refused = True
                continue
            try:
                found += [part for part in read_articles(file) if not isinstance(part, Held)]
            except ArticleError as error:
                if "\n" in str(error):
                    return f"broken: {error} is no sentence"
                refused = True
    except BaseException as error:
        return f"crash: {type(error).__name__}: {error}"
    try:
        for each in found:
            _check(each)
    except Exception as error:
        return f"broken: {type(error).__name__}: {error}"
    if not refused and (lost := _lost(found, sentences)):
        return f"lost: {lost}"
    return "refused" if refused else "articles"


def _files(path: Path) -> Iterable[ArticleFile | Refused]:
    return find_articles([path]) if path.is_dir() else [ArticleFile("fuzz", path)]


def whole(path: Path, articles: Sequence[Sequence[str]]) -> str:
    """The same of a file or folder that holds just `articles`, which must come out as they are,
    each with its headline before it or not. Of what is no article the outcome is "refused"."""
    made = outcome(path)
    if made not in SOUND or not articles:
        return made
    files = [each for each in _files(path) if isinstance(each, ArticleFile)]
    read = [part.article for file in files for part in _read(file) if isinstance(part, Reading)]
    if len(read) != len(articles):
        return f"other: {len(read)} articles for {len(articles)}"
    for article, sentences in zip(read, articles, strict=True):
        right = _flat(" ".join(sentences))
        found = _flat(article.text[article.body :])
        if found not in (right, f"{_flat(article.title)} {right}"):
            return f"other: {found!r} for {right!r}"
    return made


def _read(file: ArticleFile) -> Iterator[object]:
    with suppress(ArticleError):
        yield from read_articles(file)


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
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample)) as old, zipfile.ZipFile(changed, "w") as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            data = old.read(name)
            new.writestr(name, change(data) if name == chosen else data)
    return changed.getvalue()


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
