"""Times as a form sends them, and a chosen one as a calendar takes it."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from second_opinion.candidates.errors import NotAskedError
from second_opinion.candidates.selectors import Talk
from second_opinion.candidates.services import Times
from second_opinion.candidates.writing.calendar import calendar_of
from second_opinion.cases.models import Case

NUMBERS = (1, 2, 3)  # of the times that one form offers


def times_from(sent: Mapping[str, str], *, case: Case) -> Times:
    """Times as they were written, which is as the clock is where the provider is."""
    zone = ZoneInfo(case.provider.time_zone)
    written = [sent.get(f"start_{number}", "") for number in NUMBERS]
    minutes = sent.get("minutes", "")
    try:
        starts = [datetime.fromisoformat(one).replace(tzinfo=zone) for one in written if one]
    except ValueError as error:
        raise NotAskedError(_("Write each time as 2026-12-01T09:00. Nothing was sent.")) from error
    return Times(
        starts=starts,
        minutes=int(minutes) if minutes.isascii() and minutes.isdecimal() else 0,
        place=sent.get("place", ""),
    )


def calendar_answer(talk: Talk | None, *, case: Case, page: str) -> HttpResponse:
    """The entry for a calendar; it names the reader's own page of that name."""
    if talk is None or talk.last_chosen is None:
        raise Http404
    text = calendar_of(
        talk,
        zone=case.provider.time_zone,
        address=settings.SECOND_OPINION_PUBLIC_URL + reverse(page),
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response
