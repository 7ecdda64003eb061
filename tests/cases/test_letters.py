"""Who has to act gets a mail: once, with a link and nothing else, in their language."""

from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from second_opinion.audit.models import OutboxRow
from second_opinion.audit.tasks import deliver_due
from second_opinion.cases import selectors
from second_opinion.cases import services as cases
from second_opinion.cases.models import Letter
from second_opinion.cases.states import CaseState, LetterKind
from second_opinion.cases.tasks import send_letter
from second_opinion.opinions.states import OpinionKind
from tests import factories
from tests.journey.world import World

pytestmark = pytest.mark.django_db


def told(case, *, since=0):
    """What was asked to be mailed to whom, in its order."""
    letters = case.letters.filter(pk__gt=since).select_related("reader")
    return [(letter.kind, letter.reader.name.split()[0]) for letter in letters]


def test_an_order_that_is_sent_calls_its_coordinator_and_its_deciders(cast):
    case = factories.make_whole_draft(cast)
    assert told(case) == []

    factories.submit_order(cast, case)

    assert told(case) == [(LetterKind.ORDER_SENT, "Cilla"), (LetterKind.APPROVAL_WANTED, "Disa")]


def test_an_order_that_the_coordinator_enters_asks_its_orderer_why(cast):
    case = factories.make_case(cast)

    assert told(case) == [(LetterKind.WHY_WANTED, "Olle")]


@pytest.mark.parametrize(
    ("act", "letter"),
    [
        (factories.ask_back, (LetterKind.ASKED_BACK, "Olle")),
        (factories.decline_order, (LetterKind.DECLINED, "Olle")),
        (factories.lock_profile, (LetterKind.ACCEPTED, "Olle")),
        (factories.withdraw_case, (LetterKind.WITHDRAWN, "Olle")),
    ],
)
def test_what_the_coordinator_does_with_an_order_is_told_its_orderer(act, letter, cast):
    case = factories.make_case(cast)
    before = case.letters.last().pk

    act(cast, case)

    assert told(case, since=before) == [letter]


def test_the_last_approval_and_every_objection_call_the_coordinator(cast):
    second = factories.make_person(
        factories.Role.DECIDER, organisation=cast.client, name="Dora Decider"
    )
    case = factories.make_case(cast, deciders=[cast.decider, second])
    factories.write_profile(cast, case)
    before = case.letters.last().pk

    factories.approve(cast, case)
    assert told(case, since=before) == []
    profile = selectors.current_profile(case)
    cases.answer_profile(actor=second, profile=profile, is_approval=False, words="Less weight.")
    cases.answer_profile(actor=second, profile=profile, is_approval=True)

    assert told(case, since=before) == [
        (LetterKind.OBJECTED, "Cilla"),
        (LetterKind.APPROVED, "Cilla"),
    ]


def test_deciders_are_asked_once_for_each_version_and_not_while_it_is_still_changed(cast):
    case = factories.make_case(cast, deciders=[cast.decider])
    for _ in range(2):
        factories.write_profile(cast, case)
    assert [kind for kind, _ in told(case)].count(LetterKind.APPROVAL_WANTED) == 1
    factories.approve(cast, case)
    factories.write_profile(cast, case)  # a new version, for the first was answered

    deliver_due()
    assert [to for message in mail.outbox for to in message.to] == [
        cast.orderer.email,  # to say why
        cast.coordinator.email,  # all had approved
    ]
    OutboxRow.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    deliver_due()

    asked = case.letters.filter(kind=LetterKind.APPROVAL_WANTED)
    assert [bool(letter.sent_at) for letter in asked] == [False, True]
    assert asked[0].dropped_at is not None


def test_a_case_in_assessment_tells_who_has_something_to_do(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    factories.start_assessment(cast, case)
    before = case.letters.last().pk
    opinions = factories.opinions.engage_for_case(
        actor=cast.coordinator, case=case, assessor=cast.assessor, kind=OpinionKind.SECOND
    )
    factories.declare(opinions[0])
    factories.seal(opinions[0])
    factories.opinions.open_case(actor=cast.coordinator, case=case)
    factories.release_report(cast, case)
    factories.decide(cast, case)

    assert told(case, since=before) == [
        (LetterKind.ENGAGED, "Anna"),
        (LetterKind.ANSWERED, "Cilla"),
        (LetterKind.ALL_SEALED, "Cilla"),
        (LetterKind.OPENED, "Anna"),
        (LetterKind.REPORT, "Olle"),
        (LetterKind.DECIDED, "Cilla"),
    ]


def test_a_withdrawal_reaches_the_assessors_once():
    world = World(CaseState.IN_ASSESSMENT)
    cases.withdraw_case(actor=world.cast.orderer, case=world.case, reason="Cancelled.")

    for _ in range(2):
        OutboxRow.objects.filter(kind=cases.CASE_WITHDRAWN).update(
            done_at=None, due_at=timezone.now()
        )
        deliver_due()

    names = world.case.letters.filter(kind=LetterKind.WITHDRAWN).values_list("reader__name")
    assert sorted(name for (name,) in names) == [
        "Anna Assessor",
        "Cilla Coordinator",
        "Disa Decider",
        "Fia First",
    ]


def test_a_mail_names_nobody_and_links_to_its_page_in_its_readers_language(cast, settings):
    settings.SECOND_OPINION_PUBLIC_URL = "https://opinion.example.com"
    cast.orderer.language = "sv"
    cast.orderer.save()
    case = factories.make_case(cast, state=CaseState.REPORTED, deciders=[cast.decider])
    OutboxRow.objects.update(due_at=timezone.now())

    deliver_due()

    version = case.report_versions.get()
    link = f"\nhttps://opinion.example.com/reports/{version.pseudonym}/\n"
    by_reader = {message.to[0]: message for message in mail.outbox if link in message.body}
    assert by_reader.keys() == {cast.orderer.email, cast.decider.email}
    assert "inloggning" not in by_reader[cast.decider.email].body
    assert "You sign in with a code" in by_reader[cast.decider.email].body
    assert "You sign in with a code" not in by_reader[cast.orderer.email].body
    text = " ".join(message.subject + message.body for message in mail.outbox)
    secrets = ["Karlsson", case.role, "Leadership", "Said so", "Client", "Decider", "Orderer"]
    assert [secret for secret in secrets if secret in text] == []


def test_a_letter_is_sent_once(cast):
    letter = factories.make_case(cast).letters.get()

    send_letter(letter.pseudonym)
    send_letter(letter.pseudonym)

    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("error", "is_refused"),
    [
        (SMTPRecipientsRefused({"somebody@example.com": (550, b"unknown")}), True),
        (SMTPRecipientsRefused({"somebody@example.com": (452, b"full")}), False),
        (SMTPException("somebody@example.com"), False),
    ],
)
def test_a_mail_server_that_refuses_leaves_no_address_behind(error, is_refused, cast, monkeypatch):
    letter = factories.make_case(cast).letters.get()

    def refuse(*messages):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    deliver_due()

    letter = Letter.objects.get(pk=letter.pk)
    row = OutboxRow.objects.get(subject=letter.pseudonym)
    assert (letter.sent_at, bool(letter.refused_at)) == (None, is_refused)
    assert bool(row.done_at) == is_refused
    assert "example.com" not in row.last_error
