"""Real news in nine languages, and questions asked of it.

`press/*.jsonl` are the questions, as in `asked/`; the articles are not in this repository. Those
named by language and number ("es-017") are the 123 of NTREX-128, translated by hand sentence by
sentence (github.com/MicrosoftTranslator/NTREX, CC BY-SA 4.0): DATA/verify/ntrex has them in Spanish
and English, and EXTRA other languages as `ntrex.deu.txt`. Those named as "CF0027" are extracts of
two Portuguese-language newspapers (github.com/UniversalDependencies/UD_Portuguese-Bosque,
not-to-release/documents, CC BY-SA 4.0), in EXTRA as `bosque/CF0027.conllu`; those named as
"AN10017_20000413" are of a Spanish agency, in EXTRA as `cess_esp/10017_20000413.tbf`, and those
named as "CESS-CAST-P-20010702-9" of agencies and a paper in Spanish and Catalan, in EXTRA as
`ancora/es_ancora-ud-dev.conllu` and so on (ancora.py).
What is asked of an article that is not there is left out."""

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hemeroteca.index.text.sentences import Span
from training.news.ancora import read_ancora, read_dependencies
from training.news.asked import AskedOfAll, asked_of, asked_rows
from training.news.examples import NEWS, NewsArticle

PRINTED = ("CESS-", "3LB-")  # before the names of a paper's and agencies' articles
_FOLDER = NEWS / "press"
# Sentences of each article, in their order; the first is its headline.
_SENTENCES = (
    16, 6, 21, 14, 18, 21, 17, 16, 15, 4, 18, 11, 21, 27, 27, 4, 15, 7, 19, 5, 27, 9, 7, 11, 20, 6,
    13, 27, 19, 6, 14, 6, 20, 26, 20, 9, 15, 27, 13, 6, 24, 10, 15, 30, 8, 15, 24, 15, 25, 21, 21,
    10, 11, 27, 5, 18, 13, 23, 23, 15, 14, 18, 17, 15, 6, 14, 14, 11, 19, 22, 12, 18, 26, 20, 24,
    20, 27, 21, 19, 23, 10, 9, 21, 24, 15, 12, 11, 28, 14, 17, 24, 9, 12, 21, 12, 21, 6, 27, 15, 7,
    21, 29, 8, 10, 10, 21, 14, 24, 17, 14, 5, 22, 9, 19, 21, 9, 14, 15, 27, 9, 10, 29, 9,
)  # fmt: skip
_IN_PARAGRAPH = 3
_TRANSLATED = re.compile(r"^[a-z]{2}\d?-(?=\d{3}$)")
_PRINTED = re.compile(r"^CESS-[A-Z-]+-(\d{8})-")  # with the day
_LINE_OF_TEXT = re.compile(r"^# text = (.*)$", re.MULTILINE)
# Names of the articles in three translations into Spanish, in English, and in what EXTRA has.
_GIVEN = {
    "es": "newstest2019-ref.spa.txt", "es2": "newstest2019-ref-2.spa.txt",
    "es3": "newstest2019-ref.spa-MX.txt", "en": "newstest2019-src.eng.txt",
}  # fmt: skip
_EXTRA = {
    "ca": "cat", "de": "deu", "fr": "fra", "gl": "glg", "it": "ita", "pt": "por", "ru": "rus",
}  # fmt: skip


@dataclass(frozen=True)
class PressArticle(NewsArticle):
    """With the spans of its sentences, those of a translation in the same order."""

    sentences: Sequence[Span]


