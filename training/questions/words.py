"""How much of a question's words the passages meet: what the retriever adds to the cosine, so that
vectors learn what words do not tell already."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from hemeroteca.index.text.terms import cognates, terms

_K1, _B = 1.2, 0.75  # the full-text index's


class Words:
    """The words of passages: stems for questions in their language, cognates for others. `texts`
    are parallel to `languages`."""

    def __init__(self, texts: Sequence[str], languages: Sequence[str]) -> None:
        self._size = len(texts)
        numbers: dict[str, list[int]] = defaultdict(list)
        for n, language in enumerate(languages):
            numbers[language].append(n)
        self._stems, self._cognates = {}, {}
        for language, of_one in numbers.items():
            places, own = np.array(of_one), [texts[n] for n in of_one]
            self._stems[language] = _Index(places, [terms(text, language) for text in own])
            self._cognates[language] = _Index(places, list(map(cognates, own)))

    def met(self, question: str, asked: str) -> np.ndarray:
        """(passages,): BM25 of each for `question`, in the language `asked`, over the best that is
        possible, as HybridRetriever has it."""
        shares = np.zeros(self._size, np.float32)
        for language, of_cognates in self._cognates.items():
            if language == asked:
                self._stems[language].add(set(terms(question, language)), shares)
            else:
                of_cognates.add(set(cognates(question)), shares)
        return shares


class _Index:
    """BM25 over the words of some passages, whose numbers are `places`."""

    def __init__(self, places: np.ndarray, words: Sequence[Sequence[str]]) -> None:
        self._many = len(words)
        lengths = np.array([len(of_one) for of_one in words], np.float32)
        evened = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1))
        found: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        for n, of_one in enumerate(words):
            for word, often in Counter(of_one).items():
                held, weights = found[word]
                held.append(n)
                weights.append(often * (_K1 + 1) / (often + evened[n]))
        self._found = {
            word: (places[held], np.array(weights, np.float32))
            for word, (held, weights) in found.items()
        }

    def add(self, words: set[str], shares: np.ndarray) -> None:
        """Add to `shares` what each passage meets of `words`."""
        rare = {word: self._rarity(word) for word in words}
        best = sum(rare.values()) * (_K1 + 1)
        for word in words & self._found.keys():
            held, weights = self._found[word]
            shares[held] += weights * np.float32(rare[word] / best)

    def _rarity(self, word: str) -> float:
        within = len(self._found[word][0]) if word in self._found else 0
        return float(np.log(1 + (self._many - within + 0.5) / (within + 0.5)))
