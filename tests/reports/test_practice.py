"""A practice case goes the whole way, mails nobody, counts nowhere, and goes when it should."""

from itertools import chain

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import MailState
from second_opinion.audit.errors import ErasedError
from second_opinion.audit.models import Event, OutboxRow
from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import services as candidates
from second_opinion.candidates.models import Mailing
from second_opinion.candidates.selectors import link_of_token, sections_of
from second_opinion.candidates.services import make_token
from second_opinion.candidates.states import FeedbackOutcome
from second_opinion.cases import selectors as cases
from second_opinion.cases import services as moves
from second_opinion.cases.models import Candidacy, Order
from second_opinion.cases.states import CaseState
from second_opinion.cli.doctor.records import record_findings
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions import services as assessing
from second_opinion.reports import selectors, services
from second_opinion.reports.selectors import Wanted
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return services.begin_practice_case(actor=cast.coordinator)


def play(cast, case):
    assert services.play_others(actor=cast.coordinator, case=case)
    case.refresh_from_db()


def in_english(person=None):
    client = Client()
    client.cookies["django_language"] = "en"
    if person is not None:
        client.force_login(person)
    return client


def begin_assessment(cast, case):
    moves.lock_profile(actor=cast.coordinator, case=case)
    candidacy = case.candidacies.get()
    factories.write_notice(cast, candidacy)
    candidates.send_notice(actor=cast.coordinator, candidacy=candidacy)
    case.refresh_from_db()
    play(cast, case)
    moves.start_assessment(actor=cast.coordinator, case=case)


def test_a_practice_case_goes_the_whole_way_with_made_up_people_and_mails_nobody(cast, case):
    begin_assessment(cast, case)
    play(cast, case)
    assessing.open_case(actor=cast.coordinator, case=case)
    version = services.sign_report(actor=cast.coordinator, case=case)
    services.release_report(actor=cast.coordinator, version=version)
    case.refresh_from_db()
    play(cast, case)
    candidates.note_feedback(
        actor=cast.coordinator,
        candidacy=case.candidacies.get(),
        outcome=FeedbackOutcome.DECLINED,
    )
    services.close_case(actor=cast.coordinator, case=case)
    deliver_due()

    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    assert mail.outbox == []
    assert not OutboxRow.objects.exists()
    mails = selectors.sent_mails(list(selectors.mails_visible_to(cast.coordinator, case=case)))
    assert {each.state for each in mails} == {MailState.PRACTISED}
    assert Mailing.objects.exists()
    assert record_findings() == []


def test_practice_is_in_no_list_count_or_history_of_real_work(cast, case):
    begin_assessment(cast, case)
    play(cast, case)
    assessing.open_case(actor=cast.coordinator, case=case)
    services.begin_practice_assessment(actor=cast.assessor)
    real = factories.make_case(cast)

    assert list(selectors.desk_of(cast.coordinator, Wanted())) == [real]
    assert selectors.counts_for(cast.coordinator).all == 1
    assert list(selectors.longest_waiting(cast.coordinator, in_each_stage=9)) == [real]
    assert list(selectors.desk_of(cast.coordinator, Wanted(words="practice"))) == []
    assert selectors.earlier_opinions(real).opinions == ()
    assert not opinions.opinions_of(cast.assessor).exists()
    seen = selectors.sent_mails(list(selectors.mails_visible_to(cast.coordinator)))
    assert {each.case for each in seen} == {real}


def test_nobody_else_sees_or_plays_with_a_practice_case(cast, case):
    colleague = factories.make_person(
        factories.Role.COORDINATOR, organisation=cast.provider, name="Cai Colleague"
    )

    assert cases.case_for(cast.coordinator, case.pseudonym) == case
    assert cases.case_for(colleague, case.pseudonym) is None
    for act in (services.play_others, services.remove_practice):
        with pytest.raises(NotAllowedError):
            act(actor=colleague, case=case)


