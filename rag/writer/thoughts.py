"""What a model says to itself before it answers is no answer."""

import re
from collections.abc import Iterable, Iterator

_BEGINS = re.compile(r"<(think|thinking|thought|thoughts|reasoning)>", re.IGNORECASE)
_LONGEST = len("<reasoning>")


def without_thoughts(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces of a text, without what stands at its beginning between <think> and </think>."""
    text, ends = "", ""
    pieces = iter(pieces)
    for piece in pieces:
        text = (text + piece).lstrip()
        if not ends and (begun := _BEGINS.match(text)):
            ends = f"</{begun[1].lower()}>"
        if ends and (at := text.lower().find(ends)) >= 0:
            text, ends = text[at + len(ends) :].lstrip(), ""
            if not text:
                continue
        if not ends and not (text.startswith("<") and len(text) < _LONGEST):
            break
    if text and not ends:
        yield text
    yield from pieces
