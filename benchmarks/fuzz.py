"""Damaged and hostile files for every reader: what comes out must be articles or a reason.

    python -m benchmarks.fuzz --inputs 200000 --seed 0 [--seconds S]

Each input is a sound file of its kind, cut, spliced and scribbled over at random; in a container
(DOCX, EPUB, ZIP) that is done to its files as often as to itself. An input that crashes, breaks
what an article promises, or takes more than 5 s of the processor is kept in a folder, and named."""

import argparse
import io
import json
import math
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import docx

from benchmarks.letters import LetterEncoder
from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import LeftOut, Rejected
from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.read import Reading, read_articles
from hemeroteca.index.text.passages import split_article

SOUND = {"articles", "refused"}
SLOW_S = 5.0  # of the processor: a busy machine makes no file a bad one
_TEXT = "El gato come pescado. José vive en Perú, y la lluvia cae desde 2024-05-06 sobre Lima. "
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
    sound = samples()
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    until = time.monotonic() + args.seconds
    for n in range(args.inputs):
        if time.monotonic() > until:
            break
        suffix = chance.choice(sorted(sound))
        data = _mutated(sound[suffix], chance)
        path = scratch() / f"fuzz-{args.seed}{suffix}"
        path.write_bytes(data)
        started = time.process_time()
        found = outcome(path)
        seconds = time.process_time() - started
        slowest = max(slowest, seconds)
        if seconds > SLOW_S:
            found = f"slow: {seconds:.0f} s"
        if found not in SOUND:
            args.kept.mkdir(exist_ok=True)
            (args.kept / f"{args.seed}-{n}{suffix}").write_bytes(data)
            print(f"{args.seed}-{n}{suffix}: {found}", file=sys.stderr, flush=True)
        outcomes[found.partition(":")[0]] += 1
        path.unlink()
    print(json.dumps({"inputs": outcomes.total(), **outcomes, "slowest_s": round(slowest, 2)}))
    sys.exit(not outcomes.keys() <= SOUND)


def scratch() -> Path:
    """A folder in memory, where there is one."""
    return Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())


def outcome(path: Path) -> str:
    """What its reader makes of a file: one of SOUND, or what is wrong."""
    try:
        found = list(read_articles(ArticleFile("fuzz", path)))
    except ArticleError as error:
        return "refused" if "\n" not in str(error) else f"broken: {error} is no sentence"
    except BaseException as error:
        return f"crash: {type(error).__name__}: {error}"
    try:
        for each in found:
            _check(each)
    except Exception as error:
        return f"broken: {type(error).__name__}: {error}"
    return "articles"


def _check(part: Reading | Rejected | LeftOut) -> None:
    """Raises an error unless this is what the rest of the program counts on."""
    if not isinstance(part, Reading):
        assert part.where
        assert part.reason
        return
    found = part.article
    json.dumps(vars(found)).encode()
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
    page = (
        f"<html><head><meta charset='utf-8'><title>T</title></head><body><nav>Inicio</nav>"
        f"<article><h1>Sube el pan</h1><p>{_TEXT * 3}</p><p>{_TEXT}</p></article></body></html>"
    )
    item = "<guid>g</guid><pubDate>Mon, 06 May 2024 23:30:00 -0500</pubDate><title>T</title>"
    item += f"<description>{_TEXT}</description>"
    feed = f"<rss version='2.0'><channel><item>{item}</item></channel></rss>"
    record = json.dumps({"id": 1, "title": "T", "date": "2024-05-06", "text": _TEXT})
    word = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(_TEXT)
    document.add_table(1, 1).cell(0, 0).text = _TEXT
    document.save(word)
    front_matter = "---\ntitle: T\ndate: 2024-05-06\n---\n"
    web = f"Content-Type: text/html; charset=utf-8\n\n{page}"
    content = f"<content type='html'>{_TEXT}</content>"
    entry = f"<id>u</id><title>T</title><updated>2024-05-06T10:00:00Z</updated>{content}"
    texts = {
        ".txt": f"date 2024-05-06 {_TEXT * 3}",
        ".md": f"{front_matter}# H\n\n{_TEXT}\n\n- *a*\n\n| a | b |\n|-|-|\n| c | d |\n",
        ".html": page,
        ".mhtml": f"Content-Type: multipart/related; boundary=b\n\n--b\n{web}\n--b--\n",
        ".pdf": _pdf(),
        ".jsonl": f"{record}\n{record.replace('1', '2')}\n",
        ".csv": f'id,date,text\n1,2024-05-06,"{_TEXT}"\n2,6 de mayo de 2024,"{_TEXT}"\n',
        ".rss": feed,
        ".atom": f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{entry}</entry></feed>",
    }
    samples = {suffix: text.encode() for suffix, text in texts.items()}
    samples[".docx"] = word.getvalue()
    samples[".epub"] = _zip(
        {
            "META-INF/container.xml": "<container><rootfile full-path='c.opf'/></container>",
            "c.opf": "<package><metadata><date>2024-05-06</date></metadata><manifest><item id='a' "
            "href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref "
            "idref='a'/></spine></package>",
            "a.xhtml": page,
        }
    )
    samples[".zip"] = _zip({"a.txt": _TEXT, "b/c.jsonl": record, "b/d.html": page})
    assert samples.keys() <= FORMATS.keys()
    return samples


def _pdf() -> str:
    shown = f"BT /F1 12 Tf 72 720 Td ({_TEXT.encode('ascii', 'ignore').decode()}) Tj ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    file, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(file)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{file}trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{start}\n%%EOF\n"


def _zip(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as container:
        for name, text in files.items():
            container.writestr(name, text)
    return packed.getvalue()


if __name__ == "__main__":
    main()
