"""A follow-up question read together with what was asked before it.

Where no model rewrites it (rewrite.py), a follow-up that leans on the previous question is searched
and read behind it. Whether it leans is seen from its form: it is short, it begins with a word that
joins it to what was said, or a pronoun in it has nobody before it whom it may mean. Measured in
docs/evaluation.md."""

import re
from collections.abc import Sequence

from hemeroteca.rag.question import MAX_QUESTION_CHARACTERS
from hemeroteca.rag.understand.bare_name import is_full_name

# What is shorter does not name what it asks about. Characters, not words, so that Chinese and
# German are treated alike; scripts that write syllables need fewer.
_SHORT_LETTERS, _SHORT_SYLLABLES = 18, 7
_SYLLABLES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# And, or, but, then; he, she, it, they, this, that. Left out, though they join: words with which
# another language begins a question that stands alone (en is Dutch for "and", Spanish for "in").
_JOINING = """
    and but or then so also y e u pero entonces también però aleshores et mais ou alors donc und
    aber oder dann ma allora anche mas então também maar dus och dar iar și şi и а но или тогда і
    й але ve peki ama και κι αλλά và nhưng còn vậy eta baina و ثم لكن और तो लेकिन 그리고 그럼 그런데
    he she it they this that these those his her its their él ella ello ellos ellas eso esto ese
    esa esos esas sus elle ils elles cela ça cet cette ces ses leur leurs er sie dieser diese
    dieses lui lei loro questo questa quello sua ele ela eles elas isso isto esse essa seus он она
    оно они это этот эта эти его её их bu şu onlar
"""
_UNSPACED_JOINING = "那 而且 还有 他 她 它 这 แล้ว และ それ その そして じゃあ 彼"
# Words that mean somebody named before, and never a noun of another language that is served.
_PRONOUNS = """
    he she they him them their his her hers theirs él ellos ellas elle ils elles lui leur leurs er
    sie ihn ihm ihnen ihre ihren ihrer sein seine seinen seiner lei loro suo suoi ele ela eles elas
    seu seus sua suas seva seves súa súas hij hem hun он она они его её их ему ей им него неё них
"""
# Spanish and French put them before the verb, where they look like articles.
_BEFORE_VERB = (
    r"\b(?:l[aoe]s?|nos)\s(?:\w+(?:aron|ieron|jeron|ó|arán?|erán?|irán?)|ha[ns]?|dijo|hizo|dio|puso)\b"
    r"(?!.*\ba(?:l|\sl[ao]s?|\s[A-ZÁÉÍÓÚÑ]\w*)\b)"  # "le dijo a Ana" names whom it means
    r"|\bl[’'](?:a|ont|avait|avaient|hanno|han)\b"
    r"|(?<!y a)(?<!y a-t)(?<!faut)(?<!s[’']agit)(?<!s[’']est)-(?:t-)?(?:ils?|elles?)\b"
)
_IT = r"(?<!time )\b(?:did|does|has|was|is|will)\sit\b(?!\s(?:true|possible|that|to)\b)"
_LEANS_INSIDE = re.compile(rf"\b(?:{'|'.join(_PRONOUNS.split())})\b(?!-)|{_BEFORE_VERB}|{_IT}")
_POSSESSIVES = re.compile(
    "his|her|their|ihre[nr]?|seine?[nr]?|leurs?|suoi?|seus?|suas?|seva|seves|súas?|hun|его|её|их"
)
_ASKED_OF = re.compile(
    r"(?i:\b(?:which|what|how many|whose|qué|cuánt[oa]s|quels?|quelles?|welche\w*|quali|quanti"
    r"|quais|quantos|quins|quines|cales|welke|hoeveel|какие|какой|сколько)\s)"
    r"(?!(?:was|were|is|are|did|do|does|has|had|have|happened|other|else|son|est|sont|waren|foi)\b)\w+"
)
_ARTICLES = re.compile(
    r"\b(?:the|el|la|los|las|le|les|der|die|das|den|dem|il|lo|gli|els|o|os|het|de|een)\b"
)
_OF = re.compile(r"\b(?:of|de|von|di|van)\s$")
_NAME = re.compile(r"(?<!^)(?<![¿¡\"“«„(])\b[^\W\d_]*[A-ZÁÉÍÓÚÑÄÖÜÇÀÈÒА-ЯЁ]\w*")
_WORD = re.compile(r"\w+")


def with_history(question: str, history: Sequence[str]) -> list[str]:
    """The questions to search and read together for `question`, asked after the questions `history`
    (oldest first): the question itself, or behind the nearest earlier question that stands alone,
    and those between."""
    chosen = [question]
    if not history or not is_follow_up(question):
        return chosen
    for earlier in reversed(history):
        chosen.insert(0, earlier.strip())
        if not is_follow_up(earlier):
            break
    while len(chosen) > 1 and len(" ".join(chosen)) > MAX_QUESTION_CHARACTERS:
        del chosen[0]
    return chosen


def is_follow_up(question: str) -> bool:
    """Whether `question` seems to need what was asked before it."""
    words = _WORD.findall(question.lower())
    if not words:
        return False
    written = "".join(question.split())
    syllables = len(_SYLLABLES.findall(written))
    if is_full_name(question) and words[0] not in _JOINING.split():
        return False  # whom it names is asked for
    if syllables / _SHORT_SYLLABLES + (len(written) - syllables) / _SHORT_LETTERS < 1:
        return True
    if words[0] in _JOINING.split() or words[0].startswith(tuple(_UNSPACED_JOINING.split())):
        return True
    return any(_is_of_nobody(question, each) for each in _LEANS_INSIDE.finditer(question))


def _is_of_nobody(question: str, pronoun: re.Match[str]) -> bool:
    """Whether nobody stands before the pronoun: no name, no noun with its article unless it is the
    pronoun's own ("the name of their album"), and before a possessive none that is asked for:
    "which firms test their vaccine"."""
    before = question[: pronoun.start()]
    if _NAME.search(before.lstrip()):
        return False
    if _POSSESSIVES.fullmatch(pronoun[0]) and _ASKED_OF.search(before):
        return False
    return not _ARTICLES.search(before) or _OF.search(before) is not None
