"""Sentences of retrieved passages with their vectors, which longer answers are chosen from."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hemeroteca.index.article import Passage
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.text.sentences import asks, sentence_spans
from hemeroteca.index.text.terms import cognates, terms
from hemeroteca.rag.answer import Citation, Statement
from hemeroteca.rag.cite import citation
from hemeroteca.rag.kinds.names import full_names, names_all
from hemeroteca.rag.question import Question

SHORTEST, _LONGEST = 30, 700  # characters of a sentence that says something
# Not where a sentence begins, but where a quote does.
_NAME = re.compile(r"(?<=[\w,;:)»”’'-] )[\"'“«‘(]?([^\W\d_]\w+)")
_COVERED = 0.7  # of the names asked about, beside the article with most, to be on the subject
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence of `passage`, its offset `start` in the article, its unit `vector` of a passage,
    and the cosine `likeness` to the question's. `before` is the sentence that it follows."""

    passage: Passage
    start: int
    text: str
    vector: np.ndarray
    likeness: float
    before: str

    @property
    def heads(self) -> frozenset[str]:
        """What its words share with their like in other languages."""
        return frozenset(cognates(self.text))

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in it, as they are written."""
        return numbers_in(self.text)

    def is_about(self, subject: Collection[str]) -> bool:
        """Whether it, the sentence before it or its headline names one of `subject`."""
        return not subject or not self.around.isdisjoint(subject)

    @property
    def around(self) -> frozenset[str]:
        """What the words of it, of the sentence before it and of its headline share with their like
        in other languages."""
        return frozenset(cognates(f"{self.before} {self.text} {self.passage.title}"))


def numbers_in(text: str) -> frozenset[str]:
    """The numbers in `text`, as they are written."""
    return frozenset(_NUMBER.findall(text))


def sentences_of(
    encoder: Encoder,
    passages: Sequence[Passage],
    question: str,
    vector: np.ndarray,
    each: int,
    most: int,
    headlines: bool = False,
    shortest: int = SHORTEST,
    in_any_form: bool = False,
) -> list[Sentence]:
    """At most `each` sentences of a passage, those with most words of `question`, and `most` in
    all, of the first passages; in the order of these. `vector` is the question's. Without
    `headlines` those are left out, which are shown beside their sentences, and so is what is
    shorter than `shortest` characters. Words `in_any_form` are also those of a few letters and
    those that inflection makes others."""
    asked = set(cognates(question))

    def met(text: str, language: str) -> int:
        forms = set(terms(question, language)) & set(terms(text, language)) if in_any_form else ()
        return len(asked & set(cognates(text))) + len(forms)

    found: list[tuple[Passage, int, int, str]] = []
    for passage in passages:
        spans = sentence_spans(passage.text, passage.language)
        known = []
        for (first, last), (start, end) in pairwise([(0, 0), *spans]):
            text = passage.text[start:end]
            says = shortest <= len(text) <= _LONGEST and not asks(text, passage.language)
            if says and (headlines or text != passage.title):
                known.append((passage, start, end, passage.text[first:last]))
        if len(known) > each:
            told = {k[1]: -met(passage.text[k[1] : k[2]], passage.language) for k in known}
            known = sorted(sorted(known, key=lambda k: told[k[1]])[:each], key=lambda k: k[1])
        found += known
        if len(found) >= most:
            break
    texts = [passage.text[start:end] for passage, start, end, _ in found[:most]]
    vectors = encoder.encode_sentences(texts)
    return [
        Sentence(passage, passage.start + start, text, v, float(v @ vector), before)
        for (passage, start, _, before), text, v in zip(found, texts, vectors, strict=False)
    ]


def subject_of(question: str, passages: Sequence[Passage]) -> frozenset[str]:
    """The names in `question`, however it writes them, as `cognates` gives them: the words that
    the passages write with a capital where no sentence begins, and not as often without."""
    capitals = capitals_in([passage.text for passage in passages], set(cognates(question)))
    return frozenset(head for head, capital in capitals.items() if capital)


def capitals_in(texts: Iterable[str], asked: Collection[str]) -> dict[str, bool]:
    """Whether `texts` write the words `asked` (as `cognates` gives them) with a capital, more often
    than without, where no sentence begins; those that they hold there."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in _NAME.findall(text):
            for head in cognates(word):
                if head in asked:
                    counts[head] = counts.get(head, 0) + (1 if word[0].isupper() else -1)
    return {head: count > 0 for head, count in counts.items()}


