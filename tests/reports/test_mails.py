"""Everything that was sent, for the coordinators and nobody else."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import MailState
from second_opinion.audit.models import OutboxRow
from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import services as candidates
from second_opinion.candidates.states import MailKind
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState, LetterKind
from second_opinion.reports import services as reports
from second_opinion.reports.errors import ReportError
from second_opinion.reports.selectors import mails_visible_to, sent_mails
from second_opinion.reports.states import ShareMailKind
from second_opinion.web.mails import words_of
from tests.journey.world import World

pytestmark = pytest.mark.django_db


def test_the_coordinators_see_every_mail_of_a_case_and_nobody_else_sees_one():
    world = World(CaseState.IN_ASSESSMENT)
    readers = {who for who, person in world.people.items() if mails_visible_to(person).exists()}
    assert readers == {"coordinator", "colleague"}

    mails = sent_mails(list(mails_visible_to(world.cast.coordinator, case=world.case)))

    assert [mail.queued_at for mail in mails] == sorted(
        (mail.queued_at for mail in mails), reverse=True
    )
    assert {mail.kind for mail in mails} >= {LetterKind.ACCEPTED, LetterKind.ATTENTION}


def test_each_mail_says_to_whom_by_whom_and_how_far_it_has_come():
    world = World(CaseState.PROFILE_LOCKED)
    world.candidacy.mailings.create(
        kind=MailKind.NOTICE, address="kim@example.com", author=world.cast.coordinator
    )
    OutboxRow.objects.update(due_at=timezone.now())
    deliver_due()

    found = sent_mails(list(mails_visible_to(world.cast.coordinator)))
    seen = {(mail.kind, mail.to, mail.author, mail.state) for mail in found}

    assert (MailKind.NOTICE, "Kim Karlsson", "Cilla Coordinator", MailState.QUEUED) in seen
    assert (LetterKind.ACCEPTED, "Olle Orderer", "Cilla Coordinator", MailState.SENT) in seen


def test_a_page_of_mails_takes_as_many_queries_for_many_as_for_few(django_assert_num_queries):
    world = World(CaseState.IN_ASSESSMENT)
    with django_assert_num_queries(7):
        few = sent_mails(list(mails_visible_to(world.cast.coordinator)))
    for letter in world.case.letters.all():
        letter.pk, letter.pseudonym = None, letter._meta.get_field("pseudonym").default()
        letter.save()

    with django_assert_num_queries(7):
        assert len(sent_mails(list(mails_visible_to(world.cast.coordinator)))) > len(few)


def test_links_codes_and_news_of_the_discussion_are_listed_without_what_they_let_in():
    world = World(CaseState.REPORTED)
    cast, share = world.cast, world.share
    reports.ask_for_share_code(share=share)
    enter_contact(actor=cast.coordinator, candidacy=world.candidacy, email="kim@example.com")
    link, _token = candidates.make_token(candidacy=world.candidacy)
    candidates.ask_for_code(link=link)
    deliver_due()
    sent = "".join(message.body for message in mail.outbox)
    secrets = {*re.findall(r"[Cc]ode is (\w{8})", sent), *re.findall(r"/shared/(\S+)/", sent)}

    found = sent_mails(list(mails_visible_to(cast.coordinator, case=world.case)))
    words = [words_of(one) for one in found]

    assert {one.kind: one.to for one in found} | {
        ShareMailKind.LINK: share.email,
        ShareMailKind.CODE: share.email,
        MailKind.CODE: "Kim Karlsson",
    } == {one.kind: one.to for one in found}
    assert LetterKind.DISCUSSION in {one.kind for one in found}
    assert len(secrets) >= 3
    assert [one for one in words for secret in secrets if secret in one.body] == []


def test_any_mail_of_a_case_can_be_noted_as_come_back_by_who_runs_it():
    world = World(CaseState.REPORTED)
    deliver_due()
    found = sent_mails(list(mails_visible_to(world.cast.coordinator, case=world.case)))
    kinds = {type(one.kind): one.pseudonym for one in found if one.can_come_back}
    assert set(kinds) >= {LetterKind, ShareMailKind}

    for pseudonym in kinds.values():
        with pytest.raises(NotAllowedError):
            reports.mark_mail_returned(actor=world.cast.orderer, case=world.case, mail=pseudonym)
        reports.mark_mail_returned(actor=world.cast.coordinator, case=world.case, mail=pseudonym)

    after = sent_mails(list(mails_visible_to(world.cast.coordinator, case=world.case)))
    returned = {one.pseudonym for one in after if one.state == MailState.RETURNED}
    assert returned == set(kinds.values())
    with pytest.raises(ReportError, match="no such mail in this case"):
        reports.mark_mail_returned(actor=world.cast.coordinator, case=world.case, mail=uuid4())
