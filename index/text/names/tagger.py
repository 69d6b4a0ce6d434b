"""Names told by their capitals, by lists and by the words beside them, in eight languages."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from hemeroteca.index.text.names.places import places
from hemeroteca.index.text.terms import fold

Kind = Literal["person", "place", "organisation"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[-'’·](?=[^\W\d_]))*")
_NEW_SENTENCE = re.compile(r"[.!?…:;\n¿¡\"“”«»‘(\[—–•|]\s*$|^\s*$|[-*]\s$")
_ELIDED = re.compile(
    r"^(?:[dlDL]|[dD]ell|[dD]all|[nN]ell|[aA]ll|[sS]ull|[qQ]u|[sSnNcCjJmM])['’](?=\w)"
)
_TITLED = 0.9  # of the longer words of a line: beyond it capitals tell nothing
_LONGER = 4
_FEWEST_WORDS = 4
_GERMAN_ARTICLES = (
    *("der", "die", "das", "des", "dem", "den", "ein", "eine", "einer", "einem", "einen", "eines"),
    *("dieser", "keine", "sein", "seine", "ihr", "ihre"),
)
_PARTICLES = ("de", "degli", "del", "della", "dello", "di", "da", "dos", "van", "von", "la", "le")
_MOST_WORDS = 4  # of a person's name, its small words aside
_MORE_BEFORE = re.compile(r"(?:&|\bamp|\band)\s$")
_MORE_BEHIND = re.compile(
    r"\s?&|\.\w|(?:,\s[^\W\d_a-zß-ÿ][\w-]+)+,?\s(?:y|e|i|et|ed|and|und)\s[^\W\d_a-zß-ÿ]"
)
_WORDS_BEFORE = 100  # characters
_BASED = "-based"


@dataclass(frozen=True, order=True)
class Name:
    """A name and what has it."""

    kind: Kind
    text: str

    @property
    def key(self) -> str:
        """What its spellings have in common: accents and capitals aside."""
        return key_of(self.text)


def key_of(name: str) -> str:
    """The name, its accents and capitals aside."""
    return " ".join(fold(name).lower().replace("’", "'").split())


def names(text: str, language: str) -> list[Name]:
    """What `text` names, each once, in the order of first appearance; of a person the fullest of
    the names by which it goes."""
    cues = _cues().get(language)
    if cues is None:
        return []
    found: Counter[Name] = Counter()
    for line in re.finditer(r"[^\n]+", text):
        if not _in_title_case(line.group(), cues):
            found.update(_of_line(line.group(), cues, language))
    return _joined(found)


@dataclass(frozen=True)
class _Cues:
    """What tells names in a language: cues.toml."""

    small: frozenset[str]
    joined: frozenset[str]
    linked: frozenset[str]
    both: frozenset[str]
    places: frozenset[str]
    not_given: frozenset[str]
    titles: frozenset[str]
    organisations: frozenset[str]
    not_persons: frozenset[str]
    place_before: re.Pattern[str]
    last: bool


@cache
def _cues() -> dict[str, _Cues]:
    said = tomllib.loads((files(__package__) / "cues.toml").read_text("utf-8"))
    return {language: _read(each) for language, each in said.items()}


def _read(said: dict[str, Any]) -> _Cues:
    def words(name: str) -> frozenset[str]:
        return frozenset(said.get(name, "").split())

    return _Cues(
        small=words("small"),
        joined=words("joined"),
        linked=words("linked"),
        both=words("both"),
        places=frozenset(said.get("places", ())),
        not_given=words("not_given"),
        titles=words("titles"),
        organisations=words("organisations"),
        not_persons=words("not_persons"),
        place_before=re.compile(rf"(?:^|[\s(«“\"'])(?:{said['place_before']})\s*$", re.IGNORECASE),
        last=said.get("last", False),
    )


def is_given_name(word: str) -> bool:
    """Whether `word` is a given name in Latin letters, and no word of a language as well."""
    return fold(word).lower() in _given()


@cache
def _given() -> frozenset[str]:
    lines = (files(__package__) / "given.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def small(self) -> str:
        return self.text.lower()


def _in_title_case(line: str, cues: _Cues) -> bool:
    """Whether most words of `line` have a capital, whatever they are."""
    words = [
        word
        for word in line.split()
        if len(word) >= _LONGER and word[0].isalpha() and word not in cues.small
    ]
    return len(words) >= _FEWEST_WORDS and sum(w[0].isupper() for w in words) > _TITLED * len(words)


def _of_line(line: str, cues: _Cues, language: str) -> Iterator[Name]:
    tokens = list(_tokens(line, language))
    at = 0
    while at < len(tokens):
        if not tokens[at].is_capital:
            at += 1
            continue
        end = _run(line, tokens, at, cues)
        yield from _of_run(line, tokens, at, end, cues, language)
        at = end


def _tokens(line: str, language: str) -> Iterator[_Token]:
    for found in _WORD.finditer(line):
        word, start = found.group(), found.start()
        if elided := _ELIDED.match(word):
            start += elided.end()
            word = word[elided.end() :]
        end = found.end()
        if language == "en" and word.endswith(("'s", "’s")):
            word, end = word[:-2], end - 2
        yield _Token(word, start, end)


def _run(line: str, tokens: Sequence[_Token], at: int, cues: _Cues) -> int:
    """Where the words with a capital end that begin at `at`, small words between them included."""
    end = at + 1
    while end < len(tokens):
        step = end
        while step < len(tokens) and step < end + 3 and _adjoins(line, tokens, step):
            token = tokens[step]
            if token.is_capital:
                break
            if token.small not in cues.linked | cues.joined | cues.both:
                return end
            step += 1
        else:
            return end
        end = step + 1
    return end


def _adjoins(line: str, tokens: Sequence[_Token], at: int) -> bool:
    """Whether only a blank is before the word, or the stop of an initial."""
    before = line[tokens[at - 1].end : tokens[at].start]
    if re.fullmatch(r"\s{1,3}|['’]|\s?[dlDL]['’]", before):
        return True
    return len(tokens[at - 1].text) == 1 and re.fullmatch(r"\.\s?", before) is not None


def _of_run(
    line: str, tokens: Sequence[_Token], at: int, end: int, cues: _Cues, language: str
) -> Iterator[Name]:
    begins = _ends_with(_NEW_SENTENCE, line, tokens[at].start)
    run = list(tokens[at:end])
    if begins:
        while run and (run[0].small in cues.small or not run[0].is_capital):
            run = run[1:]
    if not run:
        return
    if all(token.text.isupper() and len(token.text) > 1 for token in run):
        return  # acronyms, and texts in capitals
    organisation = _organisation(run, cues, begins and run[0] is tokens[at])
    if organisation and not _is_piece(line, organisation):
        said = _said(line, organisation)
        yield Name("place" if said in cues.places else "organisation", said)
        run = [token for token in run if token.start > organisation[-1].end]
    for part in _parts(run, cues):
        first = tokens.index(part[0], at)
        if (place := _place(line, part, cues, language)) is not None:
            yield place
        elif (person := _person(line, part, tokens, first, cues, language)) is not None:
            yield person


def _is_piece(line: str, run: Sequence[_Token]) -> bool:
    """Whether more of a name stands beside it: Ministerio de Ciencia, Tecnología e Innovación."""
    more = _MORE_BEHIND.match(line, run[-1].end)
    return more is not None or _ends_with(_MORE_BEFORE, line, run[0].start)


def _ends_with(pattern: re.Pattern[str], line: str, end: int) -> bool:
    """Whether what `line` has before `end` ends with `pattern`, a few words at the most: looked for
    from the beginning of a long line for each name, it takes as long as that squared."""
    return pattern.search(line, max(0, end - _WORDS_BEFORE), end) is not None


def _parts(run: Sequence[_Token], cues: _Cues) -> Iterator[list[_Token]]:
    """`run`, parted at "and": two names stand there."""
    part: list[_Token] = []
    for token in run:
        if token.is_capital or token.small not in cues.both:
            part.append(token)
            continue
        if part:
            yield part
        part = []
    if part and part[0].is_capital:
        yield part


def _said(line: str, run: Sequence[_Token]) -> str:
    return " ".join(line[run[0].start : run[-1].end].split())


def _organisation(run: Sequence[_Token], cues: _Cues, begins: bool) -> Sequence[_Token]:
    """The part of `run` that is an organisation's name; empty if none is."""
    capitals = [token for token in run if token.is_capital]
    if len(capitals) < 2:
        return ()
    if not cues.last:
        for n, token in enumerate(run):
            if token.is_capital and token.small in cues.organisations:
                rest = run[n:]
                if (n and run[n - 1].is_capital) or sum(t.is_capital for t in rest) < 2:
                    return ()  # within another name
                after = rest[1]
                if after.is_capital and key_of(after.text) in _given():  # "el Ejército Juan Pérez"
                    return rest if token.small in cues.not_persons else ()
                if n == 0 and begins and not after.is_capital:  # "Parti de Lyon, …"
                    return ()
                return _of_one(rest, cues)
        return ()
    if run[0].small.endswith(_BASED):
        run = run[1:]
    small = [token.small for token in run]
    if run[-1].small in cues.organisations and run[0].small not in cues.organisations:
        return run if "and" not in small and "for" not in small else ()
    if run[0].small in cues.organisations and len(run) > 2 and small[1] in ("of", "for"):
        return run if "and" not in small else ()
    return ()


