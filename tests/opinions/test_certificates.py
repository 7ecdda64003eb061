"""An instrument that takes a certificate is used by nobody who has none that is valid."""

from datetime import timedelta

import pytest
from django.utils import timezone

from second_opinion.cases.states import CaseState
from second_opinion.instruments.errors import ResultError
from second_opinion.opinions.services import enter_test
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services as panels
from second_opinion.panels.selectors.assessors import Certificate, Shown
from tests import factories

pytestmark = pytest.mark.django_db

TEST = "Reasoning 9"
TODAY = timezone.localdate


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def candidacy(cast):
    candidacy = factories.make_case(cast, state=CaseState.IN_ASSESSMENT).candidacies.get()
    factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)
    return candidacy


def certified(cast, person, *, until, is_confirmed=True):
    certificate = Certificate(instrument="reasoning  9", valid_until=until)
    version = panels.save_assessor(
        actor=person,
        assessor=person,
        provider=cast.provider,
        shown=Shown(instruments=(certificate,), years=12, places="Malmö"),
    )
    if is_confirmed:
        panels.confirm_assessor(actor=cast.coordinator, version=version)


def enter(cast, candidacy, actor=None, **changes):
    test = factories.outside_test(**({"instrument": TEST, "tester": "Anna Assessor"} | changes))
    return enter_test(actor=actor or cast.assessor, candidacy=candidacy, test=test)


def test_a_valid_certificate_lets_it_be_used(cast, candidacy):
    certified(cast, cast.assessor, until=TODAY())

    assert enter(cast, candidacy)


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_one_that_has_run_out_or_that_nobody_confirmed_does_not(cast, candidacy, is_confirmed):
    other = factories.make_person(
        factories.Role.ASSESSOR, organisation=cast.provider, name="Bo Other"
    )
    certified(cast, other, until=None)
    until = TODAY() - timedelta(days=1) if is_confirmed else None
    certified(cast, cast.assessor, until=until, is_confirmed=is_confirmed)

    for actor in (cast.assessor, cast.coordinator):  # whoever writes it in for her
        with pytest.raises(ResultError, match="takes a certificate"):
            enter(cast, candidacy, actor=actor)


def test_what_another_firm_gave_and_what_takes_none_is_entered(cast, candidacy):
    certified(cast, cast.assessor, until=TODAY() - timedelta(days=1))

    assert enter(cast, candidacy, actor=cast.coordinator, tester="A testing firm")
    assert enter(cast, candidacy, instrument="Another")
