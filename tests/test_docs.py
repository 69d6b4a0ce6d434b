"""What the documents say is there."""

import re
from pathlib import Path

import pytest

from tests.helpers import ROOT

_DOCUMENTS = sorted(
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("*/*.md"), *ROOT.glob("rag/*/*.md")]
    if not path.is_relative_to(ROOT / ".venv")
)


@pytest.mark.parametrize("path", _DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_leads_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"""\]\(([^)\s]+)\)|src="([^"]+)\"""", text):
        link = "".join(target)
        if not link.startswith(("http:", "https:", "#")):
            assert (path.parent / link.partition("#")[0]).exists(), link


def test_the_readme_is_short_and_its_tree_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 200
    (tree,) = re.findall(r"(?s)## The tree.*?```\n(.*?)```", text)
    assert len(tree.splitlines()) <= 40
    folders = [ROOT]
    for line in tree.splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        names = re.match(r"\s*((?:\S+ )*\S+)  ", line + "  ")
        assert names, line
        words = [word for word in names[1].split() if re.search(r"[/.]", word)]
        assert words, line
        for word in words:
            path = folders[depth] / word
            assert path.exists(), path
            if word.endswith("/"):
                folders[depth + 1 :] = [path]
