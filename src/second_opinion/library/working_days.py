"""Swedish working days: which days count where a time limit is so many working days.

The public holidays are those of lag (1989:253) om allmänna helgdagar. That Saturdays and the eves
of midsummer, Christmas and the new year count as holidays for time limits: lag (1930:173) om
beräkning av lagstadgad tid, 2 §. The package `holidays` calls the three eves de facto.
"""

from datetime import date

from holidays import DE_FACTO, PUBLIC, country_holidays

_CALENDAR = country_holidays("SE", categories=(PUBLIC, DE_FACTO))


def is_working_day(day: date) -> bool:
    return _CALENDAR.is_working_day(day)


def working_day_after(day: date, *, number: int) -> date:
    """The so-manieth working day after a day, from 1; the day itself does not count."""
    return _CALENDAR.get_nth_working_day(day, number)


def working_day_before(day: date, *, number: int) -> date:
    """The same, backwards."""
    return _CALENDAR.get_nth_working_day(day, -number)
