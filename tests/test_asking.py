"""Questions that can be stopped."""

from collections.abc import Iterator
from threading import Event, Thread

import pytest

from ui.asking import Askings


def test_the_steps_come_in_order_and_faults_are_raised() -> None:
    askings: Askings[int] = Askings()
    assert list(askings.follow("a", iter([1, 2, 3]))) == [1, 2, 3]

    def failing() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    followed = askings.follow("b", failing())
    assert next(followed) == 1
    with pytest.raises(ValueError, match="broken"):
        next(followed)


def test_whoever_waits_is_let_go_at_once_and_the_steps_end() -> None:
    askings: Askings[int] = Askings()
    may_go_on, closed = Event(), Event()

    def slow() -> Iterator[int]:
        try:
            yield 1
            may_go_on.wait(60)
            yield 2
            yield 3
        finally:
            closed.set()

    seen: list[int] = []
    follower = Thread(target=lambda: seen.extend(askings.follow("a", slow())))
    follower.start()
    while not seen:
        if not follower.is_alive():
            break
    askings.stop("a")
    follower.join(10)
    assert not follower.is_alive()  # though the second step has not come
    assert seen == [1]
    may_go_on.set()
    assert closed.wait(10)


def test_what_nobody_follows_can_be_stopped_in_vain() -> None:
    Askings().stop("nothing")
