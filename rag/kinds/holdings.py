"""What the catalog knows: how many articles on a subject, the latest, their papers and authors."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from hemeroteca.index.article import Passage
from hemeroteca.index.errors import Message
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.catalog import Listed
from hemeroteca.index.stores.spellings import name_key
from hemeroteca.index.text.passages import passage_of
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.index.text.terms import fold
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.cite import citation
from hemeroteca.rag.days import iso_text
from hemeroteca.rag.kinds.lead import level
from hemeroteca.rag.kinds.sought import all_sought, sought
from hemeroteca.rag.kinds.subject import subject
from hemeroteca.rag.question import Question
from hemeroteca.rag.verifier.judge import Verifier

OF_ONE = ("paper", "author", "day", "section")  # kinds that one article is asked of
_LISTED, _LATEST = 50, 5
_LOOKED_AT = 10  # passages, for the article that is asked of,
_ON_SUBJECT = 20  # and articles, for all that are on a subject


def holdings(
    question: Question,
    archive: Archive,
    passages: Sequence[Passage],
    load: Callable[[], Verifier] | None = None,
) -> Answer | None:
    """What the catalog answers. An article that one is asked of is among the first of `passages`,
    which come nearest; if that is not sure, it is what is nearest of an answer that says so. All
    others are those that hold every word of the subject or, if none does, those of `passages` that
    the verifier that `load` gives finds to be on it. None if there is no such article or it is not
    known of it."""
    if question.kind in OF_ONE:
        return _of_one(question, archive, passages, load)
    among = _articles(question, archive) or _on_subject(question, archive, passages, load)
    if not among:
        return None
    if question.kind == "papers":
        return _papers(question, archive, among)
    few = question.kind in ("latest", "earliest")
    ids = archive.catalog.holdings.articles(
        question.filter, among, _LATEST if few else _LISTED, question.kind == "earliest"
    )
    listed = _listed(archive, ids)
    number = archive.catalog.holdings.count(question.filter, among)
    told = _counted(question, archive, listed, number)
    if few:
        return replace(told, answer=told.statements[0].text, lead=None)
    return replace(told, answer=str(number))


def _on_subject(
    question: Question,
    archive: Archive,
    passages: Sequence[Passage],
    load: Callable[[], Verifier] | None,
) -> list[str]:
    """The articles of `passages` that are on the subject in other words, such as another
    language's."""
    scores: dict[str, float] = {}
    for passage in passages:
        scores.setdefault(passage.article, passage.score)
    found = map(archive.document, list(scores)[:_ON_SUBJECT])
    articles = [article for article in found if article]
    others = level(scores.values())
    leads = [scores[article.id] - others for article in articles]
    return [a.id for a in all_sought(question, articles, leads, archive.encoder, load)]


def overview(question: Question, archive: Archive) -> Answer | None:
    """How many articles there are and the latest of them: what a summary of everything can say."""
    known = archive.catalog.holdings
    listed = _listed(archive, known.articles(question.filter, None, _LATEST))
    if not listed:
        return None
    return _counted(question, archive, listed, known.count(question.filter))


def _counted(question: Question, archive: Archive, listed: Sequence[Listed], number: int) -> Answer:
    statements, citations = article_statements(archive, listed)
    return Answer(
        question=question.text,
        kind=question.kind,
        language=question.language,
        confidence=1.0,
        statements=statements,
        lead=_lead(number, len(listed)),
        citations=citations,
    )


def _lead(number: int, shown: int) -> Message:
    if shown == number:
        return Message("Articles: {number}", number=number)
    return Message("Articles: {number} (the latest {shown} are listed)", number=number, shown=shown)


def article_statements(
    archive: Archive, listed: Sequence[Listed], first: int = 1
) -> tuple[list[Statement], list[Citation]]:
    """A statement of each article: its headline and day, with its first sentence as citation."""
    statements: list[Statement] = []
    citations: list[Citation] = []
    for article in listed:
        cited = _first_sentence(archive, article.article, first + len(citations))
        if cited:
            citations.append(cited)
            statements.append(Statement(article.title, (cited.n,), article.date or "", True))
    return statements, citations


def about(archive: Archive, question: Question, most: int) -> list[Listed]:
    """The latest articles that hold all words of the question's subject; in a row, if some hold
    them so: Victoria in April is not Victoria Abril."""
    among = _articles(question, archive)
    if not among:
        return []
    latest = archive.catalog.holdings.articles(question.filter, among, -1)
    in_a_row = islice(_in_a_row(archive, latest, subject(question)), most)
    return _listed(archive, list(in_a_row) or latest[:most])


