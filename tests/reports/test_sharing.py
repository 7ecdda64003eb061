"""A released report is shared by its orderer, within the client, for a while, and seen to be."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.services.links import CODE_LIVES
from second_opinion.audit.models import Event
from second_opinion.audit.tasks import deliver_due
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState
from second_opinion.cli.demo.past import as_of
from second_opinion.reports import selectors, services
from second_opinion.reports.errors import CodeError, ShareError
from second_opinion.reports.models import Share, ShareOpening
from tests import factories

pytestmark = pytest.mark.django_db

READER = "reader@example.com"


@pytest.fixture
def case(cast):
    return factories.make_case(cast, state=CaseState.REPORTED, deciders=[cast.decider])


@pytest.fixture
def version(case):
    return case.report_versions.get()


def share(actor, version, *, email=READER, days=7):
    return services.share_report(actor=actor, version=version, email=email, days=days)


def mailed(pattern):
    """What the newest mail to the reader holds."""
    mail.outbox.clear()
    deliver_due()
    newest = [message for message in mail.outbox if message.to == [READER]][-1]
    return re.search(pattern, newest.body)[1]


def code_for(shared):
    services.ask_for_share_code(share=shared)
    return mailed(r"Your code is (\w+)")


@pytest.mark.parametrize("who", ["orderer", "coordinator"])
def test_who_ordered_it_and_the_coordinator_share_it(cast, version, who):
    shared = share(getattr(cast, who), version)

    assert [one.email for one in selectors.shares_visible_to(cast.orderer, case=version.case)] == [
        READER
    ]
    assert Event.objects.filter(verb="report.shared", subject=shared.pseudonym).exists()


@pytest.mark.parametrize("who", ["decider", "assessor", "stranger"])
def test_nobody_else_shares_it_or_sees_with_whom_it_is_shared(cast, version, who):
    share(cast.orderer, version)

    with pytest.raises(NotAllowedError, match="Only who ordered the case and the coordinators"):
        share(getattr(cast, who), version)

    assert not selectors.shares_visible_to(getattr(cast, who), case=version.case).exists()


def test_what_is_not_released_is_shared_through_neither_service_nor_database(cast):
    case = factories.make_case(cast, state=CaseState.OPENED)
    version = factories.sign_report(cast, case)

    with pytest.raises(NotAllowedError, match="has been released to the client"):
        share(cast.orderer, version)
    with pytest.raises(IntegrityError, match="released is shared"), transaction.atomic():
        Share.objects.create(
            version=version, email=READER, made_by=cast.orderer, expires_at=timezone.now()
        )


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("reader@elsewhere.example.org", "ends in example.com"),
        ("reader@notexample.com", "ends in example.com"),
        ("nonsense", "not a complete mail address"),
        ("kim@example.com", "a candidate's address"),
    ],
)
def test_only_people_at_the_client_are_shared_with(cast, case, version, email, sentence):
    enter_contact(actor=cast.coordinator, candidacy=case.candidacies.get(), email="kim@example.com")

    with pytest.raises(ShareError, match=sentence):
        share(cast.orderer, version, email=email)


def test_who_decides_reads_after_signing_in_and_answering_and_gets_no_link(cast, version):
    with pytest.raises(ShareError, match="reads the report after signing in"):
        share(cast.orderer, version, email=cast.decider.email)


@pytest.mark.parametrize("days", [0, 1, 3650])
def test_it_is_for_one_of_the_lengths_there_are(cast, version, days):
    with pytest.raises(ShareError, match="7, 14, 30"):
        share(cast.orderer, version, days=days)


def test_the_same_address_twice_is_one_share_and_one_mail(cast, version):
    assert share(cast.orderer, version) == share(cast.orderer, version, email=READER.upper())
    mail.outbox.clear()

    deliver_due()

    assert [one.to for one in mail.outbox].count([READER]) == 1


def test_the_mail_holds_a_link_and_no_word_of_the_case_and_its_token_is_kept_nowhere(cast, version):
    share(cast.orderer, version)
    token = mailed(r"/shared/([\w-]+)/")

    body = mail.outbox[-1].body + mail.outbox[-1].subject
    assert selectors.share_of_token(token) == Share.objects.get()
    assert token not in str(Share.objects.values())
    for words in (version.case.role, version.case.reference, "Kim Karlsson", "Client"):
        assert words not in body


def test_each_opening_wants_a_code_and_is_listed(cast, version):
    shared = share(cast.orderer, version)

    services.open_share(share=shared, code=code_for(shared).lower())
    services.open_share(share=shared, code=code_for(shared))

    listed = selectors.shares_visible_to(cast.orderer, case=version.case).get()
    assert listed.n_openings == 2
    assert listed.opened_last == ShareOpening.objects.last().at
    assert Event.objects.filter(verb="share.opened", actor=None).count() == 2


def test_a_code_is_good_once_for_ten_minutes_and_three_attempts(cast, version):
    shared = share(cast.orderer, version)
    used, late, tried = (code_for(shared) for _ in range(3))

    services.open_share(share=shared, code=tried)
    with pytest.raises(CodeError):
        services.open_share(share=shared, code=tried)
    for code in (used, late):  # a newer one has taken their place
        with pytest.raises(CodeError):
            services.open_share(share=shared, code=code)
    assert ShareOpening.objects.count() == 1


def test_a_code_that_is_too_old_opens_nothing(cast, version):
    shared = share(cast.orderer, version)
    code = code_for(shared)

    with as_of(timezone.now() + CODE_LIVES), pytest.raises(CodeError):
        services.open_share(share=shared, code=code)


def test_no_more_than_three_codes_are_mailed_in_a_quarter_of_an_hour(cast, version):
    shared = share(cast.orderer, version)
    for _ in range(3):
        code_for(shared)

    with pytest.raises(CodeError, match="wait a few minutes"):
        services.ask_for_share_code(share=shared)


def test_a_share_ends_by_itself_or_by_hand_for_good(cast, version):
    shared = share(cast.orderer, version)
    token = mailed(r"/shared/([\w-]+)/")
    with as_of(timezone.now() + timedelta(days=7)):
        assert selectors.share_of_token(token) is None

    services.end_share(actor=cast.coordinator, share=shared)

    assert selectors.share_of_token(token) is None
    assert selectors.live_share(shared.pseudonym) is None
    with pytest.raises(IntegrityError, match="what has ended stays so"), transaction.atomic():
        Share.objects.update(closed_at=None)


def test_no_code_opens_what_has_ended(cast, version):
    shared = share(cast.orderer, version)
    code = code_for(shared)
    services.end_share(actor=cast.orderer, share=shared)

    with pytest.raises(CodeError, match="can be read no longer"):
        services.open_share(share=shared, code=code)
    with pytest.raises(CodeError, match="can be read no longer"):
        services.ask_for_share_code(share=shared)

    assert not ShareOpening.objects.exists()


def test_the_database_keeps_what_was_opened(cast, version):
    shared = share(cast.orderer, version)
    services.open_share(share=shared, code=code_for(shared))

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ShareOpening.objects.update(at=timezone.now())


def test_ten_shares_of_a_case_live_at_a_time(cast, version):
    for number in range(10):
        share(cast.orderer, version, email=f"reader{number}@example.com")

    with pytest.raises(ShareError, match="10 addresses already"):
        share(cast.orderer, version)
