"""Writing and releasing reports, and what the client does with them."""

from second_opinion.reports.services.deciding import (
    answer_quickly,
    close_case,
    is_against_report,
    record_decision,
)
from second_opinion.reports.services.drafting import name_author, save_draft
from second_opinion.reports.services.forgetting import forget_case
from second_opinion.reports.services.mails import (
    SHARE_MAIL,
    drop_share_mail,
    mark_mail_returned,
    mark_share_mail_refused,
    mark_share_mail_sent,
    queue_share_mail,
)
from second_opinion.reports.services.practice import (
    begin_practice_assessment,
    begin_practice_case,
    play_others,
    remove_practice,
)
from second_opinion.reports.services.sharing import (
    DAYS,
    ask_for_share_code,
    end_share,
    make_share_code,
    make_share_token,
    open_share,
    share_report,
)
from second_opinion.reports.services.versions import (
    REPORT_RELEASED,
    REPORT_TO_CANDIDATES,
    release_advice,
    release_report,
    release_to_candidates,
    sign_report,
)

__all__ = [
    "DAYS",
    "REPORT_RELEASED",
    "REPORT_TO_CANDIDATES",
    "SHARE_MAIL",
    "answer_quickly",
    "ask_for_share_code",
    "begin_practice_assessment",
    "begin_practice_case",
    "close_case",
    "drop_share_mail",
    "end_share",
    "forget_case",
    "is_against_report",
    "make_share_code",
    "make_share_token",
    "mark_mail_returned",
    "mark_share_mail_refused",
    "mark_share_mail_sent",
    "name_author",
    "open_share",
    "play_others",
    "queue_share_mail",
    "record_decision",
    "release_advice",
    "release_report",
    "release_to_candidates",
    "remove_practice",
    "save_draft",
    "share_report",
    "sign_report",
]
