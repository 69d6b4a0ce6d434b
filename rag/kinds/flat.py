"""Whether a sentence tells something as a fact: not as somebody's words, a plan, a guess or a
rumour, and of whom it is asked."""

import re
from functools import cache

from hemeroteca.index.text.languages import language as known_of
from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.kinds.sentences import Sentence
from hemeroteca.rag.kinds.speech import saying, says
from hemeroteca.rag.question import Question
from hemeroteca.rag.writer.negation import negates
from hemeroteca.rag.writer.senses import senses

_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w’'-]+"
# Names, but of the word that begins a question.
_RUN = re.compile(rf"(?<=[^\W_] )(?:{_CAPITALISED})(?:\s{_CAPITALISED})*")
# Words by which something may be, is to be or is said to be, in any language: those of
# index/text/languages are not of all.
_MAY = re.compile(
    r"\b(?:podr[ií]\w+|pudo|habr[ií]a\w*|hauri\w+|tendr[ií]a\w*|quiz[aá]s?|supuest\w+|presunt\w+|"
    r"presumpt\w+|supos(?:at|ad)\w+|posibl\w+|probabl\w+|"
    r"may|might|could|would|should|alleged\w*|reportedly|apparently|possibly|probably|plans to|"
    r"planned|planning|hopes?|hoping|expect\w*|wants?|"
    r"könnte\w*|dürfte\w*|würde\w*|sollte\w*|angeblich\w*|mutmaßlich\w*|vermutlich|wohl|"
    r"\w+(?:rait|raient)|présumé\w*|soi-disant|peut-être|envisage\w*|souhaite\w*|espère\w*|"
    r"\w+rebbe(?:ro)?|presunt\w*|forse|"
    r"poderia\w*|teria\w*|seria|suposta?mente|alegad\w*|estuda\w*|"
    r"якобы|возможно|вероятно|мог(?:ла|ли|ло)? бы|"
    r"bulos?|rumor\w*|hoax\w*|fake|gerücht\w*|rumeur\w*|intox|boatos?|bufal[ae]|фейк\w*|слух\w*)\b",
    re.IGNORECASE,
)
# English looks ahead with these, whatever verb follows.
_COMING = "will|shall|going to|about to|set to|due to"
# Who is accused of it did it or did not.
_ACCUSED = re.compile(
    r"\b(?:acus\w+|denunci\w+|imput\w+|investig\w+|sospech\w+|accus\w+|charged|charges|suspect\w*|"
    r"verdächt\w+|beschuldig\w+|ermittelt\w*|soupçonn\w+|enquête\w*|indag\w+|sospett\w+|suspeit\w+|"
    r"arguid[oa]s?|sospit\w+|обвин\w+|подозрева\w+)\b",
    re.IGNORECASE,
)
# Words for "according to" that seldom are: for, by, after.
_NOT_BY = ("para", "for", "für", "pour", "per", "voor", "для", "por", "nach")
_NOUN_OF = re.compile(
    r"\b([^\W\d_]{4,})\s(?:d(?:el?|u|es|i|a|o|as|os|ell[aeo]|ei|er)|of|von|vom)\s"
    r"((?:[\w’'-]+\s?){1,5})"
)
_NEVER = re.compile(r"(?!)")
_DENIAL = "deny"  # what somebody denies is not so by his word alone
_PART = re.compile(r"[,;:()—–]|\s(?:y|e|and|but|und|aber|et|mais|ma|mas|però|pero|и|но|while)\s")


