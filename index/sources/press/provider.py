"""A press database: how its exports are told, and read."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from hemeroteca.index.sources.press.article import Export
from hemeroteca.index.sources.press.document import Document, Kind


@dataclass(frozen=True)
class Provider:
    """The exports of a press database in files of `kinds`. `is_export` looks at marks that no
    other document has and must be cheap: every file of those kinds is asked; `read` finds the
    articles; `begins` are marks of what an export or an article begins with in characters, by
    which those of several databases in one text or page are told apart."""

    name: str
    kinds: tuple[Kind, ...]
    is_export: Callable[[Document], bool]
    read: Callable[[Document], Export]
    begins: tuple[re.Pattern[str], ...] = ()
