"""Which sentences of a passage are somebody's words, their own or as they are reported.

No grammar is read. Who says something is the name beside the verb of saying: behind it after a
quote, else before it, unless a preposition takes the name. A verb without a name is whose the
sentence before was, if no other name stands between. The words are those of
index/text/languages."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Literal

from hemeroteca.index.article import Passage
from hemeroteca.index.text.languages import language as known_of
from hemeroteca.index.text.names.tagger import names
from hemeroteca.index.text.sentences import Span, sentence_spans
from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.writer.facts import is_place

Whose = Literal["own", "other", "unnamed"]
_QUOTED = re.compile(r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)|\"[^\"]*(?:\"|$)")
_OPENED = re.compile(r"^[^“”«»„\"]*[”»\"](?=[,.]?\s|[,.]?$)")  # a quote goes on from before
_APART = re.compile(r"\([^()]*\)|\[[^][]*\]")
_QUOTE = "¶"  # what stands for a quote: no letter, and no sign of a clause
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w’'.-]*(?<!\.)"
_PARTICLE = r"(?:(?:de|del|van|von|der|da|dos|di|bin|al|el)\s+)?"
_RUN = re.compile(rf"{_CAPITAL}(?:\s+{_PARTICLE}{_CAPITAL})*")
_WORDS = re.compile(rf"{_CAPITAL}(?:\s+{_CAPITAL})*")
_CLAUSE = re.compile(r"[;:—–]")
_BEHIND = re.compile(r"[,.;:—–¶]|\s(?:que|that|dass|qu|che|если|что)\b")
_NEAR = 8  # words behind a verb among which its subject stands
_RELATIVE = re.compile(
    r"\b(?:que|quien|quienes|who|which|whom|that|qui|che|quem|dat|die|который|которая)\b", re.I
)
_POSSESSIVE = re.compile(r"[’']s\b")
_ARTICLE = re.compile(
    r"(?:el|la|los|las|un|una|the|its|his|her|der|die|das|le|les|une|il|lo|gli|o|a|os|as|els|het|"
    r"de|su|sus|l[’']\w+)",
    re.IGNORECASE,
)
_WITH_ARTICLE = re.compile(r"del|al|du|des|au|aux|vom|zum|zur|beim|d[oa]s?|\w*[dn]ell?[ao]?")
# What stands beside a name between commas, to its first capital; a clause behind one goes on.
_BETWEEN_COMMAS = re.compile(r",\s((?:[a-zà-ÿ-]+\s?){1,8})(?=[,.;:]|[^\W\d_a-zß-öø-ÿ]|$)")
_LONG = 4  # letters of a word that tells whom it means
_AROUND = 60  # characters beside a name in which stands what its bearer is


def spoken_by(speaker: Collection[str], passage: Passage, beside: Sequence[str] = ()) -> list[Span]:
    """The sentences of `passage`, by their offsets in its text, that are words of `speaker`: the
    words of a name as `cognates` gives them, each of which tells who it is. `beside` are other
    passages of the article, which may tell what the speaker is."""
    words = _Words(speaker, passage, beside)
    found: list[Span] = []
    whose: Whose | None = None  # what the sentence before is about
    said = False  # and whether it tells words
    spans = sentence_spans(passage.text, passage.language)
    texts = [passage.text[start:end] for start, end in spans]
    for n, ((start, end), text) in enumerate(zip(spans, texts, strict=True)):
        told = words.whose(text, whose, passage.text[:start])
        quoted = not told and _is_quoted(text)
        if quoted and _is_open(text) and n + 1 < len(texts):
            # What is not closed here is theirs who speak where it closes.
            told = words.whose(texts[n + 1], whose, passage.text[:start])
        elif quoted and said:
            told = whose
        if told == "own":
            found.append((start, end))
        named = words.named(text)
        whose, said = told or named or whose, bool(told)
        if told == "unnamed":
            whose = "other"
    return found


class _Words:
    """What of a passage names `speaker`."""

    def __init__(self, speaker: Collection[str], passage: Passage, beside: Sequence[str]) -> None:
        self._speaker = frozenset(speaker)
        self._language = passage.language
        self._speech = known_of(passage.language).speech
        # Each by itself: a quote that a passage cuts ends there.
        self._texts = (f"{passage.title}.", passage.text, *beside)
        self._names = {
            word
            for run in re.finditer(rf"(?<=[\w,;)»”] ){_CAPITAL}", " ".join(self._texts))
            for word in cognates(run.group())
        }
        self._offices = [frozenset(cognates(row)) for row in self._speech.offices]
        self._own_nouns, self._other_nouns = self._nouns()

    def whose(self, text: str, before: Whose | None, earlier: str) -> Whose | None:
        """Whose words the sentence `text` tells, behind one about `before`: "unnamed" of somebody
        who is not named, None if it tells none."""
        plain = _masked(text)
        told: list[Whose] = [*self._according(plain)]
        told += [
            self._subject(plain, verb, before, earlier) for verb in _verbs(plain, self._language)
        ]
        for each in ("own", "other", "unnamed"):
            if each in told:
                return each
        return None

    def named(self, text: str) -> Whose | None:
        """Of whom `text` is, where it tells no words: the speaker, if they are its subject or the
        only one named."""
        plain = _masked(text)
        runs = self._runs(plain, 0)
        first = next((run for run in runs if not self._is_taken(plain, run)), None)
        if first is None:
            return None
        own = self._is_own(first.group())
        return "own" if own else "other"

    def _according(self, plain: str) -> Iterator[Whose]:
        by = self._speech.by
        for match in re.finditer(rf"\b(?:{by})\s", plain, re.IGNORECASE) if by else ():
            if match.group().strip().lower() in _FOR and match.start() > 0:
                continue
            near = " ".join(plain[match.end() :].split()[:_NEAR])
            cut = _BEHIND.search(near)
            near = near[: cut.start()] if cut else near
            run = _RUN.search(near)
            if run and not self._is_complement(near[: run.start()]):
                yield "own" if self._is_own(run.group()) and not _followed(near, run) else "other"

    def _subject(
        self, plain: str, verb: re.Match[str], before: Whose | None, earlier: str
    ) -> Whose:
        left, right = _before_verb(plain[: verb.start()], self._speech.perfect), plain[verb.end() :]
        after_quote = left.rstrip().endswith((_QUOTE, ",", "—", "–", "-")) or not left.strip()
        inverted = after_quote or (self._speech.free and not self._in_clause(left))
        if self._language == "de":
            inverted = after_quote or not self._in_clause(left)
        near = " ".join(right.split()[:_NEAR])
        cut = _BEHIND.search(near)
        near = near[: cut.start()] if cut else near
        words = near.split()
        if left.rstrip().endswith(",") and (whose := self._with_apposition(left)):
            return whose
        if inverted and self._language == "de" and words:
            words = words[1:] if _ARTICLE.fullmatch(words[0]) else words
            near = " ".join(words) if words[:1] and words[0][:1].isupper() else ""
        if inverted:
            run = _RUN.search(near)
            if run and self._language == "de" and not self._is_own(run.group()):
                return self._of_noun(run.group(), before, earlier)
            if run and not self._is_complement(near[: run.start()]):
                return "own" if self._is_own(run.group()) and not _followed(near, run) else "other"
            if after_quote and words and _ARTICLE.fullmatch(words[0]):
                beside = _BESIDE.match(right)
                if beside and not self._is_own(beside[1]):
                    return "other"
                return "own" if beside else self._of_noun(" ".join(words[1:4]), before, earlier)
        return self._before(left, before, earlier)

    def _with_apposition(self, left: str) -> Whose | None:
        """Whose the verb behind `left` and a comma is, if what is between commas is a name or
        stands beside one: the mayor, Ann Moss, and Ann Moss, the mayor."""
        parts = _parts(left)
        if len(parts) < 3:
            return None
        beside = parts[-2]
        if _RUN.fullmatch(beside) and (self._is_own(beside) or self._language != "de"):
            return "own" if self._is_own(beside) else "other"
        runs = self._runs(parts[-3], 0)
        if not runs or runs[-1].end() < len(parts[-3]) or self._is_taken(parts[-3], runs[-1]):
            return None
        return self._named_in(parts[-3], runs[-1])

    def _before(self, left: str, before: Whose | None, earlier: str) -> Whose:
        """Whose the verb behind `left` is, by what stands there."""
        parts = _parts(left)
        slot = parts[-1]
        if runs := [run for run in self._runs(slot, 0) if not self._is_taken(slot, run)]:
            run = runs[0] if self._language == "de" else runs[-1]
            if _RELATIVE.search(slot[: run.start()]) or not self._reaches(slot[run.end() :]):
                return "other"
            return self._named_in(slot, run)
        if self._runs(slot, 0) and self._has_noun(slot):
            return "other"  # the lawyer of the speaker is not the speaker
        if self._has_noun(slot):
            return self._of_noun(slot, before, earlier)
        if slot and not self._is_small(slot):  # "police said", "Espn said"
            return "other"
        for part in parts[:-1]:
            for run in self._runs(part, 0):
                if not self._is_taken(part, run):
                    return self._named_in(part, run)
        return "own" if before == "own" else "unnamed"

    def _is_small(self, slot: str) -> bool:
        """Whether `slot` begins with a word that is no subject, or names nobody."""
        first = re.findall(r"\w+", slot.lower())[:1]
        small = rf"(?:{self._speech.he}|{self._speech.of}|\w+(?:mente|ment|ly))"
        return not first or re.fullmatch(small, first[0]) is not None

    def _named_in(self, part: str, run: re.Match[str]) -> Whose:
        joined = re.search(
            rf"({_CAPITAL}(?:\s+{_CAPITAL})*)\s+(?:y|e|and|und|et|i|и)\s+$", part[: run.start()]
        )
        own = self._is_own(run.group()) or (joined is not None and self._is_own(joined[1]))
        return "own" if own and not self._is_taken(part, run) else "other"

    def _of_noun(self, noun: str, before: Whose | None, earlier: str) -> Whose:
        """Whose the words of "the minister" are: theirs whom the passage calls that, or who alone
        is named before."""
        heads = set(cognates(noun)) - self._speaker
        heads |= {like for row in self._offices if heads & row for like in row}
        if heads & self._own_nouns and not heads & self._other_nouns:
            return "own"
        if heads & self._other_nouns or before != "own":
            return "unnamed"
        people = [n.text for n in names(earlier, self._language) if n.kind == "person"]
        return "own" if all(map(self._is_own, people)) else "unnamed"

    def _nouns(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words in small letters that stand beside the speaker's name, and beside others'."""
        own: set[str] = set()
        other: set[str] = set()
        plain = " ".join(map(_masked, self._texts))
        for run in self._runs(plain, 0):
            # "The lawyer of the mayor Moss": of what a preposition takes the last word is hers.
            words = 1 if self._is_complement(plain[: run.start()]) else 3
            title = re.search(rf"((?:[a-zà-ÿ-]+\s){{1,{words}}})$", plain[: run.start()])
            role = _BETWEEN_COMMAS.match(plain[run.end() :][:_AROUND])
            beside = " ".join(m[1] for m in (title, role) if m)
            (own if self._is_own(run.group()) else other).update(cognates(beside))
        return frozenset(own), frozenset(other)

    def _runs(self, text: str, start: int) -> list[re.Match[str]]:
        """The names in `text`; a word that begins a sentence is one if it is elsewhere too, and no
        small word."""
        begun = re.match(r"\W*(\w+)", text)
        if begun and (
            re.fullmatch(rf"(?:{self._speech.of}|{self._speech.he})", begun[1].lower())
            or _ARTICLE.fullmatch(begun[1])
        ):
            start = begun.end()
        # In German every noun has a capital, so that "Sprecher von Moser" is no name.
        pattern = _WORDS if self._language == "de" else _RUN
        return [run for run in pattern.finditer(text, start) if self._is_name(run)]

    def _is_name(self, run: re.Match[str]) -> bool:
        inside = bool(run.string[: run.start()].strip())
        if inside or len(run.group().split()) > 1:
            return len(run.group()) > 1
        return bool(set(cognates(run.group())) & (self._names | self._speaker))

    def _is_own(self, name: str) -> bool:
        return not self._speaker.isdisjoint(cognates(name))

    def _is_taken(self, text: str, run: re.Match[str]) -> bool:
        """Whether the name is no subject: behind a preposition, or before a possessive s."""
        if _POSSESSIVE.search(run.group()) or _POSSESSIVE.match(text[run.end() :]):
            return True
        return self._is_complement(text[: run.start()]) and not self._has_own_behind(run.group())

    def _has_own_behind(self, name: str) -> bool:
        """Whether the speaker stands within a run behind a place: "governor of Puebla Ann Moss"."""
        words = name.split()
        behind = self._is_own(name) and not self._is_own(words[0])
        return behind and is_place(words[0], self._language)

    def _is_complement(self, before: str) -> bool:
        """Whether a preposition takes the name behind `before`, maybe with an article and a title:
        of Moss, of the mayor Moss."""
        words = re.findall(r"\w+|[^\w\s’']", before.lower())[-3:]
        of = self._speech.of
        if not words or not of:
            return False
        if re.fullmatch(rf"(?:{of})", words[-1]):
            return True
        if len(words) > 1 and words[-1].isalpha() and words[-1] not in _AND:
            article = _ARTICLE.fullmatch(words[-2])
            if _WITH_ARTICLE.fullmatch(words[-2]) and re.fullmatch(rf"(?:{of})", words[-2]):
                return True
            if article and len(words) > 2 and re.fullmatch(rf"(?:{of})", words[-3]):
                return True
            if _ARTICLE.fullmatch(words[-1]) and re.fullmatch(rf"(?:{of})", words[-2]):
                return True
        return False

    def _in_clause(self, left: str) -> bool:
        """Whether a name that may be the subject stands before the verb in its clause."""
        slot = re.split(r"[,;:—–¶]", left)[-1]
        return any(not self._is_taken(slot, run) for run in self._runs(slot, 0))

    def _reaches(self, between: str) -> bool:
        """Whether the name before `between` is the subject of the verb behind it: in English a noun
        there takes the name (the Moss campaign said)."""
        words = re.findall(r"\w+", between.lower())
        if not words or self._language != "en":
            return True
        lead = rf"(?:{self._speech.he}|{self._speech.of}|\w+ly|last|this|earlier)"
        return re.fullmatch(lead, words[0]) is not None

    def _has_noun(self, slot: str) -> bool:
        """Whether `slot` has a noun that may be the subject: an article, and none that a
        preposition takes."""
        words = re.findall(r"[\w’']+", slot.lower())
        for n, word in enumerate(words[:-1]):
            taken = n > 0 and re.fullmatch(rf"(?:{self._speech.of})", words[n - 1])
            if _ARTICLE.fullmatch(word) and not taken and len(words[n + 1]) >= _LONG:
                return not re.fullmatch(rf"(?:{self._speech.he})", words[n + 1])
        return False


