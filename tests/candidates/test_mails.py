"""Personal links and the mails that carry them: neutral, in daytime, and visible."""

import re
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from second_opinion import audit
from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import MailState
from second_opinion.audit.models import Event, OutboxRow
from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import selectors, services, tasks
from second_opinion.candidates.models import PersonalLink
from second_opinion.candidates.states import MailKind
from second_opinion.cases.models import Letter
from second_opinion.cases.services import withdraw_candidacy
from second_opinion.cases.states import LetterKind
from tests import factories

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOON = datetime(2026, 11, 25, 12, tzinfo=STOCKHOLM)


@pytest.fixture
def sent(cast, candidacy):
    factories.write_notice(cast, candidacy)
    return services.send_notice(actor=cast.coordinator, candidacy=candidacy)


@pytest.fixture
def clock(monkeypatch):
    """Let `timezone.now` say a moment; `clock(moment)` moves it."""

    def at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    at(NOON)
    return at


def token_in(message):
    return message.body.split("/personal/")[1].split("/")[0]


def state_of(mailing):
    return next(
        line.state for line in selectors.mails_to(mailing.candidacy) if line.mailing == mailing
    )


# --- links


def test_the_mail_holds_a_link_and_the_database_only_its_hash(sent):
    deliver_due()

    token = token_in(mail.outbox[-1])
    link = selectors.link_of_token(token)
    assert link.candidacy == sent.candidacy
    assert len(token) >= 43
    assert token not in str(PersonalLink.objects.values())


@pytest.mark.parametrize("tampered", [lambda t: t[:-1], lambda t: t.swapcase(), lambda t: t + "="])
def test_a_tampered_token_is_a_strangers(candidacy, tampered):
    _link, token = services.make_token(candidacy=candidacy)

    assert selectors.link_of_token(tampered(token)) is None


def test_a_link_works_many_times_until_it_expires_or_is_closed(cast, candidacy):
    link, _token = services.make_token(candidacy=candidacy)
    assert selectors.live_link(link.pseudonym) == selectors.live_link(link.pseudonym) == link

    services.close_links(actor=cast.coordinator, candidacy=candidacy)
    assert selectors.live_link(link.pseudonym) is None

    other, _token = services.make_token(candidacy=candidacy)
    PersonalLink.objects.filter(pk=other.pk).update(expires_at=timezone.now())
    assert selectors.live_link(other.pseudonym) is None


def test_its_holder_gets_a_new_one_at_the_stored_address(candidacy):
    link, token = services.make_token(candidacy=candidacy)
    PersonalLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())

    services.renew_link(token=token)
    deliver_due()

    assert mail.outbox[-1].to == ["kim@example.com"]
    assert selectors.link_of_token(token_in(mail.outbox[-1])).is_live


def test_strangers_closed_links_and_impatience_get_no_mail(cast, candidacy):
    _link, token = services.make_token(candidacy=candidacy)

    services.renew_link(token="stranger")
    assert not OutboxRow.objects.filter(kind=services.MAIL).exists()
    for _ in range(9):
        services.renew_link(token=token)
    assert OutboxRow.objects.filter(kind=services.MAIL).count() == 3
    services.close_links(actor=cast.coordinator, candidacy=candidacy)
    candidacy.mailings.all().delete()
    services.renew_link(token=token)
    assert not candidacy.mailings.exists()


@pytest.mark.parametrize("who", ["orderer", "decider", "assessor", "stranger"])
def test_only_a_coordinator_closes_links(cast, candidacy, who):
    with pytest.raises(NotAllowedError):
        services.close_links(actor=getattr(cast, who), candidacy=candidacy)


# --- mails


def test_a_mail_says_nothing_about_whom_and_what_it_is_about(sent):
    deliver_due()

    # The link's token is drawn by chance, and may hold any letters.
    body = re.sub(r"https?://\S+", "", mail.outbox[-1].body)
    text = mail.outbox[-1].subject + body.replace("Second Opinion", "")
    for hidden in ("Kim", "Purchasing", "Client", "Provider", "Orderer", "recruit", "opinion"):
        assert hidden not in text.replace("second-opinion", "")


