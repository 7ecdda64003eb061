from datetime import date

import pytest

from second_opinion.library.working_days import (
    is_working_day,
    working_day_after,
    working_day_before,
)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 1, 6),
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 1),
        date(2026, 5, 14),  # Ascension Day
        date(2025, 6, 6),  # the national day, a Friday
        date(2026, 6, 19),  # midsummer eve
        date(2025, 6, 20),  # midsummer eve
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 31),
        date(2026, 11, 28),  # a Saturday
        date(2026, 11, 29),  # a Sunday
    ],
)
def test_holidays_and_weekends_are_no_working_days(day):
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day", [date(2026, 6, 26), date(2026, 6, 18), date(2026, 12, 23), date(2026, 11, 25)]
)
def test_other_days_are(day):
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("shown", "last"),
    [
        (date(2026, 11, 25), date(2026, 11, 27)),  # Wednesday to Friday
        (date(2026, 11, 26), date(2026, 11, 30)),  # over a weekend
        (date(2026, 11, 28), date(2026, 12, 1)),  # from a Saturday
        (date(2026, 12, 22), date(2026, 12, 28)),  # over Christmas
        (date(2026, 4, 1), date(2026, 4, 7)),  # over Easter
    ],
)
def test_two_working_days(shown, last):
    assert working_day_after(shown, number=2) == last


def test_backwards_the_same_days_count():
    assert working_day_before(date(2026, 12, 28), number=2) == date(2026, 12, 22)
    assert working_day_before(date(2026, 12, 5), number=1) == date(2026, 12, 4)  # from a Saturday