def load_press(data: Path, extra: Path | None = None) -> list[PressArticle]:
    """NTREX's articles in Spanish and English, and whatever `extra` has. Raises ValueError if a
    file has not the lines of NTREX-128."""
    files = {prefix: data / "verify" / "ntrex" / name for prefix, name in _GIVEN.items()}
    if extra is not None:
        files |= {prefix: extra / f"ntrex.{code}.txt" for prefix, code in _EXTRA.items()}
    articles = [
        article
        for prefix, path in files.items()
        if path.exists()
        for article in _articles(prefix, path)
    ]
    if extra is None:
        return articles
    for path in sorted((extra / "bosque").glob("*.conllu")):
        sentences = _LINE_OF_TEXT.findall(path.read_text(encoding="utf-8"))
        articles.append(_article("pt", path.stem, sentences))
    agency = read_ancora(extra / "cess_esp")
    for stem, sentences in agency.items():
        articles.append(_article("es", f"AN{stem}", sentences))
    known = [sentence for told in agency.values() for sentence in told]
    for name, sentences in read_dependencies(extra / "ancora", known).items():
        articles.append(_article("ca" if "-CAT-" in name else "es", name, sentences))
    return articles


def _articles(prefix: str, path: Path) -> list[PressArticle]:
    lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")]
    many = sum(_SENTENCES)
    if len(lines) < many or any(lines[many:]):
        raise ValueError(f"{path}: the {many} lines of NTREX-128 were expected, not {len(lines)}")
    articles, at = [], 0
    for number, count in enumerate(_SENTENCES):
        name = f"{prefix}-{number:03}"
        articles.append(_article(prefix[:2], name, lines[at : at + count]))
        at += count
    return articles


def group_of(name: str) -> str:
    """What the split of the article goes by: all languages of one teach, or none does, and what
    the paper of two languages printed on one day."""
    if printed := _PRINTED.match(name):
        return f"press {printed[1]}"
    return f"press {_TRANSLATED.sub('', name)}"


def _article(language: str, name: str, lines: Sequence[str]) -> PressArticle:
    """The first of `lines`, which are sentences, is the headline."""
    text, spans = "", []
    for number, line in enumerate(lines):
        if number:
            text += "\n\n" if (number - 1) % _IN_PARAGRAPH == 0 else " "
        spans.append((len(text), len(text) + len(line.strip())))
        text += line.strip()
    group = group_of(name)
    return PressArticle(language, lines[0].strip(), text, (), group, group, name, spans)


def load_press_asked(articles: Sequence[NewsArticle], folder: Path = _FOLDER) -> list[AskedOfAll]:
    """The questions of those of real news that are among `articles`. Raises ValueError if an answer
    is not in its article."""
    places = {article.name: n for n, article in enumerate(articles)}
    return [
        asked_of(row, articles, places[row["article"]])
        for row in asked_rows(folder)
        if row["article"] in places
    ]


def in_translation(
    asked: Sequence[AskedOfAll], articles: Sequence[PressArticle], rng: random.Random
) -> list[AskedOfAll]:
    """The same questions asked of the other Spanish translations of their article, and of one in
    another language: those that have no answer, and those whose answer, a name or a number mostly,
    stands there in the same sentence and the same words."""
    versions = defaultdict(list)
    for n, article in enumerate(articles):
        versions[article.group].append(n)
    carried = []
    for question in asked:
        own = articles[question.article]
        others = [n for n in versions[own.group] if n != question.article]
        spanish = [n for n in others if articles[n].language == "es"]
        foreign = [n for n in others if articles[n].language not in ("es", own.language)]
        chosen = [*spanish, *rng.sample(foreign, min(1, len(foreign)))]
        if not question.answers:
            chosen = rng.sample(chosen, min(1, len(chosen)))
        for n in chosen:
            answers = _carried(question, own, articles[n])
            if answers or not question.answers:
                carried.append(replace(question, article=n, answers=answers))
    return carried


def _carried(question: AskedOfAll, own: PressArticle, other: PressArticle) -> list[Span]:
    """Where `other` has the words of an answer, once in the sentence that has them in `own`."""
    spans = []
    for start, end in question.answers:
        words = own.text[start:end]
        number = next(
            (n for n, (s, e) in enumerate(own.sentences) if s <= start and end <= e), None
        )
        if number is None:
            continue
        s, e = other.sentences[number]
        if other.text[s:e].count(words) == 1:
            found = other.text.index(words, s)
            spans.append((found, found + len(words)))
    return spans
