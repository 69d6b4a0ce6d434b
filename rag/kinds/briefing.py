"""What the archive has on a subject: a summary, a timeline, or a briefing on a bare name."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
from babel import UnknownLocaleError

from hemeroteca.index.errors import Message
from hemeroteca.index.text.days import days_in
from hemeroteca.index.text.months import month_names
from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.kinds.sentences import (
    Sentence,
    about,
    numbers_in,
    quoted_sentences,
    without_repeats,
)
from hemeroteca.rag.kinds.topic import topic_of
from hemeroteca.rag.question import Question

_NEAR = 0.05  # of the likest sentence's cosine, or less, to be on the subject
_NEARER = 0.03  # of a line of a timeline that has none of the question's words
_DATED = 0.02  # what a day of its own adds to a line's likeness
_SAME = 0.93  # cosine of sentences that say the same
_SUMMED, _BRIEF, _EVENTS = 6, 3, 12
_CENTRAL = 1.0  # weight of likeness to the others, beside that to the question's
_NEW = 0.6  # and of unlikeness to what is chosen
_SAYS_WHO = 0.03  # what saying who somebody is adds to a sentence's likeness
_HALF_YEAR = 183
# Of the best passage's score, or less, for the best of an article that is told of: less where the
# articles are in another language, so that words tell less of them apart.
_BEHIND, _BEHIND_ABROAD = 0.06, 0.045
# One article is asked for, not what all of them say.
_ONE_ARTICLE = re.compile(
    r"\b(?:the|this|that|el|este|ese|la|esta|il|l['’]|lo|o|a|os|de[nrm]|die|le|cet|cette|aquest) ?"
    r"(?:article|report|story|piece|interview|artículo|reportaje|crónica|entrevista|noticia|artikel|"
    r"bericht|beitrag|reportage|articolo|notizia|artigo|reportagem|notícia|reportatge|entretien)\b|"
    r"\b(?:стать[юеи]|заметк[уеи])\b",
    re.IGNORECASE,
)
_SAME_LANGUAGE = 0.5  # probability of a question to be in it


def summary(question: Question, sentences: Sequence[Sentence]) -> Answer | None:
    """The most central sentences, none like another, in reading order; None if none is on the
    subject."""
    chosen = _central(_on_subject(question, sentences), _SUMMED)
    return _quoting(question, sorted(chosen, key=_reading_order)) if chosen else None


def brief(question: Question, sentences: Sequence[Sentence]) -> Answer | None:
    """The same of a bare name, in short. Where it names no one, what the sentences are near is not
    enough: in its own language they use half of its words, or there is nothing on it."""
    words = set(cognates(question.searched))
    told = [
        sentence
        for sentence in _on_subject(question, sentences)
        if question.is_in(sentence.passage.language) < _SAME_LANGUAGE
        or 2 * len(words & sentence.around) >= len(words)
    ]
    who = _introduction(question.searched)
    told = [replace(s, likeness=s.likeness + _SAYS_WHO * bool(who.search(s.text))) for s in told]
    chosen = _central(told, _BRIEF)
    return _quoting(question, sorted(chosen, key=_reading_order)) if chosen else None


def _introduction(name: str) -> re.Pattern[str]:
    """What says who `name` is: small letters between commas behind it, or in brackets, or a word
    before it that is none of a few letters, as the banker Ana Ruiz."""
    words = [re.escape(word) for word in re.findall(r"[\w’'-]+", name)]
    whole = f"(?:{' '.join(words)}|{words[-1]})" if words else "(?!)"
    behind = rf"{whole}\b(?: [A-ZÀ-Þ]\w+)*(?:,| \() ?[a-zà-öø-ÿ]"
    return re.compile(rf"\b(?:{behind}|[a-zà-öø-ÿ]{{5,}} {whole}\b)")


def timeline(question: Question, sentences: Sequence[Sentence]) -> Answer | None:
    """One sentence an event, the oldest first and those without a day last, each with the day that
    it gives itself, else that of its article; None if none is on the subject."""
    near = _events(question, _on_subject(question, sentences))
    groups = without_repeats(near, _SAME)[:_EVENTS]
    groups.sort(key=lambda group: (_day(group[0])[0] or "9999", _reading_order(group[0])))
    if not groups:
        return None
    told = _quoting(question, [group[0] for group in groups])
    days = [_day(group[0]) for group in groups]
    statements = [
        replace(statement, day=day, day_said=said)
        for statement, (day, said) in zip(told.statements, days, strict=True)
    ]
    of_articles = any(day and not said for day, said in days)
    note = Message("A day in parentheses is that of the article.")
    return replace(told, statements=statements, notes=[note] if of_articles else [])


def _events(question: Question, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that tell of what is asked, the likest first, and those with a day of their own
    before the others: their article has as many of its names as any, and a name or another word of
    it is in them or the sentence before, not in the headline alone, or they are nearer to it."""
    if not sentences:
        return []
    topic = topic_of(question, sentences)
    articles: dict[str, set[str]] = {}
    for s in sentences:
        articles.setdefault(s.passage.article, set()).update(s.around)
    named = {
        article: sum(not run.isdisjoint(heads) for run in topic.runs)
        for article, heads in articles.items()
    }
    most = max(named.values())
    best = max(s.likeness for s in sentences)
    words = topic.names | topic.words
    told = [
        s
        for s in sentences
        if named[s.passage.article] == most
        and (
            not words.isdisjoint(s.heads.union(cognates(s.before))) or s.likeness >= best - _NEARER
        )
    ]
    return sorted(told, key=lambda s: -s.likeness - _DATED * _day(s)[1])


