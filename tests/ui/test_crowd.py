"""Many people asking at once through the page's queue."""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from benchmarks.crowd import PEOPLE, crowd, serving
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.answer import Answer, Statement


class Parrot:
    """A chain that takes its time and answers with the question's own number."""

    def __init__(self) -> None:
        self.most = self._now = 0
        self._lock = Lock()

    def stream(self, question: str, *_: object, **__: object) -> Iterator[Answer]:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(0.05)
        with self._lock:
            self._now -= 1
        number = question.split()[-1]
        said = (Statement(f"Something of {number}.", ()),)
        yield Answer(question, "written", "en", 1.0, statements=said)


def test_everybody_gets_their_own_answer_and_a_few_are_read_at_once(
    newspaper_archive: Archive, newspaper: Path
) -> None:
    parrot = Parrot()
    with serving(parrot, newspaper_archive, [newspaper]) as served:  # type: ignore[arg-type]
        replies = crowd(served, [f"Who is number {n}" for n in range(PEOPLE)])
    assert len(replies) == PEOPLE
    for n, reply in enumerate(replies):
        assert f"Something of {n}." in reply.conversation
        assert reply.conversation.count('class="question"') == 1  # and nobody else's
    assert 1 < parrot.most <= 4
