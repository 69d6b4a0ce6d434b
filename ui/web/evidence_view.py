"""The evidence of an answer: each quote in its paragraph, and in its whole article.

What stands in an article is escaped here; nothing that this module returns needs trust."""

import json
from collections.abc import Callable
from html import escape

from hemeroteca.index.article import Article
from hemeroteca.rag.answer import Answer, Citation
from hemeroteca.ui.messages import said
from hemeroteca.ui.web.message import Turn

Find = Callable[[str], Article | None]  # an article by its id

_AROUND = 320  # characters shown of a long paragraph on each side of the quote


def awaited_html(language: str) -> str:
    """The place of the cards while an answer is awaited."""
    lines = "<i></i>" * 5
    card = f'<div class="card awaited" aria-hidden="true">{lines}</div>'
    return (
        f'<section class="evidence"><h2>{escape(said(language, "evidence"))}</h2>{card}</section>'
    )


def evidence_html(turn: Turn | None, find: Find, language: str, opened: int = 0) -> str:
    """The cards beside the conversation; the one numbered `opened` has its article open."""
    if turn is None or not turn.evidence:
        hint = f'<p class="empty">{escape(said(language, "empty_evidence"))}</p>'
        heading = f"<h2>{escape(said(language, 'evidence'))}</h2>"
        return f'<section class="evidence">{heading}{hint}</section>'
    answer = turn.answer
    assert answer is not None  # it has evidence
    heading = said(language, "evidence" if answer.answerable else "nearest")
    cards = [
        _card(citation, answer, find, language, citation.n == opened) for citation in turn.evidence
    ]
    return f'<section class="evidence"><h2>{escape(heading)}</h2>{"".join(cards)}</section>'


def article_html(citation: Citation, find: Find, language: str) -> str:
    """The whole article with the quote highlighted where it stands."""
    document = find(citation.article)
    if document is not None and _stands(citation, document):
        text = document.text
        return _highlighted(text, citation, document.body, len(text), True)
    changed = f'<p class="hint">{escape(said(language, "article_changed"))}</p>'
    return (changed if document else "") + whole_html(citation.article, find, language)


def whole_html(article: str, find: Find, language: str) -> str:
    """The whole article, nothing in it highlighted."""
    document = find(article)
    if document is None:
        return f'<p class="hint">{escape(said(language, "article_gone"))}</p>'
    return escape(document.text[document.body :])


def paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the paragraph around text[start:end] begins and ends; a long one is cut between
    words about `_AROUND` characters away."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if start - first > _AROUND:
        space = text.find(" ", start - _AROUND, start)
        first = start if space < 0 else space + 1
    if last - end > _AROUND:
        space = text.rfind(" ", end, end + _AROUND)
        last = end if space < 0 else space
    return first, last


def _card(citation: Citation, answer: Answer, find: Find, language: str, opened: bool) -> str:
    cited = answer.answerable
    # What a model's sentences cite has no probability, and what is no answer has next to none.
    bar = _bar(citation.score, language) if answer.kind == "short" else ""
    kind = "cited" if cited else "near"
    day = escape(citation.date or "")
    when = f'<time datetime="{day}">{day}</time>' if day else said(language, "no_date")
    carried = escape(json.dumps(vars(citation), ensure_ascii=False))
    number = f'<span class="number">{citation.n}</span>' if cited else ""
    return (
        f'<details class="card {kind}" data-citation="{carried}"{" open" if opened else ""}>'
        "<summary>"
        f'<span class="source">{number}<b>{escape(citation.title)}</b></span>'
        f'<span class="facts">{when}{bar}</span>'
        f"{_copies(citation, language)}"
        f'<span class="context">{_in_paragraph(citation, find, cited)}</span>'
        f'<span class="open">{escape(said(language, "open_article"))}</span></summary>'
        f'<div class="article" role="region" tabindex="0" aria-label="{escape(citation.title)}">'
        "</div></details>"
    )


def _copies(citation: Citation, language: str) -> str:
    """The other articles that say the same."""
    copies = "; ".join(
        f"{copy['title']}, {copy['date']}" if copy["date"] else copy["title"]
        for copy in citation.also
    )
    also = escape(said(language, "also", copies=copies))
    return f'<span class="also">{also}</span>' if copies else ""


def _bar(score: float, language: str) -> str:
    share = round(100 * min(max(score, 0.0), 1.0))
    label = escape(said(language, "confidence", share=share))
    return (
        f'<span class="bar" title="{label}"><span class="unseen">{label}</span>'
        f'<i style="width:{share}%"></i></span>'
    )


def _in_paragraph(citation: Citation, find: Find, cited: bool) -> str:
    document = find(citation.article)
    if document is None or not _stands(citation, document):
        return _highlighted(citation.quote, citation, 0, len(citation.quote), cited, citation.start)
    text = document.text
    first, last = paragraph(text, citation.start, citation.end)
    body = document.body
    first = max(first, body)
    # A cut is shown, so that nobody takes the piece for the whole.
    before = "… " if first > body and text[first - 1] == " " else ""
    after = " …" if last < len(text) and text[last] == " " else ""
    return before + _highlighted(text, citation, first, last, cited) + after


def _stands(citation: Citation, document: Article) -> bool:
    return bool(document.text[citation.start : citation.end] == citation.quote)


def _highlighted(
    text: str, citation: Citation, first: int, last: int, cited: bool, moved: int = 0
) -> str:
    """text[first:last] escaped, with the quote in it, and the answer in the quote, highlighted;
    `text` begins `moved` characters into the article."""
    start, end = citation.start - moved, citation.end - moved
    quote = escape(citation.quote)
    if cited:
        a, b = citation.mark
        pieces = (citation.quote[:a], citation.quote[a:b], citation.quote[b:])
        before, answer, after = map(escape, pieces)
        quote = f"{before}<mark>{answer}</mark>{after}" if answer else quote
    return f'{escape(text[first:start])}<span class="quote">{quote}</span>{escape(text[end:last])}'
