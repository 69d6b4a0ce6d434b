"""What the catalog knows: how many articles on a subject, the latest, their papers and authors."""

import re
from collections.abc import Iterator, Sequence

from hemeroteca.index.article import Passage
from hemeroteca.index.errors import Message
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.catalog import Listed
from hemeroteca.index.text.passages import passage_of
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.cite import citation
from hemeroteca.rag.days import iso_text
from hemeroteca.rag.question import Question

_LISTED, _LATEST, _NAMES = 50, 5, 10
# What asks for articles and is not their subject, without its endings.
_ASKING = re.compile(
    r"(?:how|many|much|often|articles?|stor(?:y|ies)|news|pieces?|texts?|items?|reports?|papers?|"
    r"newspapers?|archives?|all|every|which|what|is|are|the|there|about|on|of|mention\w*|talk\w*|"
    r"that|in|latest|last|most|recent|newest|oldest|who|wrote|author|when|was|published|publish\w*|"
    r"what|whats|whose|where|any|coverage|journalists?|byline|give|find|piece|printed?|"
    r"show|me|list|do|you|have|anything|appear\w*|covered|ran|carried|day|date|did|come|out|by|a|an|"
    r"cu[aá]nt[oa]s|art[ií]culos?|noticias?|textos?|piezas?|crónicas?|reportajes?|peri[oó]dicos?|"
    r"diarios?|medios?|archivo|hay|habla\w*|menciona\w*|trata\w*|sobre|acerca|de|del|la|las|el|los|"
    r"lo|que|qu[eé]|cu[aá]l\w*|es|son|en|[uú]ltim[oa]s?|m[aá]s|reciente\w*|nuev[oa]|novedad\w*|"
    r"qui[eé]n|escribi[oó]|firma|autor\w*|cu[aá]ndo|d[ií]a|fecha|public[oó]|publicad[oa]s?|sali[oó]|"
    r"todo|leer|quiero|periodistas?|d[oó]nde|dame|sale[n]?|nombre|veces|escrito|"
    r"tod[oa]s|mu[eé]stra\w*|lista|aparece\w*|se|ha\w*|un|una|al|y|"
    r"wie|viele?|artikel|texte?|beiträge?|gibt|es|über|zu[mr]?|welche\w*|zeitung\w*|der|die|das|den|"
    r"was|neues|jüngste\w*|berichte?|alles|gib|denen|vom|erschienen|stand|wo|journalist\w*|archiv|"
    r"neueste\w*|wer|hat|geschrieben|wann|erschien|alle|erwähn\w*|von|"
    r"combien|d|articles|textes|parlent|parle|journal|journaux|quels?|quelles?|les?|des|du|sur|"
    r"quoi|neuf|récente?s?|article|journaliste|tout|publiée?s?|où|donne|moi|signé|"
    r"derni\w+|nouvelles|qui|a|écrit|auteur|quand|paru|tous|toutes|mentionn\w+|dans|"
    r"quant[ie]|articoli|notizie|testi|parlano|parla|giornal[ie]|quale|quali|sul|sulla|sui|il|gli|"
    r"novità|articolo|notizia|giornalista|tutto|uscit[ao]|dove|dammi|firma|recente|della|dello|"
    r"ultim[ei]|chi|scritto|quando|uscito|tutti|tutte|di|"
    r"notícia|artigo|jornalista|tudo|publicado|foi|saiu|onde|novo|há|existem|no|na|assina|"
    r"quantos|quantas|artigos?|notícias|falam|jornal|jornais|o|os|as|da|do|em|quem|escreveu|todos|"
    r"què|hi|nou|article|notícia|tot|tots|totes|publicat|periodista|dona|signa|dels?|"
    r"quants|quantes|diari|diaris|mitjans|parlen|esmenten|qui|els|"
    r"что|нового|материал\w*|писал\w*|дай|всё|чья|чей|упомянут\w*|журналист\w*|"
    r"сколько|стат\w+|о|об|про|газет\w+|какая|какие|каких|последн\w+|новост\w+|кто|написал|все|в)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w'’-]+")


def subject(question: Question) -> str:
    """What the articles asked for are about: the question without what asks; "" for all of them."""
    return " ".join(w for w in _WORD.findall(question.text) if not _ASKING.fullmatch(w))


def holdings(question: Question, archive: Archive, passages: Sequence[Passage]) -> Answer | None:
    """What the catalog answers. An article that one is asked of is the first of `passages`; all
    others are those that hold every word of the subject. None if there is no such article or it
    is not known of it."""
    among = _articles(question, archive)
    if question.kind in ("paper", "author", "day"):
        return _of_one(question, archive, passages)
    if not among:
        return None
    most = _LATEST if question.kind == "latest" else _LISTED
    listed = _listed(archive, archive.catalog.holdings.articles(question.filter, among, most))
    number = archive.catalog.holdings.count(question.filter, among)
    statements, citations = article_statements(archive, listed)
    return Answer(
        question=question.text,
        kind=question.kind,
        language=question.language,
        confidence=1.0,
        answer=statements[0].text if question.kind == "latest" else str(number),
        statements=statements,
        lead=None if question.kind == "latest" else Message("Articles: {number}", number=number),
        citations=citations,
    )


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
    """The latest articles that hold all words of the question's subject."""
    among = _articles(question, archive)
    if not among:
        return []
    return _listed(archive, archive.catalog.holdings.articles(question.filter, among, most))


def _articles(question: Question, archive: Archive) -> list[str]:
    words = subject(question)
    if not words:
        return archive.catalog.holdings.articles(question.filter, None, -1)
    return archive.about(words, question.language, question.filter)


def _listed(archive: Archive, ids: Sequence[str]) -> list[Listed]:
    listed = {each.article: each for each in archive.catalog.listed(only=ids)}
    return [listed[id] for id in ids if id in listed]


def _of_one(question: Question, archive: Archive, passages: Sequence[Passage]) -> Answer | None:
    if not passages:
        return None
    best = passages[0]
    group = [p for p in passages if p.group and p.group == best.group] or [best]
    statements: list[Statement] = []
    citations: list[Citation] = []
    for passage in group:
        for value in _known(question, passage):
            if value in {statement.text for statement in statements}:
                continue
            cited = _first_sentence(archive, passage.article, len(citations) + 1)
            if cited and len(citations) < _NAMES:
                citations.append(cited)
                statements.append(Statement(value, (cited.n,)))
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
