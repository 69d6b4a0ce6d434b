"""What files were found to be when they were opened to be told apart, remembered as long as they
do not change."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def file_stamp(path: Path) -> str:
    """Changes whenever the file may have changed; costs no reading. Raises OSError if it is not
    there."""
    s = path.stat()
    return f"{s.st_size}-{s.st_mtime_ns}-{s.st_ctime_ns}-{s.st_ino}"


class Looks:
    """What was found in each file, as JSON, with the stamp that it then had: `known` before, and
    `found` now, the known among them."""

    def __init__(self, known: Mapping[str, tuple[str, str]] | None = None) -> None:
        self._known = known or {}
        self.found: dict[str, tuple[str, str]] = {}

    def of(self, path: Path, kind: str, look: Callable[[Path], object]) -> Any:
        """What `look` finds in the file, a value of JSON, which is kept by its `kind`; the file is
        opened only if it has changed. Raises OSError if it cannot be read."""
        stamp = file_stamp(path)
        source = f"{kind} {path}"
        seen = self.found.get(source) or self._known.get(source)
        if seen is None or seen[0] != stamp:
            seen = stamp, json.dumps(look(path))
        self.found[source] = seen
        return json.loads(seen[1])

    @property
    def is_news(self) -> bool:
        """Whether what was found is not what was known."""
        return self.found != self._known