def is_flat(question: Question, sentence: Sentence, denied: bool = False) -> bool:
    """Whether `sentence` tells of a fact, as far as its language is known: with no verb of saying,
    unless `question` has one, no "according to", and where it has words of the question, or is
    `denied`, nothing that is still to come or may be. What is asked of the future may be denied of
    it."""
    text, language = sentence.text, sentence.passage.language
    known = known_of(language)
    if not known.says or known.days is None:
        return False
    if _ACCUSED.search(text) and not _ACCUSED.search(question.searched):
        return False
    if _DENIAL in _said(text, language) - _said(question.searched, question.language):
        return False
    asked = saying(question.language)
    if says(text, language) and not (asked and asked.search(question.searched)):
        return False
    told_by = re.finditer(rf"\b(?:{known.speech.by})\b", text, re.IGNORECASE)
    if known.speech.by and any(by.group().lower() not in _NOT_BY for by in told_by):
        return False
    told = " ".join(_parts(question, text, language, denied))
    if _MAY.search(f"{told} {sentence.passage.title}"):
        return False
    coming = _ahead(language).search(told) is not None
    return not coming or (
        denied and _ahead(question.language).search(question.searched) is not None
    )


def _said(text: str, language: str) -> frozenset[str]:
    return senses(text, language, _NEVER) or frozenset()


def _parts(question: Question, text: str, language: str, denied: bool) -> list[str]:
    """The parts of a sentence that deny or, if it is not `denied`, have a word of the question that
    is no name; all if none does."""
    parts = _PART.split(text)
    if denied:
        kept = [part for part in parts if negates(part, language)]
    else:
        words = plain_words(question)
        kept = [part for part in parts if not words.isdisjoint(cognates(part))]
    return kept or parts


def plain_words(question: Question) -> set[str]:
    """The words of the question that are no names, as `cognates` gives them."""
    words = question.searched.split()
    plain = [word for n, word in enumerate(words) if n == 0 or word[:1].islower()]
    return {head for word in plain for head in cognates(word)}


def is_of_whom(question: Question, sentence: Sentence) -> bool:
    """Whether `sentence` has all the names of `question` itself, and no preposition takes one that
    none takes there: the aide of the minister Moss is not she. Whom something was done to may be
    behind one."""
    if _is_done_to_another(question, sentence):
        return False
    told = set(cognates(sentence.text))
    of = known_of(sentence.passage.language).speech.of
    asking = known_of(question.language).speech
    passive = re.search(rf"\b(?:{asking.passive})\b", question.searched, re.IGNORECASE)
    if asking.passive and passive:
        of = "|".join(word for word in of.split("|") if word != "a")
    for run in _RUN.findall(question.searched) if question.language != "de" else ():
        heads = cognates(run)
        if heads and told.isdisjoint(heads):
            return False
        for name in run.split():
            places = _taken(name, sentence.text, of)
            if places and all(places) and not any(_taken(name, question.searched, asking.of)):
                return False
    return True


def _is_done_to_another(question: Question, sentence: Sentence) -> bool:
    """Whether a noun of `sentence` for what is asked is of somebody or something that the question
    does not speak of: "celebrates the arrest of the journalist" says of nobody else's."""
    language, asked = sentence.passage.language, set(cognates(question.searched))
    deeds = _said(question.searched, question.language)
    for noun, of in _NOUN_OF.findall(sentence.text):
        if not asked.isdisjoint(cognates(of)):
            continue
        told = _said(noun, language)
        if told & deeds or plain_words(question) & set(cognates(noun)):
            return True
    return False


def _taken(name: str, text: str, of: str) -> list[bool]:
    """Of each place of `name` in `text`, whether one of `of` stands before it, with an article or a
    title between."""
    before = re.compile(rf"(?:^|\W)(?:{of})(?:\s[a-zà-ÿ]+){{0,2}}(?:\s{_CAPITALISED})*\s$")
    return [
        bool(of) and before.search(text[: place.start()]) is not None
        for place in re.finditer(rf"\b{re.escape(name)}\b", text)
    ]


@cache
def _ahead(language: str) -> re.Pattern[str]:
    """The words of `language` that look ahead."""
    days = known_of(language).days
    future = f"{days.future.replace('{day}', days.day)}|{_COMING}" if days else "(?!)"
    return re.compile(rf"\b(?:{future})\b", re.IGNORECASE)
