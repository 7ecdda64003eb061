"""What moves a case on, as far as candidates and opinions know."""

from collections.abc import Iterable

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import organisations_where
from second_opinion.accounts.states import Role
from second_opinion.candidates import selectors as candidates
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import CaseState, NextAction
from second_opinion.instruments.selectors import with_results
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.states import OpinionKind


def next_step(case: Case, *, person: Person) -> cases.NextStep | None:
    """What moves a case on; who has not sealed yet is for the provider's coordinators only."""
    return next_steps([case], person=person)[0]


def next_steps(of_cases: list[Case], *, person: Person) -> list[cases.NextStep | None]:
    """Of all these cases, in as many queries as for one."""
    runs = set(organisations_where(person, Role.COORDINATOR).values_list("pk", flat=True))
    in_assessment = [case for case in of_cases if case.state == CaseState.IN_ASSESSMENT]
    engaged: dict[int, list[Opinion]] = {
        case.pk: [] for case in in_assessment if case.provider_id in runs
    }
    opinions = Opinion.objects.filter(
        candidacy__case__in=engaged, candidacy__withdrawn_at__isnull=True
    )
    opinions = opinions.defer("content", "nonce")
    for opinion in opinions.select_related("assessor", "candidacy").order_by("assessor__name"):
        engaged[opinion.candidacy.case_id].append(opinion)
    waiting = _results_awaited([case for case in in_assessment if engaged.get(case.pk) == []])
    locked = [case for case in of_cases if case.state == CaseState.PROFILE_LOCKED]
    untold = set(candidates.untold_in(locked).values_list("case", flat=True)) if locked else set()
    return [
        _next_step(case, engaged.get(case.pk), results=waiting.get(case.pk))
        if case.state == CaseState.IN_ASSESSMENT
        else _told_first(case, step, untold)
        for case, step in zip(of_cases, cases.next_steps(of_cases), strict=True)
    ]


def _results_awaited(unassessed: list[Case]) -> dict[int, NextAction]:
    """By case, of those where instruments alone measure: collect results, or open."""
    found = cases.without_interview(unassessed) if unassessed else frozenset()
    remaining = Candidacy.objects.filter(case__in=found, withdrawn_at__isnull=True)
    read = with_results(remaining) if found else frozenset()
    return {
        case.pk: NextAction.OPEN_CASE if _candidacies(case) <= read else NextAction.COLLECT_RESULTS
        for case in unassessed
        if case.pk in found
    }


def _told_first(case: Case, step: cases.NextStep | None, untold: set[int]) -> cases.NextStep | None:
    """The candidates are told before the assessment is started."""
    if step is None or step.action != NextAction.START_ASSESSMENT or case.pk not in untold:
        return step
    return cases.next_step(case, action=NextAction.TELL_CANDIDATES)


def _next_step(
    case: Case, opinions: list[Opinion] | None, *, results: NextAction | None
) -> cases.NextStep | None:
    if opinions is None:  # not this reader's business
        return cases.next_step(case, waiting_for=())
    if results is not None:
        return cases.next_step(case, action=results)
    return _step_in_assessment(case, opinions)


def _step_in_assessment(case: Case, opinions: list[Opinion]) -> cases.NextStep | None:
    unsealed = [opinion for opinion in opinions if not opinion.is_sealed]
    if unsealed:
        first = [opinion for opinion in unsealed if opinion.kind == OpinionKind.FIRST]
        return cases.next_step(
            case, action=NextAction.SEAL_OPINIONS, waiting_for=_names(first or unsealed)
        )
    has_opinion = {opinion.candidacy_id for opinion in opinions}
    is_complete = bool(has_opinion) and has_opinion == _candidacies(case)
    action = NextAction.OPEN_CASE if is_complete else NextAction.ENGAGE_ASSESSORS
    return cases.next_step(case, action=action)


def _candidacies(case: Case) -> set[int]:
    return {candidacy.pk for candidacy in case.candidacies.all() if not candidacy.is_withdrawn}


def _names(opinions: Iterable[Opinion]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(opinion.assessor.name for opinion in opinions))
