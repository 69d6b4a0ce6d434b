"""What an acronym stands for, where an article spells it out: "the World Health Organization
(WHO)", "WHO (World Health Organization)" or, with capitals, elsewhere in a sentence that has it.
Its letters say which words those are: nothing is guessed."""

import re
from collections.abc import Sequence
from itertools import product

from hemeroteca.index.article import Passage
from hemeroteca.index.text.names import is_given_name
from hemeroteca.index.text.sentences import Span, sentence_spans
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading, evidence_of

_ASKED = re.compile(
    r"\W*(?i:what (?:is|are|was|does|do)|what['’]s|qu[eé] (?:es|son|era|significan?)|"
    r"qu[eé] quieren? decir|was (?:ist|bedeutet|heißt)|wofür steht|qu['’]est-ce que|"
    r"que (?:signifie|veut dire)|(?:che )?cos['’]è|(?:che )?cosa (?:è|significa)|"
    r"(?:o )?que (?:é|significa)|qu[eè] (?:és|vol dir|significa)|что такое)\s+"
    r"(?i:c['’]est que |la sigla |las siglas |el acrónimo |the acronym |das kürzel |le sigle |"
    r"a sigla |the |el |la |los |las |le |les |l['’]|il |der |die |das |o |a )*"
    r"(?P<acronym>[A-ZÀ-ÝА-Я]{2,8})(?: (?:stand for|mean|exactly|bedeuten))?\W*"
)
_WORDS = r"(?:[^\W\d_]+[-’' ]){1,12}"  # without a comma or a full stop between
_WORD = re.compile(r"[^\W\d_]+")
_LONG = 3  # letters of an acronym that words with capitals spell out hardly by chance
_MOST = 13  # words of what is spelt out
_PARTED = re.compile(r"[^\w\s’'-]")
_SMALL = 4  # letters of a word between those that are meant, at the most
_SURE = 0.95


def spelled_out(question: Question, passages: Sequence[Passage]) -> Reading | None:
    """The reading of what the acronym that `question` asks for stands for, by the first of
    `passages` that spells it out; None if it asks for none, or none does."""
    asked = _ASKED.fullmatch(question.rewritten or question.text)
    if not asked:
        return None
    for passage in passages:
        acronym = asked["acronym"]
        if span := _expansion(passage.text, acronym) or _elsewhere(passage, acronym):
            evidence = evidence_of(passage, span, _SURE)
            return Reading([evidence], _SURE, passages, [evidence])
    return None


def _expansion(text: str, acronym: str) -> Span | None:
    written = f"(?:{acronym}|{acronym.capitalize()})"
    before = rf"(?P<words>{_WORDS}(?:[^\W\d_]+(?=,))?)(?:\(|, |[–—-] )[\"“«‘']?{written}\b"
    for match in re.finditer(before, text):
        words = list(_WORD.finditer(text, *match.span("words")))
        for n in range(len(words) - 1, -1, -1):
            if _stands_for([word[0] for word in words[n:]], acronym):
                return words[n].start(), words[-1].end()
    for match in re.finditer(rf"\b{written}\s?\((?P<inside>[^(),;.]{{4,120}})[),;]", text):
        words = list(_WORD.finditer(text, *match.span("inside")))
        if words and _stands_for([word[0] for word in words], acronym):
            return words[0].start(), words[-1].end()
    return None


def _elsewhere(passage: Passage, acronym: str) -> Span | None:
    """Words with capitals that spell `acronym` out anywhere in a sentence that has it: "GAVI is
    named by the initials of the Global Alliance for Vaccines and Immunisation"."""
    if len(acronym) < _LONG:
        return None
    text = passage.text
    for start, end in sentence_spans(text, passage.language):
        if not re.search(rf"\b(?:{acronym}|{acronym.capitalize()})\b", text[start:end]):
            continue
        words = list(_WORD.finditer(text, start, end))
        for first, many in product(range(len(words)), range(2, _MOST + 1)):
            run = words[first : first + many]
            span = run[0].start(), run[-1].end()
            parted = _PARTED.search(text[slice(*span)]) or is_given_name(run[0][0])
            capitals = sum(word[0][0].isupper() for word in run) == len(acronym)
            if not parted and capitals and _stands_for([word[0] for word in run], acronym):
                return span
    return None


def _stands_for(words: Sequence[str], acronym: str) -> bool:
    """Whether the letters of `acronym` begin `words` in turn, but for small words between."""
    left = acronym.casefold()
    taken = False
    for n, word in enumerate(words):
        joins = n > 0 and word.islower() and len(word) < _SMALL
        taken = not joins and left != "" and word.casefold().startswith(left[0])
        if taken:
            left = left[1:]
        elif n == 0 or len(word) > _SMALL or not word.islower():
            return False
    return taken and not left
