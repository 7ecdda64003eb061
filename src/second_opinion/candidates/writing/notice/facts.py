"""What a notice is generated from."""

from collections.abc import Sequence
from dataclasses import dataclass

from second_opinion.cases.models import Candidacy, Criterion
from second_opinion.cases.selectors import PlannedDates

READ, INTERVIEW, REPORT, FEEDBACK, EXPERIENCE = 10, 90, 30, 30, 5  # minutes
KEPT_MONTHS = 24  # after the decision


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAnswer:
    """A questionnaire that the candidate is asked to answer: what it is about, in their words."""

    name: str
    minutes: int
    measures: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """What a notice is generated from.

    words : why a second opinion, in the orderer's own words; empty while they have not said it
    assessors : names of those who are engaged on this candidate, without the client's own
    most_minutes : what the order allows to be asked of the candidate
    preview : what the role is really like, in the client's words; empty where it has not said
    how_chosen : how the finalists were found and chosen, likewise
    reads_first : whether the candidate reads the report before the client does
    dates : when the report and the reply are planned
    questionnaires : that this candidate is asked to answer
    asks_to_count : whether they are then asked, apart, if their scores may be counted in norms
    """

    candidacy: Candidacy
    criteria: Sequence[Criterion]
    words: str
    assessors: Sequence[str] = ()
    interview_minutes: int = INTERVIEW  # 0 where instruments alone measure
    most_minutes: int = 240
    preview: str = ""
    how_chosen: str = ""
    reads_first: bool = True
    dates: PlannedDates | None = None
    questionnaires: Sequence[ToAnswer] = ()
    asks_to_count: bool = False
