"""Whether an article is the one that a question asks the paper, the author or the day of: retrieval
always finds some article, though none may be."""

import re
from collections.abc import Sequence

from hemeroteca.index.article import Article
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.index.text.terms import cognates, terms
from hemeroteca.rag.kinds.subject import subject
from hemeroteca.rag.question import Question

_MET = 0.5  # share of the subject's words that the article holds in the question's language
# Cosine of the subject and the likest sentence, in another language: those asked of have .877 and
# more in tests/rag/catalog_questions.tsv, others .84 and less.
_LIKE = 0.86
_TRANSLATED = 4  # letters that a name keeps in another language: London, Londres
_SENTENCES = 80  # looked at
_MARKS = "¿?.,;:¡!«»“”\"'()"


def sought_likeness(question: Question, article: Article, encoder: Encoder) -> float:
    """How like `article` is to what `question` asks of: 1.0 if it holds all names of it and half of
    its words or, in another language, the cosine of its likest sentence; 0.0 if it does not hold
    it. Any does where the question asks of nothing."""
    asked = subject(question)
    if not asked:
        return 1.0
    whole = f"{article.title} {article.text}"
    own = question.is_likely_in(article.language)
    if not _names_all(_names(question, asked), cognates(whole), own):
        return 0.0
    if own:
        words = set(terms(asked, article.language))
        return float(len(words & set(terms(whole, article.language))) >= _MET * len(words))
    spans = sentence_spans(article.text, article.language, article.body)[:_SENTENCES]
    texts = [article.title, *(article.text[start:end] for start, end in spans)]
    vectors, asked_for = encoder.encode_passages(texts), encoder.encode_questions([asked])[0]
    likest = float((vectors @ asked_for).max())
    return likest if likest >= _LIKE else 0.0


def _names(question: Question, asked: str) -> list[list[str]]:
    """The words with a capital, in a row each, of what is `asked`, but the first of the question;
    none in German, where every noun has one."""
    if question.language == "de":
        return []
    subject_words = set(re.findall(r"[\w-]+", asked))
    names: list[list[str]] = []
    going_on = False
    for written in question.text.split()[1:]:
        word = re.split(r"[’']", written.strip(_MARKS))[-1]
        capital = word[:1].isupper() and word in subject_words
        if capital and not going_on:
            names.append([])
        if capital:
            names[-1].append(word)
        going_on = capital and written[-1:] not in ",;.?!"
    return names


def _names_all(names: Sequence[Sequence[str]], heads: Sequence[str], own: bool) -> bool:
    known = set(heads) if own else {head[:_TRANSLATED] for head in heads}

    def is_known(word: str) -> bool:
        of_word = cognates(word)  # none of a word too short to tell
        return all((head if own else head[:_TRANSLATED]) in known for head in of_word)

    met = [is_known(name[-1]) or 2 * sum(map(is_known, name)) > len(name) for name in names]
    return all(met) if own else (any(met) or not met)
