import json

import pytest

from second_opinion.audit.analysis.verification import verify_receipt
from second_opinion.cases.states import CaseState
from second_opinion.opinions import selectors
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.states import OpinionKind
from tests import factories

pytestmark = pytest.mark.django_db

MARKER = "Zirkon 4711"


@pytest.fixture
def cast():
    return factories.Cast()


def sealed(cast, state):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    opinion = factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)
    factories.seal(opinion, evidence=(MARKER,), conclusion=MARKER)
    if state == CaseState.OPENED:
        from second_opinion.opinions.services import open_case

        open_case(actor=cast.coordinator, case=case)
    return Opinion.objects.select_related("candidacy__case").get(pk=opinion.pk)


def test_before_the_opening_a_receipt_proves_the_seal_and_holds_no_content(cast):
    opinion = sealed(cast, CaseState.IN_ASSESSMENT)

    receipt = selectors.receipt_for(cast.assessor, opinion)

    verdict = verify_receipt(receipt)
    assert verdict.refuted == ()
    assert len(verdict.proved) == 2
    assert "signed the head" in verdict.proved[1]
    assert opinion.commitment in json.dumps(receipt)
    assert MARKER not in json.dumps(receipt)


def test_before_the_opening_a_receipt_does_not_tell_how_much_others_have_done_since(cast):
    opinion = sealed(cast, CaseState.IN_ASSESSMENT)
    receipt = selectors.receipt_for(cast.assessor, opinion)

    factories.make_case(cast)

    assert selectors.receipt_for(cast.assessor, opinion) == receipt


def test_after_the_opening_it_proves_the_content_too(cast):
    opinion = sealed(cast, CaseState.OPENED)

    receipt = json.loads(json.dumps(selectors.receipt_for(cast.coordinator, opinion)))

    verdict = verify_receipt(receipt)
    assert verdict.refuted == ()
    assert "to the letter" in verdict.proved[1]
    assert receipt["opened"]["opinion"]["conclusion"] == MARKER


def test_nobody_else_gets_a_receipt_before_the_opening(cast):
    opinion = sealed(cast, CaseState.IN_ASSESSMENT)

    for person in (cast.coordinator, cast.orderer, cast.decider, cast.stranger):
        assert selectors.receipt_for(person, opinion) is None


def test_what_is_not_sealed_has_no_receipt(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    opinion = factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)

    assert selectors.receipt_for(cast.assessor, opinion) is None


def test_a_receipt_still_holds_when_the_log_has_grown_and_the_case_is_erased(cast):
    opinion = sealed(cast, CaseState.IN_ASSESSMENT)
    receipt = selectors.receipt_for(cast.assessor, opinion)
    from second_opinion.audit.services import destroy_case_key

    sealed(cast, CaseState.OPENED)
    destroy_case_key(opinion.candidacy.case)

    assert verify_receipt(receipt).refuted == ()
    assert verify_receipt(selectors.receipt_for(cast.assessor, opinion)).refuted == ()
