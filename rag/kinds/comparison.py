"""Both sides of a comparison, each in sentences about it, or what each article says."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from hemeroteca.index.article import Passage
from hemeroteca.index.errors import Message
from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.kinds.names import names_all
from hemeroteca.rag.kinds.sentences import Sentence, naming, quoted_sentences, subject_of
from hemeroteca.rag.kinds.topic import topic_of
from hemeroteca.rag.question import Question

_OF_A_SIDE = 2  # sentences
_ARTICLES = 4
_LIKE, _NEAR = 0.82, 0.05
# What is added to a sentence's likeness for its article, which speaks of both, and for each word of
# the question but the names, and what is taken for the other side's name.
_OF_BOTH, _WORD, _OTHER = 0.02, 0.02, 0.01


def sides(question: Question, passages: Sequence[Passage]) -> list[str]:
    """The names that are compared, as the question writes them: two that it writes with capitals,
    else words that the articles write as names, those that stand together being one."""
    written = _runs(question, frozenset())
    known = subject_of(question.searched, passages)
    return written if len(written) > 1 else _runs(question, known)


def _runs(question: Question, names: Collection[str]) -> list[str]:
    """The words of `names` and, but in German, those with a capital."""
    found: list[str] = []
    open_name = False
    for n, written in enumerate(question.searched.split()):
        word = written.strip("¿?.,;:¡!«»\"'()")
        capital = n > 0 and word[:1].isupper() and question.language != "de"
        is_name = capital or any(head in names for head in cognates(word))
        if is_name and open_name:
            found[-1] = f"{found[-1]} {word}"
        elif is_name:
            found.append(word)
        open_name = is_name and written[-1:] not in ",;"
    return found


def without_passage(
    question: Question, named: Sequence[str], passages: Sequence[Passage]
) -> list[str]:
    """Those of the two sides `named` by `question` that none of `passages` names, nor its
    headline."""
    return [
        side
        for side in named[:2]
        if not any(_is_named(side, question, passage) for passage in passages)
    ]


def _is_named(side: str, question: Question, passage: Passage) -> bool:
    text = f"{passage.title} {passage.text}"
    words, heads = set(cognates(text)), set(cognates(side))
    if not heads:
        return side.lower() in re.findall(r"\w+", text.lower())
    return bool(heads & words) and names_all([side], words, question, passage.language)


def comparison(question: Question, sentences: Sequence[Sentence]) -> Answer | None:
    """The sentences of both sides, and which side no article speaks of; without two sides, what
    each of the first articles says. None if no article says anything."""
    named = sides(question, [s.passage for s in sentences])[:2]
    if len(named) < 2:
        return _each_article(question, sentences)
    both = _of_both(named, sentences, question)
    words = topic_of(question, sentences).words
    statements: list[Statement] = []
    citations: list[Citation] = []
    notes = []
    for side in named:
        heads = set(cognates(side)) or {side.lower()}
        others = {h for other in named if other != side for h in cognates(other)} - heads
        about = [s for s in naming([side], sentences, question) if s.heads & heads]
        told = {(c.article, c.quote) for c in citations}
        fresh = [s for s in about if (s.passage.article, s.text) not in told]
        # What one article says of both is compared in it, best in words of the question.
        worth = {
            s: s.likeness
            + _OF_BOTH * (s.passage.article in both)
            + _WORD * len(words & s.heads)
            - _OTHER * bool(s.heads & others)
            for s in fresh
        }
        fresh.sort(key=lambda s: -worth[s])
        # What is only named somewhere, in a list, is not absent.
        if not about and without_passage(question, [side], [s.passage for s in sentences]):
            notes.append(Message("No article found speaks of {subject}.", subject=side))
        said, cited = quoted_sentences(fresh[:_OF_A_SIDE], len(citations) + 1)
        statements += [
            replace(statement, subject="" if n else side) for n, statement in enumerate(said)
        ]
        citations += cited
    if not statements:
        return None
    return Answer(
        question=question.text,
        kind=question.kind,
        language=question.language,
        confidence=max(citation.score for citation in citations),
        statements=statements,
        citations=citations,
        notes=notes,
    )


def _of_both(named: Sequence[str], sentences: Sequence[Sentence], question: Question) -> set[str]:
    """The articles that speak of all the sides."""
    speak = [
        {
            s.passage.article
            for s in naming([side], sentences, question)
            if s.heads & (set(cognates(side)) or {side.lower()})
        }
        for side in named
    ]
    return set.intersection(*speak)


def _each_article(question: Question, sentences: Sequence[Sentence]) -> Answer | None:
    best: dict[str, Sentence] = {}
    for sentence in sorted(sentences, key=lambda s: -s.likeness):
        best.setdefault(sentence.passage.group or sentence.passage.article, sentence)
    first = max((s.likeness for s in best.values()), default=0.0)
    chosen = [s for s in best.values() if s.likeness >= max(_LIKE, first - _NEAR)][:_ARTICLES]
    if not chosen:
        return None
    statements, citations = quoted_sentences(chosen)
    numbers = [s.numbers for s in chosen if s.numbers]
    every = frozenset[str]().union(*numbers)
    differ = sorted(n for n in every if not all(n in told for told in numbers))
    note = Message("Numbers that are not in all of them: {numbers}", numbers=", ".join(differ))
    return Answer(
        question=question.text,
        kind=question.kind,
        language=question.language,
        confidence=first,
        statements=statements,
        citations=citations,
        notes=[note] if len(numbers) > 1 and differ else [],
    )
