"""What can be done on a candidate's side of a case: by the coordinator, and by the candidate."""

from second_opinion.candidates.services.links import close_links, make_token, renew_link
from second_opinion.candidates.services.mails import (
    MAIL,
    REMINDER,
    SILENT,
    drop_link,
    mark_refused,
    mark_returned,
    mark_sent,
    next_daytime,
    queue_mail,
)
from second_opinion.candidates.services.notice import (
    acknowledge,
    note_acknowledgement,
    send_notice,
    write_notice,
)
from second_opinion.candidates.services.reminders import remind

__all__ = [
    "MAIL",
    "REMINDER",
    "SILENT",
    "acknowledge",
    "close_links",
    "drop_link",
    "make_token",
    "mark_refused",
    "mark_returned",
    "mark_sent",
    "next_daytime",
    "note_acknowledgement",
    "queue_mail",
    "remind",
    "renew_link",
    "send_notice",
    "write_notice",
]