def _of_one(run: Sequence[_Token], cues: _Cues) -> Sequence[_Token]:
    """The beginning of `run` that is of one organisation: Ministerio de Salud y Protección Social,
    but two in "Universidad de Chile y Universidad de Talca"; nothing of "Gobierno de Felipe
    González"."""
    for n, token in enumerate(run[:-1]):
        after = run[n + 1]
        if n and token.small in cues.both:
            if not after.is_capital:
                return run[:n] if sum(each.is_capital for each in run[:n]) > 1 else ()
            persons = key_of(after.text) in _given() or after.small in cues.organisations
            if persons or after.text.isupper():
                return run[:n] if sum(each.is_capital for each in run[:n]) > 1 else ()
        if not token.is_capital and n == 1 and key_of(after.text) in _given():
            return run if run[0].small in cues.not_persons else ()
    return run


def _place(line: str, run: Sequence[_Token], cues: _Cues, language: str) -> Name | None:
    said = _said(line, run).replace("’", "'")
    known = places(language) | cues.places
    if said in known and (len(run) > 1 or key_of(said) not in _given()):
        return Name("place", said)
    if not _ends_with(cues.place_before, line, run[0].start):
        return None
    if said in known:
        return Name("place", said)
    return None


def _person(
    line: str,
    run: Sequence[_Token],
    tokens: Sequence[_Token],
    at: int,
    cues: _Cues,
    language: str,
) -> Name | None:
    words = list(run)
    titled = (
        at > 0 and tokens[at - 1].small.rstrip(".") in cues.titles and not tokens[at - 1].is_capital
    )
    while len(words) > 1 and words[0].small.strip("-") in cues.titles:
        words, titled = words[1:], True
    if _is_of_thing(words, cues):
        return None
    if at and _leads_to_thing(tokens, at, cues):
        return None
    if language == "de" and at and not titled and tokens[at - 1].small in _GERMAN_ARTICLES:
        return None  # a noun, which has a capital as well
    words = _cut(words, cues, language)
    if language == "de":
        words = _to_surname(words)
    capitals = [token for token in words if token.is_capital]
    if not 2 <= len(capitals) <= _MOST_WORDS or not words[0].is_capital:
        return None
    if any(_is_no_name(token) for token in capitals) or len(capitals[-1].text) == 1:
        return None
    if any(_said(line, [token]) in places(language) for token in capitals[:1]):
        return None
    if _said(line, words) in places(language):
        return None
    if capitals[0].small in cues.not_given:
        return None
    given = [key_of(token.text) in _given() for token in capitals]
    parted = key_of(capitals[0].text).split("-")[0] in _given()
    if not (given[0] or parted or titled):
        return None
    if len(words) == 2 and all(given) and not titled and language not in ("en", "de"):
        return None  # two given names, perhaps
    return Name("person", _said(line, words))