def about(
    question: Question, sentences: Sequence[Sentence], anywhere: bool = False
) -> list[Sentence]:
    """The sentences about what `question` names, all if it names nothing; none where no article
    names that. It may be named `anywhere` in the article, else in or around the sentence."""
    subject = subject_of(question.searched, [s.passage for s in sentences])
    if not subject and is_named(question.searched, question.language):
        return []
    return of_full_names(question, on_subject(sentences, subject, anywhere))


def is_on_subject(
    question: Question, passages: Sequence[Passage], articles: Collection[str]
) -> bool:
    """Whether those of `passages` that are of `articles` tell what the question names, by the names
    that all of them write; not where it names what none does."""
    subject = subject_of(question.searched, passages)
    if not subject:
        return not is_named(question.searched, question.language)
    told = [cognates(f"{p.title} {p.text}") for p in passages if p.article in articles]
    return subject <= {head for heads in told for head in heads}


def of_full_names(question: Question, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of the articles that name all that `question` names in full."""
    return naming(full_names(question), sentences, question)


def naming(
    names: Sequence[str], sentences: Sequence[Sentence], question: Question
) -> list[Sentence]:
    """The sentences of the articles that name all of `names`, as `question` writes them."""
    words = _heads_of_articles(sentences)
    return [
        s
        for s in sentences
        if names_all(names, words[s.passage.article], question, s.passage.language)
    ]


def _heads_of_articles(sentences: Sequence[Sentence]) -> dict[str, set[str]]:
    """What the words of the passages of each article and of its headline share with their like in
    other languages, by article."""
    found: dict[str, set[str]] = {}
    for passage in {sentence.passage.id: sentence.passage for sentence in sentences}.values():
        heads = cognates(f"{passage.title} {passage.text}")
        found.setdefault(passage.article, set()).update(heads)
    return found


def on_subject(
    sentences: Sequence[Sentence], subject: Collection[str], anywhere: bool = False
) -> list[Sentence]:
    """The sentences about `subject`, or `anywhere`, of the articles that name it whole: of all its
    names or nearly as many as any other does. Another Ramírez is not Marta Lucía Ramírez."""
    if not subject:
        return list(sentences)
    every = _heads_of_articles(sentences)
    named = {article: heads & frozenset(subject) for article, heads in every.items()}
    most = max(map(len, named.values()), default=0)
    return [
        sentence
        for sentence in sentences
        if len(named[sentence.passage.article]) >= _COVERED * most
        and (anywhere or sentence.is_about(subject))
    ]


def is_named(question: str, language: str) -> bool:
    """Whether `question` itself writes a name with a capital; in German every noun has one."""
    return language != "de" and any(word[0].isupper() for word in _NAME.findall(question))


def without_repeats(sentences: Sequence[Sentence], alike: float) -> list[list[Sentence]]:
    """Groups of sentences that say the same: within `alike` by their vectors, and with the same
    numbers. The first of each stands for it."""
    groups: list[list[Sentence]] = []
    for sentence in sentences:
        for group in groups:
            cosine = float(group[0].vector @ sentence.vector)
            if cosine >= alike and group[0].numbers == sentence.numbers:
                group.append(sentence)
                break
        else:
            groups.append([sentence])
    return groups


def quoted_sentences(
    sentences: Sequence[Sentence], first: int = 1
) -> tuple[list[Statement], list[Citation]]:
    """A statement of each sentence, in its own words, with its citation, numbered from `first`."""
    cited = [
        citation(n, s.passage, s.text, s.start, s.likeness)
        for n, s in enumerate(sentences, start=first)
    ]
    return [Statement(c.quote, (c.n,)) for c in cited], cited
