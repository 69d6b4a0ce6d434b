"""What else the archive has around an article: the same text elsewhere, what tells of the same
event, of the same story before and after, and what is only like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hemeroteca.index.article import Article, Copy
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.catalog import Listed
from hemeroteca.rag.versions import stated

_LOOKED_FROM = 3  # passages of the article, its first
_LOOKED_AT = 40  # passages near each of them
_COMPARED = 24  # articles whose text is looked into
_SHOWN = 5
_EVENT = timedelta(days=3)  # an event is told about so long before and after
_SHARED_NAMES = 3  # that tell a story from its like
_RARE = 0.05  # a name in more of the articles tells nothing,
_FEW = 3  # in so many it does, however small the archive


@dataclass(frozen=True)
class Around:
    """The articles around one: those with the same text (`copies`), those that tell of the same
    `event` in these days, those of the same story `earlier` (the latest first) and `later` (the
    earliest first), and what is only `similar`, the most first."""

    copies: Sequence[Copy] = ()
    event: Sequence[Listed] = ()
    earlier: Sequence[Listed] = ()
    later: Sequence[Listed] = ()
    similar: Sequence[Listed] = ()

    def __bool__(self) -> bool:
        return any(vars(self).values())

    def as_dict(self) -> dict[str, object]:
        """The articles as JSON has them."""
        listed = {name: getattr(self, name) for name in ("event", "earlier", "later", "similar")}
        return {
            "copies": list(self.copies),
            **{name: [each.as_dict() for each in of_one] for name, of_one in listed.items()},
        }


def around(archive: Archive, article: Article) -> Around:
    """What the archive has around `article`, of itself nothing."""
    copies = archive.catalog.copies(article.id)
    near = _nearest(archive, article, {article.id, *(copy["article"] for copy in copies)})
    names = _names(archive, article)
    listed = {each.article: each for each in archive.catalog.listed(only=near)} if near else {}
    story: list[Listed] = []
    similar: list[Listed] = []
    for id in near:
        other = archive.document(id)
        if other is None or id not in listed:
            continue
        same = _tells_of(names, article, other)
        (story if same else similar).append(listed[id])
    told = _by_day(story, article)
    return Around(
        copies,
        told[0][:_SHOWN],
        told[-1][:_SHOWN],
        told[1][:_SHOWN],
        [*told[None], *similar][:_SHOWN],
    )


def _tells_of(names: frozenset[str], article: Article, other: Article) -> bool:
    """Whether `other` tells the story of `article`, whose `names` are rare: they share some of
    them, and one of these is in a headline."""
    shared = names & stated(other.text, other.language)
    headlines = f"{article.title}\n{other.title}".lower()
    return len(shared) >= _SHARED_NAMES and any(name in headlines for name in shared)


def _by_day(story: Sequence[Listed], article: Article) -> dict[int | None, list[Listed]]:
    """The articles of a story by when they are: 0 in the days of `article`, -1 before and 1 after
    them, each from the nearest day on; None where one has no date."""
    told: dict[int | None, list[Listed]] = {0: [], -1: [], 1: [], None: []}
    day = date.fromisoformat(article.date) if article.date else None
    for each in story:
        other = date.fromisoformat(each.date) if each.date else None
        if day is None or other is None:
            told[None].append(each)
        elif abs(other - day) <= _EVENT:
            told[0].append(each)
        else:
            told[1 if other > day else -1].append(each)
    told[-1].sort(key=lambda each: each.date or "", reverse=True)
    told[1].sort(key=lambda each: each.date or "")
    return told


def _nearest(archive: Archive, article: Article, without: set[str]) -> list[str]:
    """The articles whose passages are nearest to the first of `article`, nearest first."""
    passages = archive.catalog.passages_of(article.id)[:_LOOKED_FROM]
    cosines: dict[str, float] = {}
    for vector in archive.vectors.get([passage.id for passage in passages]).values():
        found = archive.vectors.nearest(vector, _LOOKED_AT)
        of = archive.catalog.articles_of(list(found))
        for id, cosine in found.items():
            if id in of:
                cosines[of[id]] = max(cosine, cosines.get(of[id], 0.0))
    ranked = sorted(cosines, key=lambda id: (-cosines[id], id))
    return [id for id in ranked if id not in without][:_COMPARED]


def _names(archive: Archive, article: Article) -> frozenset[str]:
    """The names in `article` that few others hold; no numbers."""
    most = max(_FEW, _RARE * archive.catalog.counts()[0])
    return frozenset(
        name
        for name in stated(article.text, article.language)
        if not name[0].isdigit() and archive.articles.holding(name) <= most
    )
