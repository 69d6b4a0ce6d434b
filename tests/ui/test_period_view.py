"""The period and the timeline."""

import re
from collections import Counter
from datetime import date

import pytest

from hemeroteca.index.errors import Message
from hemeroteca.index.period import Period
from hemeroteca.ui.web.period_view import Bar, PeriodError, parse_period, period_html, timeline

DAYS = {"2024-02-03": 2, "2024-02-04": 1, "2024-04-30": 1}


def test_two_dates_are_a_period_open_where_empty() -> None:
    assert parse_period("2025-01-02", "") == Period(date(2025, 1, 2), None)
    assert not parse_period("", "")
    with pytest.raises(PeriodError, match="'tomorrow' is not a date YYYY-MM-DD"):
        parse_period("tomorrow", "")


@pytest.mark.parametrize(
    ("last", "unit", "bars"),
    [
        ("2024-01-01", "day", 1),
        ("2024-03-02", "day", 62),  # 31 + 29 + 2
        ("2024-03-03", "month", 3),
        ("2029-12-31", "month", 72),  # 6 * 12
        ("2030-01-01", "year", 7),
        ("2223-01-01", "year", 200),
        ("2224-01-01", "year", 2),  # only those with articles
    ],
)
def test_the_unit_follows_the_time_between_first_and_last(last: str, unit: str, bars: int) -> None:
    found_unit, found = timeline(Counter(["2024-01-01", last]))
    assert (str(found_unit), len(found)) == (unit, bars)
    assert sum(bar.articles for bar in found) == 2
    assert (found[0].first, found[-1].last >= last) == ("2024-01-01", True)


def test_a_bar_is_a_whole_unit_and_a_gap_is_a_bar() -> None:
    assert timeline(DAYS) == (
        Message("month"),
        [
            Bar("2024-02", "2024-02-01", "2024-02-29", 3),
            Bar("2024-03", "2024-03-01", "2024-03-31", 0),
            Bar("2024-04", "2024-04-01", "2024-04-30", 1),
        ],
    )
    assert timeline({}) == (Message("day"), [])


def test_the_highest_bar_fills_the_height_and_the_period_is_told_apart() -> None:
    html = period_html(DAYS, {"from": "2024-04-01"}, "es")
    assert re.findall(r'class="filled".*?height="([\d.]+)"', html) == ["44.00", "14.67"]
    assert re.findall(r'<g [^>]*class="(\w+)"', html) == ["out", "in"]
    assert 'aria-label="febrero de 2024: 3 artículos"' in html
    assert "Quitar el período" in html


def test_without_a_period_nothing_is_to_be_removed() -> None:
    html = period_html({"2024-02-03": 5}, {}, "en")
    assert "chip" not in html
    assert "<svg" not in html  # one bar has nothing to compare


def test_what_is_no_date_is_text() -> None:
    assert "<b>" not in period_html({}, {"from": '"><b>'}, "en")


def test_what_can_be_chosen_stands_with_its_articles_and_what_is_chosen_is_selected() -> None:
    papers = {"paper": {"El País": 3, "<b>": 1}, "language": {"es": 2, "en": 1}}
    html = period_html(DAYS, {"paper": "El País", "from": "2024-04-01"}, "es", papers, undated=7)
    assert '<option value="El País" selected>El País (3)</option>' in html
    assert "&lt;b&gt; (1)" in html
    assert "español (2)" in html
    assert "sin 7 sin fecha" in html
    assert 'data-undated="1"' in html
    html = period_html(DAYS, {"undated": "1", "to": "2024-04-01"}, "en", {}, undated=7)
    assert 'data-undated=""' in html
    assert "undated" not in period_html(DAYS, {}, "en", {}, undated=7)
