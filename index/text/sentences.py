"""Where the sentences of a text begin and end."""

import re

import sentencex

from hemeroteca.index.text.languages import language as known_of

Span = tuple[int, int]
_QUESTION_MARKS = ("?", "\uff1f", "\u061f", "\u037e")  # also full-width, Arabic and Greek
_ORDINAL_SIGNS = ("º", "ª", "°")  # n.º 3, 1.ª
_INITIAL = re.compile(r"\W*([^\W\d_])\.\s*")  # D. José
_WORD_AND_STOP = re.compile(r"(?<![\w.])([^\W\d_]{2,})\.\s+(?=[¿¡\"“«‘(]?([^\W\d_]))")


def sentence_spans(text: str, language: str, start: int = 0) -> list[Span]:
    """The (start, end) character offsets of the sentences of `text` from `start` on, in order,
    without surrounding blanks; blank stretches belong to no sentence."""
    spans = []
    for begin, end in _parted(text, language, _joined(text, _boundaries(text, language, start))):
        sentence = text[begin:end]
        stripped = sentence.strip()
        if stripped:
            begin += len(sentence) - len(sentence.lstrip())
            spans.append((begin, begin + len(stripped)))
    return spans


def _boundaries(text: str, language: str, start: int) -> list[Span]:
    found = sentencex.get_sentence_boundaries(language, text[start:])
    return [
        (start + each["start_index"], start + each["start_index"] + len(each["text"]))
        for each in found
    ]


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """`spans`, without those ends that an abbreviation's full stop was taken for: before an ordinal
    sign, and after an initial."""
    joined: list[Span] = []
    for begin, end in spans:
        if joined and _goes_on(text[slice(*joined[-1])], text[begin : begin + 1]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined


def _goes_on(before: str, character: str) -> bool:
    if character in _ORDINAL_SIGNS:
        return before.endswith(".")
    initial = _INITIAL.fullmatch(before)
    return bool(initial and initial[1].isupper() and character.isupper())


def _parted(text: str, language: str, spans: list[Span]) -> list[Span]:
    """`spans`, parted behind words that were taken for abbreviations, where a capital follows."""
    words = known_of(language).words
    parted: list[Span] = []
    for begin, end in spans:
        for found in _WORD_AND_STOP.finditer(text, begin, end):
            if found[1] in words and found[2].isupper():
                parted.append((begin, found.end()))
                begin = found.end()
        parted.append((begin, end))
    return parted


def asks(sentence: str, language: str) -> bool:
    """Whether `sentence` ends with a question mark; the Greek one looks like a semicolon."""
    marks = (*_QUESTION_MARKS, ";") if language == "el" else _QUESTION_MARKS
    return sentence.rstrip().endswith(marks)
