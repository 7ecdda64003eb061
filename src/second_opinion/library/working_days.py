"""Swedish working days: which days count where a time limit is so many working days.

Public holidays: lag (1989:253) om allmänna helgdagar, with the sixth of June since 2005. That
Saturdays and the eves of midsummer, Christmas and the new year count as holidays for time limits:
lag (1930:173) om beräkning av lagstadgad tid, 2 §.
"""

from datetime import date, timedelta

_SATURDAY = 5
_FIXED = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}
# Days from Easter Sunday: Good Friday, Easter Monday, Ascension Day; Whit Sunday is a Sunday.
_FROM_EASTER = {-2, 1, 39}
_MIDSUMMER_EVE = (date(2000, 6, 19), date(2000, 6, 25))  # the Friday in these days


def is_working_day(day: date) -> bool:
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _FIXED:
        return False
    if (day - easter(day.year)).days in _FROM_EASTER:
        return False
    return not _is_midsummer_eve(day)


def working_day_after(day: date, *, number: int) -> date:
    """The so-manieth working day after a day; the day itself does not count."""
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar.

    The anonymous algorithm of 1876: Meeus, J. (1991). Astronomical Algorithms, chapter 8.
    """
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _is_midsummer_eve(day: date) -> bool:
    first, last = _MIDSUMMER_EVE
    return day.weekday() == 4 and first <= day.replace(year=2000) <= last
