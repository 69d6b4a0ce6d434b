"""The house has one way down: ui imports rag, rag imports index, never back."""

import ast
from pathlib import Path

import pytest

from tests.helpers import ROOT

_ABOVE = {"index": {"rag", "ui"}, "rag": {"ui"}, "ui": set[str]()}
_OUTSIDE = {"tests", "training", "benchmarks"}
_OWN = "hemeroteca"


def _imported(path: Path) -> set[str]:
    """The floors and the foreign top-level packages that a file imports, wherever in it."""
    modules = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
    parts = [module.split(".") for module in modules]
    return {part[1] if part[0] == _OWN else part[0] for part in parts}


@pytest.mark.parametrize("floor", _ABOVE)
def test_imports_go_down_only(floor: str) -> None:
    files = sorted((ROOT / floor).rglob("*.py"))
    assert len(files) > 3
    for path in files:
        assert not _imported(path) & (_ABOVE[floor] | _OUTSIDE), path


def test_this_test_sees_an_import_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("import os.path\ndef f():\n    from hemeroteca.rag.chain import Chain\n")
    assert _imported(path) == {"os", "rag"}


def _modules() -> dict[str, Path]:
    found = {}
    for floor in _ABOVE:
        for path in (ROOT / floor).rglob("*.py"):
            name = ".".join((_OWN, *path.relative_to(ROOT).with_suffix("").parts))
            found[name.removesuffix(".__init__")] = path
    return found


def _imports(path: Path) -> set[str]:
    """All modules that a file may import, wherever in it."""
    named = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            named |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return named


def test_no_module_imports_itself_by_way_of_others() -> None:
    modules = _modules()
    imported = {name: _imports(path) & set(modules) - {name} for name, path in modules.items()}
    assert len(modules) > 100
    # What imports nothing that is left can be in no circle.
    while free := [name for name, others in imported.items() if not others & set(imported)]:
        for name in free:
            del imported[name]
    assert not imported, f"in or before a circle: {sorted(imported)}"
