"""How long the exports of press databases take to read, and what memory.

    python -m benchmarks.press

Invented exports in the marks of the real ones: articles of 600 words, as many as the databases give
at once. Seconds of processor (user and system), the median of three, and the most memory that the
reading held beside the file."""

import resource
import statistics
import tracemalloc
from io import BytesIO

from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.formats.registry import FORMATS
from tests.index.exported import Written, nexis_article, nexis_docx
from tests.index.test_factiva import page, plain
from tests.index.test_lexisnexis import COVER, piece
from tests.index.test_nexis import FIRST
from tests.index.test_rich_text import rtf

_ROUNDS = 3
_PARAGRAPH = "El tranvía de Arenal vuelve hoy a la avenida después de catorce años de obras. " * 4
_PARAGRAPHS = 10


def main() -> None:
    files = {
        "Nexis, DOCX": (".docx", 100, nexis_docx(*map(nexis_article, _written(100)))),
        "Nexis, RTF": (".rtf", 100, rtf("".join(map(_in_rtf, _written(100))))),
        "LexisNexis, TXT": (".txt", 500, (COVER + "".join(map(piece, _written(500)))).encode()),
        "Factiva, HTML": (".html", 100, page(*(plain(a, "es", "Español") for a in _written(100)))),
    }
    print("| export | articles | MB | seconds | MB of memory |\n|---|---|---|---|---|")
    for name, (suffix, count, data) in files.items():
        seconds = statistics.median(_seconds(suffix, data, count) for _ in range(_ROUNDS))
        tracemalloc.start()
        _read(suffix, data)
        memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(
            f"| {name} | {count} | {len(data) / 1e6:.1f} | {seconds:.2f} | {memory / 1e6:.0f} |",
            flush=True,
        )


def _written(count: int) -> list[Written]:
    beside = vars(FIRST) | {"paragraphs": (_PARAGRAPH.strip(),) * _PARAGRAPHS}
    return [
        Written(
            **beside | {"title": f"El tranvía vuelve {n}", "number": f"FAROVA0020240109ek19{n:05}"}
        )
        for n in range(count)
    ]


def _in_rtf(article: Written) -> str:
    def line(text: str, style: str = "") -> str:
        letters = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text)
        return rf"\pard\plain{{{style}\fs20\cf1\insrsid1 {letters}}}\par" + "\n"

    return (
        r"\sect\sectd\pard{\*\bkmkstart B}{\*\bkmkend B}\par"
        + line(article.title, r"\b\fs28")
        + line(article.paper)
        + line(article.when)
        + line("")
        + line("Copyright 2024 Prensa All Rights Reserved")
        + line("Body", r"\b")
        + "".join(map(line, article.paragraphs))
        + line("End of Document", r"\b")
    )


def _read(suffix: str, data: bytes) -> int:
    parts = FORMATS[suffix].extracts(BytesIO(data), suffix)
    return sum(isinstance(part, Extract) for part in parts)


def _seconds(suffix: str, data: bytes, count: int) -> float:
    begun = _processor()
    found = _read(suffix, data)
    spent = _processor() - begun
    if found != count:
        raise SystemExit(f"{found} of {count} articles were found in a {suffix} file")
    return spent


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
