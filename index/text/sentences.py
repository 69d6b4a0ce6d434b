"""Where the sentences of a text begin and end."""

import sentencex

Span = tuple[int, int]
_QUESTION_MARKS = ("?", "\uff1f", "\u061f", "\u037e")  # also full-width, Arabic and Greek


def sentence_spans(text: str, language: str, start: int = 0) -> list[Span]:
    """The (start, end) character offsets of the sentences of `text` from `start` on, in order,
    without surrounding blanks; blank stretches belong to no sentence."""
    spans = []
    for boundary in sentencex.get_sentence_boundaries(language, text[start:]):
        begin, sentence = start + boundary["start_index"], boundary["text"]
        stripped = sentence.strip()
        if stripped:
            begin += len(sentence) - len(sentence.lstrip())
            spans.append((begin, begin + len(stripped)))
    return spans


def asks(sentence: str, language: str) -> bool:
    """Whether `sentence` ends with a question mark; the Greek one looks like a semicolon."""
    marks = (*_QUESTION_MARKS, ";") if language == "el" else _QUESTION_MARKS
    return sentence.rstrip().endswith(marks)
