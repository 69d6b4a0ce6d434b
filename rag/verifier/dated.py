"""Dates that an article does not write: "on Sunday" of 30 August 2016 is the 28th, "last year"
2015. The verifier knows no calendar."""

from dataclasses import replace
from datetime import date

from hemeroteca.index.text.days import RelativeDay, days_in
from hemeroteca.rag.days import days_text, full_text
from hemeroteca.rag.verifier.judgement import Premise
from hemeroteca.rag.writer.facts import Facts, weekdays_in


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