_BESIDE = re.compile(rf"\s+(?:\w+\s+){{1,6}}?\w+,\s({_RUN.pattern})(?=[,.]|$)")
_WITH_VERB = "se|lo|la|le|les|me|nos|no|ya|también|also|later|then|has|have|had|ne|si|non|não|já"
_FOR = ("para", "for", "für", "pour", "per", "voor", "для", "per a")  # names an opinion first only
_AND = ("y", "e", "and", "und", "et", "i", "и", "en")


def _parts(left: str) -> list[str]:
    """What stands before a verb in its clause, parted by commas."""
    clause = _CLAUSE.split(left)[-1].replace(_QUOTE, ",")
    return [part.strip() for part in clause.split(",")]


def _masked(text: str) -> str:
    """`text` with a sign for each quote, and without what is in brackets."""
    text = _OPENED.sub(lambda m: _QUOTE + " " * (len(m.group()) - 1), text)
    text = _QUOTED.sub(lambda m: _QUOTE + " " * (len(m.group()) - 1), text)
    return _APART.sub(lambda m: "," + " " * (len(m.group()) - 1), text)


def _is_quoted(text: str) -> bool:
    """Whether hardly anything of `text` is outside quotes."""
    return _QUOTE in _masked(text) and len(re.findall(r"\w+", _masked(text))) <= 1


