"""The topics of what a search finds, as the page and programs tell them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hemeroteca.index.search.derived import DerivedError
from hemeroteca.index.search.grammar import parse
from hemeroteca.index.search.query import All, Days
from hemeroteca.index.search.topics import Reason, counted_topics, topics_of
from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.web.asked import Asked, wanted_in


@dataclass(frozen=True)
class TopicsTold:
    """The names of topics with how many of the articles found each has, the most first, counted as
    if none were chosen; without any the `reason`. While they are looked for, `done` articles of
    `of` have been read, else -1."""

    counts: Sequence[tuple[str, int]] = ()
    reason: Reason = ""
    done: int = -1
    of: int = 0

    def as_dict(self) -> dict[str, object]:
        """What `/search.json` has of it."""
        return {"topics": dict(self.counts), "topics_known": self.done < 0}


def topics_told(archive: Archive, asked: Asked) -> TopicsTold:
    """The topics of what is asked for; they are looked for from the first look at them on."""
    derived = topics_of(archive)
    try:
        topics = derived.begun()
    except DerivedError:
        return TopicsTold()
    if topics is None:
        return TopicsTold(done=derived.done, of=derived.total)
    if not topics.topics:
        return TopicsTold(reason=topics.reason)
    wanted = wanted_in(archive, replace(asked, topic=""))
    query = parse(wanted.text)
    if wanted.undated:
        query = replace(query, root=All((query.root, Days(undated=True))))
    counted = counted_topics(archive, topics, query, wanted.only)
    return TopicsTold([(topic.name, number) for topic, number in counted])
