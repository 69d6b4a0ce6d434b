"""A written answer, cut into claims: sentences with the numbers of what they cite."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.sentences import sentence_spans

_MARKER = re.compile(r"\s*[\[【]\s*(\d{1,4}(?:\s*[,;]\s*\d{1,4})*)\s*[\]】]")
_BEHIND = re.compile(r"([.!?。！？])((?:\s*[\[【][\d,; ]+[\]】])+)")
# Control characters, and those that turn or hide the text around them, are markup too.
_MARKUP = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]"
    r"|<[^>]*>|!?\[([^\]]*)\]\([^)]*\)|[*_`#>|]+|https?://\S+"
)
_UNFINISHED = re.compile(r"[\[【][^\]】]*$")
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
    sentences, any other within or behind them. Markup and links become plain text."""
    plain = text.strip()
    if not _MARKER.match(plain):
        # Markers stand behind what they prove: "Sentence. [1]" cites with the sentence before it.
        plain = _BEHIND.sub(r"\2\1", plain)
    found = []
    for start, end in sentence_spans(plain, language):
        sentence = plain[start:end]
        numbers = [int(n) for m in _MARKER.finditer(sentence) for n in re.findall(r"\d+", m[1])]
        bare = _MARKUP.sub(lambda m: m[1] or "", _MARKER.sub("", sentence))
        bare = _BLANKS.sub(" ", bare).strip(" -•")
        if any(character.isalnum() for character in bare):
            found.append(Claim(bare, tuple(dict.fromkeys(numbers))))
    return found


def claims_as_written(pieces: Iterable[str], language: str) -> Iterator[Claim]:
    """The claims of an answer that comes in `pieces`, each as soon as the next one has begun."""
    text, given = "", 0
    for piece in pieces:
        text += piece
        if not any(character in piece for character in ".!?。！？\n"):
            continue
        # The last may still grow, and a marker that has only begun is no sentence.
        whole = claims(_UNFINISHED.sub("", text), language)[:-1]
        yield from whole[given:]
        given = max(given, len(whole))
    yield from claims(text, language)[given:]
