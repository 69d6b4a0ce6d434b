"""What a question is about: its names and its other words, and whether a sentence is on that."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.kinds.sentences import Sentence, subject_of
from hemeroteca.rag.question import Question

_NUMBER = re.compile(r"\d{3}|\d{5,}")  # of things: four digits are a year, fewer may be spelt out
# Words of a question that are not what it asks about, where they are longer than three letters.
ASKING = frozenset(
    cognates(
        """
    what about does think thinks said says when which where regarding opinion position view views
    stance react reaction reacted respond answer could that this they their there from with were
    have been will would because many much reason reasons explain
    sobre acerca respecto piensa opina dice dijo cual como cuando donde para entre desde frente
    postura reaccion reacciono tiene hace esta este fueron razon motivo causa porque pudo puede
    uber denkt sagt meint halt wann welche welcher meinung haltung reagierte warum wieso weshalb
    wurde wurden werden haben hatte sind nicht eine einen einem
    pense propos quel quelle avis face pourquoi comment dans avec etait sont cette
    happened timeline chronology history story development developed unfold evolved after since
    ocurrio sucedio paso historia cronologia desarrollaron desarrollo desarrollado evolucion
    geschah passierte chronologie geschichte verlauf verlief passe arrive histoire deroule deroulees
    successo accaduto cronologia storia dopo sviluppo aconteceu passou historia desenrolou depois
    list name names enumerate enumera enumere nombra lista cuales quienes nenne liste citez elenca
    cosa detto pensa sulla sullo della dello dalla nella quale quali disse parere posizione perche
    come sono stato stata hanno contro
    acha respeito quando pelo pela opiniao posicao pensa foram
    que pensa sobre hauria perque aquest aquesta vindt vond zegt waarom werd
    думает сказал говорит считает мнение почему зачем было были
    """
    )
)


@dataclass(frozen=True)
class Topic:
    """The names and the other words of a question, as `cognates` gives them; `runs` are the names
    that stand together, each one's."""

    names: frozenset[str]
    words: frozenset[str]
    runs: tuple[frozenset[str], ...] = ()


def topic_of(
    question: Question, sentences: Sequence[Sentence], without: Collection[str] = ()
) -> Topic:
    """What `question` is about, without the words `without`."""
    known = subject_of(question.searched, [s.passage for s in sentences])
    words = re.findall(r"[\w’'-]+", question.searched)
    left = [(n, w) for n, w in enumerate(words) if w not in without]
    names = {
        head
        for n, word in left
        for head in cognates(word)
        if n > 0 and (head in known or (word[0].isupper() and question.language != "de"))
    } - ASKING
    rest = set(cognates(" ".join(w for _, w in left))) - names - ASKING
    return Topic(frozenset(names), frozenset(rest), _runs(words, names))


def _runs(words: Sequence[str], names: Collection[str]) -> tuple[frozenset[str], ...]:
    runs: list[set[str]] = [set()]
    for word in words:
        if heads := set(cognates(word)) & set(names):
            runs[-1] |= heads
        elif runs[-1]:
            runs.append(set())
    return tuple(frozenset(run) for run in runs if run)


def is_on(
    topic: Topic,
    sentence: Sentence,
    sentences: Sequence[Sentence],
    question: Question,
    share: float,
    names_do: bool = False,
) -> bool:
    """Whether the sentence, the one before it and their headline are on `topic`: both sentences
    have its numbers, the article has all its names, and there are one of them and `share` of its
    other words; in another language, which has other words for most, half of the names and one
    word or, if `names_do`, one name."""
    around = sentence.around
    numbers = {word for word in topic.words if _NUMBER.fullmatch(word)}
    if not numbers <= {*sentence.heads, *cognates(sentence.before)}:
        return False
    article = around.union(
        *(s.heads for s in sentences if s.passage.article == sentence.passage.article)
    )
    words = len(topic.words & around)
    if not question.is_likely_in(sentence.passage.language):
        named = 2 * len(article & topic.names) >= len(topic.names)
        does = names_do and bool(topic.names & around)
        return named and (words > 0 or does or not topic.words)
    named = topic.names <= article and (not topic.names or bool(topic.names & around))
    return named and words >= share * len(topic.words)
