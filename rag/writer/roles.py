"""Who does what: a name that a claim makes the subject of a verb is that in what it cites, and
what is compared with another is not the other.

No grammar is read. The subject of a verb is looked for among the names before it: those of its own
clause first, and none behind a preposition."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hemeroteca.index.text.languages import language as known_of
from hemeroteca.index.text.terms import cognates, terms
from hemeroteca.rag.writer.facts import fold_name, is_opening, is_place
from hemeroteca.rag.writer.senses import of_words

_PREPOSITION_WORDS = """
    of by to from with for against about at in on under over after before than
    de del a al por para con contra sobre en tras según entre ante desde que
    du des d au aux par pour avec contre sur chez après avant
    von vom zu zum zur mit für gegen über bei nach vor aus an auf als unter
    di della dei da dal dalla per contro su tra fra do dos das ao aos à com pelo pela"""
_PREPOSITIONS = frozenset(_PREPOSITION_WORDS.split())
_CAPITALISED = r"[A-ZÀ-ÖØ-ÞŠŽ][\w’'-]*"
_NAME = re.compile(rf"{_CAPITALISED}(?:\s+(?:(?:de|del|la|van|von|da|dos|y)\s+)?{_CAPITALISED})*")
_CLAUSE = re.compile(
    r"[;:—–]\s|\s(?:que|who|which|that|and|y|e|et|und|ed|mientras|while|pero|but|aunque|although|"
    r"after|before|when|cuando|después|tras|nachdem|bevor|als|quand|quando|dopo|depois|qui|dass|che|ma|mais|mas|aber)\s"
)
_IS = r"(?:is|was|es|era|fue|est|était|ist|war|è|fu|é|foi)"
_OF = r"(?:of|de|del|von|du|di|do|da|des|des|della)"
_OWNER = re.compile(
    rf"\s+{_IS}\s+(?:(?:the\s+)?({_NAME.pattern})['’]s?\s|(?:\w+\s+){{1,4}}?{_OF}\s+(?:[a-z]\w*\s+){{0,2}}"
    rf"({_NAME.pattern}))"
)
_OF_NAME = re.compile(rf"\b[a-zà-ÿ]\w+\s+{_OF}\s+(?:[a-zà-ÿ]\w*\s+){{0,2}}({_NAME.pattern})")
_APART = re.compile(r",[^,]*,")  # "Trump, en comparación, firmó"
_COMPARED = re.compile(
    r"\b(?:more|less|worse|better|bigger|larger|smaller|higher|lower|\w{2,}er|más|menos|peor|peores"
    r"|mejor|mejores|mayor|mayores|menor|menores|plus|moins|pire|meilleure?s?|più|meno|peggiore?"
    r"|migliore?|mais|pior|melhor|maior|menor|mehr|weniger)\b[^.;]*?\b(?:than|que|als|che|do que)\b"
)
_TITLE = re.compile(r"[\"“«][^\"”»]*[\"”»]")  # of a film, or what somebody said
_WORD = re.compile(r"\w+")
_QUOTED = (",", '"', "”", "»", "“")  # what stands before "said Ann Moss"
_HEAD = 6  # letters of a verb, at the least, that another language shares
_NEAR = 6  # words behind a verb among which its subject stands
_PASSIVE_WORDS = "fue fueron ha han has have had was were been sido été foi foram wurde"
_POSSESSIVE_WORDS = "su sus his her their son sa leur sein seine ihr ihre seu sua suo"
_POSSESSIVES = frozenset(_POSSESSIVE_WORDS.split())
_PASSIVE = frozenset(_PASSIVE_WORDS.split())


def is_swapped(claim: str, language: str, sources: Sequence[tuple[str, str]]) -> bool:
    """Whether `claim` in `language` (ISO 639-1) begins with a name and a verb, and `sources`, texts
    with their languages, have that verb, or one that says the same, behind another name and not
    behind this."""
    begun = _NAME.match(claim)
    if not begun or not (own := _words(begun[0])):
        return False
    if any(_is_owned(own, claim[begun.end() :], text) for text, _ in sources):
        return True
    words = _WORD.findall(_APART.sub(" ", claim[begun.end() :]))
    passive = bool(words) and words[0].lower() in _PASSIVE
    verb = next(iter(words[passive:]), "")
    known = any(own & _words(text) for text, _ in sources)
    if len(verb) < 4 or not verb.islower() or not known:
        return False
    told = [
        subject
        for text, of in sources
        for subject in _subjects(text, of, _Verb(verb, language, passive))
    ]
    return any(told) and not any(own & names for names in told)


def _is_owned(own: frozenset[str], said: str, source: str) -> bool:
    """Whether a claim says that `own` is somebody's and `source` that somebody is `own`'s: "Correa
    was Arauz's protégé", of "the protégé of the former president Correa, Arauz"."""
    owner = _OWNER.match(said)
    if not owner:
        return False
    others = _words(owner[1] or owner[2])
    owners = [_words(owner[1]) for owner in _OF_NAME.finditer(source)]
    told = frozenset().union(*owners)
    return bool(others) and bool(own & told) and bool(others & _words(source)) and not others & told


