"""A meeting as a calendar takes it: RFC 5545, one event, in UTC so that no zone is in doubt."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from second_opinion.candidates.selectors import Talk

_LONGEST_LINE = 75  # octets


def calendar_of(talk: Talk, *, zone: str, address: str) -> str:
    """The chosen time, or that there is none any more.

    The same identity and a higher sequence move the entry that a calendar has already. Neither
    role nor client stands in it: calendars at work are open to others.
    """
    offer = talk.chosen or talk.offers[0]
    at = offer.time.starts_at
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Second Opinion//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{talk.meeting.pseudonym}@second-opinion",
        f"SEQUENCE:{talk.sequence}",
        f"DTSTAMP:{_utc(talk.changed_at or offer.time.at)}",
        f"DTSTART:{_utc(at)}",
        f"DTEND:{_utc(offer.ends_at)}",
        f"STATUS:{'CONFIRMED' if talk.chosen else 'CANCELLED'}",
        f"SUMMARY:{_escaped(_('Meeting'))}",
        f"LOCATION:{_escaped(offer.place)}",
        f"DESCRIPTION:{_escaped(_('Time zone: %(zone)s') % {'zone': zone})}",
        f"URL:{address}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, and no character cut in two."""
    folded, length = "", 0
    for sign in line:
        size = len(sign.encode())
        if length + size > _LONGEST_LINE:
            folded, length = f"{folded}\r\n ", 1
        folded, length = folded + sign, length + size
    return folded