def _is_of_thing(words: Sequence[_Token], cues: _Cues) -> bool:
    """Whether a street, a prize and so on is called so: Hospital Juan Pérez, Juan Perez Hospital. A
    surname may be such a word: Pedro Castillo."""
    english = _cues()["en"]
    said = words if cues.last else words[:1]
    return words[-1].small in english.not_persons | english.organisations or any(
        token.small in cues.not_persons | cues.organisations for token in said
    )


def _to_surname(words: Sequence[_Token]) -> list[_Token]:
    """The words to the first with a capital that is no given name: what is behind it is a noun."""
    for n, token in enumerate(words):
        if n and token.is_capital and key_of(token.text) not in _given():
            return list(words[: n + 1])
    return list(words)


def _is_no_name(token: _Token) -> bool:
    """Whether it is an acronym, or has a digit. A king has a number."""
    if token.text.isupper() and len(token.text) > 2:
        return re.fullmatch("[IVX]+", token.text) is None
    return any(map(str.isdigit, token.text))


def _leads_to_thing(tokens: Sequence[_Token], at: int, cues: _Cues) -> bool:
    """Whether a word for a street, a prize and so on leads to the name."""
    for back in range(1, 4):
        if at - back < 0:
            return False
        word = tokens[at - back]
        if word.small in cues.not_persons:
            return True
        if word.small not in cues.linked:
            return False
    return False


