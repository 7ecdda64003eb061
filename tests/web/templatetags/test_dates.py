from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

# Midnight in Stockholm, the end of Thursday 26 November.
END = datetime(2026, 11, 26, 23, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_november(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 12, 0, tzinfo=UTC))


def _shown(template, moment, *, zone="Europe/Stockholm", language="en"):
    with timezone.override(zone), translation.override(language):
        return Template("{% load dates %}{{ moment|" + template + " }}").render(
            Context({"moment": moment})
        )


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Stockholm", "Thursday 26 November 24:00"),
        ("Europe/Berlin", "Thursday 26 November 24:00"),
        ("Europe/Helsinki", "Friday 27 November at 01:00"),
        ("America/New_York", "Thursday 26 November at 18:00"),
    ],
)
def test_a_due_date_ends_at_24_00_where_the_reader_shares_the_zone(zone, words):
    assert _shown("due", END, zone=zone) == words


def test_a_moment_is_told_in_the_readers_zone():
    moment = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)

    assert _shown("moment", moment) == "Friday 27 November at 00:30"
    assert _shown("moment", moment, zone="UTC") == "Thursday 26 November at 23:30"


def test_another_year_is_named():
    assert _shown("day", date(2027, 1, 5)) == "Tuesday 5 January 2027"
    assert _shown("day", date(2026, 1, 5)) == "Monday 5 January"


def test_swedish_days_are_swedish():
    assert _shown("day", date(2026, 11, 26), language="sv") == "torsdag 26 november"
