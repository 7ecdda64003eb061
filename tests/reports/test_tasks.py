import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from second_opinion.audit.models import OutboxRow
from second_opinion.audit.tasks import deliver_due
from second_opinion.cases.states import CaseState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def test_who_orders_and_who_decides_are_mailed_a_link_and_nothing_of_the_content(cast):
    case = factories.make_case(cast, state=CaseState.REPORTED, deciders=[cast.decider])
    mail.outbox.clear()

    deliver_due()

    message, to_decider = mail.outbox
    assert to_decider.to == [cast.decider.email]
    version = case.report_versions.get()
    assert message.to == [cast.orderer.email]
    assert f"http://localhost:8000/reports/{version.pseudonym}/" in message.body
    text = message.subject + message.body
    secrets = ["Kim", "Karlsson", case.role, "Leadership", "Fits", "Said so", "Client", "Anna"]
    assert [secret for secret in secrets if secret in text] == []


def test_the_link_begins_with_the_public_address(cast, settings):
    settings.SECOND_OPINION_PUBLIC_URL = "https://opinion.example.com"
    factories.make_case(cast, state=CaseState.REPORTED)

    deliver_due()

    assert "\nhttps://opinion.example.com/reports/" in mail.outbox[0].body


def test_a_mail_server_that_refuses_leaves_the_row_without_the_address(cast, monkeypatch):
    factories.make_case(cast, state=CaseState.REPORTED)

    def refuse(*messages):
        raise smtplib.SMTPRecipientsRefused({cast.orderer.email: (550, b"unknown")})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)

    deliver_due()

    row = OutboxRow.objects.get()
    assert row.done_at is None
    assert row.last_error == "The mail server did not take it (SMTPRecipientsRefused)."
