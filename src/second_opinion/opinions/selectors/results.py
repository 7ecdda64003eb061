"""Who sees what an instrument says, decided here once.

Before the opening it is seen by whoever entered it, and an outside test by the coordinators who
give no opinion in the case. What was reckoned out of answers nobody sees. The assessors see it
with the opinions, when all is opened; who orders or decides reads it in the report.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.candidates import selectors as candidates
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import is_there_for, remaining_candidacies_of
from second_opinion.cases.states import IS_OPENED
from second_opinion.instruments import selectors as instruments
from second_opinion.instruments.selectors import GivenReference, KeptResult
from second_opinion.instruments.states import ResultKind
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors.after import is_in_discussion
from second_opinion.opinions.selectors.opinions import has_opinion_in
from second_opinion.opinions.states import OpinionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultState:
    """That there is a result, for the coordinators: nothing of what it says."""

    candidate: str
    kind: ResultKind
    who: str  # empty where the system reckoned it
    at: datetime


def results_visible_to(person: Person, *, case: Case) -> list[KeptResult]:
    """The newest version of each, of the candidates who remain."""
    results = instruments.results_of(remaining_candidacies_of(case))
    runs, assesses = has_role(person, Role.COORDINATOR, case.provider), has_opinion_in(person, case)
    if case.state in IS_OPENED:
        return results if is_in_discussion(person, case) else []
    return [
        kept
        for kept in results
        if kept.result.entered_by_id == person.pk
        or (runs and not assesses and kept.entry.kind == ResultKind.TEST)
    ]


def references_visible_to(person: Person, *, case: Case) -> list[GivenReference]:
    """What referees wrote, as an opinion is seen: by nobody before the opening."""
    if not is_in_discussion(person, case):
        return []
    return instruments.references_of(remaining_candidacies_of(case))


def candidacy_to_test(person: Person, pseudonym: UUID) -> Candidacy | None:
    """A candidacy for its coordinators, and for the provider's assessors of that candidate."""
    run = candidates.candidacy_run_by(person, pseudonym)
    if run is not None:
        return run
    opinion = (
        Opinion.objects.filter(
            is_there_for(person, "candidacy__case__"),
            candidacy__pseudonym=pseudonym,
            assessor=person,
        )
        .exclude(kind=OpinionKind.FIRST)
        .select_related("candidacy__case__provider", "candidacy__case__client")
        .first()
    )
    return None if opinion is None else opinion.candidacy


def result_states_of(candidacy: Candidacy) -> list[ResultState]:
    """For pages that only the provider's coordinators reach."""
    return [
        ResultState(
            candidate=candidacy.name,
            kind=kept.entry.kind,
            who=kept.result.entered_by.name if kept.result.entered_by else "",
            at=kept.result.at,
        )
        for kept in instruments.results_of([candidacy])
    ]
