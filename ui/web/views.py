"""What each visit looks at, so that an answer which comes late does not take its place."""

from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True, eq=False)
class View:
    """A conversation that was opened, "" for one that is not begun, or in which something is
    `asking`: each time another view."""

    conversation: str
    asking: bool = False


class Views:
    """The view that each visit opened last. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last: dict[str, View] = {}

    def open(self, visit: str, conversation: str, asking: bool = False) -> View:
        """A new view, the last from now on."""
        view = View(conversation, asking)
        with self._lock:
            self._last[visit] = view
        return view

    def last(self, visit: str) -> View | None:
        """The view that was opened last, None before the first."""
        with self._lock:
            return self._last.get(visit)

    def shows(self, visit: str, view: View) -> bool:
        """Whether what is drawn for `view` is what the visit looks at: no other was opened since,
        or another of the same conversation."""
        last = self.last(visit)
        if last is None or last is view:
            return True
        return view.conversation != "" and last.conversation == view.conversation

    def leave(self, visit: str) -> None:
        """Forget the visit, which has ended."""
        with self._lock:
            self._last.pop(visit, None)
