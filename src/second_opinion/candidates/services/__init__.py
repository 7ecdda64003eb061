"""What can be done on a candidate's side of a case: by the coordinator, and by the candidate."""

from second_opinion.candidates.services.after import (
    decline_feedback,
    note_feedback,
    reply,
    tell_experience,
    withdraw,
)
from second_opinion.candidates.services.asking import answer, arrange, ask, ask_adjustment
from second_opinion.candidates.services.codes import ask_for_code, enter_code, make_code
from second_opinion.candidates.services.correcting import answer_correction
from second_opinion.candidates.services.forgetting import forget_candidates
from second_opinion.candidates.services.links import (
    LINK_LIVES,
    close_links,
    make_token,
    renew_link,
)
from second_opinion.candidates.services.mails import (
    MAIL,
    REMINDER,
    drop_link,
    drop_mailing,
    mark_refused,
    mark_returned,
    mark_sent,
    next_daytime,
    queue_mail,
)
from second_opinion.candidates.services.material import (
    MOST_BYTES,
    add_file,
    add_link,
    add_words,
    take_back,
    too_large,
)
from second_opinion.candidates.services.meetings import (
    Times,
    call_off_meeting,
    choose_time,
    offer_interview,
    offer_times,
)
from second_opinion.candidates.services.notice import (
    acknowledge,
    note_acknowledgement,
    send_notice,
    write_notice,
)
from second_opinion.candidates.services.referees import (
    MOST_REFEREES,
    REFEREE_REMINDER,
    RefereeEntry,
    name_referee,
    note_opened_by_candidate,
    release_referee,
    remind_referee,
    remove_referee,
    review_referee,
)
from second_opinion.candidates.services.reminders import remind
from second_opinion.candidates.services.rows import tell_candidate

__all__ = [
    "LINK_LIVES",
    "MAIL",
    "MOST_BYTES",
    "MOST_REFEREES",
    "REFEREE_REMINDER",
    "REMINDER",
    "RefereeEntry",
    "Times",
    "acknowledge",
    "add_file",
    "add_link",
    "add_words",
    "answer",
    "answer_correction",
    "arrange",
    "ask",
    "ask_adjustment",
    "ask_for_code",
    "call_off_meeting",
    "choose_time",
    "close_links",
    "decline_feedback",
    "drop_link",
    "drop_mailing",
    "enter_code",
    "forget_candidates",
    "make_code",
    "make_token",
    "mark_refused",
    "mark_returned",
    "mark_sent",
    "name_referee",
    "next_daytime",
    "note_acknowledgement",
    "note_feedback",
    "note_opened_by_candidate",
    "offer_interview",
    "offer_times",
    "queue_mail",
    "release_referee",
    "remind",
    "remind_referee",
    "remove_referee",
    "renew_link",
    "reply",
    "review_referee",
    "send_notice",
    "take_back",
    "tell_candidate",
    "tell_experience",
    "too_large",
    "withdraw",
    "write_notice",
]
