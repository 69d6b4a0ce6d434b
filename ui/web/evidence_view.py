"""The evidence of an answer: each quote in its paragraph, and in its whole article."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from hemeroteca.index.article import Article
from hemeroteca.rag.answer import Answer, Citation
from hemeroteca.rag.days import iso_text
from hemeroteca.rag.references import STYLES, references
from hemeroteca.rag.render import resolved_days
from hemeroteca.ui.web.addresses import sentence_address
from hemeroteca.ui.web.message import Turn
from hemeroteca.ui.web.page_picture import page_picture
from hemeroteca.ui.web.view import TEMPLATES

Find = Callable[[str], Article | None]  # an article by its id

_NAMES = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}
_AROUND = 320  # characters shown of a long paragraph on each side of the quote


@dataclass(frozen=True)
class Excerpt:
    """Words of an article with a quote in them: what stands before the quote, the quote in three
    pieces, the second of them the answer, and what stands after it."""

    before: str
    quote: tuple[str, str, str]
    after: str


def awaited_html(language: str) -> str:
    """The place of the cards while an answer is awaited."""
    return TEMPLATES.render("evidence", language, answer=None, awaited=True, cards=[])


def evidence_html(turn: Turn | None, find: Find, language: str, opened: int = 0) -> str:
    """The cards beside the conversation; the one numbered `opened` has its article open."""
    answer = turn.answer if turn and turn.evidence else None
    cards = (
        [_card(citation, answer, find, language) for citation in turn.evidence]
        if turn and answer
        else []
    )
    return TEMPLATES.render(
        "evidence",
        language,
        answer=answer,
        awaited=False,
        cards=cards,
        opened=opened,
        names=_NAMES,
    )


def _card(citation: Citation, answer: Answer, find: Find, language: str) -> dict[str, object]:
    return {
        "citation": citation,
        "carried": json.dumps(asdict(citation), ensure_ascii=False, default=str),
        "copies": _copies(citation, language),
        "references": {style: references([citation], style, language) for style in STYLES},
        "link": sentence_address(citation),
        "days": "; ".join(resolved_days(citation, language)),
        "context": _in_paragraph(citation, find, answer.answerable),
    }


def article_html(citation: Citation, find: Find, language: str) -> str:
    """The whole article with the quote highlighted where it stands."""
    article = find(citation.article)
    citation = found_again(citation, article)
    if article is None or not _stands(citation, article):
        return _whole(article, language, changed=True, quote=citation.quote)
    text = article.text
    # The headline stands above the article; a quote of it, or what holds one, is shown in the text.
    first = article.opening if citation.start < article.body else article.body
    excerpt = _excerpt(text, citation, first, len(text), True)
    picture = page_picture(article, citation.start, citation.end)
    return TEMPLATES.render("article", language, gone=False, excerpted=excerpt, picture=picture)


def whole_html(article: str, find: Find, language: str) -> str:
    """The whole article of that id, nothing in it highlighted."""
    return _whole(find(article), language, changed=False)


def _whole(article: Article | None, language: str, changed: bool, quote: str = "") -> str:
    if article is None:
        return TEMPLATES.render("article", language, gone=True, quote=quote)
    text = article.text[article.body :]
    return TEMPLATES.render(
        "article", language, gone=False, excerpted=None, changed=changed, text=text, quote=quote
    )


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


def _copies(citation: Citation, language: str) -> str:
    """The other articles that say the same."""
    return "; ".join(
        ", ".join(
            filter(None, (copy["title"], copy.get("paper"), iso_text(copy["date"], language)))
        )
        for copy in citation.also
    )


def _in_paragraph(citation: Citation, find: Find, cited: bool) -> Excerpt:
    article = find(citation.article)
    citation = found_again(citation, article)
    if article is None or not _stands(citation, article):
        return _excerpt(citation.quote, citation, 0, len(citation.quote), cited, citation.start)
    text = article.text
    first, last = paragraph(text, citation.start, citation.end)
    first = max(first, article.opening)
    found = _excerpt(text, citation, first, last, cited)
    # A cut is shown, so that nobody takes the piece for the whole.
    before = "… " if first > article.opening and text[first - 1] == " " else ""
    after = " …" if last < len(text) and text[last] == " " else ""
    return replace(found, before=before + found.before, after=found.after + after)


def found_again(citation: Citation, article: Article | None) -> Citation:
    """The citation where its quote stands now, next to where it stood, in an article that was read
    anew; as it is, if it stands there no more."""
    if article is None or not citation.quote or _stands(citation, article):
        return citation
    places = re.finditer(re.escape(citation.quote), article.text)
    starts = [place.start() for place in places]
    if not starts:
        return citation
    start = min(starts, key=lambda at: abs(at - citation.start))
    return replace(citation, start=start, end=start + len(citation.quote))


def _stands(citation: Citation, article: Article) -> bool:
    return bool(article.text[citation.start : citation.end] == citation.quote)


def _excerpt(
    text: str, citation: Citation, first: int, last: int, cited: bool, moved: int = 0
) -> Excerpt:
    """text[first:last] around the quote, the answer in it apart if it is `cited`; `text` begins
    `moved` characters into the article."""
    start, end = citation.start - moved, citation.end - moved
    a, b = citation.mark if cited else (0, 0)
    quote = citation.quote
    return Excerpt(text[first:start], (quote[:a], quote[a:b], quote[b:]), text[end:last])
