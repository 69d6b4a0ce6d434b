"""What may be asked."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.text.case import in_small_letters
from hemeroteca.index.text.language import likely_languages
from hemeroteca.rag.understand.kind import AskedKind

MAX_QUESTION_CHARACTERS = 2_000

_SHORT_CHARACTERS = 40
_LIKELY = 0.5  # the probability of a language rather than another,
# The probability of a question's language that leaves no doubt, of one rather than none of those
# that the archive or the asker has, and of one that it may be in: .75 is given to Portuguese where
# "último incendio Cala Brava" is Spanish.
_SURE_OF_LANGUAGE, _RATHER, _MAY_BE_IN = 0.9, 0.6, 0.05
_WORD = re.compile(r"\w+")
# Without words that ask in several languages ("come", "quando", "qui", "was", "wie").
_ASKING = {
    word: language
    for language, words in {
        "de": "wer wen wem wann wo warum wieso weshalb welche welcher welches wieviele",
        "en": "who whom whose what when where why how which did does",
        "es": "quién quiénes qué cuándo dónde cómo cuál cuáles cuánto cuánta cuántos cuántas",
        "fr": "où pourquoi comment combien quel quelle quels quelles",
        "it": "chi perché quanti quante quali",
        "pt": "quem quais quantos",
        "ca": "què quins quines quants quantes quan",
        "eu": "zer noiz nola zergatik zenbat nork",
        "gl": "quen cando cantos cantas",
        "nl": "wanneer waarom hoeveel welke",
        "pl": "kto kiedy gdzie dlaczego",
        "sv": "vem varför när",
    }.items()
    for word in words.split()
}
# Words that ask in several languages, with what follows in one: "wie is" is no German.
_ASKING_BEFORE = {
    f"{word} {verb}": language
    for language, words, verbs in (
        ("ca", "qui on com", "és són era"),
        ("de", "was wie", "ist hat war sind macht"),
        ("eu", "nor non", "da dago dira zen"),
        ("fr", "qui que quand", "est a sont était dit fait"),
        ("gl", "onde como", "é está foi"),
        ("it", "cosa dove quando quanto", "è ha sono fa era"),
        ("nl", "wie wat waar hoe", "is heeft was zijn oud"),
    )
    for word in words.split()
    for verb in verbs.split()
}

# What is asked of somebody by a word or two, "Lula age": the name's letters would tell another
# language. Such a word counts as much as so many things that make its language likely.
_SOUGHT_COUNTS = 8
_SOUGHT = {
    "ca": "edat esposa mort morts mor dimiteix dimissió elegit detingut guanyador ferits avui",
    "de": "alter ehefrau kinder gehalt geboren gestorben tote rücktritt gewählt "
    "verhaftet sieger heute",
    "en": "age wife husband children salary born died dead resign resigns resigned "
    "resignation elected arrested winner killed injured today yesterday",
    "es": "edad esposa marido hijos sueldo nació murió muere muertos dimite dimitió dimisión "
    "elegido detenido ganador heridos hoy ayer",
    "fr": "âge épouse mari enfants salaire né mort morts démissionne démission élu "
    "arrêté vainqueur blessés",
    "gl": "idade esposa muller fillos soldo naceu morreu mortos dimite dimisión elixido detido "
    "feridos hoxe onte",
    "it": "età moglie marito figli stipendio morto morti dimette dimissioni eletto arrestato "
    "vincitore feriti oggi ieri",
    "pt": "idade esposa mulher marido filhos salário nasceu morreu mortos demite demitiu renunciou "
    "eleito preso detido vencedor feridos hoje ontem",
}


class QuestionError(HemerotecaError):
    """The question cannot be searched."""


@dataclass(frozen=True)
class Question:
    """What is asked: the text as it was put, its language (ISO 639-1), and the articles that it is
    asked of; `named` is the part of their filter that the question's own words name, its period
    by today if `relative`, its papers as those that say it if `attributed`.

    `rewritten` is what is searched and read in place of a text that leans on earlier questions, ""
    for the text itself; `kind` is what is asked for; `fault` is what kept the user's model from
    rewriting it. `languages` are all that it may be in, with their probabilities; without them it
    is `language`."""

    text: str
    language: str
    filter: Filter = Filter()
    named: Filter = Filter()
    relative: bool = False
    attributed: bool = False
    rewritten: str = ""
    fault: Message | None = None
    kind: AskedKind = "short"
    languages: Mapping[str, float] = field(default_factory=dict)

    @property
    def period(self) -> Period:
        """The days that it is asked of."""
        return self.filter.period

    def is_in(self, language: str) -> float:
        """The probability that the question is in `language`."""
        return self.languages.get(language, 0.0) if self.languages else language == self.language

    def is_likely_in(self, language: str) -> bool:
        """Whether the question is in `language` rather than in another."""
        return self.is_in(language) >= _LIKELY

    def worded_in(self, known: Sequence[str], held: Callable[[], Sequence[str]] = tuple) -> str:
        """The language of what is said to whoever asks: the question's or, where that is unsure,
        the first of those that they are `known` to read that it may be in; if none is known, of
        those that the archive has, which `held` gives, that of most articles first."""
        likely = self.is_in(self.language)
        if likely >= _SURE_OF_LANGUAGE:
            return self.language
        read = known or held()
        may_be = (code for code in read if self.is_in(code) >= _MAY_BE_IN)
        return next(may_be, self.language if likely >= _RATHER or not read else read[0])

    @property
    def searched(self) -> str:
        """What is searched and read: nothing in capitals."""
        return in_small_letters(self.rewritten or self.text)


def check_question(text: str, only: Filter = Filter(), expected: Sequence[str] = ()) -> Question:
    """The question, stripped, asked of the articles of `only`, probably in a language of
    `expected`. Raises QuestionError if it is empty, has no letter or digit, is longer than
    MAX_QUESTION_CHARACTERS, or its period ends before it begins."""
    stripped = text.strip()
    if not stripped:
        raise QuestionError("The question is empty: ask something about the articles.")
    if len(stripped) > MAX_QUESTION_CHARACTERS:
        raise QuestionError(
            "The question has {found:,} characters; at most {most:,} are searched: shorten it.",
            found=len(stripped),
            most=MAX_QUESTION_CHARACTERS,
        )
    if any("\ud800" <= character <= "\udfff" for character in stripped):
        raise QuestionError("The question holds bytes that are no text: type it as UTF-8.")
    if not any(character.isalnum() for character in stripped):
        raise QuestionError("The question has no words: write it with letters or numbers.")
    period = only.period
    if period.first and period.last and period.first > period.last:
        raise QuestionError(
            "The period ends ({last}) before it begins ({first}): swap the dates.",
            first=period.first,
            last=period.last,
        )
    languages = question_languages(stripped, expected)
    return Question(stripped, next(iter(languages), "en"), only, languages=languages)


def question_language(text: str, expected: Sequence[str] = ()) -> str:
    """The ISO 639-1 code of the language that a question is most likely in."""
    return next(iter(question_languages(text, expected)), "en")


def question_languages(text: str, expected: Sequence[str] = ()) -> Mapping[str, float]:
    """The languages that a question may be in with their probabilities, the likeliest first: by its
    first words where those ask in one language only, else by all, by what is `expected`, and by the
    words that are often sought, for a detector guesses at so few words with names among them."""
    if asking := asking_language(text):
        return {asking: 1.0}
    written = _WORD.findall(text.lower())
    words = set(written) if len(text) <= _SHORT_CHARACTERS else set()
    sought = [code for code, known in _SOUGHT.items() if not words.isdisjoint(known.split())]
    return likely_languages(text, [*expected, *_SOUGHT_COUNTS * sought])


def asking_language(text: str) -> str:
    """The language (ISO 639-1) in which the first words of `text` ask; "" if they do not."""
    written = _WORD.findall(text.lower())
    asking = _ASKING.get(written[0], "") if written else ""
    return asking or _ASKING_BEFORE.get(" ".join(written[:2]), "")
