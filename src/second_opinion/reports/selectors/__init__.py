"""What a person may see of reports and of the decision, and a stored case as plain input."""

from second_opinion.reports.selectors.addendum import Addendum, ShutOut, addendum_of_version
from second_opinion.reports.selectors.deciders import case_of_client, deciders_of, is_decider
from second_opinion.reports.selectors.deciding import (
    Words,
    decision_of,
    decision_visible_to,
    must_answer_first,
    quick_answers_visible_to,
    unanswered_by,
    words_label,
    words_of,
)
from second_opinion.reports.selectors.events import (
    Line,
    events_visible_to,
    lines_visible_to,
)
from second_opinion.reports.selectors.replies import (
    are_replies_closed,
    is_candidate_first,
    replies_close_at,
    to_candidates_at,
)
from second_opinion.reports.selectors.versions import (
    MOST_EARLIER_CASES,
    Earlier,
    EarlierOpinion,
    case_file_of,
    case_file_of_version,
    earlier_opinions,
    input_label,
    input_of,
    is_as_written,
    report_for,
    reports_of,
    reports_visible_to,
    version_for_candidate,
)

__all__ = [
    "MOST_EARLIER_CASES",
    "Addendum",
    "Earlier",
    "EarlierOpinion",
    "Line",
    "ShutOut",
    "Words",
    "addendum_of_version",
    "are_replies_closed",
    "case_file_of",
    "case_file_of_version",
    "case_of_client",
    "deciders_of",
    "decision_of",
    "decision_visible_to",
    "earlier_opinions",
    "events_visible_to",
    "input_label",
    "input_of",
    "is_as_written",
    "is_candidate_first",
    "is_decider",
    "lines_visible_to",
    "must_answer_first",
    "quick_answers_visible_to",
    "replies_close_at",
    "report_for",
    "reports_of",
    "reports_visible_to",
    "to_candidates_at",
    "unanswered_by",
    "version_for_candidate",
    "words_label",
    "words_of",
]
