"""Whether follow-ups are searched with what they leave out: `python -m benchmarks.canard FILE`.

FILE is CANARD's dev.json: questions of conversations about an article, each with what was said
before it and rewritten by people to stand alone. What they put in and the question lacks is to be
in what is searched: the names and other long words of the rewrite. Only the questions that were
asked before are used, behind the article's title; no model rewrites. A rewrite that says no more
stands alone, and there nothing of what was asked before may come in."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hemeroteca.index.text.terms import terms
from hemeroteca.rag.understand.followup import with_history

_SHORT = 3  # letters of words that name nothing


@dataclass(frozen=True)
class Followed:
    """A question, what people put `lacking` words in, and what is `searched`."""

    question: str
    searched: str
    lacking: frozenset[str]

    @property
    def leans(self) -> bool:
        """Whether it was searched with what was asked before it."""
        return self.searched != self.question

    @property
    def rightly(self) -> bool:
        """Whether all that it lacks is searched or, where it lacks nothing, it alone."""
        return self.lacking <= _words(self.searched) if self.lacking else not self.leans


def follow(turn: dict[str, object]) -> Followed:
    """A turn of the file as it is searched."""
    said = turn["History"]
    assert isinstance(said, list)
    question, rewrite = str(turn["Question"]), str(turn["Rewrite"])
    history = [" ".join(map(str, said[:2])), *map(str, said[2::2])]
    searched = " ".join(with_history(question, history))
    return Followed(question, searched, _words(rewrite) - _words(question))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in terms(text, "") if len(word) > _SHORT)


def _share(followed: Sequence[Followed]) -> str:
    right = sum(each.rightly for each in followed)
    return f"{right / max(1, len(followed)):.3f} of {len(followed):,}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    turns = json.loads(parser.parse_args().file.read_text(encoding="utf-8"))
    followed = [follow(turn) for turn in turns]
    leaning = [each for each in followed if each.lacking]
    print(f"searched rightly: {_share(leaning)} follow-ups that lack something")
    print(f"  {sum(each.leans for each in leaning) / len(leaning):.3f} taken for follow-ups")
    alone = [each for each in followed if not each.lacking]
    print(f"left alone: {_share(alone)} that lack nothing")


if __name__ == "__main__":
    main()