def _in_a_row(archive: Archive, articles: Sequence[str], words: str) -> Iterator[str]:
    row = re.compile(
        r"\W+(?:\w+\W+)?".join(rf"(?<!\w){re.escape(fold(word))}(?!\w)" for word in words.split()),
        re.IGNORECASE,
    )
    for article in articles:
        whole = archive.document(article)
        if whole and row.search(fold(whole.text)):
            yield article


def _articles(question: Question, archive: Archive) -> list[str]:
    words = subject(question)
    if not words:
        return archive.catalog.holdings.articles(question.filter, None, -1)
    return archive.about(words, question.language, question.filter)


def _listed(archive: Archive, ids: Sequence[str]) -> list[Listed]:
    listed = {each.article: each for each in archive.catalog.listed(only=ids)}
    return [listed[id] for id in ids if id in listed]


def _papers(question: Question, archive: Archive, among: Sequence[str]) -> Answer | None:
    """The papers of the articles, each with its latest one, the latest first."""
    known = archive.catalog.holdings
    order = {id: n for n, id in enumerate(known.articles(question.filter, among))}
    spellings = known.spellings("paper")
    latest: dict[str, str] = {}
    for paper in known.names("paper", question.filter, among):
        of_it = replace(question.filter, papers=tuple(spellings[name_key(paper)]))
        [latest[paper]] = known.articles(of_it, among, 1)
    statements: list[Statement] = []
    citations: list[Citation] = []
    for paper, article in sorted(latest.items(), key=lambda each: order[each[1]]):
        if cited := _first_sentence(archive, article, len(citations) + 1):
            citations.append(cited)
            statements.append(Statement(paper, (cited.n,)))
    return _values(question, statements, citations)


def _of_one(
    question: Question,
    archive: Archive,
    passages: Sequence[Passage],
    load: Callable[[], Verifier] | None,
) -> Answer | None:
    """What is known of the article that is asked of, and of the others with its text."""
    of_article = {p.article: p for p in reversed(passages[:_LOOKED_AT])}
    ids = list(dict.fromkeys(p.article for p in passages[:_LOOKED_AT]))
    articles = [article for article in map(archive.document, ids) if article]
    found = sought(question, articles, archive.encoder, load)
    if found is None:
        return None
    if not found.sure:
        return _nearest(question, archive, found.article.id)
    best = of_article[found.article.id]
    group = [p for p in passages if p.group and p.group == best.group] or [best]
    statements: list[Statement] = []
    citations: list[Citation] = []
    for passage in group:
        told = {name_key(statement.text) for statement in statements}
        new = [value for value in _known(question, passage) if name_key(value) not in told]
        cited = _first_sentence(archive, passage.article, len(citations) + 1) if new else None
        if cited:
            citations.append(cited)
            statements += [Statement(value, (cited.n,)) for value in dict.fromkeys(new)]
    return _values(question, statements, citations)


def _nearest(question: Question, archive: Archive, article: str) -> Answer:
    """That it is not sure, and the article that comes nearest, which may be on something else."""
    cited = _first_sentence(archive, article, 1)
    return Answer(
        question=question.text,
        kind="absent",
        language=question.language,
        confidence=0.0,
        nearest=[cited] if cited else [],
        unsure=True,
    )


def _values(
    question: Question, statements: Sequence[Statement], citations: Sequence[Citation]
) -> Answer | None:
    """What is known of articles, as an answer; None if nothing is."""
    if not statements:
        return None
    return Answer(
        question=question.text,
        kind=question.kind,
        language=question.language,
        confidence=1.0,
        answer=statements[0].text,
        statements=statements,
        citations=citations,
    )


def _known(question: Question, passage: Passage) -> Iterator[str]:
    if question.kind == "paper":
        known = [passage.publication.paper, *(copy.get("paper", "") for copy in passage.also)]
        yield from filter(None, known)
    elif question.kind == "author":
        yield from passage.publication.authors
    elif question.kind == "section":
        yield from filter(None, [passage.publication.section])
    elif passage.date:
        yield iso_text(passage.date, question.language)


def _first_sentence(archive: Archive, article: str, n: int) -> Citation | None:
    document = archive.document(article)
    if document is None:
        return None
    spans = sentence_spans(document.text, document.language, document.body)
    if not spans:
        return None
    start, end = spans[0]
    passage = passage_of(document, start, end)
    return citation(n, passage, passage.text, start, 0.0)
