"""What somebody says or thinks of something: their own words, or reported as theirs."""

import re
from collections.abc import Collection, Sequence

from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.kinds.bearing import read_share, told
from hemeroteca.rag.kinds.explanation import explanation
from hemeroteca.rag.kinds.sentences import Sentence, is_named, of_full_names, subject_of
from hemeroteca.rag.kinds.speech import saying, says, spoken_by
from hemeroteca.rag.kinds.topic import Topic, is_on, topic_of
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading

_SENTENCES, _BEHIND = 3, 0.06  # told, and behind the best of them
_READ = 0.05  # what the reader's whole share adds to a sentence's likeness
_QUOTED = 0.02  # and what a quote in it does
_QUOTE = re.compile('["“«„]')
_PARTICLE = 3  # letters of what stands within a name, at the most
_WORDS = 0.3  # of those of the question, in a sentence and its surroundings
_ASKED = re.compile(
    r"\b(?:say|said|says|think|thinks|thought|respon\w*|react\w*|answer\w*|repl\w+|told|tell|"
    r"believe\w*|argue\w*|claim\w*|explain\w*|comment\w*|dijo|dice|dijeron|opin\w+|piensa\w*|"
    r"cree|afirm\w+|declar\w+|contest\w+|reaccion\w+|asegur\w+|explic\w+|sostien\w+|sagt\w*|"
    r"denkt|meint\w*|hält|antwort\w*|reagiert\w*|erklärt\w*|äußert\w*|dit|pens\w+|répond\w*|"
    r"déclar\w+|réag\w+|estim\w+|detto|disse\w*|rispo\w+|acha|diz|diu|zei|zegt|vindt|сказал\w*|"
    r"думает|считает|ответил\w*|заявил\w*|"
    r"opinions?|views?|stance|positions?|opinión|posición|postura|meinung|haltung|avis|parere|"
    r"opinione|opinião|posição|opinió|mening|мнение)\b",
    re.IGNORECASE,
)
# What asks how somebody judges a thing.
_JUDGED = re.compile(
    r"\b(?:pareci\w+|parece\w*|valor[aó]\w*|calific\w+|defin\w+|juzg\w+|describ\w+|rate[sd]?|"
    r"judge[sd]?|feels?|felt|ma[dk]e of|bewert\w*|beurteilt\w*|findet|fand|nennt|nannte|"
    r"bezeichne\w*|jug(?:e|é|eait)|qualifi\w+|décri\w+|trouv\w+|giudic\w+|descriv\w+|sembr\w+|"
    r"avali\w+|achou|achava|descrev\w+|classific\w+|sembla\w*|pareceu|назвал\w*|оцени\w*)\b",
    re.IGNORECASE,
)


def position(question: Question, reading: Reading, sentences: Sequence[Sentence]) -> Answer | None:
    """The one to three sentences of what somebody says or thinks, in their own words or reported
    as theirs, on what is asked; None if there is none."""
    if not asks_words(question):
        return None
    # The names are known by all sentences: one that stands once may be in no other's article.
    every, sentences = sentences, of_full_names(question, sentences)
    name = _speaker(question, every)
    if not name:
        if is_named(question.searched, question.language):
            return None
        spoken = [s for s in sentences if says(s.text, s.passage.language)]
        return explanation(question, reading, spoken)
    heads = cognates(" ".join(name))
    # The first of several may be another's given name.
    own = _spoken(frozenset(heads[1:] or heads), sentences)
    topic = topic_of(question, every, without=name)
    verbs = {
        head
        for asked in (_ASKED, _JUDGED)
        for verb in asked.findall(question.searched)
        for head in cognates(verb)
    }
    topic = Topic(topic.names, topic.words - verbs)
    own = [s for s in own if is_on(topic, s, sentences, question, _WORDS, names_do=True)]
    # What names it itself goes before what stands behind a sentence that does.
    own = [s for s in own if topic.names <= set(s.heads)] or own
    scores = {s: _score(s, reading) for s in own}
    ranked = sorted(own, key=lambda s: -scores[s])
    chosen = [
        s
        for s in ranked
        if scores[s] >= scores[ranked[0]] - _BEHIND
        and s.passage.article == ranked[0].passage.article
    ]
    return told(question, reading, chosen[:_SENTENCES]) if chosen else None


def _score(sentence: Sentence, reading: Reading) -> float:
    quotes = _QUOTED * bool(_QUOTE.search(sentence.text))
    return sentence.likeness + quotes + _READ * read_share(sentence, reading)


def _speaker(question: Question, sentences: Sequence[Sentence]) -> list[str]:
    """The words of `question` that name whose words are asked for: the name that stands nearest to
    the verb of saying, else the first."""
    known = subject_of(question.searched, [s.passage for s in sentences])
    words = re.findall(r"[\w’'-]+", question.searched)
    runs: list[list[int]] = []  # the places of the names' words
    for n, word in enumerate(words):
        if not known.isdisjoint(cognates(word)):
            last = runs[-1][-1] if runs else -9
            within = words[n - 1][:1].isupper() and len(words[n - 1]) <= _PARTICLE
            if last == n - 1 or (last == n - 2 and within):
                runs[-1] += range(last + 1, n + 1)  # Ann Le Moss
            else:
                runs.append([n])
    if not runs:
        return []
    verb = _verb(question)
    at = len(re.findall(r"[\w’'-]+", question.searched[: verb.start()])) if verb else 0
    nearest = min(runs, key=lambda run: min(abs(n - at) for n in run))
    return [words[n] for n in nearest]


def asks_words(question: Question) -> bool:
    """Whether it has a word that asks for what somebody says or thinks."""
    return _verb(question) is not None


def asks_opinion(question: Question) -> bool:
    """Whether it asks with a word of saying or thinking itself; "accuse of", "demand" and others
    ask for a fact as well."""
    return _ASKED.search(question.searched) is not None


def _verb(question: Question) -> re.Match[str] | None:
    of_language = saying(question.language)
    found = _ASKED.search(question.searched) or _JUDGED.search(question.searched)
    return found or (of_language.search(question.searched) if of_language else None)


def _spoken(speaker: Collection[str], sentences: Sequence[Sentence]) -> list[Sentence]:
    passages = {s.passage.id: s.passage for s in sentences}
    starts = set()
    for id, passage in passages.items():
        others = [p for p in passages.values() if p.article == passage.article and p.id != id]
        spoken = spoken_by(speaker, passage, [p.text for p in others])
        starts |= {(id, passage.start + start) for start, _ in spoken}
    return [s for s in sentences if (s.passage.id, s.start) in starts]
