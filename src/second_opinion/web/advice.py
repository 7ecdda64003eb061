"""On a case page: would one more opinion pay? For the coordinators of its provider alone."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.cache import cache

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Denied
from second_opinion.audit.services import content_hash
from second_opinion.cases import policies
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState
from second_opinion.ingest.case_file import CaseFile, as_dict
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.selectors import Engagement
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.analysis import CaseAnalysis, analyse_stored, method_of
from second_opinion.reports.analysis.advice import (
    DesignAdvice,
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
    """One sentence or two; empty for everybody else, and where there is nothing to advise.

    Before the opening it rests on who is engaged, which the coordinator knows, and on no score.
    """
    if isinstance(policies.may_run(person, case), Denied):
        return ""
    if case.state in BEFORE_THE_OPENING:
        engaged = opinions.engagements_visible_to(person, case=case)
        return advice.on_design(_thinnest(case, engaged))
    if case.state not in UNTIL_THE_DECISION:
        return ""
    stakes = _stakes(case)
    if stakes is None:
        return advice.without_stakes()
    case_file, analysis = _figures(case)
    return advice.on_further(advise_on_further(case_file, analysis, stakes))


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


def _thinnest(case: Case, engaged: Iterable[Engagement]) -> DesignAdvice | None:
    """Of the candidate with the fewest opinions; None while one of them has none."""
    employers: dict[str, list[str]] = {each.name: [] for each in case.candidacies.all()}
    for each in engaged:
        employers[each.candidate].append(_employer(each))
    return advise_on_design(min(employers.values(), key=len, default=[]))


def _employer(engagement: Engagement) -> str:
    """Whom an assessor works for: a third one for neither side, and so for nobody else's."""
    if engagement.kind == OpinionKind.THIRD:
        return f"third: {engagement.assessor}"
    return engagement.kind.value


def _stakes(case: Case) -> Stakes | None:
    if case.price is None or case.yearly_pay is None or case.worked_out is None:
        return None
    return Stakes(price=case.price, yearly_pay=case.yearly_pay, worked_out=case.worked_out)
