"""What a real and weak model makes of the own test set's follow-ups, and what is believed of it.

python -m benchmarks.followups

Each follow-up is condensed after its history; then as many questions that stand alone are, after
the same histories: there nothing of the history may come in."""

from benchmarks import llama
from hemeroteca.rag.evaluation.testset import read_cases, read_corpus
from hemeroteca.rag.understand.understand import understand
from hemeroteca.rag.writer.llm import LanguageModel
from hemeroteca.ui.runs import OWN_TESTSET
from hemeroteca.ui.settings import OWN_ARTICLES


def main() -> None:
    cases = read_cases(OWN_TESTSET, read_corpus([OWN_ARTICLES]))
    follow_ups = [case for case in cases if case.history]
    alone = [case for case in cases if not case.history][:: len(cases) // len(follow_ups)]
    with llama.serving() as url:
        model = LanguageModel(url, llama.MODEL, "", 600, llama.CONTEXT_TOKENS)
        for case in follow_ups:
            searched = _searched(model, case.question, case.history)
            print(f"follow-up: {case.question}\n  {searched}", flush=True)
        changed = 0
        for case, other in zip(alone, follow_ups, strict=False):
            history = other.history
            searched = _searched(model, case.question, history)
            changed += searched not in (
                case.question,
                understand(case.question, history=history).searched,
            )
            print(f"new subject: {case.question}\n  {searched}", flush=True)
    print(f"\n{min(len(alone), len(follow_ups))} new subjects, {changed} searched in other words")


def _searched(model: LanguageModel, question: str, history: tuple[str, ...]) -> str:
    """What would be searched."""
    understood = understand(question, history=history, model=model)
    return understood.searched + (f" ({understood.fault})" if understood.fault else "")


if __name__ == "__main__":
    main()
