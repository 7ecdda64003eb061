"""Days gone by: the demo's cases were not all ordered in the second it was started."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo

from django.utils import timezone

from second_opinion.cli.demo.content import DemoCase

STEPS = (
    "ordered",
    "profile_locked",
    "in_assessment",
    "sealed",
    "opened",
    "reported",
    "decided",
    "closed",
)
_FIRST_HOUR = 9
_SATURDAY = 5


def moment_of(step: str, case: DemoCase, *, now: datetime) -> datetime:
    """When a step was taken: on a working day, and later in the day than the step before it."""
    day = timezone.localtime(now) - timedelta(days=case.days_ago[step])
    weekend = max(0, day.weekday() - _SATURDAY + 1)
    hour = _FIRST_HOUR + STEPS.index(step)
    return (day - timedelta(days=weekend)).replace(hour=hour, minute=12, second=40)


def moments_between(begin: datetime, end: datetime, *, number: int) -> list[datetime]:
    """So many moments, evenly spread, the last of them at the end."""
    return [begin + (end - begin) * place / number for place in range(1, number + 1)]


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Let everything that asks Django for the time, in this process, be told this one.

    Services rightly take no time as an argument: in earnest nobody may choose when something
    happened. Only here, where everything is made up, the clock itself is set back.
    """

    class AnyMoment(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, datetime)  # templates ask whether a value is a moment

    class Clock(datetime, metaclass=AnyMoment):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain one
            return moment.astimezone(tz)

    real = timezone.datetime  # type: ignore[attr-defined]  # what timezone.now() asks
    timezone.datetime = Clock  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = real  # type: ignore[attr-defined]
