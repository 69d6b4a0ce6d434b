"""What an installed package holds."""

import tomllib
from pathlib import Path

from tests.helpers import ROOT

_SETUP = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
_FOLDERS = {ROOT / folder: name for name, folder in _SETUP["package-dir"].items()}


def _package(folder: Path) -> str:
    """The name under which what lies in `folder` is imported."""
    for root, name in _FOLDERS.items():
        if folder.is_relative_to(root):
            return ".".join([name, *folder.relative_to(root).parts])
    raise AssertionError(folder)


def _files() -> list[Path]:
    files = (path for root in _FOLDERS for path in root.rglob("*") if path.is_file())
    return [path for path in files if not path.match("__pycache__/*")]


def test_every_module_is_in_a_package_that_is_installed() -> None:
    folders = {_package(path.parent) for path in _files() if path.suffix == ".py"}
    assert folders | {"hemeroteca.seeds"} == set(_SETUP["packages"])


def test_every_other_file_is_installed_with_its_package() -> None:
    data = _SETUP["package-data"]
    patterns = {
        root / Path(*package.removeprefix(name).split(".")) / pattern
        for root, name in _FOLDERS.items()
        for package in data
        if package == name or package.startswith(f"{name}.")
        for pattern in data[package]
    }
    for path in _files():
        assert path.suffix == ".py" or any(path.match(str(each)) for each in patterns), path
