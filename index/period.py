"""A period of days: the one form in which it travels through the program."""

from dataclasses import dataclass
from datetime import date

_LAST = 99_999_999  # later than any day's number


@dataclass(frozen=True)
class Period:
    """From the day `first` to the day `last`, both included; None leaves that side open. One that
    is open on both sides is false."""

    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return bool(self.first or self.last)

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day as numbers yyyymmdd, far away where that side is open."""
        return day_number(self.first) or 1, day_number(self.last) or _LAST

    @property
    def iso(self) -> tuple[str, str]:
        """The first and the last day as ISO dates, "" where that side is open."""
        first, last = (day.isoformat() if day else "" for day in (self.first, self.last))
        return first, last

    @classmethod
    def from_iso(cls, first: str | None, last: str | None) -> "Period":
        """The inverse of `iso`. Raises ValueError if one is no ISO date."""
        return cls(*(date.fromisoformat(day) if day else None for day in (first, last)))


def day_number(day: date | None) -> int:
    """`day` as the number yyyymmdd, which the stores can compare; 0 for no date."""
    return day.year * 10_000 + day.month * 100 + day.day if day else 0