@dataclass(frozen=True)
class _Verb:
    """A verb of a claim in `language`, whether it tells what was done to its subject."""

    word: str
    language: str
    passive: bool


def _subjects(text: str, language: str, verb: _Verb) -> Iterator[frozenset[str]]:
    """The words of the names that `text` has before the verbs that say what `verb` does."""
    said = _said_by(verb.word, verb.language)
    for match in _WORD.finditer(text):
        word, before = match[0], text[: match.start()]
        deed = verb.passive and _last_word(before) in _POSSESSIVES
        if deed and said & _said_by(word, language):
            yield _subject(before, language)  # "Áñez called her arrest illegal"
        if not word.islower() or (_last_word(before) in _PASSIVE) != verb.passive:
            continue
        same = _is_same(word, language, verb)
        if same or said & _said_by(word, language):
            inverted = "say" in said and before.rstrip().endswith(_QUOTED)
            behind = _behind(text[match.end() :], language) if inverted else frozenset()
            yield behind or _subject(before, language)


def _is_same(word: str, language: str, verb: _Verb) -> bool:
    """Whether a word is the same verb by its stem, or in another language by how it begins:
    "telephoned", "telefoneó"."""
    if language == verb.language:
        return terms(word, language) == terms(verb.word, language)
    return len(word) > _HEAD and cognates(word) == cognates(verb.word)


def _behind(text: str, language: str) -> frozenset[str]:
    """The words of the name that follows a verb of saying: "said the mayor, Ann Moss"."""
    near = " ".join(text.split()[:_NEAR])
    name = _NAME.search(near)
    return _free(near[: name.start()], name[0], language) if name else frozenset()


@lru_cache(maxsize=4096)
def _said_by(word: str, language: str) -> frozenset[str]:
    """What a word says, by the names that all languages have for it."""
    speaks = known_of(language).says
    saying = {"say"} if speaks and re.fullmatch(speaks, word, re.IGNORECASE) else set()
    return of_words(word, language).get(word, frozenset()) | saying


def _subject(before: str, language: str) -> frozenset[str]:
    """The words of the names that may be the subject of a verb behind `before`."""
    plain = _TITLE.sub(" ", _APART.sub(" ", before))
    parts = [part for clause in _CLAUSE.split(plain) for part in clause.split(", ")]
    for clause in reversed(parts):
        free = [_free(clause[: m.start()], m[0], language) for m in _NAME.finditer(clause)]
        if any(free):
            return frozenset().union(*free)
    return frozenset()


def _free(before: str, name: str, language: str) -> frozenset[str]:
    """The words of `name` that no preposition at the end of `before` takes: "president of Bolivia
    Jeanine Áñez" names two."""
    words = name.split()
    if _last_word(before) in _PREPOSITIONS:
        if len(words) == 1 or not is_place(words[0], language):
            return frozenset()
        del words[0]
    return _words(" ".join(words))


def _last_word(text: str) -> str:
    return next(iter(_WORD.findall(text)[-1:]), "").lower()


def _words(name: str) -> frozenset[str]:
    words = (word for word in _WORD.findall(name) if word[0].isupper() and len(word) > 2)
    return frozenset(fold_name(word) for word in words if not is_opening(word))


def is_turned(claim: str, source: str) -> bool:
    """Whether `claim` compares the same two as `source` the other way round."""
    one, other = _COMPARED.search(claim), _COMPARED.search(source)
    if not one or not other:
        return False
    left, right = _sides(claim, one)
    first, second = _sides(source, other)
    straight = len(left & first) + len(right & second)
    return len(left & second) + len(right & first) > straight


def _sides(text: str, compared: re.Match[str]) -> tuple[set[str], set[str]]:
    """The words before a comparison and behind it, as `cognates` gives them."""
    before = re.split(r"[,;.]\s", text[: compared.start()])[-1]
    behind = re.split(r"[,;.”\"]", text[compared.end() :])[0]
    return set(cognates(before)), set(cognates(behind))
