"""The addresses of articles and of their sentences, below the page's own."""

from urllib.parse import quote, urlencode

from hemeroteca.rag.answer import Citation

_LINKED = 600  # characters of a quote in an address


def index_address(name: str) -> str:
    """Where the page of the index of that name stands, where there are several."""
    return f"in/{quote(name, safe='')}/"


def article_address(article: str, **asked: object) -> str:
    """Where the article of that id stands; `asked` is what its page is asked for."""
    said = urlencode({name: value for name, value in asked.items() if value not in ("", None)})
    return f"article/{quote(article)}" + (f"?{said}" if said else "")


def sentence_address(citation: Citation) -> str:
    """Where the article stands at the quote. The address has the quote with it: an article that is
    read anew is opened where that stands now, and one that is gone shows it."""
    return article_address(citation.article, at=citation.start, quote=citation.quote[:_LINKED])
