"""How far an indexing is: what was read and written, how fast, and how long it will still take."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_TOLD_EVERY_S = 0.2  # no person reads faster
_WINDOW_S = 30.0  # of the past that says how fast it goes: what is known already is passed quickly


@dataclass(frozen=True)
class Progress:
    """`files` of `files_total` are done, and `share` (0 to 1) of all their bytes, those of a file
    that is being read among them; so many `articles` and `passages` were written in `seconds`.
    `left_s` is how many seconds the rest will take, None while nobody can say."""

    files: int = 0
    files_total: int = 0
    share: float = 0.0
    articles: int = 0
    passages: int = 0
    seconds: float = 0.0
    left_s: float | None = None

    @property
    def articles_total(self) -> int | None:
        """About how many articles there are to write in all; None while nobody can say."""
        if not self.articles or not self.share:
            return None
        return max(self.articles, round(self.articles / self.share))

    @property
    def passages_per_s(self) -> float:
        """How many passages are written in a second."""
        return self.passages / self.seconds if self.seconds else 0.0


Tell = Callable[[Progress], None]


class Tally:
    """Counts along with a run over files of these `sizes` in bytes, and tells now and then."""

    def __init__(self, sizes: Sequence[int], tell: Tell | None = None) -> None:
        self._sizes = sizes
        self._total = sum(sizes) or 1
        self._tell = tell
        self._started = time.monotonic()
        self._told = 0.0
        self._files = self._done = self._read = 0
        self._articles = self._passages = 0
        self._past: deque[tuple[float, float]] = deque()  # moment, share

    def read(self, characters: int, position: int = 0) -> None:
        """An article of the file that is being read was read, for which it was gone through as far
        as the byte `position`. One that is taken in at once is there at its end from the first
        article on: only the length of what came out of it tells how far it is."""
        if 0 < position < self._size:
            self._read = max(self._read, position)
        else:
            self._read += characters
        self._say()

    def wrote(self, articles: int, passages: int) -> None:
        """So many were written."""
        self._articles += articles
        self._passages += passages
        self._say()

    def finished(self) -> None:
        """The file that was being read is done."""
        self._done += self._sizes[self._files]
        self._files += 1
        self._read = 0
        self._say(last=self._files == len(self._sizes))

    @property
    def progress(self) -> Progress:
        """How far it is."""
        now = time.monotonic()
        share = min((self._done + min(self._read, self._size)) / self._total, 1.0)
        self._past.append((now, share))
        while len(self._past) > 2 and now - self._past[0][0] > _WINDOW_S:
            self._past.popleft()
        then, before = self._past[0]
        rate = (share - before) / (now - then) if now > then else 0.0
        return Progress(
            self._files,
            len(self._sizes),
            share,
            self._articles,
            self._passages,
            now - self._started,
            (1.0 - share) / rate if rate > 0 else None,
        )

    @property
    def _size(self) -> int:
        """Of the file that is being read."""
        return self._sizes[self._files] if self._files < len(self._sizes) else 0

    def _say(self, last: bool = False) -> None:
        if self._tell is None:
            return
        if last or time.monotonic() - self._told >= _TOLD_EVERY_S:
            self._told = time.monotonic()
            self._tell(self.progress)
