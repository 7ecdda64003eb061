"""The tables of this room. What the candidate or about the candidate was written is encrypted."""

from second_opinion.candidates.models.after import (
    Correction,
    Experience,
    FeedbackNote,
    Reply,
    ReportCode,
)
from second_opinion.candidates.models.asking import Adjustment, Answer, Arrangement, Question
from second_opinion.candidates.models.links import Mailing, PersonalLink
from second_opinion.candidates.models.material import Material
from second_opinion.candidates.models.meetings import Meeting, MeetingChoice, MeetingTime
from second_opinion.candidates.models.notice import Acknowledgement, Notice
from second_opinion.candidates.models.referees import Referee, RefereeReview
from second_opinion.candidates.models.written import Written

__all__ = [
    "Acknowledgement",
    "Adjustment",
    "Answer",
    "Arrangement",
    "Correction",
    "Experience",
    "FeedbackNote",
    "Mailing",
    "Material",
    "Meeting",
    "MeetingChoice",
    "MeetingTime",
    "Notice",
    "PersonalLink",
    "Question",
    "Referee",
    "RefereeReview",
    "Reply",
    "ReportCode",
    "Written",
]