def _is_open(text: str) -> bool:
    """Whether a quote begins in `text` that does not end in it."""
    last = max(text.rfind(mark) for mark in "“«„")
    closed = max(text.rfind(mark) for mark in "”»")
    return last > closed or (last < 0 and text.count('"') % 2 == 1)


def _followed(near: str, run: re.Match[str]) -> bool:
    return _POSSESSIVE.match(near[run.end() :]) is not None


def _verbs(plain: str, language: str) -> Sequence[re.Match[str]]:
    """The verbs of saying in `plain` that say something: neither nouns nor passive."""
    pattern = saying(language)
    if pattern is None:
        return []
    speech = known_of(language).speech
    return [verb for verb in pattern.finditer(plain) if _says(verb, plain, speech.nouns, language)]


def _says(verb: re.Match[str], plain: str, nouns: str, language: str) -> bool:
    speech = known_of(language).speech
    word = verb.group().lower()
    before = re.findall(r"\w+", plain[: verb.start()].lower())
    if speech.passive and _is_passive(plain[: verb.start()], speech.passive, language):
        return False
    if speech.participles and re.fullmatch(speech.participles, word):
        if speech.perfect:
            return any(re.fullmatch(speech.perfect, w) for w in before[-6:])
        return True
    by = re.fullmatch(speech.by, word) if speech.by else None
    return not by and not (nouns and re.fullmatch(nouns, word))


def _is_passive(before: str, passive: str, language: str) -> bool:
    if language == "de":  # whose verb is at the end
        clause = re.split(r"[,;:¶]", before)[-1]
        return re.search(rf"\b(?:{passive})\b", clause) is not None
    beside = rf"\b(?:{passive})\s+(?:\w+(?:mente|ment|ly)\s+)?$"
    return re.search(beside, before, re.IGNORECASE) is not None


def _before_verb(left: str, perfect: str) -> str:
    """What stands before a verb without the small words that go with it."""
    small = "|".join(filter(None, (perfect, _WITH_VERB)))
    return re.sub(rf"(?:(?<=\s)|^)(?:(?:{small})\s+)+$", "", left, flags=re.IGNORECASE)


def says(text: str, language: str) -> bool:
    """Whether `text` has a verb of saying or thinking."""
    return bool(_verbs(_masked(text), language))


@cache
def saying(language: str) -> re.Pattern[str] | None:
    """The verbs of saying and thinking of a language; None if none are known."""
    known = known_of(language)
    verbs = "|".join(filter(None, (known.says, known.speech.more)))
    return re.compile(rf"\b(?:{verbs})\b", re.IGNORECASE) if verbs else None
