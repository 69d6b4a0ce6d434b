"""Which article a question asks the paper, the author or the day of: retrieval always finds some
article, though none may be it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from hemeroteca.index.article import Article
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.index.text.terms import cognates, terms
from hemeroteca.rag.claim_checker import judge_each
from hemeroteca.rag.kinds.lead import is_on_it
from hemeroteca.rag.kinds.sentences import capitals_in
from hemeroteca.rag.kinds.subject import subject
from hemeroteca.rag.question import Question
from hemeroteca.rag.verifier.judge import Verifier
from hemeroteca.rag.verifier.judgement import Premise

# Probabilities of the verifier, at least that an article states what is asked of and at most that
# it contradicts it: in the question's own language, where a word of it stands nowhere in the
# article, in another, and there of one of many on a subject. Chosen on the questions of
# tests/rag/catalog_questions.tsv, as many near misses and 58 subjects.
_OWN, _OTHER, _ON_SUBJECT = (0.84, 0.3), (0.65, 0.65), (0.43, 0.4)
_THING = (0.86, 0.06)  # in another language, of a thing that there is
_NEAR = 0.83  # cosine of a headline that is shown as near
_BEHIND = 0.02  # of the likest headline's cosine, or less
_TRANSLATED = 4  # letters that a name keeps in another language: London, Londres
_LOOKED_AT = 80  # sentences, and of those judged with the headline
_JUDGED = 5
_TRIED = 5  # articles that are judged
_TELLING = 3  # letters of a word that says something
_PART = 5  # letters of what may be a part of a longer word: Terminal, Containerterminal
# German and Dutch part such a verb: "baut das Terminal aus".
_PARTED = re.compile(
    r"(?P<first>ab|an|auf|aus|bei|ein|fest|los|mit|nach|um|vor|weg|zurück|zu|"
    r"aan|af|bij|in|mee|na|op|over|terug|toe|uit|voor)(?P<verb>\w{4,})",
    re.IGNORECASE,
)
# What a clause follows, and its article.
_THAT = re.compile(
    r"(?:\b(?:que|that|dass|che|что|dat)|\bqu['’])(?: \w{1,4}| \w{0,2}['’])?\s*$", re.IGNORECASE
)
# A Romance verb before whom it is of: "se inundó la biblioteca". What the verifier has learnt from
# has it behind.
_VERB_FIRST = re.compile(
    r"(?P<verb>(?:s[ei] |s['’])?\w{3,})\s(?P<rest>(?:el|la|los|las|una?|il|lo|gli|le|els|les|os?|"
    r"uma|unha)\s.+)",
    re.IGNORECASE,
)
# Of a thing without a verb the verifier tells better whether there is one.
THERE_IS = {
    "ca": "Hi ha", "de": "Es gibt", "en": "There is", "es": "Hay", "fr": "Il y a", "gl": "Hai",
    "it": "C'è", "nl": "Er is", "pt": "Há", "ru": "Есть",
}  # fmt: skip
_WORD = re.compile(r"[\w-]+")
_MARKS = "¿?.,;:¡!«»“”\"'()"


@dataclass(frozen=True)
class Sought:
    """The article that is asked of, or the one that comes nearest, which is not sure to be it."""

    article: Article
    sure: bool


def sought(
    question: Question,
    articles: Sequence[Article],
    encoder: Encoder,
    load: Callable[[], Verifier] | None,
) -> Sought | None:
    """Which of `articles`, the likeliest first, `question` asks of: the first that holds all its
    words or, if the verifier that `load` gives says so, one that states it. Any is where it asks
    of nothing; None if none comes near."""
    asked = subject(question)
    if not asked or not articles:
        return Sought(articles[0], sure=True) if articles else None
    told = next((a for a in articles if _tells(asked, a)), None)
    if told:
        return Sought(told, sure=True)
    ways = _statements(question, asked)
    names = _names(question, asked, articles)
    near = [article for article in articles if _is_near(question, asked, names, article)][:_TRIED]
    judged = [(article, _stated(ways, article, encoder, load)) for article in near]
    sure = [each for each in judged if _is_it(question, ways, *each)]
    if not judged:
        return None
    asked_for = encoder.encode_question(asked)

    def likeness(articles: Sequence[Article]) -> np.ndarray:
        titles = encoder.encode_sentences([article.title for article in articles])
        return np.asarray(titles @ asked_for)

    if sure:  # of several, those whose headline is on it
        like = likeness([article for article, _ in sure])
        on = [sure[n] for n in (like >= like.max() - _BEHIND).nonzero()[0]]
        return Sought(max(on, key=lambda each: _either(each[1])[0])[0], sure=True)
    like = likeness([article for article, _ in judged])
    nearest = judged[int(like.argmax())][0]
    return Sought(nearest, sure=False) if like.max() >= _NEAR else None


def all_sought(
    question: Question,
    articles: Sequence[Article],
    leads: Sequence[float],
    encoder: Encoder,
    load: Callable[[], Verifier] | None,
) -> list[Article]:
    """All of `articles` that are on what `question` asks of, in any language; `leads` is how far
    the score of each is before those of others (lead.py)."""
    asked = subject(question)
    if not asked:
        return list(articles)
    ways = _statements(question, asked)[:1]
    names = _names(question, asked, articles)
    found = []
    for article, lead in zip(articles, leads, strict=True):
        if not _is_near(question, asked, names, article):
            continue
        stated = _stated(ways, article, encoder, load)[0]
        # Where it names all that is named, less is needed to be on it.
        own, other = (_ON_SUBJECT, _ON_SUBJECT) if names else (_OWN, _THING)
        if _is_sure(question, article, stated, other, own) and is_on_it(stated[0], lead):
            found.append(article)
    return found


def _is_it(
    question: Question,
    ways: Sequence[str],
    article: Article,
    stated: Sequence[tuple[float, float]],
) -> bool:
    """Whether the article states what is asked of, in either of these `ways`, or in another
    language that there is such a thing."""
    if _is_sure(question, article, _either(stated), _OTHER):
        return True
    thing = ways[0].startswith(THERE_IS.get(question.language, "?"))
    return (
        thing
        and not question.is_likely_in(article.language)
        and _is_sure(question, article, stated[0], _THING)
    )


def _is_sure(
    question: Question,
    article: Article,
    stated: tuple[float, float],
    other: tuple[float, float],
    own: tuple[float, float] = _OWN,
) -> bool:
    """Whether the probabilities of being stated and contradicted leave no doubt, in another
    language by the bounds `other`."""
    least, most = own if question.is_likely_in(article.language) else other
    return stated[0] >= least and stated[1] <= most


def _tells(asked: str, article: Article) -> bool:
    """Whether the article holds all words of what is `asked`, as names and words alike in both
    languages do in another."""
    whole = f"{article.title} {article.text}"
    return not set(_unmet(asked, whole, article.language))


def _unmet(asked: str, whole: str, language: str) -> Iterator[str]:
    """The words of what is `asked` that do not stand in `whole`, in no form."""
    held, heads = set(terms(whole, language)), set(cognates(whole))
    written = {word.casefold() for word in _WORD.findall(whole)}

    def is_met(word: str) -> bool:
        of_word, of_head = set(terms(word, language)), set(cognates(word))
        small = word.casefold()
        if of_word <= held or (of_head and of_head <= heads):
            return True
        if language not in ("de", "nl"):
            return False
        if len(word) >= _PART and any(small in longer for longer in written):
            return True
        parted = _PARTED.fullmatch(small)
        return bool(parted and parted["first"] in written and is_met(parted["verb"]))

    for word in asked.split():
        if (len(word) >= _TELLING or word[:1].isupper() or word.isdigit()) and not is_met(word):
            yield word


def _is_near(
    question: Question, asked: str, names: Sequence[Sequence[str]], article: Article
) -> bool:
    """Whether the article has the `names` of what is asked of and, in the question's own language,
    another word of it, unless that is all names."""
    whole = f"{article.title} {article.text}"
    own = question.is_likely_in(article.language)
    if not _names_all(names, cognates(whole), own):
        return False
    unmet = set(_unmet(asked, whole, article.language))
    return not own or len(unmet) < len(asked.split())


def _stated(
    ways: Sequence[str],
    article: Article,
    encoder: Encoder,
    load: Callable[[], Verifier] | None,
) -> list[tuple[float, float]]:
    """The probabilities that the article states what is asked and that it contradicts it, put in
    each of these `ways`."""
    if not load:
        return [(0.0, 1.0)] * len(ways)
    spans = sentence_spans(article.text, article.language, article.body)[:_LOOKED_AT]
    texts = [article.text[start:end] for start, end in spans]
    if len(texts) > _JUDGED:
        likeness = encoder.encode_sentences(texts) @ encoder.encode_question(ways[-1])
        texts = [texts[n] for n in likeness.argsort()[::-1][:_JUDGED]]
    premises = [Premise(article.title), *(Premise(t, headline=article.title) for t in texts)]
    probabilities: list[tuple[float, float]] = []
    for way in ways:
        judged = judge_each(load(), way, premises)
        stated = max(each.stated for each in judged)
        probabilities.append((stated, max(each.contradicted for each in judged)))
        if stated < _ON_SUBJECT[0]:  # no other way makes it sure
            break
    return probabilities


def _either(stated: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The probabilities in whichever way they are the worse."""
    return min(each for each, _ in stated), max(each for _, each in stated)


