"""What the program knows of each language: one file a language, beside this one."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Numbers:
    """How numbers are written out; all but `spellings` and `groups` are alternatives of a regular
    expression, in small letters.

    `words` count two and more, `articles` are written before a number without counting, `several`
    are plurals that count nothing by themselves (hundreds), `half` and `and_half` stand before and
    behind what is halved, `spellings` (written, to be read as) are replaced first, and `groups`
    tell how many a collective noun counts (dozen: 12). `over`, `under` and `about` make a round
    number of the one behind them, and `each` stands in a share (one in five)."""

    words: str = ""
    articles: str = ""
    several: str = ""
    half: str = ""
    and_half: str = ""
    spellings: Sequence[tuple[str, str]] = ()
    groups: Mapping[str, int] = field(default_factory=dict)
    over: str = ""
    under: str = ""
    about: str = ""
    each: str = ""


@dataclass(frozen=True)
class Days:
    """How a language names a day by the day of writing; alternatives of regular expressions.

    In `plain`, `this`, `last`, `next`, `future` and `said`, "{day}" is one of the `weekdays`, from
    Monday on;
    `no_day` behind one makes a feast or a name of it, `nth` before it one of many; `small`
    languages write one with a small letter. `future` and `said` are verbs that look ahead and back,
    `lasting` ones that tell how things are, `no_verb` what has the form of one of those, and
    `until` looks ahead where no verb does; `clause` words part a sentence, and all `commas` may.
    `today` counts beside a verb that looks ahead or back or before an `hour`, unless it is behind
    `nowadays` or before `now`. `ago` and `ahead` have a "{number}" (`numbers`, from one on, and
    `more_numbers`) and a "{unit}" (`units`), `last_unit`, `this_unit` and `next_unit` a "{unit}"
    that is no `plural`; `weekend` is that by itself. `words` are days from the day of writing.
    `later` and a number of units before it count from another day; `usual` words beside a weekday
    make a habit of it, and an indefinite one (`some` before it) a story of those behind it. `vague`
    words before a number of units make no date of it, `no_unit` words
    behind a unit no calendar unit, and `then` words in a sentence nowadays of its "today". `joins`
    are the words for "and". `parts` are a beginning, a
    middle and an end, `quarters` those of a year."""

    weekdays: Sequence[str]
    plain: str
    this: str
    last: str
    next: str
    future: str
    said: str
    today: str
    numbers: str
    ago: str
    ahead: str
    units: Mapping[str, str]
    last_unit: str
    this_unit: str
    next_unit: str
    words: Mapping[str, int]
    parts: Sequence[str]
    quarters: Sequence[str]
    no_day: str = ""
    nth: str = ""
    now: str = ""
    more_numbers: Mapping[str, int] = field(default_factory=dict)
    nowadays: str = ""
    small: bool = True
    lasting: str = ""
    no_verb: str = ""
    clause: str = ""
    commas: bool = False
    until: str = ""
    hour: str = ""
    plural: str = ""
    weekend: str = ""
    later: str = ""
    usual: str = ""
    some: str = ""
    vague: str = ""
    no_unit: str = ""
    then: str = ""
    joins: str = ""

    @property
    def day(self) -> str:
        """What "{day}" stands for."""
        return f"(?:{'|'.join(self.weekdays)})"


@dataclass(frozen=True)
class Spans:
    """How a question names more than days; alternatives of regular expressions.

    `decades` stand before a number such as 90 or 1990 and `decade_behind` behind it; of the `named`
    ones, from the twenties on, `named_behind` does. `seasons` are four from spring on, of which
    `last_season` has a "{season}". `halves` are those of a year, `fortnights` and `weeks` (the
    first, second, third and last) those of a month, with the "{month}" or before it. `recent` has a
    "{number}" and a "{unit}" as Days has them."""

    decades: str
    named: str
    seasons: Sequence[str]
    last_season: str
    halves: Sequence[str]
    weeks: Sequence[str]
    recent: str
    decade_behind: str = ""
    named_behind: str = ""
    fortnights: Sequence[str] = ()


@dataclass(frozen=True)
class Speech:
    """How a language says whose words are told; alternatives of regular expressions.

    `more` are verbs of saying and thinking beside Language.says, `by` stands before who says it
    (according to), `nouns` are forms of those verbs that say nothing by themselves (the statement,
    the accused), `participles` do so behind one of `perfect`, and no form does behind one of
    `passive`. `of` are the words that make a name behind them no subject, `he` those that may stand
    where a subject would without naming one. `free` languages put a subject behind its verb
    wherever they like, and an object that is a person behind a preposition. `offices` are words
    that may mean the holder of one office, a row each."""

    more: str = ""
    by: str = ""
    nouns: str = ""
    participles: str = ""
    perfect: str = ""
    passive: str = ""
    of: str = ""
    he: str = ""
    free: bool = False
    offices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Denial:
    """How a language denies what a clause tells; alternatives of regular expressions: `verbs` that
    deny, rule out or prevent, and what begins the clause behind one (`that`)."""

    verbs: str = ""
    that: str = ""


@dataclass(frozen=True)
class Language:
    """`stemmer` is Snowball's name of it, "" where there is none. `plurals` are (ending, singular)
    of words in small letters: the first that is found is replaced, for stems alone. `words` are
    also abbreviations, but end a sentence where a full stop and a capital follow. `says` are verbs
    and prepositions that name who speaks, `causes` words that give a reason; both alternatives of a
    regular expression. `senses` are words by what they say, under the same names in each language
    (arrest, acquit), `kin` those that make somebody another's (child, spouse): both as `any_of`
    reads them."""

    stemmer: str = ""
    plurals: Sequence[tuple[re.Pattern[str], str]] = ()
    words: frozenset[str] = frozenset()
    numbers: Numbers = Numbers()
    days: Days | None = None
    spans: Spans | None = None
    speech: Speech = Speech()
    denial: Denial = Denial()
    says: str = ""
    causes: str = ""
    senses: Mapping[str, str] = field(default_factory=dict)
    kin: Mapping[str, str] = field(default_factory=dict)


def _speech(known: Mapping[str, Any]) -> Speech:
    return Speech(**{**known, "offices": tuple(known.get("offices", ()))})


def any_of(words: str) -> re.Pattern[str]:
    """Any of `words`, which blanks part; a "*" stands for the rest of a word, a "_" for a blank."""
    written = words.replace("*", r"\w*").replace("_", r"\s+").split()
    return re.compile(rf"\b(?:{'|'.join(written)})\b", re.IGNORECASE)


@cache
def language(code: str) -> Language:
    """The language of the ISO 639-1 code `code`; of one without a file nothing is known."""
    file = files(__package__) / f"{code}.toml"
    if not file.is_file():
        return Language()
    known = tomllib.loads(file.read_text(encoding="utf-8"))
    return Language(
        stemmer=known.get("stemmer", ""),
        plurals=[(re.compile(ending), singular) for ending, singular in known.get("plurals", ())],
        words=frozenset(known.get("words", "").split()),
        numbers=Numbers(**known.get("numbers", {})),
        days=Days(**known["days"]) if "days" in known else None,
        spans=Spans(**known["spans"]) if "spans" in known else None,
        speech=_speech(known.get("speech", {})),
        denial=Denial(**known.get("denial", {})),
        says=known.get("says", ""),
        causes=known.get("causes", ""),
        senses=known.get("senses", {}),
        kin=known.get("kin", {}),
    )
