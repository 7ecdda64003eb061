"""A case as plain input: what a case file says, and what a stored case is turned into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from second_opinion.ingest.case_file.course import CommissionEntry, GuideEntry, UsedEntry
from second_opinion.ingest.case_file.written import WrittenEntry


class Connection(StrEnum):
    """Why the errors of two assessors hang together."""

    SAME_EMPLOYER = "same employer"
    SAME_TRAINING = "same training"
    SAME_MATERIAL = "same material"
    SAME_MEETING = "same meeting"


class InstrumentKind(StrEnum):
    """What kind of instrument a reading comes from."""

    QUESTIONNAIRE = "questionnaire"
    REFERENCE = "reference"
    WORK_SAMPLE = "work sample"
    TEST = "test"


class OpinionKind(StrEnum):
    """Whose opinion it is: the client's, the provider's, or a further assessor's."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionEntry:
    """One criterion of the requirement profile.

    weight : percent of the whole
    minimum : score points that a candidate must reach; None where no minimum is set
    anchors : what a scale point looks like, by score, in ascending order
    """

    name: str
    weight: float
    minimum: float | None = None
    anchors: Mapping[float, str] = field(default_factory=dict)
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingEntry:
    """One score, or the reason there is none; score None means "not observed"."""

    criterion: str
    score: float | None
    evidence: tuple[str, ...] = ()
    reason_not_observed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DependenceEntry:
    """Assessors whose errors hang together, as declared.

    candidates : whom a shared meeting or material concerns; all where none is named
    correlation : of their errors, 0 to 1; None takes the planning assumption
    """

    assessors: tuple[str, ...]
    connection: Connection
    candidates: tuple[str, ...] = ()
    correlation: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingEntry:
    """What an instrument says of one criterion, on the case's own scale.

    standard_error : score points, above 0
    """

    criterion: str
    value: float
    standard_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingEntry:
    """Where a score that speaks of a criterion stands among others, in words with its interval."""

    criterion: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentEntry:
    """A questionnaire, reference, work sample or outside test on one candidate.

    error_correlation : between its readings, 0 to 1
    source : what its figures rest on, in words
    used : in which version, by whom and when
    standings, norm : how many score lower, and among whom, in words; empty where there is no norm
    """

    name: str
    kind: InstrumentKind
    candidate: str
    readings: tuple[ReadingEntry, ...]
    error_correlation: float = 0.0
    source: str = ""
    used: UsedEntry = field(default_factory=UsedEntry)
    standings: tuple[StandingEntry, ...] = ()
    norm: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookEntry:
    """What the probability of working out is laid on.

    worked_out : of ten people who would have been hired at this point without a second opinion
    reference_group : who they are, in the client's words
    value_set : the review that the validity of an assessment is taken from
    chosen_by : how the finalists were chosen before anybody rated them, as in an order file
    """

    worked_out: float
    reference_group: str = ""
    value_set: str = "sackett2022"
    chosen_by: str = "application"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeliefEntry:
    """What the client would have decided on one candidate before the second opinion.

    sureness : of ten decisions like this one, how many would be right
    """

    candidate: str
    would_hire: bool
    sureness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionEntry:
    """All of one assessor's ratings on one candidate.

    material : what the opinion rests on, where that is declared
    outside_expertise : criteria that the assessor has declared to lie outside his or her own
    profile_version : of the requirement profile it was given on; empty where there is but one
    on : the day it was given
    qualifications : certificates and schooling, in the assessor's own words
    declared_on : the day the assessor declared to have no tie to candidate or client
    seal : the commitment to its content, in hexadecimal
    """

    assessor: str
    candidate: str
    kind: OpinionKind
    ratings: tuple[RatingEntry, ...]
    conclusion: str = ""
    material: str = ""
    outside_expertise: tuple[str, ...] = ()
    profile_version: str = ""
    on: date | None = None
    qualifications: str = ""
    declared_on: date | None = None
    seal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A whole case: role, questions, requirement profile, candidates and opinions.

    bar, scale_low, scale_high : score points
    outlook : None where no base rate was asked for
    beliefs : of the candidates that one was asked for, sealed before any opinion
    no_first_opinion : why the client wanted none of its own; empty where nothing was waived
    profile_changes : the reason of each change of the criteria after they had been locked
    conclusion_rule : the limits that differ from the standard ones, by name
    author : who answers for what is written; empty where nothing is
    written : of each candidate, in each language that somebody wrote in
    commission : who ordered it, and why
    guide : the interview guide; None where none is told of
    profile_fixed_on, opened_on : the days of the newest lock and of the opening
    """

    role: str
    client: str = ""
    provider: str = ""
    reference: str = ""
    language: str = "sv"
    ordered_on: date | None = None
    open_questions: tuple[str, ...] = ()
    scale_low: float
    scale_high: float
    bar: float
    criteria: tuple[CriterionEntry, ...]
    candidates: tuple[str, ...]
    opinions: tuple[OpinionEntry, ...]
    dependences: tuple[DependenceEntry, ...] = ()
    instruments: tuple[InstrumentEntry, ...] = ()
    outlook: OutlookEntry | None = None
    beliefs: tuple[BeliefEntry, ...] = ()
    no_first_opinion: str = ""
    profile_changes: tuple[str, ...] = ()
    conclusion_rule: Mapping[str, float] = field(default_factory=dict)
    author: str = ""
    written: tuple[WrittenEntry, ...] = ()
    commission: CommissionEntry = field(default_factory=CommissionEntry)
    guide: GuideEntry | None = None
    profile_fixed_on: date | None = None
    opened_on: date | None = None
