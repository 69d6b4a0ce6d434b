"""Names of several words that a question writes, and whether an article names the same."""

import re
from collections.abc import Collection, Sequence

from hemeroteca.index.text.names import names as tagged
from hemeroteca.index.text.names.places import country_in
from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading
from hemeroteca.rag.understand.bare_name import is_bare_name

_NOT_LATIN = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")


def full_names(question: Question) -> list[str]:
    """The names of two words or more that `question` writes with capitals: behind its first word,
    or all of it, if that is a bare name; in German, where every noun has one, those of people that
    the tagger finds. None in other scripts than Latin, since nobody transcribes a name as it was
    written (Насиф is Nacif)."""
    bare = question.searched.strip()
    if is_bare_name(bare):
        return [bare] if " " in bare and not _NOT_LATIN.search(bare) else []
    if question.language == "de":
        found = tagged(question.searched, "de")
        return [each.text for each in found if each.kind == "person" and " " in each.text]
    runs: list[list[str]] = []
    going_on = False
    for written in question.searched.split()[1:]:
        word = written.strip("¿?.,;:¡!«»“”\"'()")
        if capital := word[:1].isupper():
            if not going_on:
                runs.append([])
            runs[-1].append(word)
        going_on = capital and written[-1:] not in ",;.?!"
    names = [" ".join(run) for run in runs if len(run) > 1]
    return [name for name in names if not _NOT_LATIN.search(name)]


def names_all(
    names: Sequence[str], words: Collection[str], question: Question, language: str
) -> bool:
    """Whether an article in `language` with these `words` (as `cognates` gives them) names each of
    `names`, which `question` writes: most of its words or, in another language than the question's,
    which may have its own for some, the last. Xavier Tello is not Xavier Solana. There a country is
    named by its name in that language, and an organisation may have any: the Supreme Court is the
    Tribunal Supremo."""
    translated = not question.is_likely_in(language)
    for name in names:
        heads = cognates(name)
        if len(heads) < 2:  # words too short to tell
            continue
        known = [head in words for head in heads]
        met = 2 * sum(known) > len(known) or (known[-1] and translated)
        if not met and not (translated and _named_otherwise(name, words, question, language)):
            return False
    return True


def _named_otherwise(name: str, words: Collection[str], question: Question, language: str) -> bool:
    """Whether an article in `language` with these `words` may name what `question` calls `name` by
    another name: that of a country in that language, or any of an organisation."""
    if country := country_in(name, question.language, language):
        return all(head in words for head in cognates(country))
    found = tagged(question.searched, question.language)
    return any(each.kind == "organisation" and name in each.text for each in found)


def of_whom_it_asks(question: Question, reading: Reading) -> bool:
    """Whether the article of the best answer of `reading`, which has one, names all that
    `question` names in full, in the passages that were found of it."""
    names = full_names(question)
    if not names:
        return True
    article = reading.evidence[0].passage.article
    of_it = [passage for passage in reading.passages if passage.article == article]
    words = set(cognates(" ".join([of_it[0].title, *(passage.text for passage in of_it)])))
    return names_all(names, words, question, of_it[0].language)
