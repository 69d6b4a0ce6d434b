"""Passages of many articles, questions, and which of the passages hold the answer.

What stands in translation holds it as well: NTREX's sentence of the same place in its article,
XQuAD's answer of the same question."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hemeroteca.index.article import Article
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.text.passages import split_article
from hemeroteca.index.text.sentences import Span
from hemeroteca.index.text.titles import derive_title
from training.data import Paragraph, load_squad, load_xquad, squad_es
from training.news.asked import load_asked
from training.news.examples import NewsArticle, load_news
from training.news.press import load_press, load_press_asked

# Of XQuAD; questions in each are asked of the passages in all of them.
_XQUAD = ("es", "en", "de", "ru", "ro", "zh", "el")
# Of reading/: the language, and how many paragraphs at most.
_READING = {
    "piaf_fr": ("fr", 1600), "tydiqa_en": ("en", 1200), "squad_pt_sample": ("pt", 900),
    "viquiquad_ca": ("ca", 900), "squad_es_dist": ("es", 900), "faquad_pt": ("pt", 500),
    "norquad_no": ("no", 400), "swequad_sv": ("sv", 400), "tydiqa_ru": ("ru", 600),
}  # fmt: skip
_LONGEST = 6_000  # characters of a paragraph


@dataclass(frozen=True)
class Sought:
    """A question, and the numbers of the passages that hold its answer."""

    text: str
    language: str
    holding: Sequence[int]
    corpus: str
    split: str  # "train", or what nothing is learnt from


class Passages:
    """Passages cut as the index cuts articles; `languages` has the language of each."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._places: dict[str, list[tuple[int, Span]]] = {}
        self.texts: list[str] = []
        self.languages: list[str] = []

    def add(self, key: str, text: str, title: str, language: str) -> None:
        """Those of `text`, which `holding` finds by `key`."""
        whole = Article(key, text, language, title=title)
        places = self._places[key] = []
        for passage in split_article(whole, self._encoder.token_offsets):
            places.append((len(self.texts), (passage.start, passage.end)))
            self.texts.append(passage.text)
            self.languages.append(language)

    def holding(self, key: str, span: Span) -> list[int]:
        """The numbers of the passages that `span` of the text `key` lies in."""
        return [n for n, (start, end) in self._places[key] if start <= span[0] and span[1] <= end]


def load_sought(data: Path, extra: Path, encoder: Encoder) -> tuple[Passages, list[Sought]]:
    """All passages and all questions that some of them answer."""
    passages = Passages(encoder)
    sought = [
        *_of_press(passages, data, extra),
        *_of_news(passages),
        *_of_xquad(passages, data),
        *_of_reading(passages, data),
    ]
    return passages, [question for question in sought if question.holding]


def _of_press(passages: Passages, data: Path, extra: Path) -> list[Sought]:
    articles = load_press(data, extra)
    versions = defaultdict(list)
    for article in articles:
        passages.add(article.name, article.text, article.headline, article.language)
        versions[article.group].append(article)
    sought = []
    for asked in load_press_asked(articles):
        if asked.broad:  # another article may answer it, too
            continue
        own = articles[asked.article]
        holding: set[int] = set()
        for start, end in asked.answers:
            holding.update(passages.holding(own.name, (start, end)))
            inside = [n for n, (a, b) in enumerate(own.sentences) if a <= start and end <= b]
            for other in versions[own.group]:
                if len(other.sentences) == len(own.sentences):
                    for n in inside:
                        holding.update(passages.holding(other.name, other.sentences[n]))
        corpus = "agency" if own.name.startswith("AN") else "press"
        sought.append(Sought(asked.text, asked.language, sorted(holding), corpus, own.split))
    return sought


def _of_news(passages: Passages) -> list[Sought]:
    articles: Sequence[NewsArticle] = load_news()
    for article in articles:
        key = f"news {article.name}"
        passages.add(key, article.text, article.headline, article.language)
    sought = []
    for asked in load_asked(articles):
        own = articles[asked.article]
        holding = {n for span in asked.answers for n in passages.holding(f"news {own.name}", span)}
        sought.append(Sought(asked.text, asked.language, sorted(holding), "news", own.split))
    return sought


def _of_xquad(passages: Passages, data: Path) -> list[Sought]:
    xquad = load_xquad(data / "xquad")
    for language in _XQUAD:
        for n, paragraph in enumerate(xquad.paragraphs[language]):
            _add(passages, f"xquad {language} {n}", paragraph)
    sought = []
    for language in _XQUAD:
        for n, paragraph in enumerate(xquad.paragraphs[language]):
            for k, question in enumerate(paragraph.questions):
                holding = {
                    place
                    for other in _XQUAD
                    for span in xquad.paragraphs[other][n].questions[k].spans
                    for place in passages.holding(f"xquad {other} {n}", span)
                }
                sought.append(
                    Sought(question.text, language, sorted(holding), "xquad", xquad.split[n])
                )
    return sought


def _of_reading(passages: Passages, data: Path) -> list[Sought]:
    """Questions of single paragraphs, all of which teach."""
    rng = random.Random(0)
    sets = {"squad": squad_es(data, load_xquad(data / "xquad"), held_out=False)}
    for name, (language, most) in _READING.items():
        paragraphs = load_squad(data / "reading" / f"{name}.json", language)
        rng.shuffle(paragraphs)
        sets[name] = [p for p in paragraphs[:most] if len(p.text) <= _LONGEST]
    sought = []
    for name, paragraphs in sets.items():
        for n, paragraph in enumerate(paragraphs):
            key = f"{name} {n}"
            _add(passages, key, paragraph)
            corpus = "squad" if name == "squad" else "reading"
            for question in paragraph.questions:
                holding = {p for span in question.spans for p in passages.holding(key, span)}
                sought.append(
                    Sought(question.text, paragraph.language, sorted(holding), corpus, "train")
                )
    return sought


def _add(passages: Passages, key: str, paragraph: Paragraph) -> None:
    title = derive_title(paragraph.text, paragraph.language)
    passages.add(key, paragraph.text, title, paragraph.language)
