"""What breaks around a case, the clock and the mail server: nothing is lost, early or twice."""

from collections import Counter
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from second_opinion import audit
from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import MailState
from second_opinion.audit.analysis.exports import verify
from second_opinion.audit.analysis.receipts import export_of
from second_opinion.audit.models import OutboxRow
from second_opinion.audit.services import wait_after
from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import services as candidates
from second_opinion.candidates.errors import CodeError
from second_opinion.candidates.states import MailKind
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState, ReportOrder
from second_opinion.cli.demo.past import as_of
from second_opinion.cli.doctor.records import record_findings
from second_opinion.opinions import services as opinions
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports import selectors, services
from tests import factories
from tests.journey.world import World

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


# --- the clock


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forwards", "backwards"])
def test_a_clock_that_jumps_between_any_two_steps_makes_nothing_illegal_possible(jump):
    cast, now = factories.Cast(), timezone.now()
    right, wrong = now, now + jump
    case = factories.make_case(
        cast, state=CaseState.IN_ASSESSMENT, details={"report_order": ReportOrder.SAME_TIME}
    )
    first, second = (
        factories.engage(cast, case.candidacies.get(), person, kind)
        for person, kind in ((cast.decider, OpinionKind.FIRST), (cast.assessor, OpinionKind.SECOND))
    )
    with as_of(right):
        factories.seal(first)
    with as_of(wrong):
        factories.seal(second)
    with as_of(right):
        opinions.open_case(actor=cast.coordinator, case=case)
    with as_of(wrong):
        stale = services.sign_report(actor=cast.coordinator, case=case)
    with as_of(right):
        factories.revise(second, reason="I misheard.")
        with pytest.raises(NotAllowedError, match="has been revised since"):
            services.release_report(actor=cast.coordinator, version=stale)
        version = services.sign_report(actor=cast.coordinator, case=case)
    with as_of(wrong):
        services.release_to_candidates(actor=cast.coordinator, version=version)
    with as_of(right):
        version = services.release_report(actor=cast.coordinator, version=version)
        services.share_report(
            actor=cast.orderer, version=version, email="somebody@example.com", days=7
        )

    log = export_of(case.pseudonym, list(selectors.events_visible_to(cast.coordinator, case=case)))
    assert verify(log).refuted == ()
    assert version.to_candidates_at <= version.released_at
    assert record_findings() == []


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forwards", "backwards"])
def test_no_code_lives_longer_because_the_clock_jumps(jump):
    world = World(CaseState.REPORTED)
    now = timezone.now()
    link, _token = candidates.make_token(candidacy=world.candidacy)
    code = candidates.make_code(link=link, mail=uuid4())

    with as_of(now + jump), pytest.raises(CodeError, match="not the code"):
        candidates.enter_code(link=link, code=code)
    with as_of(now + timedelta(minutes=1)):
        candidates.enter_code(link=link, code=code)


def test_a_link_that_has_expired_is_renewed_and_lives_again_only_by_the_clock():
    world = World(CaseState.REPORTED)
    enter_contact(actor=world.cast.coordinator, candidacy=world.candidacy, email="kim@example.com")
    link, token = candidates.make_token(candidacy=world.candidacy)

    with as_of(link.expires_at + HOUR):
        assert not link.is_live
        page = Client().get(reverse("personal_link", args=[token]), follow=True)
        candidates.renew_link(token=token)

    assert page.status_code < 500
    assert world.candidacy.mailings.filter(kind="link").count() == 1


# --- the mail server


def test_mails_wait_for_a_server_that_is_down_are_seen_to_wait_and_go_once(monkeypatch):
    world = World(CaseState.REPORTED)
    enter_contact(actor=world.cast.coordinator, candidacy=world.candidacy, email="kim@example.com")
    link, _token = candidates.make_token(candidacy=world.candidacy)
    services.ask_for_share_code(share=world.share)
    for _ in range(2):
        candidates.ask_for_code(link=link)
    desk = Client()
    desk.force_login(world.cast.coordinator)
    desk.cookies["django_language"] = "en"
    address = reverse("case_mails", args=[world.case.pseudonym])

    def down(*_, **__):
        raise SMTPServerDisconnected("gone")

    began = timezone.now() + HOUR  # when all is due
    with monkeypatch.context() as patch, as_of(began):
        patch.setattr(audit.tasks.EmailMessage, "send", down)
        deliver_due()
        assert deliver_due() == 0  # nothing hammers the server
    with monkeypatch.context() as patch, as_of(began + wait_after(1)):
        patch.setattr(audit.tasks.EmailMessage, "send", down)
        deliver_due()
    waiting = desk.get(address).content.decode()
    tries = set(OutboxRow.objects.filter(done_at__isnull=True).values_list("attempts", "due_at"))

    assert "not taken by the mail server yet; it is tried again" in waiting
    assert mail.outbox == []
    assert {due - (began + wait_after(1)) for attempts, due in tries if attempts == 2} == {
        wait_after(2)
    }
    with as_of(began + wait_after(1) + wait_after(2)):
        deliver_due()
        deliver_due()
    assert not OutboxRow.objects.filter(done_at__isnull=True).exclude(last_error="").exists()
    found = selectors.sent_mails(
        list(selectors.mails_visible_to(world.cast.coordinator, case=world.case))
    )
    states = Counter(one.state for one in found)
    assert states == {MailState.SENT: len(mail.outbox), MailState.DROPPED: states["dropped"]}
    codes = [one.state for one in found if one.kind == MailKind.CODE]
    assert codes == [MailState.SENT, MailState.DROPPED]  # of two that waited, the newer
    assert "not taken by the mail server yet" not in desk.get(address).content.decode()
