"""That a certificate ends is told in time: to its holder and who runs cases, once, and no more."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outside
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.accounts.states import Role
from second_opinion.audit.models import OutboxRow
from second_opinion.audit.tasks import deliver_due
from second_opinion.cases.states import CaseState
from second_opinion.panels import services, tasks
from second_opinion.panels.models import CertificateMail
from second_opinion.panels.selectors.assessors import Certificate, Shown
from second_opinion.panels.selectors.certificates import MAILED_AHEAD
from tests import factories

pytestmark = pytest.mark.django_db

SUBJECTS = {"A certificate ends soon", "Ett certifikat går snart ut"}
INSTRUMENT = "Zqinstrument 16"
ZONE = ZoneInfo("Europe/Stockholm")


class Firm:
    """One assessor, two coordinators, one case; the days are written in the tests."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch
        self.cast = factories.Cast()
        self.case = factories.make_case(
            self.cast, state=CaseState.IN_ASSESSMENT, candidates=["Zqcandidate"]
        )
        self.colleague = factories.make_person(
            Role.COORDINATOR, organisation=self.cast.provider, name="Cai Colleague", language="sv"
        )
        self.today = date(2027, 3, 1)
        self.at(self.today)

    def at(self, day, hour=10):
        self.today = day
        now = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)
        self.monkeypatch.setattr(timezone, "now", lambda: now)

    def certify(self, *days, name=INSTRUMENT, is_confirmed=True):
        """days : from today to the last day; None without one"""
        held = tuple(
            Certificate(
                instrument=name,
                valid_until=None if left is None else self.today + timedelta(days=left),
            )
            for left in days
        )
        version = services.save_assessor(
            actor=self.cast.assessor,
            assessor=self.cast.assessor,
            provider=self.cast.provider,
            shown=Shown(instruments=held),
        )
        if is_confirmed:
            services.confirm_assessor(actor=self.cast.coordinator, version=version)

    def look(self):
        """The worker's day; the mails that went out in it."""
        outside.outbox.clear()
        services.tell_of_ending_certificates()
        deliver_due()
        return [one for one in outside.outbox if one.subject in SUBJECTS]

    def days_on_which_it_tells(self, *, of=90):
        began, told = self.today, []
        for later in range(of):
            self.at(began + timedelta(days=later))
            if self.look():
                told.append(of - later - 1)
        return told


@pytest.fixture
def firm(monkeypatch):
    return Firm(monkeypatch)


def test_holder_and_coordinators_are_mailed_at_each_time_ahead_and_once(firm):
    firm.certify(89)

    assert firm.days_on_which_it_tells(of=90) == list(MAILED_AHEAD)

    readers = {one.reader for one in CertificateMail.objects.all()}
    assert readers == {firm.cast.assessor, firm.cast.coordinator, firm.colleague}
    assert CertificateMail.objects.count() == 3 * len(MAILED_AHEAD)


def test_one_that_is_entered_late_is_told_of_once_and_one_that_has_ended_never(firm):
    firm.certify(9)
    assert len(firm.look()) == 3
    assert firm.look() == []
    firm.certify(-1, name="Another")

    assert firm.look() == []
    assert {one.ahead for one in CertificateMail.objects.all()} == {14}


def test_each_reads_it_in_their_language_with_a_link_to_the_page(firm):
    firm.certify(30)

    by_reader = {one.to[0]: one for one in firm.look()}

    own = by_reader[firm.cast.assessor.email]
    swedish = by_reader[firm.colleague.email]
    page = f"/assessors/{firm.cast.assessor.pseudonym}/"
    assert own.subject == "A certificate ends soon"
    assert "A certificate of yours ends within two months." in own.body
    assert swedish.subject == "Ett certifikat går snart ut"
    assert "hos en av era bedömare går ut inom två månader" in swedish.body
    assert all(page in one.body for one in by_reader.values())


def test_it_tells_nothing_of_any_case_and_names_nobody(firm):
    factories.engage(
        firm.cast, firm.case.candidacies.get(), firm.cast.assessor, factories.OpinionKind.SECOND
    )
    firm.certify(10)

    mails = firm.look()

    assert len(mails) == 3
    for one in mails:
        said = f"{one.subject}\n{one.body}"
        for secret in (
            INSTRUMENT,
            "Zqcandidate",
            firm.case.reference,
            firm.case.role,
            str(firm.case.pseudonym),
            firm.case.client.name,
            firm.cast.assessor.name,
        ):
            assert secret not in said


def test_the_same_mail_goes_whether_or_not_somebody_is_engaged(firm):
    firm.certify(10)
    before = sorted((one.to, one.subject, one.body) for one in firm.look())
    CertificateMail.objects.all().delete()
    factories.engage(
        firm.cast, firm.case.candidacies.get(), firm.cast.assessor, factories.OpinionKind.SECOND
    )

    assert sorted((one.to, one.subject, one.body) for one in firm.look()) == before


def test_one_that_another_outlasts_is_not_told_of_and_not_one_that_waits_to_be_confirmed(firm):
    firm.certify(10, None)
    assert firm.look() == []
    firm.certify(10, 500)
    assert firm.look() == []
    firm.certify(10, is_confirmed=False)
    assert firm.look() == []


def test_a_renewal_before_the_mail_goes_stops_it(firm):
    firm.at(firm.today, hour=22)
    firm.certify(10)
    assert firm.look() == []  # it waits for the morning
    assert OutboxRow.objects.filter(kind=services.CERTIFICATE_MAIL, done_at=None).count() == 3

    firm.certify(700)
    firm.at(firm.today + timedelta(days=1), hour=9)
    assert firm.look() == []

    assert all(one.dropped_at for one in CertificateMail.objects.all())


def test_a_renewed_one_is_told_of_again_before_its_own_last_day(firm):
    firm.certify(10)
    assert len(firm.look()) == 3

    firm.certify(60)

    assert len(firm.look()) == 3


def test_who_runs_cases_no_more_or_assesses_no_more_is_not_mailed(firm):
    firm.at(firm.today, hour=22)
    firm.certify(10)
    firm.look()
    firm.colleague.memberships.all().delete()
    firm.at(firm.today + timedelta(days=1), hour=9)

    assert firm.colleague.email not in {one.to[0] for one in firm.look()}
    firm.cast.assessor.memberships.filter(role=Role.ASSESSOR).delete()
    CertificateMail.objects.all().delete()
    assert firm.look() == []


def test_the_database_keeps_it_at_one_mail(firm):
    firm.certify(10)
    firm.look()
    one = CertificateMail.objects.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateMail.objects.create(
            provider=one.provider,
            holder=one.holder,
            instrument=one.instrument,
            valid_until=one.valid_until,
            ahead=one.ahead,
            reader=one.reader,
        )


def test_a_worker_reads_the_registers_once_a_day(firm, monkeypatch):
    looked = []
    monkeypatch.setattr(services, "tell_of_ending_certificates", lambda: looked.append(firm.today))
    tasks._looked_on.clear()
    for later in (0, 0, 1, 1):
        firm.at(date(2027, 3, 1) + timedelta(days=later))
        tasks.tell_of_ending_certificates()
    tasks._looked_on.clear()

    assert looked == [date(2027, 3, 1), date(2027, 3, 2)]
