"""What is said of an outside test: where its figures come from, and what to mind."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from second_opinion.cases.writing.figures import figure
from second_opinion.instruments.selectors import OutsideTest
from second_opinion.instruments.states import Measured
from second_opinion.library.calendar_months import months_before

MONTHS_IT_LASTS = {
    Measured.PERSONALITY: 18,
    Measured.MOTIVATION: 18,
    Measured.ABILITY: 36,
    Measured.KNOWLEDGE: 36,
}
"""Eighteen months is what Swedish providers commonly set for personality; the rest is ours."""

LEAST_RELIABILITY = 0.70
FEWEST_IN_NORM = 150
YEARS_A_NORM_LASTS = 15
"""The limits under which the European review model calls a coefficient or a sample inadequate,
and our own for the age of a norm."""


def name_of(test: OutsideTest) -> str:
    return _("%(instrument)s, taken %(day)s") % {
        "instrument": test.instrument,
        "day": test.taken_on.isoformat(),
    }


def source_of(test: OutsideTest) -> str:
    """One sentence for the report's method: nobody has to ask what a figure rests on."""
    norm = ", ".join(
        part
        for part in (
            test.norm_group,
            str(test.norm_year) if test.norm_year else "",
            _("%(n)s people") % {"n": test.norm_n} if test.norm_n else "",
        )
        if part
    )
    sentence = _(
        "Score %(score)s against a norm of mean %(mean)s and standard deviation %(deviation)s "
        "(%(norm)s), reliability %(reliability)s."
    ) % {
        "score": figure(test.score),
        "mean": figure(test.norm_mean),
        "deviation": figure(test.norm_deviation),
        "norm": norm,
        "reliability": figure(test.reliability),
    }
    if test.validity is None:
        return sentence + " " + _("The criterion is what the test measures.")
    return (
        sentence
        + " "
        + _("It goes with the criterion by %(validity)s (%(source)s).")
        % {"validity": figure(test.validity), "source": test.validity_source}
    )


def warnings_on(test: OutsideTest, *, today: date) -> list[str]:
    """What a reader has to mind; nothing of it stops anybody."""
    months = MONTHS_IT_LASTS[test.measures]
    found = []
    if test.taken_on < months_before(today, months):
        found.append(
            _("It was taken more than %(months)s months ago: the person may have changed.")
            % {"months": months}
        )
    if not test.certificate:
        found.append(_("No certificate is named for who gave it."))
    elif test.certified_until is not None and test.certified_until < test.taken_on:
        found.append(
            _("The certificate ran out on %(day)s, before the test was given.")
            % {"day": date_format(test.certified_until, "j F Y")}
        )
    if test.reliability < LEAST_RELIABILITY:
        found.append(_("Its reliability is low: the error is large."))
    if test.norm_n is not None and test.norm_n < FEWEST_IN_NORM:
        found.append(_("The norm group is small."))
    if test.norm_year is not None and today.year - test.norm_year > YEARS_A_NORM_LASTS:
        found.append(_("The norm is old."))
    return found