def test_how_far_a_mail_has_come_can_be_seen(cast, sent, monkeypatch):
    assert state_of(sent) == MailState.QUEUED

    def down(*_, **__):
        raise SMTPServerDisconnected("gone")

    with monkeypatch.context() as patch:
        patch.setattr(audit.tasks.EmailMessage, "send", down)
        deliver_due()
    assert state_of(sent) == MailState.DELAYED
    assert not PersonalLink.objects.exists()  # of a mail that never left

    OutboxRow.objects.update(due_at=timezone.now())
    deliver_due()
    sent.refresh_from_db()
    assert state_of(sent) == MailState.SENT

    services.mark_returned(actor=cast.coordinator, mailing=sent)
    assert state_of(sent) == MailState.RETURNED


def test_an_address_that_does_not_work_is_not_tried_again(sent, monkeypatch):
    def refuse(*_, **__):
        raise SMTPRecipientsRefused({sent.address: (550, b"no such user")})

    monkeypatch.setattr(audit.tasks.EmailMessage, "send", refuse)
    deliver_due()

    sent.refresh_from_db()
    assert state_of(sent) == MailState.REFUSED
    assert OutboxRow.objects.get(subject=sent.pseudonym, kind=services.MAIL).done_at


def test_a_mailbox_that_is_full_today_is_tried_again(sent, monkeypatch):
    def later(*_, **__):
        raise SMTPRecipientsRefused({sent.address: (452, b"later")})

    monkeypatch.setattr(audit.tasks.EmailMessage, "send", later)
    deliver_due()

    assert state_of(sent) == MailState.DELAYED


def test_a_mail_whose_worker_died_after_sending_is_sent_once(sent):
    tasks.send_mailing(sent.pseudonym)
    tasks.send_mailing(sent.pseudonym)

    assert len(mail.outbox) == 1


# --- reminders


def remind(sent):
    services.remind(mailing=sent)
    return sent.candidacy.mailings.filter(kind=MailKind.REMINDER).count()


def test_two_reminders_then_a_person_is_told(clock, sent):
    assert remind(sent) == 1
    assert remind(sent) == 1  # carried out twice by mistake
    clock(NOON + timedelta(days=2))
    assert remind(sent) == 2
    clock(NOON + timedelta(days=4))
    assert remind(sent) == 2

    assert Letter.objects.filter(kind=LetterKind.SILENT).count() == 1
    deliver_due()
    assert mail.outbox[-1].to == [sent.candidacy.case.coordinator.email]
    assert "Kim" not in mail.outbox[-1].body


@pytest.mark.parametrize("hour", [0, 7, 18, 23])
def test_nobody_is_reminded_at_night(clock, sent, hour):
    night = clock(NOON.replace(hour=hour))
    OutboxRow.objects.filter(kind=services.REMINDER).delete()

    assert remind(sent) == 0

    (row,) = OutboxRow.objects.filter(kind=services.REMINDER)
    assert row.due_at.astimezone(STOCKHOLM).hour == 8
    assert timedelta(0) < row.due_at - night < timedelta(hours=16)


@pytest.mark.parametrize("answer", ["reads it", "withdraws", "gets a newer one"])
def test_an_answer_ends_the_reminding(clock, cast, sent, answer):
    if answer == "reads it":
        services.acknowledge(candidacy=sent.candidacy, notice=sent.notice)
    elif answer == "withdraws":
        withdraw_candidacy(actor=None, candidacy=sent.candidacy)
    else:
        factories.write_notice(cast, sent.candidacy, steps="Two interviews.")
        services.send_notice(actor=cast.coordinator, candidacy=sent.candidacy)

    assert remind(sent) == 0


def test_a_reminder_waits_for_daytime_in_the_readers_zone(sent):
    row = OutboxRow.objects.get(kind=services.REMINDER)

    assert 8 <= row.due_at.astimezone(STOCKHOLM).hour < 18
    assert row.due_at > timezone.now() + timedelta(days=1)


def test_sending_and_reading_are_in_the_log(sent):
    services.acknowledge(candidacy=sent.candidacy, notice=sent.notice)

    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"notice.written", "candidate.mail_queued", "notice.acknowledged"} <= verbs