def test_no_real_case_is_played_with_or_removed(cast):
    case = factories.make_case(cast)

    for act in (services.play_others, services.remove_practice):
        with pytest.raises(NotAllowedError):
            act(actor=cast.coordinator, case=case)


def test_a_practice_case_that_is_removed_is_gone_with_its_content(
    cast, case, django_capture_on_commit_callbacks
):
    begin_assessment(cast, case)
    candidacy = case.candidacies.get()
    notice = candidacy.notices.last()
    candidates.add_words(candidacy=candidacy, words="I also sing.")
    _link, token = make_token(candidacy=candidacy)
    said = {case.order.why, candidacy.name, candidacy.email, "practice@practice.invalid"}
    log = list(Event.objects.values_list("pk", "details"))

    asked = in_english(cast.coordinator).get(reverse("remove_practice", args=[case.pseudonym]))
    assert "can be read by nobody" in asked.content.decode()
    assert cases.case_for(cast.coordinator, case.pseudonym) == case
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_practice(actor=cast.coordinator, case=case)

    assert cases.case_for(cast.coordinator, case.pseudonym) is None
    assert cases.practice_cases_of(cast.coordinator) == []
    assert link_of_token(token) is None
    with pytest.raises(ErasedError):
        sections_of(notice)
    left = {*Candidacy.objects.values_list("name", "email"), *Order.objects.values_list("why")}
    assert said.isdisjoint(chain.from_iterable(left))
    assert not any(bytes(one.content) for one in candidacy.material_rows.all())
    assert list(Event.objects.values_list("pk", "details"))[: len(log)] == log
    assert record_findings() == []


def test_who_practises_reads_the_report_as_its_candidate_without_a_code(cast, case):
    begin_assessment(cast, case)
    play(cast, case)
    assessing.open_case(actor=cast.coordinator, case=case)
    version = services.sign_report(actor=cast.coordinator, case=case)
    services.release_report(actor=cast.coordinator, version=version)
    client = in_english(cast.coordinator)
    door = client.post(reverse("practice_candidate", args=[case.pseudonym])).url
    client.post(door)

    answer = client.get(reverse("candidate_report"))

    assert answer.status_code == 200
    assert case.role in answer.content.decode()


def test_an_assessor_practises_on_a_candidate_who_has_been_told(cast):
    opinion = services.begin_practice_assessment(actor=cast.assessor)
    criteria = [criterion.name for criterion in cases.criteria_of(opinion.candidacy.case)]
    client = in_english(cast.assessor)

    page = client.get(reverse("assessment", args=[opinion.pseudonym])).content.decode()

    assert all(name in page for name in criteria)
    assert "Everybody here is made up" in page


@pytest.mark.parametrize("who", ["orderer", "decider", "stranger"])
def test_made_up_people_cannot_sign_in_and_are_no_choice_for_anybody(who, cast, case):
    services.begin_practice_assessment(actor=cast.assessor)

    assert not case.orderer.is_active
    assert "made up" not in str(list(cases.providers_for(cast.client)))
    assert case.orderer not in cases.people_who_can_decide(cast.client)


def test_every_page_about_a_practice_case_says_so(cast, case):
    client = in_english(cast.coordinator)
    candidacy = case.candidacies.get()
    begin_assessment(cast, case)
    pages = [
        reverse(name, args=[case.pseudonym])
        for name in ("case", "profile", "engage", "withdraw_case", "case_events", "case_mails")
    ] + [reverse(name, args=[candidacy.pseudonym]) for name in ("candidacy", "write_notice")]
    _link, token = make_token(candidacy=candidacy)
    visitor = in_english()
    visitor.post(reverse("personal_link", args=[token]))

    answers = [client.get(path) for path in pages] + [visitor.get(reverse("candidate"))]

    assert [answer.status_code for answer in answers] == [200] * len(answers)
    unmarked = [
        answer.request["PATH_INFO"]
        for answer in answers
        if "Everybody here is made up" not in answer.content.decode()
    ]
    assert unmarked == []
