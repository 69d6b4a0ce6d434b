"""The grammar of searches, as people know it from other archives:

    any    = all ("OR" all)*
    all    = one ("AND"? one)*
    one    = ("NOT" | "-" | "+")* (field ":")? ("(" any ")" | phrase | word)
    phrase = '"' words "*"? '"' ("~" gaps)?
    word   = letters, with a * in place of some, or with "~" for slips of the hand

tantivy's own parser fails at O'Donnell, 12:30 and "Madrid: reunión", which are words here."""

import re
from dataclasses import dataclass

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.search.days import parse_days
from hemeroteca.index.search.query import (
    All,
    Any,
    Language,
    Near,
    Node,
    Not,
    Part,
    Pattern,
    Phrase,
    Query,
    Recognised,
    Word,
)
from hemeroteca.index.text.names import KINDS
from hemeroteca.index.text.terms import WRITTEN, terms

MOST_CHARACTERS = 2_000
_DEEPEST = 20  # parentheses in one another
_MOST_WORDS = 200
_MOST_GAPS = 50
_MOST_SLIPS = 2  # letters; beyond them every word is like every other
_SHORTEST = 2  # letters that stand for certain in a word with a *
_FIELDS: dict[str, Part | None] = {
    **dict.fromkeys(("title", "headline", "título", "titulo", "titular"), "title"),
    **dict.fromkeys(("paper", "source", "diario", "periódico", "periodico", "medio"), "paper"),
    **dict.fromkeys(("author", "by", "autor", "autora"), "author"),
    **dict.fromkeys(("section", "sección", "seccion"), "section"),
    **dict.fromkeys(("text", "texto"), "text"),
    **dict.fromkeys(("person", "persona", "people"), "person"),
    **dict.fromkeys(("place", "lugar"), "place"),
    **dict.fromkeys(
        ("organisation", "organization", "organización", "organizacion"), "organisation"
    ),
}
_DATE, _LANGUAGE = ("date", "day", "fecha", "día", "dia"), ("language", "lang", "idioma", "lengua")
_SCAN = ("ocr", "scan", "escaneo")
_ALL_FIELDS = frozenset((*_FIELDS, *_DATE, *_LANGUAGE, *_SCAN))
_BARE_FIELDS = frozenset(f"{name}:" for name in _ALL_FIELDS)
_KNOWN = "title, paper, author, section, person, place, organisation, date, language, ocr"
_QUOTES = {'"': '"', "“": '”"', "„": '“”"', "«": "»", "”": '”"'}
_TOKEN = re.compile(
    r"""(?P<blank>\s+)
    | (?P<open>\() | (?P<close>\))
    | (?P<quote>["“„«”])
    | (?P<sign>[-+](?=[^\s()]|\())
    | (?P<field>[^\W\d_]+):(?=[^\s)])
    | (?P<word>[^\s()"“„«”]+)""",
    re.VERBOSE,
)
_SLIPS = re.compile(r"~(\d*)$")
_SURE = re.compile(r"(\d{1,3})\.\.(\d{1,3})|(>=|<=|>|<)(\d{1,3})", re.ASCII)
_GAPS = re.compile(r"~(\d+)")


class SearchError(HemerotecaError):
    """A search cannot be understood."""


def parse(text: str) -> Query:
    """What `text` searches for; every article if it is blank. Raises SearchError, saying what is
    wrong and how it is written."""
    if len(text) > MOST_CHARACTERS:
        raise SearchError(
            "The search has {found:,} characters; at most {most:,} are searched: shorten it.",
            found=len(text),
            most=MOST_CHARACTERS,
        )
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise SearchError("The search holds bytes that are no text: type it as UTF-8.")
    return _Parser(text).parse()


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


