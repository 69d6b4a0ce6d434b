"""The articles in which a quote stands, word by word: of an article that was renamed, its new
name."""

from collections.abc import Sequence

from hemeroteca.index.search.query import Phrase, Query
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.catalog import Listed
from hemeroteca.index.text.terms import terms

_MOST = 5
_TERMS = 40  # of a quote, by which it is looked up
_FEWEST_TERMS = 4  # less may stand anywhere


def articles_quoting(archive: Archive, quote: str) -> Sequence[Listed]:
    """At most five articles whose text holds `quote`, a few words at least."""
    words = tuple(terms(quote, ""))[:_TERMS]
    if len(words) < _FEWEST_TERMS:
        return ()
    query = Query(quote, Phrase(words))
    found = archive.articles.search(query, archive.catalog.languages(), most=_MOST, faceted=False)
    documents = archive.documents_of([*found.scores]).values()
    holding = [each.id for each in documents if quote in each.text]
    return archive.catalog.listed(only=holding) if holding else ()
