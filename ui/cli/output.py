"""What the commands print, on a terminal of any encoding."""

import codecs
import io
import json
import sys

import typer

_ERRORS = "hemeroteca.transliterate"
# What would steer a terminal instead of being shown on it: an article may hold it.
STEERING = {code: "�" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


def fit_output() -> None:
    """Let standard output and standard error write what their encoding lacks in plain letters, such
    as "EUR" for "€", instead of raising UnicodeEncodeError."""
    codecs.register_error(_ERRORS, _transliterate)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ERRORS)


def plain(text: str) -> str:
    """`text` on one line, without what would steer the terminal."""
    return text.translate(STEERING).replace("\n", " ")


def print_json(value: object) -> None:
    """Print `value` as one JSON object; nothing of it is lost in an encoding that lacks it."""
    unicode = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    typer.echo(json.dumps(value, ensure_ascii=not unicode))


def _transliterate(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from anyascii import anyascii  # few terminals need it

    return anyascii(error.object[error.start : error.end]) or "?", error.end
