"""A case is erased when it has been kept for as long as its candidate was told, and not before."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.audit.analysis.log_tree import log_faults
from second_opinion.audit.analysis.verification import verify_receipt
from second_opinion.audit.errors import ErasedError
from second_opinion.audit.models import Event, LogHead
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import cases_visible_to
from second_opinion.cases.services import withdraw_case
from second_opinion.cases.states import CaseState
from second_opinion.cli.doctor import record_findings
from second_opinion.instruments import selectors
from second_opinion.instruments.models import CountedScores, NormConsent
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors import content_of, receipt_for
from second_opinion.privacy.tasks import erase_what_is_due
from second_opinion.reports.models import Share
from tests import factories, norms
from tests.journey import secrets
from tests.journey.test_leaks import planted
from tests.journey.world import everything

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = timedelta(days=2 * 365 + 1)
# All that is planted but the role, its pay and the price, and the name of a firm.
ABOUT_NOBODY = {secrets.ROLE, secrets.PAY, secrets.PRICE, secrets.TIED}
NAMED = [secret.words for secret in secrets.SECRETS if secret.words not in ABOUT_NOBODY]


@pytest.fixture
def after(monkeypatch):
    """Moves the clock, for whoever asks it from here on."""
    began = timezone.now()

    def move(delta):
        monkeypatch.setattr(timezone, "now", lambda: began + delta)

    return move


def test_what_a_decided_case_holds_is_erased_at_its_date_and_its_proofs_still_verify(after):
    world = planted(CaseState.CLOSED)
    opinion = Opinion.objects.filter(candidacy__case=world.case).last()
    receipt = receipt_for(opinion.assessor, opinion=opinion)
    assert secrets.CANDIDATE in str(everything())
    assert record_findings() == []

    after(KEPT - timedelta(days=3))
    erase_what_is_due()
    assert content_of(opinion)

    after(KEPT + timedelta(days=1))
    erase_what_is_due()

    with pytest.raises(ErasedError):
        content_of(Opinion.objects.get(pk=opinion.pk))
    rows = str(everything())
    assert [words for words in NAMED if words in rows] == []
    assert verify_receipt(receipt).refuted == ()
    assert list(log_faults(LogHead.objects.get())) == []
    assert record_findings() == []
    assert not any(cases_visible_to(person).exists() for person in world.people.values())


def test_erasing_twice_or_by_two_workers_is_erasing_once(after):
    world = planted(CaseState.DECIDED)
    after(KEPT + timedelta(days=1))

    erase_what_is_due()
    erase_what_is_due()

    assert Event.objects.filter(verb="case.erased", subject=world.case.pseudonym).count() == 1


@pytest.mark.parametrize(
    ("stage", "is_erased"),
    [
        (CaseState.WITHDRAWN, True),
        (CaseState.DECLINED, True),
        (CaseState.REPORTED, False),  # still under way, however slow
        (CaseState.IN_ASSESSMENT, False),
    ],
)
def test_a_case_without_a_decision_is_kept_for_as_long_from_its_end(after, stage, is_erased):
    world = planted(stage)
    after(KEPT + timedelta(days=1))

    erase_what_is_due()

    assert (Case.objects.get(pk=world.case.pk).removed_at is not None) == is_erased


def test_the_address_of_a_share_can_be_forgotten_and_not_replaced():
    planted(CaseState.REPORTED)

    with pytest.raises(IntegrityError, match="stays with its version"), transaction.atomic():
        Share.objects.update(email="somebody.else@example.com")

    Share.objects.update(email="")


def test_scores_that_were_to_be_counted_are_emptied_with_their_case(after):
    cast = factories.Cast()
    norms.switch_on(cast)
    given = norms.sent_case(cast)
    norms.agree(given)
    withdraw_case(actor=cast.coordinator, case=given.candidacy.case, reason="Cancelled.")
    assert len(selectors.people_in(norms.group())) == 1
    after(KEPT + timedelta(days=1))

    erase_what_is_due()

    assert CountedScores.objects.get().content is None
    assert selectors.people_in(norms.group()) == []
    assert NormConsent.objects.get().is_given
