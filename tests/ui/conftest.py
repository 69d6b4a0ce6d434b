"""What several tests of the page stand on."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hemeroteca.ui.web.collections import Collections


@pytest.fixture
def collections(tmp_path: Path) -> Iterator[Collections]:
    """Collections that nothing is in."""
    with closing(Collections(tmp_path / "kept.db")) as opened:
        yield opened
