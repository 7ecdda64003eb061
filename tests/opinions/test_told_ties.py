"""Who is engaged does not go on while a tie that was told of them is not decided."""

import pytest

from second_opinion.cases.states import CaseState
from second_opinion.opinions import policies, selectors
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services as panels
from second_opinion.panels.analysis import conflicts_of
from second_opinion.panels.selectors.proposals import standing_of
from second_opinion.panels.services import ToldTie
from second_opinion.panels.states import Ending, RulingOutcome, TieKind
from tests import factories
from tests.panels.test_ties import clear_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def engaged():
    cast = factories.Cast()
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    opinion = factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)
    return cast, case, opinion


def tell(case, opinion):
    panels.tell_tie(
        candidacy=opinion.candidacy,
        standing=standing_of(case, opinion.assessor),
        told=ToldTie(kind=TieKind.TRAINED_BY, ending=Ending.HOLDS),
    )


def test_nothing_is_written_until_the_coordinator_has_cleared_it(engaged):
    cast, case, opinion = engaged
    assert policies.may_record(cast.assessor, opinion)

    tell(case, opinion)

    denied = policies.may_record(cast.assessor, opinion)
    assert denied.reason == policies.not_yet_sentence()  # and it does not say why
    (listed,) = selectors.opinions_of(cast.assessor)
    assert not policies.may_record(cast.assessor, listed)
    clear_all(cast.coordinator, case, cast.assessor)
    assert policies.may_record(cast.assessor, opinion)


def test_nothing_is_written_on_once_it_is_ruled_a_conflict(engaged):
    cast, case, opinion = engaged
    tell(case, opinion)
    around = selectors.around_of(case)
    (found,) = conflicts_of(case, [cast.assessor], around=around)
    panels.rule_on_conflict(
        actor=cast.coordinator,
        case=case,
        assessor=cast.assessor,
        finding=found.key,
        outcome=RulingOutcome.UPHELD,
        reason="Too close.",
        around=around,
    )

    assert not policies.may_record(cast.assessor, opinion)