def _statements(question: Question, asked: str) -> list[str]:
    """What is `asked` as statements: the question's own clause, which has the small words between
    its words, with its verb behind whom it is of, or that there is such a thing, where it is none;
    and its words alone."""
    words, text = asked.split(), question.text
    first = re.search(rf"(?<!\w){re.escape(words[0])}(?!\w)", text)
    last = [*re.finditer(rf"(?<!\w){re.escape(words[-1])}(?!\w)", text)]
    clause, there_is = asked, ""
    if first and last and first.start() < last[-1].end():
        clause = text[first.start() : last[-1].end()]
        if not _THAT.search(text[: first.start()]):
            there_is = THERE_IS.get(question.language, "")
    turned = _VERB_FIRST.fullmatch(clause) if not there_is else None
    behind = (f"{turned['rest']} {turned['verb']}",) if turned else ()
    ways = (f"{there_is} {clause}" if there_is else clause, asked, *behind)
    return list(dict.fromkeys(f"{way[:1].upper()}{way[1:]}." for way in ways))


def _names(question: Question, asked: str, articles: Sequence[Article]) -> list[list[str]]:
    """The names in a row each of what is `asked`, however it is typed: the words with a capital,
    but the first of the question, and those that `articles` write so; not what they write without.
    None in German, where every noun has a capital."""
    if question.language == "de":
        return []
    subject_words = set(re.findall(r"[\w-]+", asked))
    capitals = capitals_in([article.text for article in articles], set(cognates(asked)))
    names: list[list[str]] = []
    going_on = False
    for n, written in enumerate(question.text.split()):
        word = re.split(r"[’']", written.strip(_MARKS))[-1]
        capital = n > 0 and word[:1].isupper()
        for head in cognates(word):
            capital = capitals.get(head, capital)
        is_name = capital and word in subject_words
        if is_name and not going_on:
            names.append([])
        if is_name:
            names[-1].append(word)
        going_on = is_name and written[-1:] not in ",;.?!"
    return names


def _names_all(names: Sequence[Sequence[str]], heads: Sequence[str], own: bool) -> bool:
    known = set(heads) if own else {head[:_TRANSLATED] for head in heads}

    def is_known(word: str) -> bool:
        of_word = cognates(word)  # none of a word too short to tell
        return all((head if own else head[:_TRANSLATED]) in known for head in of_word)

    met = [is_known(name[-1]) or 2 * sum(map(is_known, name)) > len(name) for name in names]
    return all(met) if own else (any(met) or not met)
