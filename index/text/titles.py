"""Titles: made presentable, or made of the text where an article has none."""

from hemeroteca.index.text.sentences import sentence_spans

_MAX_TITLE_CHARACTERS = 90
_MAX_SOURCE_TITLE_CHARACTERS = 300


def clean_title(title: str | None) -> str:
    """A title on one line, without what cannot be shown or stored."""
    visible = "".join(c if c.isprintable() else " " for c in title or "")
    return " ".join(visible.split())[:_MAX_SOURCE_TITLE_CHARACTERS]


def derive_title(text: str, language: str, body: int = 0) -> str:
    """The first sentence from `body` on, cut between words at about 90 characters."""
    spans = sentence_spans(text[: body + 2_000], language, body)
    start, end = spans[0]
    title = " ".join(text[start:end].split())
    if len(title) <= _MAX_TITLE_CHARACTERS:
        return title.rstrip(".") or title
    return title[:_MAX_TITLE_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;:") + "…"
