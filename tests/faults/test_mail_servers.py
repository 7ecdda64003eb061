"""Mail servers that refuse, wait, or take a mail and die: said in a sentence, and nothing lost."""

import pytest

from second_opinion.audit.models import OutboxRow
from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates.services.mails import queue_mail
from second_opinion.candidates.states import MailKind
from second_opinion.cases.services import enter_contact
from tests import factories
from tests.faults.mail_server import Manner, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 0.2
        yield server


@pytest.fixture
def row():
    cast = factories.Cast()
    candidacy = factories.make_case(cast).candidacies.get()
    enter_contact(actor=cast.coordinator, candidacy=candidacy, email="kim@example.com")
    OutboxRow.objects.all().delete()
    queue_mail(candidacy=candidacy, kind=MailKind.NOTICE)
    return OutboxRow.objects.get()


def come_due(row):
    OutboxRow.objects.filter(pk=row.pk).update(due_at=row.created_at)


@pytest.mark.parametrize(
    ("manner", "said"),
    [
        (Manner.LATER, "The mail server did not take the address yet."),
        (Manner.SLOW, "The mail server did not take it (SMTPServerDisconnected)."),
        (Manner.DIES, "The mail server did not take it (SMTPServerDisconnected)."),
    ],
)
def test_what_a_mail_server_does_not_take_is_said_and_sent_when_it_does(row, server, manner, said):
    server.manner, server.seconds = manner, 5.0
    deliver_due()
    row.refresh_from_db()
    met = (row.attempts, row.last_error, row.done_at)

    server.manner = Manner.TAKES
    come_due(row)
    deliver_due()

    assert met == (1, said, None)
    row.refresh_from_db()
    assert row.done_at is not None
    # A mail that the server had already kept comes again under the identity it had.
    assert len({mail["Message-ID"] for mail in server.got}) == 1


def test_an_address_that_is_refused_for_good_is_not_tried_again(row, server):
    server.manner = Manner.REFUSES

    deliver_due()

    row.refresh_from_db()
    assert row.done_at is not None
    assert server.got == []
