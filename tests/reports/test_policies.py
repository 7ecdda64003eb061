from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from second_opinion.cases.states import CaseState
from second_opinion.reports import policies
from second_opinion.reports.models import ReportVersion
from tests import factories

pytestmark = pytest.mark.django_db

PEOPLE = ("orderer", "decider", "coordinator", "assessor", "stranger")
REPORTABLE = {CaseState.OPENED, CaseState.REPORTED}


@pytest.fixture
def case(cast):
    case = factories.make_case(cast)
    case.candidacies.get().opinions.create(
        assessor=cast.assessor, kind="second", **factories.sealed_by_hand()
    )
    return case


@pytest.mark.parametrize(("who", "state"), list(product(PEOPLE, CaseState)))
def test_coordinators_write_and_release_between_opening_and_decision(cast, case, who, state):
    factories.put_in_state(case, state)
    draft = ReportVersion(case=case, number=1)
    ReportVersion.objects.create(
        case=case,
        number=2,
        input=b"",
        author=cast.coordinator,
        to_candidates_at=timezone.now() - timedelta(days=7),
    )

    decisions = {
        bool(policies.may_sign_report(getattr(cast, who), case)),
        bool(policies.may_release_to_candidates(getattr(cast, who), draft)),
        bool(policies.may_release_report(getattr(cast, who), draft)),
    }

    assert decisions == {who == "coordinator" and state in REPORTABLE}


def test_a_version_is_released_once(cast, case):
    factories.put_in_state(case, CaseState.REPORTED)
    released = ReportVersion(case=case, number=1, released_at=timezone.now())

    decision = policies.may_release_report(cast.coordinator, released)

    assert decision.reason == "This version has been released already."