def _quoting(question: Question, chosen: Sequence[Sentence]) -> Answer:
    statements, citations = quoted_sentences(chosen)
    return Answer(
        question=question.text,
        kind=question.kind,
        language=question.language,
        confidence=max(sentence.likeness for sentence in chosen),
        statements=statements,
        citations=citations,
    )


def _on_subject(question: Question, sentences: Sequence[Sentence]) -> list[Sentence]:
    told = _of_best_articles(question, about(question, sentences))
    best = max((s.likeness for s in told), default=0.0)
    return [s for s in told if s.likeness >= best - _NEAR]


def _of_best_articles(question: Question, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Those of the articles that are found for the question hardly later than the first, or of that
    alone if one is asked for; of those with the numbers that it names, if there are some."""
    said: dict[str, set[str]] = {}
    for s in sentences:
        said.setdefault(s.passage.article, set()).update(
            s.numbers, numbers_in(f"{s.before} {s.passage.title}")
        )
    numbers = numbers_in(question.searched)
    sentences = [s for s in sentences if numbers <= said[s.passage.article]] or sentences
    scores: dict[str, float] = {}
    for s in sentences:
        scores[s.passage.article] = max(s.passage.score, scores.get(s.passage.article, -1.0))
    best = max(scores.values(), default=0.0)
    if _ONE_ARTICLE.search(question.text):
        return [s for s in sentences if scores[s.passage.article] == best]
    return [
        s
        for s in sentences
        if scores[s.passage.article]
        >= best - (_BEHIND if question.is_likely_in(s.passage.language) else _BEHIND_ABROAD)
    ]


def _central(sentences: Sequence[Sentence], most: int) -> list[Sentence]:
    """Maximal marginal relevance (Carbonell and Goldstein 1998): each next one is like the question
    and the other sentences, and unlike those chosen already."""
    if not sentences:
        return []
    vectors = np.stack([s.vector for s in sentences])
    alike = np.vecdot(vectors[:, None], vectors)  # no product for BLAS: its threads spin
    worth = np.array([s.likeness for s in sentences]) + _CENTRAL * alike.mean(axis=1)
    chosen: list[int] = []
    while len(chosen) < min(most, len(sentences)):
        told = alike[:, chosen].max(axis=1) if chosen else np.zeros(len(sentences))
        scores = worth - _NEW * told
        scores[[*chosen, *np.flatnonzero(told >= _SAME)]] = -np.inf
        best = int(scores.argmax())
        if scores[best] == -np.inf:
            break
        chosen.append(best)
    return [sentences[n] for n in chosen]


def _reading_order(sentence: Sentence) -> tuple[str, str, int]:
    return sentence.passage.date or "9999", sentence.passage.article, sentence.start


def _day(sentence: Sentence) -> tuple[str, bool]:
    """The ISO day of what a sentence tells, "" for none, and whether it says so itself."""
    passage = sentence.passage
    published = date.fromisoformat(passage.date) if passage.date else None
    said = said_day(sentence.text, passage.language, passage.date)
    named = {
        d.first for d in days_in(sentence.text, passage.language, published) if d.first == d.last
    }
    if not said and len(named) == 1:
        said = named.pop().isoformat()
    return (said, True) if said else (passage.date or "", False)


def said_day(text: str, language: str, published: str | None) -> str:
    """The ISO day that `text` gives as a day with its month; without a year, the nearest to
    the day `published`. "" if there is none, or more than one."""
    found = {_resolved(match, language, published) for match in _days(language, text)}
    found.discard("")
    return found.pop() if len(found) == 1 else ""


def _resolved(match: re.Match[str], language: str, published: str | None) -> str:
    day, month, before, after, year = match.groups()
    number = _months(language)[(month or before).lower()]
    try:
        if year:
            return date(int(year), number, int(day or after)).isoformat()
        if not published:
            return ""
        near = date.fromisoformat(published)
        days = [date(near.year + n, number, int(day or after)) for n in (-1, 0, 1)]
    except ValueError:  # a day that no month has
        return ""
    nearest = min(days, key=lambda each: abs(each - near))
    return nearest.isoformat() if abs((nearest - near).days) <= _HALF_YEAR else ""


def _days(language: str, text: str) -> list[re.Match[str]]:
    return list(_day_pattern(language).finditer(text))


@cache
def _day_pattern(language: str) -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True)) or "(?!)"
    of = r"(?:\s+(?:de|del|of)\s+|\s+d['’]|\.?\s+)"
    return re.compile(
        rf"(?<![\w.])(?:(\d{{1,2}})(?:st|nd|rd|th|er|º)?{of}({months})|({months})\s+(\d{{1,2}}))\b"
        rf"(?:,?\s+(?:de\s+|del\s+|of\s+)?((?:19|20)\d\d)\b)?",
        re.IGNORECASE,
    )


@cache
def _months(language: str) -> dict[str, int]:
    try:
        forms = [month_names(language, form, "wide") for form in ("format", "stand-alone")]
    except UnknownLocaleError:
        return {}
    return {name.lower(): number for names in forms for number, name in names.items()}
