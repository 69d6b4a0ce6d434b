"""Dates that an article does not write: "on Sunday" of 30 August 2016 is the 28th, "last year"
2015. The verifier knows no calendar."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hemeroteca.index.text.days import RelativeDay, days_in
from hemeroteca.rag.days import days_text, full_text
from hemeroteca.rag.verifier.judge import Verifier
from hemeroteca.rag.verifier.judgement import Judgement, Premise
from hemeroteca.rag.writer.dated import with_days
from hemeroteca.rag.writer.facts import Facts, facts, missing_day, weekdays_in

_ASKS_WHEN = re.compile(
    r"^\W*(?:(?:y|and|desde|hasta|para|since|until|by|from|seit|bis|depuis|da|até|fins|на|с) )?"
    r"(?:cu[aá]ndo|when|wann|quand|quando|quan|cando|когда"
    r"|(?:(?:a|en|on|am|an|em|in|в|на) )?(?:qu[eé]|quin|what|which|quel|che|welche[mn]|какой)"
    r" (?:d[ií]a|fecha|noche|day|date|jour|giorno|data|tag|день))\b",
    re.IGNORECASE,
)


def asks_when(question: str) -> bool:
    """Whether `question` asks for a day."""
    return _ASKS_WHEN.match(question) is not None


def names_day(text: str, language: str, day: str | None) -> bool:
    """Whether `text` in `language` (ISO 639-1), of an article of the `day` (ISO), names a day by
    that: "yesterday", "on Tuesday"."""
    return day is not None and bool(days_in(text, language, date.fromisoformat(day)))


def dated(premise: Premise, language: str, claimed: Facts) -> Premise:
    """`premise`, which is in `language` (ISO 639-1), with_dates in its sentences."""
    text, before = (
        with_dates(said, language, premise.day, claimed) for said in (premise.text, premise.before)
    )
    return replace(premise, text=text, before=before)


def with_dates(text: str, language: str, day: str | None, claimed: Facts) -> str:
    """`text` with the date in brackets behind each day, month and year that it names by the `day`
    of its article (ISO; none if it is not known), and what states the facts `claimed` by itself."""
    if not day:
        return text
    for each in reversed(days_in(text, language, date.fromisoformat(day))):
        if _is_named(each, claimed):
            said = days_text(each.first, each.last, language)
        elif each.first == each.last and each.first.weekday() in (
            claimed.weekdays - weekdays_in(text[each.start : each.end], language)
        ):
            said = full_text(each.first, language)
        else:
            continue
        text = f"{text[: each.end]} ({said}){text[each.end :]}"
    return text


def _is_named(each: RelativeDay, claimed: Facts) -> bool:
    """Whether `claimed` names the same day, month or year by its own name."""
    first, last = each.first, each.last
    if first == last:
        return any(
            (day.month, day.day) == (first.month, first.day) and day.year in (0, first.year)
            for day in claimed.days
        )
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return any(float(first.year) in readings for readings in claimed.numbers)
    months = claimed.months | {day.month for day in claimed.days if not day.day}
    return first.day == 1 and first.month == last.month and first.month in months


def names_days(claimed: Facts) -> bool:
    """Whether a statement of the facts `claimed` names days, months or days of the week."""
    return bool(claimed.days or claimed.months or claimed.weekdays)


def judge_days(
    verifier: Verifier,
    statement: str,
    claimed: Facts,
    premises: Sequence[Premise],
    languages: Sequence[str],
    judged: Sequence[Judgement],
) -> list[Judgement]:
    """`judged`, what each of `premises`, in the `languages` (ISO 639-1), makes of the statement, by
    the days that each names. Raises as `Verifier.judge_all`."""
    if not names_days(claimed):
        return list(judged)
    days = [_days_of(*each) for each in zip(premises, languages, strict=True)]
    return [
        _by_days(
            verifier, statement, claimed, premise, told, judged[n], _elsewhere(n, premises, days)
        )
        for n, (premise, told) in enumerate(zip(premises, days, strict=True))
    ]


def contradicted(judgement: Judgement) -> Judgement:
    """Of what is stated but for a number or a day: that it is contradicted."""
    return replace(judgement, stated=judgement.contradicted, contradicted=judgement.stated)


def _days_of(premise: Premise, of: str) -> Facts:
    """The facts of the sentence alone, with the days that it names by that of its article."""
    told = facts(premise.text, of)
    return with_days(told, premise.text, of, premise.day, appeared_then=False)


def _names(told: Facts) -> bool:
    return bool(told.days or told.published or told.months)


def _elsewhere(at: int, premises: Sequence[Premise], days: Sequence[Facts]) -> bool:
    """Whether another sentence of the article of the premise `at` names days."""
    return any(
        _names(told)
        for n, (other, told) in enumerate(zip(premises, days, strict=True))
        if n != at and other.headline == premises[at].headline and other.day == premises[at].day
    )


def _by_days(
    verifier: Verifier,
    statement: str,
    claimed: Facts,
    premise: Premise,
    told: Facts,
    judgement: Judgement,
    elsewhere: bool,
) -> Judgement:
    """A sentence states only the days that it names or, where none of its article names any, that
    of the paper. It contradicts others if it tells the same by itself."""
    if judgement.verdict != "stated" or not missing_day(claimed, told):
        return judgement
    # A headline may be of an older thing; a sentence behind one is of its day.
    of_its_day = premise.day and premise.headline and not elsewhere and not _names(told)
    appeared = facts(premise.day, "en")
    if of_its_day and not missing_day(claimed, appeared):
        return judgement
    alone = Premise(premise.text)
    if _names(told) and missing_day(claimed, appeared) and _states(verifier, statement, alone):
        return contradicted(judgement)
    return replace(judgement, stated=judgement.not_said, not_said=judgement.stated)


def _states(verifier: Verifier, statement: str, premise: Premise) -> bool:
    return verifier.judge(statement, premise).verdict == "stated"
