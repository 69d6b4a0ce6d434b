"""A follow-up question read together with what was asked before it.

Where no model rewrites it (rewrite.py), a follow-up that leans on the previous question is searched
and read behind it. Whether it leans is seen from its form, in any language: it is short, or it
begins with a word that joins it to what was said. Measured in docs/evaluation.md."""

import re
from collections.abc import Sequence

from hemeroteca.rag.question import MAX_QUESTION_CHARACTERS

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
    if syllables / _SHORT_SYLLABLES + (len(written) - syllables) / _SHORT_LETTERS < 1:
        return True
    return words[0] in _JOINING.split() or words[0].startswith(tuple(_UNSPACED_JOINING.split()))