def _cut(words: Sequence[_Token], cues: _Cues, language: str) -> list[_Token]:
    """The words of a person's name, without what is linked to it behind: Juan de la Cruz, but no
    "Juan Pérez de Sevilla"."""
    kept: list[_Token] = []
    surnames = 0
    for n, token in enumerate(words):
        if token.is_capital:
            surnames += key_of(token.text) not in _given() or bool(n and len(kept) > 1)
        elif token.small not in cues.joined:
            follows = words[n + 1].text if n + 1 < len(words) else ""
            goes_on = language == "pt" and follows not in places(language)
            if token.small not in cues.linked or (surnames and not goes_on):
                break
        kept.append(token)
    while kept and (not kept[-1].is_capital or kept[-1].small in _PARTICLES):
        kept.pop()
    return kept if len(kept) < 2 or len(kept) == len(words) or _is_done(words[len(kept)]) else []


def _is_done(token: _Token) -> bool:
    """Whether a name ends before the word: not before a particle with a capital, as in "Christian
    De Lorenzi"."""
    return not (token.is_capital and token.small in _PARTICLES)


def _joined(found: Counter[Name]) -> list[Name]:
    """The names, each person by one of them: that which holds the others' words, in their order."""
    persons = [name for name in found if name.kind == "person"]
    words = {name: key_of(name.text).split() for name in persons}
    fuller: dict[Name, Name] = {}
    for name in persons:
        holding = [
            other
            for other in persons
            if len(words[other]) > len(words[name]) and _in_order(words[name], words[other])
        ]
        if len(holding) == 1:
            fuller[name] = holding[0]
    kept: dict[str, Name] = {}
    for name in found:
        while name in fuller:
            name = fuller[name]
        kept.setdefault(f"{name.kind} {name.key}", name)
    return list(kept.values())


def _in_order(some: Sequence[str], every: Sequence[str]) -> bool:
    rest = iter(every)
    return some[0] == every[0] and all(word in rest for word in some)
