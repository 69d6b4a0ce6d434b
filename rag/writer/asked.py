"""Which questions go to the user's model, and whether what it wrote answers them."""

import re
from collections.abc import Sequence

from hemeroteca.index.article import Passage
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.question import Question
from hemeroteca.rag.writer.facts import Facts, facts, fold_name, missing_fact, together

_SURE = 0.8  # the probability of a short answer that needs no model
_WRITTEN_KINDS = ("explanation", "position", "yesno", "listing", "summary", "comparison")
_SUBJECT_PASSAGES = 5  # the first, in which what is asked about is named
_FIRST = re.compile(r"[^\W\d_]")
# What a question asks for, by how it begins.
_WHO = re.compile(
    r"(?:who|whom|quién(?:es)?|quien(?:es)?|qui|wer|wen|wem|chi|quem|quen|кто|кого)\b",
    re.IGNORECASE,
)
_IS = re.compile(r"\w+ (?:is|was|are|es|era|son|est|était|ist|war|è|é|era|такой|такая)\s", re.I)
# "Cómo se llama …" wants a name as well.
_NAMED = re.compile(
    r"(?:(?:cómo|como) se (?:llam|denomin|cham)\w+|(?:cuál|cual|qué) (?:es|era|fue) el nombre|"
    r"what (?:is|was|are|were) (?:the|his|her|its|their) (?:\w+ )?names?\b|"
    r"what(?:['’]s| is| was| are| were)\b.{3,60}\b(?:called|named|name)\W*$|"
    r"wie hei(?:ß|ss)\w+|wie (?:lautet\w*|ist|war) (?:der|sein|ihr) name|"
    r"comment s['’]appel\w+|quel (?:est|était) (?:le|son) nom|come si chiam\w+|"
    r"qual (?:è|era|é|foi) (?:il|o|o seu|il suo) nome|com (?:es diu|s['’]anomen)\w*|"
    r"quin (?:és|era) el nom|как (?:зовут|звали|называ\w+))",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:how (?:many|much|old)|cuánt[oa]s?|cuant[oa]s?|combien|quel âge|wie (?:viele?|alt|hoch)"
    r"|quant[ieaoe]s?|quants|quantes|сколько|what (?:percentage|share|rate)|qué porcentaje)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:when|in what year|cuándo|cuando|en qué (?:año|fecha)|qué (?:día|año)|quand|en quelle année"
    r"|wann|in welchem jahr|quando|in che anno|em que ano|quan|когда|в каком году)\b",
    re.IGNORECASE,
)


def asks_model(question: Question, answer: Answer, passages: Sequence[Passage]) -> bool:
    """Whether a model may add to `answer`: sentences are asked for, or a fact of which the reader
    is not sure; where it has none, if `passages` name what is asked about."""
    if answer.kind in ("short", "sentence"):
        return answer.confidence < _SURE
    if answer.kind == "absent":
        return not answer.outside and names_subject(question, passages)
    return answer.kind in _WRITTEN_KINDS


def names_subject(question: Question, passages: Sequence[Passage]) -> bool:
    """Whether the first of `passages` have all names and numbers of the question."""
    first = passages[:_SUBJECT_PASSAGES]
    if not first:
        return False
    told = [facts(f"{p.title} {p.text}", p.language) for p in first]
    days = [facts(p.date, p.language) for p in first if p.date]
    return missing_fact(_asked(question), together([*told, *days])) is None


def answers(question: Question, sentence: str, sources: Sequence[Passage]) -> bool:
    """Whether `sentence` can answer the question: what it rests on names what is asked about, and
    it has a name, a number or a day that the question lacks where one is asked for."""
    if not names_subject(question, sources):
        return False
    asked, said = _asked(question), facts(sentence, question.language, lambda _: True)
    text = question.searched.lstrip("¿¡ ")
    if _NUMBER.match(text):
        return any(not any(n & other for other in asked.numbers) for n in said.numbers)
    if _DAY.match(text):
        return bool(said.days or set(said.numbers) - set(asked.numbers))
    if (_WHO.match(text) and not _IS.match(text)) or _NAMED.match(text):
        named = [*said.names, *_first_name(sentence, sources)]
        return any(name not in asked.words for name in named)
    return True


def _first_name(sentence: str, sources: Sequence[Passage]) -> list[str]:
    """The first word of `sentence`, if `sources` write it with a capital within a sentence."""
    first = re.match(r"[^\W\d_]+", sentence)
    if not first:
        return []
    within = re.compile(rf"(?<=[\w,] ){re.escape(first[0])}\b")
    return [fold_name(first[0])] if any(within.search(p.text) for p in sources) else []


def _asked(question: Question) -> Facts:
    # The word that asks begins a question with a capital, though it names nobody.
    text = _FIRST.sub(lambda first: first[0].lower(), question.searched, count=1)
    return facts(text, question.language)
