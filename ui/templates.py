"""HTML templates, filled in in the language of who reads them. All that fills them is escaped."""

from pathlib import Path

from babel.numbers import format_percent
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hemeroteca.index.period import Period
from hemeroteca.rag.days import hour_text, iso_text, moment_text, period_text
from hemeroteca.ui.language import Noun, count, say


class Templates:
    """The templates in `folder`. In them, `_(sentence, **blanks)` says a sentence and
    `n_(one, many, number)` a number of things in the reader's `language`, `day_text(iso)` a day,
    `hour_text(iso)` its hour, `period_text(first, last)` those between two, `moment_text(iso)` a
    minute, and `ocr_text(share)` how sure a program was of the words that it recognised."""

    def __init__(self, folder: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, name: str, language: str, **values: object) -> str:
        """The template `name`.html with these values."""
        return self._environment.get_template(f"{name}.html").render(
            _=lambda sentence, **blanks: say(sentence, language, **blanks),
            n_=lambda one, many, number: count(Noun(one, many), number, language),
            day_text=lambda iso: iso_text(iso, language),
            hour_text=lambda iso: hour_text(iso, language),
            period_text=lambda first, last: period_text(Period.from_iso(first, last), language),
            moment_text=lambda iso: moment_text(iso, language),
            ocr_text=lambda share: _ocr_text(share, language),
            language=language,
            **values,
        )


def _ocr_text(share: str, language: str) -> str:
    return f"OCR {format_percent(float(share), locale=language)}" if share else ""
