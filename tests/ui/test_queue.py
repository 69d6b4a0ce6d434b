"""Questions that wait for their turn, and can be stopped."""

from collections.abc import Iterator
from threading import Event, Thread

import pytest

from hemeroteca.ui.web.queue import FullError, Position, QuestionQueue

BEGUN = Position(None)


def test_the_steps_come_in_order_and_faults_are_raised() -> None:
    queue: QuestionQueue[int] = QuestionQueue(1, 1)
    assert list(queue.follow("a", iter([1, 2, 3]))) == [BEGUN, 1, 2, 3]

    def failing() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    followed = queue.follow("b", failing())
    assert [next(followed), next(followed)] == [BEGUN, 1]
    with pytest.raises(ValueError, match="broken"):
        next(followed)


def test_whoever_waits_is_let_go_at_once_and_the_steps_end() -> None:
    queue: QuestionQueue[int] = QuestionQueue(1, 1)
    may_go_on, closed = Event(), Event()

    def slow() -> Iterator[int]:
        try:
            yield 1
            may_go_on.wait(60)
            yield 2
            yield 3
        finally:
            closed.set()

    seen: list[int | Position] = []
    follower = Thread(target=lambda: seen.extend(queue.follow("a", slow())))
    follower.start()
    while 1 not in seen:
        if not follower.is_alive():
            break
    queue.stop("a")
    follower.join(10)
    assert not follower.is_alive()  # though the second step has not come
    assert seen == [BEGUN, 1]
    may_go_on.set()
    assert closed.wait(10)


def test_what_nobody_follows_can_be_stopped_in_vain() -> None:
    QuestionQueue(1, 1).stop("nothing")


def test_each_waits_for_its_turn_and_hears_how_many_come_before_it() -> None:
    queue: QuestionQueue[int] = QuestionQueue(1, 2)
    first, second, third = (queue.follow(name, iter([n])) for n, name in enumerate("abc"))
    assert next(first) == BEGUN
    assert next(second) == Position(0)
    assert next(third) == Position(1)
    with pytest.raises(FullError):
        next(queue.follow("d", iter([3])))
    assert list(first) == [0]
    assert list(second) == [BEGUN, 1]
    assert list(third) == [Position(0), BEGUN, 2]
    assert list(queue.follow("d", iter([3]))) == [BEGUN, 3]


def test_what_waits_can_be_stopped_and_those_behind_it_move_up() -> None:
    queue: QuestionQueue[int] = QuestionQueue(1, 2)
    first, second, third = (queue.follow(name, iter([n])) for n, name in enumerate("abc"))
    places = [next(first), next(second), next(third)]
    assert places == [BEGUN, Position(0), Position(1)]
    queue.stop("b")
    assert list(second) == []
    assert next(third) == Position(0)
    first.close()  # whoever asked it has gone
    assert list(third) == [BEGUN, 2]
