"""Lists of files that come with a library's parcel, checksums and manifests: no articles."""

import re

from hemeroteca.index.errors import Message
from hemeroteca.index.sources.extract import LeftOut, digest

_FEWEST_SHARE = 0.9  # of the lines
_MOST_SAMPLED = 1_000
_DIGITS = (128, 96, 64, 56, 40, 32)
_SUM = f"(?:{'|'.join(f'[0-9a-fA-F]{{{digits}}}' for digits in _DIGITS)})"
_BETWEEN = r"[\s,;|*\"']+"
_PATH = r"[^\s,;|\"'<>]*[^\s,;|\"'<>.]\.[A-Za-z][A-Za-z0-9]{1,4}"
_CHECKSUM = re.compile(
    rf"\S+ ?\(.+\) ?= ?{_SUM}"  # as BSD writes them
    rf"|(?:\w+[\s:,;]+)?[\"']?{_SUM}{_BETWEEN}.*\S|.*\S{_BETWEEN}{_SUM}[\"']?(?:{_BETWEEN}[\d.]+)?"
)
# A file's name, its size or time before or behind it.
_NAMED = re.compile(rf"(?:[\d.:TZ+-]+{_BETWEEN})*[\"']?{_PATH}[\"']?(?:{_BETWEEN}[\d.:TZ+-]+)*")
_ASIDE = re.compile(r"[#;%].*|\W*")
_FEWEST_NAMES = 2


def listing(text: str) -> LeftOut | None:
    """That `text` is a list of files and no article; None if it is not."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if not _ASIDE.fullmatch(line)]
    sample = lines[:_MOST_SAMPLED]
    if not sample:
        return None
    content = digest(text)
    if _share(_CHECKSUM, sample) >= _FEWEST_SHARE:
        reason = Message("is a list of {files:,} checksums and no article", files=len(lines))
        return LeftOut("", reason, content)
    if len(lines) >= _FEWEST_NAMES and _share(_NAMED, sample) >= _FEWEST_SHARE:
        reason = Message("is a list of {files:,} files and no article", files=len(lines))
        return LeftOut("", reason, content)
    return None


def _share(pattern: re.Pattern[str], lines: list[str]) -> float:
    return sum(pattern.fullmatch(line[:2_000]) is not None for line in lines) / len(lines)
