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
    r"after|before|when|cuando|después|tras|nachdem|bevor|als|quand|quando|dopo|depois|qui"
    r"|dass|che|ma|mais|mas|aber)\s"
)
# "El alemán Jonas Wirth".
_TITLED = re.compile(
    rf"(?:El|La|The|Le|L['’]|Il|O|A|Der|Die|Els?)\s*(?:(?!{'|'.join(sorted(_PREPOSITIONS))}\b"
    rf"|y\b|and\b|que\b)"
    rf"[a-zß-ÿ-]+\s+){{1,3}}({_NAME.pattern})"
)
# Who beats whom.
_BEATS = (
    r"venci\w+|vence\w*|derrot(?:ó|a|an|aron|ado)|gan(?:ó|a|aron|ado)|bat(?:ió|e|ieron)"
    r"|elimin(?:ó|a|aron|ado)|super(?:ó|a|an|aron|ado)"
    r"|se impus(?:o|ieron)|se impone|aventaj\w+|beats?|beaten|defeat(?:ed|s)?|overtook"
    r"|outpolled|outscored|eliminated|knocked out"
    r"|(?:a )?battu|élimin(?:é|e|a)|(?:a )?vaincu|dépass(?:é|e)|devanc(?:é|e)|besieg\w+"
    r"|schlug|schlägt|bezwang"
    r"|(?:ha )?battuto|(?:ha )?sconfitto|sconfisse|superato|venceu|bateu|ganhou|gañou"
    r"|derrotou|superou|eliminou|va guanyar|va vèncer|va derrotar"
)
_LOSES = (
    r"perdi(?:ó|eron)|perdido|pierden?|cay(?:ó|eron)|cae|lost|loses?|fell|perdu|perd"
    r"|s['’]est inclinée?|verlor|unterlag|perso|perse"
    r"|perdeu|va perdre|va caure"
)
_AGAINST_WORDS = (
    r"a|al|ante|contra|con|frente a|sobre|to|against|face à|devant|contre|gegen|contro|à|ao"
    r"|aos|fronte a|davant|para"
)
_PASSIVELY = (
    r"(?:fue|fueron|ha sido|was|were|has been|a été|è stat[oa]|è stata|foi|wurde|va ser|has lost)"
)
_LOSER = rf"\s(?:{_AGAINST_WORDS})\s(?:[a-zß-ÿ]+\s){{0,3}}({_NAME.pattern})"
_BY = r"\s(?:por|by|par|von|da|dal|dalla|pelo|pola|polo|pela|per)\s(?:[a-zß-ÿ]+\s){0,3}"
_THAN = r"\s(?:que|than|als|di|do que|qu['’])\s(?:[a-zß-ÿ]+\s){0,4}"
_MORE, _LESS = "más|more|plus|mehr|più|mais|més|máis", "menos|less|fewer|moins|weniger|meno|menys"
# What ends in the name of who loses, or, where it is turned, of who wins.
_BEATEN = [
    (re.compile(pattern), turned)
    for pattern, turned in (
        (
            rf"\b(?<!sido )(?:{_BEATS})\b(?:\s[^\W\d_A-Z]\w*|\s\d\S*){{0,6}}?"
            rf"\s(?:(?:{_AGAINST_WORDS})\s)?(?:[a-zß-ÿ]+\s){{0,3}}({_NAME.pattern})",
            False,
        ),
        (rf"\b(?:{_LOSES})\b[^.,;]{{0,50}}?{_LOSER}", True),
        (rf"\b{_PASSIVELY}\s(?:{_BEATS})\b[^.,;]{{0,50}}?{_BY}({_NAME.pattern})", True),
        (rf"\b(?:{_MORE})\b[^.,;]{{0,30}}?{_THAN}({_NAME.pattern})", False),
        (rf"\b(?:{_LESS})\b[^.,;]{{0,30}}?{_THAN}({_NAME.pattern})", True),
    )
]
_IS = r"(?:is|was|es|era|fue|est|était|ist|war|è|fu|é|foi)"
_OF = r"(?:of|de|del|von|du|di|do|da|des|des|della)"
_OWNER = re.compile(
    rf"\s+{_IS}\s+(?:(?:the\s+)?({_NAME.pattern})['’]s?\s"
    rf"|(?:\w+\s+){{1,4}}?{_OF}\s+(?:[a-z]\w*\s+){{0,2}}"
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
_NEAR = 12  # words behind a verb among which its subject stands
_PERFECT_WORDS = "ha han has have had había habían"
_PASSIVE_WORDS = "fue fueron was were been sido été foi foram wurde"
_POSSESSIVE_WORDS = "su sus his her their son sa leur sein seine ihr ihre seu sua suo"
_POSSESSIVES = frozenset(_POSSESSIVE_WORDS.split())
_PASSIVE = frozenset(_PASSIVE_WORDS.split())
_PERFECT = frozenset(_PERFECT_WORDS.split())


def is_swapped(claim: str, language: str, sources: Sequence[tuple[str, str]]) -> bool:
    """Whether `claim` in `language` (ISO 639-1) begins with a name and a verb, and `sources`, texts
    with their languages, have that verb, or one that says the same, behind another name and not
    behind this."""
    if _is_beaten_by(claim, [text for text, _ in sources]):
        return True
    begun = _NAME.match(claim) or _TITLED.match(claim)
    name = begun[1] if begun and begun.re is _TITLED else begun and begun[0]
    if not begun or not (own := _words(name or "")):
        return False
    if any(_is_owned(own, claim[begun.end() :], text) for text, _ in sources):
        return True
    words = _WORD.findall(_APART.sub(" ", claim[begun.end() :]))
    words = words[bool(words) and words[0].lower() in _PERFECT :]
    passive = bool(words) and words[0].lower() in _PASSIVE
    verb = next(iter(words[passive:]), "")
    known = any(own & _words(text) for text, _ in sources)
    if len(verb) < 4 or not verb.islower() or not known:
        return False
    told = [
        subject
        for text, of in sources
        for subject in _subjects(text, of, _Verb(verb, language, passive))
        if subject.names
    ]
    if "say" in _said_by(verb, language) and not any(t.surely and own & t.names for t in told):
        # Several speak: who says the most of what is said here.
        said = frozenset(cognates(claim[begun.end() :]))
        most = max((len(said & each.about) for each in told), default=0)
        told = [each for each in told if len(said & each.about) == most]
    return bool(told) and not any(own & each.names for each in told)


def _is_beaten_by(claim: str, sources: Sequence[str]) -> bool:
    """Whether `claim` has that win who loses in one of `sources`."""
    return any(
        first & lost and second & won and not (first & won or second & lost)
        for first, second in _beaten(claim)
        for source in sources
        for won, lost in _beaten(source)
    )


def _beaten(text: str) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The words of the names of who wins and who loses."""
    for pattern, turned in reversed(_BEATEN):
        for match in pattern.finditer(text):
            passive = pattern is _BEATEN[0][0] and re.search(
                rf"{_PASSIVELY}\s$", text[: match.start()]
            )
            before = text[: match.start()]
            clause = re.split(r"[;:.]\s", before)[-1]
            own = _subject(before, "es") or frozenset().union(*map(_words, _NAME.findall(clause)))
            other = _words(match[1])
            if own and other and not passive:
                yield (other, own) if turned else (own, other)


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


@dataclass(frozen=True)
class _Subject:
    """The words of the names of who does something, what it is `about`, as `cognates`, and whether
    the verb says more than that something is said."""

    names: frozenset[str]
    about: frozenset[str]
    surely: bool = True


def _subjects(text: str, language: str, verb: _Verb) -> Iterator[_Subject]:
    """Whom `text` has before the verbs that say what `verb` does."""
    said = _said_by(verb.word, verb.language)
    for match in _WORD.finditer(text):
        word, before = match[0], text[: match.start()]
        deed = verb.passive and _last_word(before) in _POSSESSIVES
        if deed and said & _said_by(word, language):
            yield _Subject(
                _subject(before, language), frozenset()
            )  # "Áñez called her arrest illegal"
        if not word.islower() or (_last_word(before) in _PASSIVE) != verb.passive:
            continue
        same = _is_same(word, language, verb)
        if same or said & _said_by(word, language):
            inverted = (
                "say" in said
                and before.rstrip().endswith(_QUOTED)
                and not _IN_APPOSITION.search(before)
            )
            behind = _behind(text[match.end() :], language) if inverted else frozenset()
            noun = frozenset() if behind else _noun(before, text)
            about = before if inverted else text[match.end() :]
            names = behind or noun or _subject(before, language)
            surely = same or bool(said & _said_by(word, language) - {"say"})
            yield _Subject(names, frozenset(cognates(about)), surely)


def _is_same(word: str, language: str, verb: _Verb) -> bool:
    """Whether a word is the same verb by its stem, or in another language by how it begins:
    "telephoned", "telefoneó"."""
    if language == verb.language:
        return terms(word, language) == terms(verb.word, language)
    return len(word) > _HEAD and cognates(word) == cognates(verb.word)


def _behind(text: str, language: str) -> frozenset[str]:
    """The words of the name that follows a verb of saying: "said the mayor, Ann Moss"."""
    near = " ".join(re.split(r"[.;]\s", text)[0].split()[:_NEAR])
    found = (_free(near[: name.start()], name[0], language) for name in _NAME.finditer(near))
    return next(filter(None, found), frozenset())


@lru_cache(maxsize=4096)
def _said_by(word: str, language: str) -> frozenset[str]:
    """What a word says, by the names that all languages have for it."""
    speaks = known_of(language).says
    saying = {"say"} if speaks and re.fullmatch(speaks, word, re.IGNORECASE) else set()
    return of_words(word, language).get(word, frozenset()) | saying


def _subject(before: str, language: str) -> frozenset[str]:
    """The words of the names that may be the subject of a verb behind `before`."""
    if named := _IN_APPOSITION.search(before):
        return _words(named[1])
    plain = _TITLE.sub(" ", _APART.sub(" ", before))
    parts = [part for clause in _CLAUSE.split(plain) for part in clause.split(", ")]
    for clause in reversed(parts):
        free = [_free(clause[: m.start()], m[0], language) for m in _NAME.finditer(clause)]
        if any(free):
            return frozenset().union(*free)
    return frozenset()


# "Her husband, the painter Bieito Lago, died", "the mother of the victim, Carmen Insua, asked".
_IN_APPOSITION = re.compile(
    rf"(?:^|[;:.,]\s|\s(?:y|e|and|et|und|mientras|while|pero|but)\s)(?:[Ss]us?|[Hh]is|[Hh]er|[Tt]heir|[Ss]on"
    rf"|[Ss]a|[Ss]ein\w*|[Ii]hr\w*|[Ss]ua|[Ss]uo|[Ss]eu|[Ss]eva|[Ss]úa|[EeLl][la]|[Tt]he|[Ll]e|[Dd]er|[Dd]ie"
    rf"|[Ii]l|[OoAa]s?)\s[a-zß-ÿ]+(?:\s[\w’'-]+){{0,8}},\s(?:[a-zß-ÿ]+\s){{0,3}}({_NAME.pattern}),\s*$"
)
_OF_NOUN = re.compile(
    r"^\W*(?:el|la|los|las|un|una|the|a|an|le|l['’]|les|une?|der|die|das|il|lo|o|os|as"
    r"|els)\s+([a-zß-ÿ]{4,})\b",
    re.IGNORECASE,
)
_NOUN_NEAR = 40  # letters between a noun and the name that it is said of


def _noun(before: str, text: str) -> frozenset[str]:
    """The subject of the clause at the end of `before` if that is a noun without a name, with the
    names that stand near it in `text`: "the union, which Ann Moss leads"."""
    clause = _CLAUSE.split(_TITLE.sub(" ", _APART.sub(" ", before)))[-1]
    noun = _OF_NOUN.match(clause)
    if not noun or _NAME.search(clause):
        return frozenset()
    near = [
        text[max(0, m.start() - _NOUN_NEAR) : m.end() + _NOUN_NEAR]
        for m in re.finditer(rf"\b{re.escape(noun[1])}\b", text)
    ]
    return _words(" ".join(near)) | {fold_name(noun[1])}


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
    if (own := _caused(claim)) and (told := _caused(source)):
        (left, right), (first, second) = own, told
        if left & second and right & first and not (left & first or right & second):
            return True
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


_BY_CAUSE = (
    r"a causa del?|debid[oa]s? al?|por culpa del?|a raíz del?|a consecuencia del?"
    r"|como consecuencia del?|gracias al?|porque|ya que|puesto que"
    r"|because(?: of)?|due to|owing to|as a result of|thanks to|à cause d[eu]s?"
    r"|en raison d[eu]s?|parce que|grâce (?:à|aux?)|wegen|weil|aufgrund"
    r"|a causa d[ei]\w*|perché|per via d[ei]\w*|por causa d[aeo]s?|devido [aà]o?s?"
    r"|per culpa d[ei]\w*"
)
_TO_EFFECT = (
    r"provoc(?:ó|a|an|aron|ado|ada|aba)|caus(?:ó|a|an|aron|ado|ada)|origin(?:ó|a|aron|ado)"
    r"|oblig(?:ó|a|aron|ado|an) a|llev(?:ó|a|aron) a|desencaden\w+|motiv(?:ó|a|aron|ado)"
    r"|caus(?:ed|es|ing)|led to|leads to|triggered|forced|prompted|provoqu\w+|causé"
    r"|entraîn\w+|verursach\w+|provocat\w+|causat\w+|provocou|causou"
)
_AT_FIRST = re.compile(
    rf"^\W*(?:{_BY_CAUSE})\s(.+?),\s(?!que\b|which\b|who\b|qui\b)(.+)$", re.IGNORECASE
)
_THEN = re.compile(rf"^(.+?)\s(?:{_BY_CAUSE})\s(.+)$", re.IGNORECASE)
_FORTH = re.compile(
    rf"^(.+?)\s(?:ha |han |había |has |have |had |a |hat )?(?:{_TO_EFFECT})\s(.+)$", re.IGNORECASE
)


def _caused(text: str) -> tuple[set[str], set[str]] | None:
    """The words of a cause and of what came of it, without what stands in both and names; None if
    none is told."""
    for pattern, first in ((_AT_FIRST, True), (_THEN, False), (_FORTH, True)):
        if match := pattern.match(text):
            sides = [
                set(cognates(" ".join(re.findall(r"\b[a-zà-ÿ]\w+", side))))
                for side in match.groups()
            ]
            cause, effect = sides if first else sides[::-1]
            return cause - effect, effect - cause
    return None