class _Parser:
    """Reads a search from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._notes: list[Message] = []
        self._words = 0
        self._tokens = [*self._read(), _Token("end", "")]
        self._at = 0

    def parse(self) -> Query:
        if not self._text.strip():
            return Query("")
        root = self._any("text", 0)
        if self._next.kind == "close":
            raise SearchError("A parenthesis is closed that was not opened: take the ) away.")
        if root is None:
            raise SearchError("The search has no words: write what the articles should hold.")
        return Query(self._text.strip(), root, tuple(self._notes))

    def _read(self) -> list[_Token]:
        tokens, at = [], 0
        while at < len(self._text):
            found = _TOKEN.match(self._text, at)
            assert found is not None  # a word takes whatever is left
            kind, at = str(found.lastgroup), found.end()
            if kind == "quote":
                token, at = self._quoted(found.group(), at)
                tokens.append(token)
            elif kind == "field":
                tokens += self._fielded(found.group("field"))
            elif kind == "word" and found.group() in _BARE_FIELDS:
                self._notes.append(_without_value(found.group()))
                tokens.append(_Token(kind, found.group()))
            elif kind == "word" and found.group() in ("AND", "OR", "NOT"):
                tokens.append(_Token(found.group(), found.group()))
            elif kind == "sign" and tokens and not self._stands_apart(found.start()):
                tokens.append(_Token("word", found.group()))  # no words of its own: "a (-" alone
            elif kind != "blank":
                tokens.append(_Token(kind, found.group()))
        return tokens

    def _stands_apart(self, at: int) -> bool:
        return at == 0 or self._text[at - 1].isspace() or self._text[at - 1] in "(:"

    def _quoted(self, quote: str, at: int) -> tuple[_Token, int]:
        ends = (self._text.find(end, at) for end in _QUOTES[quote])
        end = min((end for end in ends if end >= 0), default=-1)
        if end < 0:
            raise SearchError(
                "The quotation mark before {words!r} is not closed: close it, or leave it out.",
                words=self._text[at : at + 30],
            )
        gaps = _GAPS.match(self._text, end + 1)
        words = self._text[at:end]
        if gaps is None:
            return _Token("phrase", words), end + 1
        if int(gaps[1]) > _MOST_GAPS:
            raise SearchError(
                "~{gaps} behind a phrase: at most {most} words may stand between its own.",
                gaps=gaps[1][:20],
                most=_MOST_GAPS,
            )
        return _Token(f"phrase~{int(gaps[1])}", words), gaps.end()

    def _fielded(self, name: str) -> list[_Token]:
        """A word before a colon: a field, or the first of some words."""
        if name.lower() in _ALL_FIELDS:
            return [_Token("field", name.lower())]
        if name.islower() and name.isascii() and name not in ("http", "https"):
            self._notes.append(
                Message(
                    "“{name}:” is no field and was searched as a word; the fields are {known}.",
                    name=name[:30],
                    known=_KNOWN,
                )
            )
        return [_Token("word", f"{name}:")]

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._next
        self._at += 1
        return token

    def _any(self, part: Part, depth: int) -> Node | None:
        found = [self._all(part, depth)]
        while self._next.kind == "OR":
            self._between(found[-1], self._take())
            found.append(self._all(part, depth))
            self._between(found[-1], _Token("OR", "OR"))
        nodes = [node for node in found if node is not None]
        return nodes[0] if len(nodes) == 1 else Any(tuple(nodes)) if nodes else None

    def _all(self, part: Part, depth: int) -> Node | None:
        found: list[Node] = []
        while self._next.kind not in ("OR", "close", "end"):
            if self._next.kind == "AND":
                self._between(found[-1] if found else None, self._take())
                if self._next.kind in ("AND", "OR", "close", "end"):
                    self._between(None, _Token("AND", "AND"))
                continue
            node = self._one(part, depth)
            if node is not None:
                found.append(node)
        return found[0] if len(found) == 1 else All(tuple(found)) if found else None

    def _between(self, node: Node | None, operator: _Token) -> None:
        if node is None:
            raise SearchError(
                "{operator} stands between two words: write one on each side, or put it into "
                "quotation marks.",
                operator=operator.text,
            )

    def _one(self, part: Part, depth: int) -> Node | None:
        forbidden = False
        negated = ""
        while self._next.kind in ("NOT", "sign"):
            token = self._take()
            negated = token.text
            forbidden ^= token.text in ("NOT", "-")
        if negated == "NOT" and self._next.kind in ("AND", "OR", "close", "end"):
            raise SearchError("NOT stands before a word: write the word that you do not want.")
        node = self._primary(part, depth)
        return Not(node) if node is not None and forbidden else node

    def _primary(self, part: Part, depth: int) -> Node | None:
        token = self._take()
        if token.kind == "field":
            return self._field(token.text, depth)
        if token.kind == "open":
            return self._group(part, depth + 1)
        self._words += 1
        if self._words > _MOST_WORDS:
            raise SearchError(
                "The search has more than {most} words: leave out the less telling ones.",
                most=_MOST_WORDS,
            )
        if token.kind.startswith("phrase"):
            _, _, gaps = token.kind.partition("~")
            return self._phrase(token.text, part, int(gaps or 0))
        return self._word(token.text, part)

    def _group(self, part: Part, depth: int) -> Node | None:
        if depth > _DEEPEST:
            raise SearchError(
                "Parentheses stand in one another more than {most} deep: write it simpler.",
                most=_DEEPEST,
            )
        found = self._any(part, depth)
        if self._next.kind != "close":
            raise SearchError("A parenthesis is not closed: write a ) where it ends.")
        self._take()
        return found

    def _field(self, name: str, depth: int) -> Node | None:
        if name in (*_DATE, *_LANGUAGE, *_SCAN):
            token = self._take()
            if token.kind not in ("word", "sign") and not token.kind.startswith("phrase"):
                raise SearchError(
                    "{field}: takes one value: date:2020-03 or language:es.", field=name
                )
            if name in _DATE:
                return parse_days(token.text)
            if name in _SCAN:
                return _recognised(token.text)
            return Language(token.text.strip().lower())
        return self._primary(_FIELDS[name] or "text", depth)

    def _phrase(self, text: str, part: Part, gaps: int) -> Node | None:
        stripped = text.strip()
        begins = stripped.endswith("*")
        found = tuple(terms(stripped.rstrip("*"), ""))
        if "*" in stripped.rstrip("*"):
            raise SearchError(
                "In the phrase “{words}” a * stands before its end: there is a place for it at "
                "the end only.",
                words=stripped[:60],
            )
        if not found:
            return None
        if begins and len(found) == 1:
            return Pattern(f"{found[0]}*", part)
        whole = part in KINDS and not gaps and not begins
        return Phrase(found, part, gaps, begins, whole)

    def _word(self, text: str, part: Part) -> Node | None:
        if "*" in text:
            return self._pattern(text, part)
        slips = _SLIPS.search(text)
        if slips:
            return self._near(text[: slips.start()], slips[1], part)
        found = tuple(terms(text, ""))
        if len(found) == 1:
            return Word("".join(WRITTEN.findall(text)), part)
        return Phrase(found, part) if found else None

    def _pattern(self, text: str, part: Part) -> Node | None:
        if not any(map(str.isalnum, text)):
            if text.strip("*"):
                return None
            return All() if part == "text" else Pattern("*", part)
        pieces = [terms(piece, "") for piece in text.split("*")]
        if len(pieces) == 2 and not pieces[1] and len(pieces[0]) > 1:
            return Phrase(tuple(pieces[0]), part, open=True)
        if any(len(piece) > 1 for piece in pieces):
            raise SearchError(
                "“{word}” has a * among several words: write them apart, or the * at the end.",
                word=text[:60],
            )
        if sum(len(piece[0]) for piece in pieces if piece) < _SHORTEST:
            raise SearchError(
                "“{word}” leaves too much open: write at least {least} letters beside the *.",
                word=text[:60],
                least=_SHORTEST,
            )
        return Pattern("*".join(piece[0] if piece else "" for piece in pieces), part)

    def _near(self, text: str, slips: str, part: Part) -> Node | None:
        found = terms(text, "")
        if not found:
            return None
        if len(found) > 1:
            raise SearchError(
                "~ stands behind one word, and “{words}” are several: write them apart.",
                words=text[:60],
            )
        [word] = found
        allowed = int(slips[:3]) if slips else (1 if len(word) < 6 else _MOST_SLIPS)
        if allowed > _MOST_SLIPS:
            raise SearchError(
                "~{slips} behind a word: at most {most} letters may differ.",
                slips=slips[:20],
                most=_MOST_SLIPS,
            )
        return Near(word, allowed, part)


def _without_value(field: str) -> Message:
    return Message(
        "“{field}” has a blank behind it and was searched as a word; what is looked for in a field "
        "stands right behind it: {field}word.",
        field=field,
    )


def _recognised(text: str) -> Recognised:
    found = _SURE.fullmatch(text.strip())
    if found is None:
        raise SearchError(
            "ocr:{text} is no share of a scan's words: write ocr:80..100, ocr:>90 or ocr:<50.",
            text=text[:40],
        )
    least, most, sign, share = found.groups()
    if sign is None:
        return Recognised(int(least), int(most))
    number = int(share) + {">": 1, "<": -1}.get(sign, 0)
    return Recognised(number, 100) if sign[0] == ">" else Recognised(0, number)
