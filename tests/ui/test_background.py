"""Long tasks watched while they work."""

from threading import Event

import pytest

from hemeroteca.ui.web.background import Report, watched


def test_what_is_reported_is_shown_and_the_result_returned() -> None:
    def task(report: Report) -> str:
        report(1, 2)
        report(2, 2)  # at once after the other: nobody could read it
        return "done"

    watching = watched(task, lambda done, total: f"{done}/{total}")
    assert next(watching) == "1/2"
    with pytest.raises(StopIteration) as end:
        next(watching)
    assert end.value.value == "done"


def test_what_fails_is_raised() -> None:
    def task(report: Report) -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        next(watched(task, lambda done, total: None))


def test_it_comes_to_its_end_though_nobody_watches() -> None:
    may_go_on, ended = Event(), Event()

    def task(report: Report) -> None:
        report(1, 2)
        may_go_on.wait(60)
        ended.set()

    watching = watched(task, lambda done, total: done)
    assert next(watching) == 1
    watching.close()
    may_go_on.set()
    assert ended.wait(60)
