"""How far an indexing is, in words."""

from babel.dates import format_timedelta

from hemeroteca.index.progress import Progress
from hemeroteca.ui.language import Noun, count, say

_FILES = Noun("{number:,} file", "{number:,} files")
_ARTICLES = Noun("{number:,} article", "{number:,} articles")
_PASSAGES = Noun("{number:,} passage", "{number:,} passages")
_RATE = Noun("{number:,} passage a second", "{number:,} passages a second")


def worded(now: Progress, language: str) -> str:
    """Articles and passages that were written, of about how many, how many a second, and the time
    that is left; before the first of them, how many files were looked at."""
    if not now.articles:
        files = count(_FILES, now.files_total, language)
        return say("{done:,} of {total}", language, done=now.files, total=files)
    about = count(_ARTICLES, now.articles_total or now.articles, language)
    parts = [
        say("{done:,} of about {total}", language, done=now.articles, total=about),
        count(_PASSAGES, now.passages, language),
        count(_RATE, round(now.passages_per_s), language),
    ]
    if now.left_s is not None and now.share < 1:
        left = format_timedelta(max(round(now.left_s), 1), locale=language, threshold=1.2)
        parts.append(say("{time} left", language, time=left))
    return " · ".join(parts)
