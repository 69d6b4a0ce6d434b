"""What a question means: its language, its period, and what it follows. For every caller alike."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.text.days import days_in
from hemeroteca.rag.question import Question, check_question, question_language
from hemeroteca.rag.understand.followup import with_history
from hemeroteca.rag.understand.paper import named_papers, without_attribution
from hemeroteca.rag.understand.part import named_part
from hemeroteca.rag.understand.period import named_period, turned
from hemeroteca.rag.understand.span import named_span

# A model of the user's is imported where there is one: few have it, and its client costs half a
# second.
if TYPE_CHECKING:
    from hemeroteca.rag.writer.llm import LanguageModel


def understand(
    text: str,
    only: Filter = Filter(),
    history: Sequence[str] = (),
    latest: date | None = None,
    model: "LanguageModel | None" = None,
    expected: Sequence[str] = (),
    papers: Collection[str] = (),
    today: date | None = None,
) -> Question:
    """The question `text` asked of the articles of `only` after the questions `history`, oldest
    first, probably in a language of `expected` or of those.

    Without a period, the one that the question names with its own dates, or the nearest earlier
    one that it leans on does, counts; dates without a year are read as before `latest`, the
    archive's last day (None: no period is read). So does, without a paper, the one of the archive's
    `papers` that it names. "Yesterday" and "last week" count from `today`, if that is given.
    `model` rewrites what leans on earlier questions.
    Raises QuestionError as `check_question`."""
    expected = [*expected, *map(question_language, history[-1:])]
    checked = check_question(text, only, expected)
    followed = with_history(checked.text, history)
    question = _rewritten(replace(checked, rewritten=" ".join(followed)), history, model)
    for asked in reversed(followed):
        own = asked == checked.text
        language = checked.language if own else question_language(asked, expected)
        if latest and not question.period:
            span = named_span(asked, language, latest, today or latest)
            span = span or named_part(asked, language, latest, today or latest)
            if named := named_period(asked, language, latest):
                question = naming(question, Filter(named))
            elif span:
                period = turned(asked[: span.start], language, span.period)
                question = replace(naming(question, Filter(period)), relative=span.relative)
            elif today and (recent := _recent(asked, language, today)):
                question = replace(naming(question, Filter(recent)), relative=True)
        if not question.filter.papers and (named_here := named_papers(asked, language, papers)):
            question = naming(question, Filter(papers=named_here))
            rest = without_attribution(asked, language, named_here)
            question = replace(question, attributed=rest is not None)
            if rest and question.rewritten == asked:
                question = replace(question, rewritten=rest)
    return question


def _recent(question: str, language: str, today: date) -> Period | None:
    """The days that the question names by `today`, if it names some once; of one day the next as
    well, on which papers tell of it."""
    found = days_in(question, language, today, asked=True)
    if len(found) != 1:
        return None
    first, last = found[0].first, found[0].last
    if first == last < today:
        last += timedelta(1)
    return Period(first, last)


def naming(question: Question, part: Filter) -> Question:
    """The question with what its own words name of its filter."""
    return replace(question, filter=question.filter.joined(part), named=question.named.joined(part))


def _rewritten(
    question: Question, history: Sequence[str], model: "LanguageModel | None"
) -> Question:
    """The question as `model` rewrites it, if it can be trusted."""
    if not history or not model:
        return question
    from hemeroteca.rag.understand.rewrite import condense
    from hemeroteca.rag.writer.llm import ModelError

    try:
        rewritten = condense(model, question.text, question.language, history)
    except ModelError as error:
        return replace(question, fault=error.message)
    return replace(question, rewritten=rewritten or question.rewritten)
