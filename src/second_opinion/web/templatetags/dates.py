"""Dates as one writes them in a letter, in the reader's language and time zone."""

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter(expects_localtime=True)
def day(moment: date) -> str:
    """For example "Thursday 26 November"; with the year where it is not this one."""
    this_year = timezone.localdate().year
    return date_format(moment, "l j F" if moment.year == this_year else "l j F Y", use_l10n=False)


@register.filter(expects_localtime=True)
def moment(at: datetime) -> str:
    return _("%(day)s at %(time)s") % {"day": day(at), "time": at.strftime("%H:%M")}


@register.filter(expects_localtime=True)
def due(end: datetime) -> str:
    """A due date ends at 24:00 of its day, and not at 00:00 of the next."""
    if end.hour == end.minute == 0:
        return _("%(day)s 24:00") % {"day": day(end - timedelta(days=1))}
    return moment(end)
