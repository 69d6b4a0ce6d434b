"""A verifier whose judgements a test can tell beforehand."""

from collections.abc import Mapping, Sequence

from hemeroteca.rag.verifier.judge import PremiseTooLongError, VerifierError
from hemeroteca.rag.verifier.judgement import Judgement, Premise
from hemeroteca.rag.verifier.rule import WEIGHTS_FILE, Rule

HAS_WEIGHTS = WEIGHTS_FILE.is_file()
RULE = Rule(1.0, 0.0, 0.0, 0.5, stated_from=0.8, contradicted_from=0.9)
STATED = Judgement(0.95, 0.03, 0.02)
CONTRADICTED = Judgement(0.02, 0.96, 0.02)
LIKELY = Judgement(0.7, 0.1, 0.2)
OPEN = Judgement(0.04, 0.06, 0.9)


class FakeVerifier:
    """Judges a premise by the first words of `by_words` that it holds; what holds none leaves
    everything open. What was asked of it is in `asked`."""

    def __init__(self, by_words: Mapping[str, Judgement], longest: int = 10_000) -> None:
        self.rule = RULE
        self.asked: list[tuple[str, Premise]] = []
        self._by_words = by_words
        self._longest = longest

    def judge(self, statement: str, premise: Premise) -> Judgement:
        if not statement.strip() or not premise.text.strip():
            raise VerifierError("expected a statement")
        if len(premise.text) > self._longest:
            raise PremiseTooLongError("expected less")
        self.asked.append((statement, premise))
        found = [each for words, each in self._by_words.items() if words in premise.text]
        return found[0] if found else OPEN

    def judge_all(self, pairs: Sequence[tuple[str, Premise]]) -> list[Judgement]:
        return [self.judge(*pair) for pair in pairs]
