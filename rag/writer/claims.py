"""A written answer, cut into claims: sentences with the numbers of what they cite."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hemeroteca.index.text.sentences import sentence_spans

# What models put between the brackets: 2, "2, 3", "2-4", "^2", "Source 2", "2†source".
_ONE = r"(?:\d{1,3}\s*[-–]\s*\d{1,3}|\d{1,4})"
_NUMBERS = rf"{_ONE}(?:\s*[,;]\s*{_ONE})*"
_OPEN = r"\s*[\[【]\s*(?:\^|[^\W\d_]{1,12}\.?\s+)?"
_CLOSE = r"(?:†[^\]】]*)?\s*[\]】]"
_MARKER = re.compile(rf"{_OPEN}({_NUMBERS}){_CLOSE}")
_GROUP = re.compile(rf"(?:{_OPEN}{_NUMBERS}{_CLOSE})+")
_BEHIND = re.compile(rf"([.!?。！？])({_GROUP.pattern})")
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
_LONGEST_RANGE = 20
# HTML's and a chat template's: "<2 % in May and >10 % in June" and "a <b and c> d" are text.
_TAG = (
    r"<!--.*?-->|<\|[^|<>]*\|>|</?[A-Za-z][\w:-]*"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))*\s*/?>"
)
# Control characters, and those that turn or hide the text around them, are markup too.
_MARKUP = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]"
    rf"|{_TAG}|!?\[([^\]]*)\]\([^)]*\)|^\s*(?:>\s*|#{{1,6}}\s+)+|[*_`|]+|https?://\S+",
    re.MULTILINE,
)
_UNFINISHED = re.compile(r"[\[【][^\]】]*$")
NONE = 0  # the marker of an answer that there is none
_BOLD = re.compile(r"[*_]{1,3}(?=\s*[\[【])|(?<=[\]】])[*_]{1,3}")
_LIST = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+", re.MULTILINE)
# A line that begins with a marker and goes on is one by itself, too.
_PARAGRAPH = re.compile(
    rf"\n\s*\n|\n(?=\s*(?:[-*•–]|\d{{1,2}}[.)])\s)|\n(?={_GROUP.pattern}[ \t]*[^\s\[【])"
)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Claim:
    """A sentence of an answer without its markers, and the numbers that they held."""

    text: str
    cited: tuple[int, ...]

    @property
    def shown(self) -> str:
        """The sentence with its markers."""
        return self.text + "".join(f" [{n}]" for n in self.cited)


def claims(text: str, language: str) -> list[Claim]:
    """The claims of `text`, in order. An answer that begins with a marker has them before its
    sentences, any other within or behind them; those at the end of a paragraph, where its other
    sentences have none, are of all of it. Markup, lists and links become plain text."""
    plain = _BOLD.sub("", text.strip())
    if _MARKER.match(_LIST.sub("", plain)):
        return _marked_before(_LIST.sub("", plain), language)
    return [
        claim
        for paragraph in _PARAGRAPH.split(plain)
        for claim in _marked_behind(_LIST.sub("", paragraph), language)
    ]


def _marked_before(plain: str, language: str) -> list[Claim]:
    groups = list(_GROUP.finditer(plain))
    ends = [*(group.start() for group in groups[1:]), len(plain)]
    found = [
        Claim(claim.text, _numbers(group[0]))
        for group, end in zip(groups, ends, strict=True)
        for claim in _sentences(plain[group.end() : end], language)
    ]
    # "[0]" alone is an answer, too.
    return found or [Claim("", _numbers(group[0])) for group in groups[:1]]


def _marked_behind(paragraph: str, language: str) -> list[Claim]:
    # "Sentence. [1]" cites with the sentence before it.
    found = _sentences(_BEHIND.sub(r"\2\1", paragraph), language)
    if len(found) > 1 and found[-1].cited and not any(claim.cited for claim in found[:-1]):
        return [Claim(claim.text, found[-1].cited) for claim in found]
    return found


def _sentences(plain: str, language: str) -> list[Claim]:
    found = []
    for start, end in sentence_spans(plain, language):
        sentence = plain[start:end]
        bare = _MARKUP.sub(lambda m: m[1] or "", _MARKER.sub("", sentence))
        bare = _BLANKS.sub(" ", bare).strip(" -•")
        if any(character.isalnum() for character in bare):
            found.append(Claim(bare, _numbers(sentence)))
    return found


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers in the markers of `text`, each once."""
    parts = (part for m in _MARKER.finditer(text) for part in re.split("[,;]", m[1]))
    return tuple(dict.fromkeys(number for part in parts for number in _meant(part)))


def _meant(part: str) -> Iterable[int]:
    """A number, or those from the first to the last of a range."""
    ends = _RANGE.search(part)
    if not ends:
        return [int(part)]
    first, last = int(ends[1]), int(ends[2])
    return range(first, min(last, first + _LONGEST_RANGE) + 1)


def claims_as_written(pieces: Iterable[str], language: str) -> Iterator[list[Claim]]:
    """The claims of an answer that comes in `pieces`, each as soon as the next one has begun:
    those that are there at once, in one list."""
    text, given = "", 0
    for piece in pieces:
        text += piece
        if not any(character in piece for character in ".!?。！？\n"):
            continue
        # The last may still grow, and a marker that has only begun is no sentence.
        whole = claims(_UNFINISHED.sub("", text), language)[:-1]
        if whole[given:]:
            yield whole[given:]
        given = max(given, len(whole))
    if rest := claims(text, language)[given:]:
        yield rest
