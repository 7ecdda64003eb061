"""References: named, released, asked for, answered on the same criteria, looked at, combined."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import selectors as candidates
from second_opinion.candidates import services
from second_opinion.candidates.errors import CandidateError
from second_opinion.candidates.states import LinkRole, MailKind, RefereeQuestion
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState
from second_opinion.cli.demo.past import as_of
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.instruments import selectors
from second_opinion.instruments import services as instruments
from second_opinion.instruments.errors import InvalidReferenceError
from second_opinion.instruments.models import Reference
from second_opinion.opinions.selectors import references_visible_to
from tests import factories
from tests.journey.world import everything

pytestmark = pytest.mark.django_db
NOON = timezone.now().replace(hour=11, minute=0)


@pytest.fixture
def candidacy(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    found = case.candidacies.get()
    enter_contact(actor=cast.coordinator, candidacy=found, email="kim@home.example")
    return candidates.candidacy_run_by(cast.coordinator, found.pseudonym)


def give(referee, **what):
    return instruments.give_reference(referee=referee, answer=factories.reference(**what))


def questions(candidacy):
    found = candidates.referees_of(candidacy, noticed=selectors.noticed_in(candidacy))
    return [(one.referee.name, one.open_questions) for one in found]


def test_nobody_is_written_to_before_the_candidate_releases_them(candidacy):
    referee = factories.name_referee(candidacy)
    assert not referee.mailings.exists()

    services.release_referee(candidacy=candidacy, referee=referee)
    deliver_due()

    (letter,) = [one for one in mail.outbox if one.to == ["rut@firm.example"]]
    # The link's token is drawn by chance, and may hold any letters.
    text = letter.subject + re.sub(r"https?://\S+", "", letter.body)
    assert [word for word in ("Kim", "Client", "Purchasing", "Rut") if word in text] == []
    link = referee.links.get()
    token = letter.body.split("/personal/")[1].split("/")[0]
    assert token not in str(everything())
    assert candidates.link_of_token(token) == link
    assert candidates.live_link(link.pseudonym) is None  # it is no candidate's
    assert candidates.live_link(link.pseudonym, role=LinkRole.REFEREE) == link


@pytest.mark.parametrize(
    ("what", "question"),
    [
        ({"is_at_present_employer": True}, RefereeQuestion.PRESENT_EMPLOYER),
        ({"ended": None}, RefereeQuestion.PRESENT_EMPLOYER),
        ({"email": "rut@home.example"}, RefereeQuestion.CANDIDATES_HOUSE),
        ({"email": "rut@client.example"}, RefereeQuestion.AT_CLIENT),
    ],
)
def test_what_is_a_question_waits_for_a_person(cast, candidacy, what, question):
    type(cast.client).objects.filter(pk=cast.client.pk).update(mail_domains="client.example")
    candidacy = candidates.candidacy_run_by(cast.coordinator, candidacy.pseudonym)

    referee = factories.release_referee(candidacy, **what)

    assert questions(candidacy) == [("Rut Referee", (question,))]
    assert not referee.mailings.exists()
    instruments.review_reference(
        actor=cast.coordinator, referee=referee, words="Kim knows.", counts=True, kinds=(question,)
    )
    assert questions(candidacy) == [("Rut Referee", ())]
    assert referee.mailings.get().kind == MailKind.REFERENCE


def test_one_address_for_two_and_colleagues_of_the_present_boss_are_questions(candidacy):
    factories.name_referee(candidacy)
    factories.name_referee(candidacy, name="Rune Referee")
    factories.name_referee(
        candidacy, name="Bo Boss", email="bo@now.example", is_at_present_employer=True
    )
    factories.name_referee(candidacy, name="Cia", email="cia@now.example")

    shared, present = (RefereeQuestion.SHARED_ADDRESS,), (RefereeQuestion.PRESENT_EMPLOYER,)
    assert [kinds for _, kinds in questions(candidacy)] == [shared, shared, present, present]


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "kim@home.example"},
        {"email": "nobody"},
        {"ended": date(2017, 1, 1)},
        {"name": " "},
    ],
)
def test_what_cannot_be_is_refused(candidacy, wrong):
    with pytest.raises(CandidateError):
        factories.name_referee(candidacy, **wrong)

    assert candidates.referees_of(candidacy) == []


def test_an_answer_becomes_a_result_with_an_honest_error(cast, candidacy):
    give(factories.release_referee(candidacy))

    (kept,) = selectors.results_of([candidacy])
    assert kept.entry.name == "Reference 1, a manager"
    assert "Rut" not in str(kept.entry)
    assert [one.criterion for one in kept.entry.readings] == ["Leadership"]
    assert kept.entry.readings[0].standard_error == pytest.approx(2.36, abs=0.01)
    assert "0.26" in kept.entry.source
    assert "Zqsaw" not in str(everything())


def test_a_referee_answers_once_and_in_time(cast, candidacy):
    referee = factories.release_referee(candidacy)
    for wrong in ({"evidence": ()}, {"score": 9.0}, {"ended": date(2017, 1, 1)}):
        with pytest.raises(InvalidReferenceError):
            give(referee, **wrong)
    give(referee)

    with pytest.raises(NotAllowedError, match="You have answered"):
        give(referee)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reference.objects.update(is_declined=True)
    late = factories.release_referee(candidacy, name="Lo Late", email="lo@firm.example")
    factories.open_case(cast, candidacy.case)
    with pytest.raises(NotAllowedError, match="over"):
        give(late)


def test_whom_the_candidate_takes_back_is_asked_nothing_more(candidacy):
    referee = factories.release_referee(candidacy)
    services.remove_referee(candidacy=candidacy, referee=referee)
    deliver_due()

    assert [one for one in mail.outbox if one.to == ["rut@firm.example"]] == []
    with pytest.raises(NotAllowedError, match="no longer asked for"):
        give(referee)


def test_a_request_that_is_not_needed_is_taken_back_and_the_link_says_so(cast, candidacy, client):
    referee = factories.release_referee(candidacy)
    _link, token = services.make_token(candidacy=candidacy, referee=referee)
    review = {"actor": cast.coordinator, "referee": referee, "kinds": ()}

    instruments.review_reference(words="Zqenough without.", counts=False, **review)

    client.cookies["django_language"] = "en"
    page = client.post(f"/personal/{token}/", follow=True).content.decode()
    assert "This reference is no longer asked for. Nothing is asked of you." in page
    assert "Zqenough" not in page + str(everything())
    with pytest.raises(NotAllowedError, match="no longer asked for"):
        give(referee)
    instruments.review_reference(words="After all.", counts=True, **review)
    give(referee)


def test_other_dates_are_a_question_and_what_does_not_count_is_taken_out(cast, candidacy):
    referee = factories.release_referee(candidacy)
    give(referee, began=date(2019, 9, 1))
    other = (RefereeQuestion.OTHER_DATES,)
    assert questions(candidacy) == [("Rut Referee", other)]

    review = {"actor": cast.coordinator, "referee": referee, "kinds": other}
    instruments.review_reference(words="They never met.", counts=False, **review)
    assert selectors.results_of([candidacy]) == []
    instruments.review_reference(words="They did, at another firm.", counts=True, **review)
    assert len(selectors.results_of([candidacy])) == 1
    assert questions(candidacy) == [("Rut Referee", ())]


def test_a_referee_declines_with_a_reason_and_nothing_is_combined(candidacy):
    referee = factories.release_referee(candidacy)
    with pytest.raises(InvalidReferenceError):
        instruments.decline_reference(referee=referee, reason=" ")

    instruments.decline_reference(referee=referee, reason="Zqtoo long ago.")

    assert selectors.results_of([candidacy]) == []
    (given,) = selectors.references_of([candidacy])
    assert (given.answer, given.reason) == (None, "Zqtoo long ago.")
    assert "Zqtoo" not in str(everything())


def test_the_words_are_read_after_the_opening_by_those_who_read_opinions(cast, candidacy):
    give(factories.release_referee(candidacy))
    everybody = (cast.coordinator, cast.assessor, cast.orderer, cast.decider, cast.stranger)

    def readers():
        case = type(candidacy.case).objects.get(pk=candidacy.case_id)
        return [one.name for one in everybody if references_visible_to(one, case=case)]

    assert readers() == []
    factories.open_case(cast, candidacy.case)
    # Disa has no part in the decision of this case, and gave its first opinion.
    assert readers() == [cast.coordinator.name, cast.assessor.name, cast.decider.name]


def test_reminders_are_two_at_most_by_day_and_stop_at_an_answer(candidacy):
    begun = NOON - timedelta(days=30)
    with as_of(begun):
        silent = factories.release_referee(candidacy)
        quick = factories.release_referee(candidacy, name="Quick", email="quick@firm.example")
    give(quick)

    for day in range(1, 15):
        with as_of(begun + timedelta(days=day)):
            deliver_due()

    def reminders(referee):
        return referee.mailings.filter(kind=MailKind.REFERENCE_REMINDER).count()

    assert (reminders(silent), reminders(quick)) == (2, 0)
    assert candidacy.case.letters.filter(kind="silent").count() == 1


def test_the_candidates_browser_with_the_referees_link_is_noticed(cast, candidacy, client):
    referee = factories.release_referee(candidacy)
    own, theirs = (
        services.make_token(candidacy=candidacy, referee=whose)[1] for whose in (None, referee)
    )
    client.post(f"/personal/{own}/")

    refused = client.post(f"/personal/{theirs}/")

    assert refused.status_code == 403
    assert questions(candidacy) == [("Rut Referee", (RefereeQuestion.OPENED_BY_CANDIDATE,))]
    assert client.get("/referee/").status_code == 403


def test_a_rating_that_was_not_seen_is_no_low_one():
    answer = factories.reference()

    assert RatingEntry(
        criterion="Judgement", score=None, reason_not_observed="has not seen it"
    ) in list(answer.ratings)
