"""An article that an export has as printed and as on the web: one, with what both say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hemeroteca.index.sources.extract import LeftOut, Rejected
from hemeroteca.index.sources.press.article import PressArticle

# "(site web)", ".com", "online": what the paper's name on the web has more.
_WEB = re.compile(
    r"\((?:[^)]*\b(?:webb?|online|internet|digital|nett)\b[^)]*)\)|\.(?:com|se|no|fr|es|at|de|dk)\b"
    r"|\b(?:online|webb?|nett|digital)\s*$",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:\S*(?:…|\.\.\.|\[…\]))\s*$")  # a teaser ends within a word
_WORD = re.compile(r"\w+")
_MOST_DAYS = 3
_FEWEST_WORDS = 5
_SAME_TITLE = 24  # characters: the printed one may go on


@dataclass(frozen=True)
class Copies:
    """Articles of an export: `articles` as they are to be read, and of which of them one that is
    not, by its number, is a copy."""

    articles: tuple[PressArticle | Rejected | LeftOut, ...]
    copy_of: Mapping[int, int]


def with_copies(articles: Sequence[PressArticle | Rejected | LeftOut]) -> Copies:
    """The articles, each as complete as its copies make it: with the longest text, the page of the
    printed one and the address and hour of the one on the web. A copy has the same paper and title
    within some days, and as text the same, or its beginning."""
    found = list(articles)
    copy_of: dict[int, int] = {}
    alike: dict[tuple[str, str], list[int]] = {}
    for n, article in enumerate(articles):
        if isinstance(article, Rejected | LeftOut) or not article.title:
            continue
        key = (_plain(_WEB.sub(" ", article.paper)), _plain(article.title)[:_SAME_TITLE])
        for earlier in alike.setdefault(key, []):
            own = found[earlier]
            if isinstance(own, PressArticle) and _is_copy(own, article):
                copy_of[n] = earlier
                found[earlier] = _both(own, article)
                break
        else:
            alike[key].append(n)
    return Copies(tuple(found), copy_of)


def _is_copy(one: PressArticle, other: PressArticle) -> bool:
    if one.accession and one.accession == other.accession:
        return False  # the same once more, which its number says
    if one.day and other.day and abs((one.day - other.day).days) > _MOST_DAYS:
        return False
    short, long = sorted((_words(one), _words(other)), key=len)
    return len(short) >= _FEWEST_WORDS and long[: len(short)] == short


def _words(article: PressArticle) -> list[str]:
    text = _CUT.sub("", " ".join(article.paragraphs))
    return [word.casefold() for word in _WORD.findall(text)]


def _both(one: PressArticle, other: PressArticle) -> PressArticle:
    """The one with the longer text, and what only the other says; its number stays that of the
    first, by which it is known."""
    longer, shorter = (one, other) if len(_words(one)) >= len(_words(other)) else (other, one)
    lacking = {
        name: value
        for name, value in vars(shorter).items()
        if value and not getattr(longer, name) and name != "accession"
    }
    return replace(longer, accession=one.accession, **lacking)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
