"""On a case page: would one more opinion pay? For the coordinators of its provider alone."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.cache import cache

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Denied
from second_opinion.audit.services import content_hash
from second_opinion.cases import policies
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState
from second_opinion.ingest.case_file import CaseFile, as_dict
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.selectors import Engagement
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.analysis import CaseAnalysis, analyse_stored, method_of
from second_opinion.reports.analysis.advice import (
    USUAL_WORKED_OUT,
    Stakes,
    advise_on_design,
    advise_on_further,
)
from second_opinion.reports.selectors import (
    case_file_of,
    case_file_of_version,
    earlier_opinions,
)
from second_opinion.reports.writing import advice

BEFORE_THE_OPENING = frozenset({CaseState.PROFILE_LOCKED, CaseState.IN_ASSESSMENT})
UNTIL_THE_DECISION = frozenset({CaseState.OPENED, CaseState.REPORTED})


def advice_on(person: Person, case: Case) -> str:
    """A few sentences; empty for everybody else, and where there is nothing to advise.

    Before the opening it rests on who is engaged and on the criteria's methods, which the
    coordinator knows, and on no score and no belief.
    """
    if isinstance(policies.may_run(person, case), Denied):
        return ""
    if case.state in BEFORE_THE_OPENING:
        engaged = opinions.engagements_visible_to(person, case=case)
        methods = {each.name: each.methods for each in cases.criteria_of(case)}
        return advice.on_design(advise_on_design(_thinnest(case, engaged), methods))
    if case.state not in UNTIL_THE_DECISION:
        return ""
    stakes = _stakes(case)
    if stakes is None:
        return advice.without_stakes()
    case_file, analysis = _figures(case)
    sentence = advice.on_further(advise_on_further(case_file, analysis, stakes))
    return sentence if case.worked_out else f"{sentence} {advice.with_usual_base_rate()}"


def _figures(case: Case) -> tuple[CaseFile, CaseAnalysis]:
    """As the newest report has them; before there is one, as a report would, kept for an hour."""
    newest = case.report_versions.order_by("number").last()
    if newest is not None:
        case_file = case_file_of_version(newest)
        return case_file, analyse_stored(case_file, newest.method)
    case_file = case_file_of(case)
    key = f"method:{case.pseudonym}:{content_hash(as_dict(case_file))}"
    method = cache.get(key)
    if method is None:
        method = method_of(case_file, earlier_opinions(case))
        cache.set(key, method, timeout=3600)
    return case_file, analyse_stored(case_file, method)


def _thinnest(case: Case, engaged: Iterable[Engagement]) -> list[str]:
    """Whom the assessors of the candidate with the fewest opinions work for."""
    employers: dict[str, list[str]] = {
        each.name: [] for each in cases.remaining_candidacies_of(case)
    }
    for each in engaged:
        if each.candidate in employers:
            employers[each.candidate].append(_employer(each))
    return min(employers.values(), key=len, default=[])


def _employer(engagement: Engagement) -> str:
    """Whom an assessor works for: a third one for neither side, and so for nobody else's."""
    if engagement.kind == OpinionKind.THIRD:
        return f"third: {engagement.assessor}"
    return engagement.kind.value


def _stakes(case: Case) -> Stakes | None:
    if case.price is None or not (case.yearly_pay or case.cost_of_wrong_hire):
        return None
    return Stakes(
        price=case.price,
        yearly_pay=case.yearly_pay,
        cost_of_wrong_hire=case.cost_of_wrong_hire,
        worked_out=case.worked_out or USUAL_WORKED_OUT,
    )
