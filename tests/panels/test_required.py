"""A provider's own list of instruments that take a certificate, and of which one each takes."""

import pytest
from django.db import IntegrityError, transaction

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.models import Event
from second_opinion.opinions.errors import EngagementError
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services
from second_opinion.panels.analysis import Gate
from second_opinion.panels.errors import ProposalError, RegisterError
from second_opinion.panels.models import RequiredCertificate
from second_opinion.panels.selectors.certificates import lacks_certificate, required_at
from tests import factories
from tests.panels.test_certificates import INTERVIEW, Firm, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    firm = Firm()
    firm.require = lambda instrument=INTERVIEW, certificate="Two days in Lund": (
        services.require_certificate(
            actor=firm.cast.coordinator,
            provider=firm.cast.provider,
            instrument=instrument,
            certificate=certificate,
        )
    )
    return firm


def test_nobody_without_it_is_listed_asked_or_engaged_and_the_sentence_names_it(firm):
    firm.certify(firm.other, ("Another instrument", None))
    firm.require()

    found = firm.shortlist()

    assert found.listed == ()
    assert {one.gate for one in found.left_out} == {Gate.CERTIFICATE}
    sentence = r"takes a certificate here \(.*Two days in Lund.*\), and the register confirms none"
    with pytest.raises(ProposalError, match=sentence):
        firm.propose(firm.other)
    with pytest.raises(EngagementError, match=sentence):
        factories.engage(firm.cast, firm.kim, firm.other, OpinionKind.SECOND)


def test_who_has_a_valid_one_can_be_engaged_and_who_had_one_cannot(firm):
    firm.require()
    firm.certify(firm.other, ("structured interview", day(30)))
    firm.certify(firm.cast.assessor, ("structured interview", day(-1)))

    assert [one.person for one in firm.shortlist().listed] == [firm.other]
    assert factories.engage(firm.cast, firm.kim, firm.other, OpinionKind.SECOND)


def test_an_outside_test_on_the_list_takes_one_though_nobody_shows_any(firm):
    assert not lacks_certificate(firm.other, firm.cast.provider, "Matrix 9")

    firm.require("matrix  9")

    assert lacks_certificate(firm.other, firm.cast.provider, "Matrix 9")


def test_it_can_be_taken_off_and_worded_anew_and_every_word_stays(firm):
    firm.require()
    firm.require(certificate="Three days in Lund")
    (now,) = required_at(firm.cast.provider)

    services.require_certificate_no_more(
        actor=firm.cast.coordinator, provider=firm.cast.provider, instrument=INTERVIEW.upper()
    )

    assert now.certificate == "Three days in Lund"
    assert required_at(firm.cast.provider) == ()
    assert len(firm.shortlist().listed) == 2
    told = Event.objects.filter(verb="certificate.required").order_by("position")
    assert [one.details["is_required"] for one in told] == [True, True, False]
    with pytest.raises(IntegrityError), transaction.atomic():
        RequiredCertificate.objects.all().delete()


def test_another_provider_asks_for_nothing_by_it(firm):
    elsewhere = factories.make_organisation("Another provider")

    firm.require()

    assert required_at(elsewhere) == ()


@pytest.mark.parametrize(("instrument", "certificate"), [("", "A course"), ("Matrix 9", " ")])
def test_both_are_named(firm, instrument, certificate):
    with pytest.raises(RegisterError, match="Name the instrument and its certificate"):
        firm.require(instrument, certificate)


def test_only_a_coordinator_keeps_the_list_and_takes_off_what_is_on_it(firm):
    with pytest.raises(NotAllowedError, match="Only a coordinator"):
        services.require_certificate(
            actor=firm.cast.assessor,
            provider=firm.cast.provider,
            instrument="Matrix 9",
            certificate="A course",
        )
    with pytest.raises(RegisterError, match="not on the list"):
        services.require_certificate_no_more(
            actor=firm.cast.coordinator, provider=firm.cast.provider, instrument="Matrix 9"
        )
