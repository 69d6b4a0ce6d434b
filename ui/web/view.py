"""The templates of the page."""

from pathlib import Path

from hemeroteca.ui.templates import Templates

TEMPLATES = Templates(Path(__file__).parent / "templates")
