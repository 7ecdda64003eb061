"""Everything that was sent, for the coordinators and nobody else."""

import pytest
from django.utils import timezone

from second_opinion.audit.models import OutboxRow
from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates.states import MailKind, MailState
from second_opinion.cases.states import CaseState, LetterKind
from second_opinion.reports.selectors import mails_visible_to, sent_mails
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
    with django_assert_num_queries(6):
        few = sent_mails(list(mails_visible_to(world.cast.coordinator)))
    for letter in world.case.letters.all():
        letter.pk, letter.pseudonym = None, letter._meta.get_field("pseudonym").default()
        letter.save()

    with django_assert_num_queries(6):
        assert len(sent_mails(list(mails_visible_to(world.cast.coordinator)))) > len(few)
