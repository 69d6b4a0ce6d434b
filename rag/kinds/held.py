"""Whether the articles hold anything on what is to be told of: retrieval always finds some, and
their sentences would be told though none is on it."""

import re
from collections.abc import Callable, Sequence

from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.claim_checker import judge_each
from hemeroteca.rag.kinds.lead import bounded, is_on_it, level
from hemeroteca.rag.kinds.sentences import Sentence
from hemeroteca.rag.kinds.sought import THERE_IS
from hemeroteca.rag.kinds.subject import telling_words
from hemeroteca.rag.kinds.topic import ASKING
from hemeroteca.rag.question import Question
from hemeroteca.rag.verifier.judge import Verifier
from hemeroteca.rag.verifier.judgement import Premise

_ARTICLES, _OF_EACH = 3, 4  # headlines, and sentences of each article that are judged


def is_held(
    question: Question,
    sentences: Sequence[Sentence],
    load: Callable[[], Verifier] | None,
) -> bool:
    """Whether `sentences`, of the first passages found, are on what `question` names: by what the
    verifier that `load` gives says of there being such a thing in them and their headlines, and by
    how far the first article is before others. True where nothing is named or no verifier is."""
    found = evidence_of(question, sentences, load)
    return found is None or is_on_it(*found)


def evidence_of(
    question: Question,
    sentences: Sequence[Sentence],
    load: Callable[[], Verifier] | None,
) -> tuple[float, float] | None:
    """The probability in (0, 1) that `sentences` state that there is what `question` names, and how
    far the first article's score is before others; None if nothing is named or can be judged."""
    clause = subject_clause(question)
    if not clause or not sentences or not load:
        return None
    stated = _stated(question, clause, sentences, load)
    return bounded(stated), _lead(sentences)


def _stated(
    question: Question,
    clause: str,
    sentences: Sequence[Sentence],
    load: Callable[[], Verifier],
) -> float:
    """The highest probability that a headline or one of the likest sentences states that there is
    what `clause` names."""
    there_is = THERE_IS.get(question.language, THERE_IS["en"])
    by_article: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        by_article.setdefault(sentence.passage.article, []).append(sentence)
    premises = []
    for of_it in list(by_article.values())[:_ARTICLES]:
        title = of_it[0].passage.title
        likest = sorted(of_it, key=lambda s: -s.likeness)[:_OF_EACH]
        premises += [Premise(title), *(Premise(s.text, headline=title) for s in likest)]
    judged = judge_each(load(), f"{there_is} {clause}.", premises)
    return max(each.stated for each in judged)


def _lead(sentences: Sequence[Sentence]) -> float:
    """How far the first article's score is before those of the fourth to the eighth."""
    scores: dict[str, float] = {}
    for sentence in sentences:
        scores.setdefault(sentence.passage.article, sentence.passage.score)
    return max(scores.values()) - level(scores.values())


def subject_clause(question: Question) -> str:
    """What `question` names, from the first word of it to the last: "toxic politics in Spain" of
    "Summarise the news about toxic politics in Spain"."""
    words = [w for w in telling_words(question) if ASKING.isdisjoint(cognates(w))]
    if not words:
        return ""
    places = [
        match.span()
        for word in (words[0], words[-1])
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", question.text)
    ]
    if not places:
        return " ".join(words)
    return question.text[min(start for start, _ in places) : max(end for _, end in places)]
