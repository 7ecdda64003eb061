"""A meeting as a calendar takes it: RFC 5545, one event, in the case's zone."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vUri

from second_opinion.candidates.errors import NotAskedError
from second_opinion.candidates.selectors import Talk


def calendar_of(talk: Talk, *, zone: str, address: str) -> str:
    """The chosen time, or that the one that was chosen is none any more.

    The same identity and a higher sequence move the entry that a calendar has already. Neither
    role nor client stands in it: calendars at work are open to others.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Second Opinion//EN")
    calendar.add("method", "PUBLISH" if talk.chosen else "CANCEL")
    calendar.add_component(_event(talk, zone=zone, address=address))
    calendar.add_missing_timezones()
    text: bytes = calendar.to_ical()
    return text.decode()


def _event(talk: Talk, *, zone: str, address: str) -> Event:
    offer = talk.last_chosen
    if offer is None:
        raise NotAskedError(_("No time has been chosen yet, so there is none for a calendar."))
    event = Event()
    event.add("uid", f"{talk.meeting.pseudonym}@second-opinion")
    event.add("sequence", talk.sequence)
    event.add("dtstamp", talk.changed_at)
    event.add("dtstart", offer.time.starts_at.astimezone(ZoneInfo(zone)))
    event.add("dtend", offer.ends_at.astimezone(ZoneInfo(zone)))
    event.add("status", "CONFIRMED" if talk.chosen else "CANCELLED")
    event.add("summary", _("Meeting"))
    event.add("location", offer.place)
    event.add("description", _("Time zone: %(zone)s") % {"zone": zone})
    event.add("url", vUri(address))
    return event
