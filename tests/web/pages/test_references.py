"""A reference from the candidate's page to the referee's answer, and after the opening."""

import pytest
from django.core import mail
from django.test import Client

from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import services as candidates
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState
from second_opinion.instruments.models import Reference
from tests import factories

pytestmark = pytest.mark.django_db

NAMED = {
    "act": "name",
    "name": "Rut Referee",
    "email": "rut@firm.example",
    "language": "sv",
    "relation": "manager",
    "employer": "The Firm",
    "began": "2018-01",
    "ended": "2021-06",
}
ANSWER = {
    "began": "2018-02",
    "ended": "2021-06",
    "score-1": "4",
    "evidence-1": "Zqsaw it in 2019.",
    "score-2": "not observed",
    "evidence-2": "",
    "words": "",
    "may_be_shown": "yes",
    "act": "give",
}


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def candidacy(cast):
    found = factories.make_case(cast, state=CaseState.IN_ASSESSMENT).candidacies.get()
    enter_contact(actor=cast.coordinator, candidacy=found, email="kim@home.example")
    return found


@pytest.fixture
def candidate(candidacy):
    client = Client()
    candidacy.refresh_from_db()
    client.post(f"/personal/{candidates.make_token(candidacy=candidacy)[1]}/")
    return client


def referee_after_mail():
    deliver_due()
    (letter,) = [one for one in mail.outbox if one.to == ["rut@firm.example"]]
    client, address = Client(), "/personal/" + letter.body.split("/personal/")[1].split()[0]
    assert client.get(address).status_code == 200  # a mail scanner follows it, and nothing happens
    assert client.get("/referee/").status_code == 403
    client.post(address)
    return client


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def test_a_reference_is_given_from_end_to_end(cast, candidacy, candidate):
    candidate.post("/candidate/referees/", NAMED)
    named = candidacy.referees.get()
    shown = candidate.get("/candidate/referees/").content.decode()
    assert "you have not said yet that we may" in shown
    candidate.post("/candidate/referees/", {"act": "release", "referee": str(named.pseudonym)})
    referee = referee_after_mail()

    page = referee.get("/referee/").content.decode()
    assert '<html lang="sv">' in page
    assert "Kim Karlsson" in page
    assert cast.client.name not in page
    short = referee.post("/referee/", ANSWER | {"evidence-1": ""})
    assert short.status_code == 422
    assert 'value="4" checked' in short.content.decode()
    referee.post("/referee/", ANSWER)

    assert Reference.objects.get().is_declined is False
    assert "Du har svarat" in referee.get("/referee/").content.decode()
    coordinator = signed_in(cast.coordinator)
    before = coordinator.get(f"/candidacies/{candidacy.pseudonym}/referees/").content.decode()
    assert "Answered on" in before
    assert "Zqsaw" not in before
    given = f"/candidacies/{candidacy.pseudonym}/given/"
    assert coordinator.get(given).status_code == 404
    factories.open_case(cast, candidacy.case)
    assert "Zqsaw" in coordinator.get(given).content.decode()
    assert "Zqsaw" in signed_in(cast.assessor).get(given).content.decode()
    assert signed_in(cast.orderer).get(given).status_code == 404
    assert "Zqsaw" not in candidate.get("/candidate/referees/").content.decode()
    version = factories.sign_report(cast, candidacy.case)
    factories.release_to_candidates(cast, version)
    assert "Zqsaw" in candidate.get("/candidate/referees/").content.decode()


def test_a_question_waits_for_the_coordinator_on_their_page(cast, candidacy, candidate):
    candidate.post("/candidate/referees/", NAMED | {"is_at_present_employer": "yes"})
    named = candidacy.referees.get()
    candidate.post("/candidate/referees/", {"act": "release", "referee": str(named.pseudonym)})
    coordinator, page = signed_in(cast.coordinator), f"/candidacies/{candidacy.pseudonym}/referees/"
    assert "works where the candidate works now" in coordinator.get(page).content.decode()

    act = {"referee": str(named.pseudonym), "words": "Kim has told them."}
    assert coordinator.post(page, act).status_code == 422
    coordinator.post(page, act | {"counts": "yes"})

    assert "Kim has told them." in coordinator.get(page).content.decode()
    assert referee_after_mail().get("/referee/").status_code == 200


def test_a_referee_declines_and_a_candidate_takes_one_back(candidacy, candidate):
    candidate.post("/candidate/referees/", NAMED)
    named = candidacy.referees.get()
    candidate.post("/candidate/referees/", {"act": "release", "referee": str(named.pseudonym)})
    referee = referee_after_mail()
    assert referee.post("/referee/", {"act": "decline", "reason": ""}).status_code == 422
    referee.post("/referee/", {"act": "decline", "reason": "Too long ago."})
    assert "Would rather not answer." in candidate.get("/candidate/referees/").content.decode()

    candidate.post("/candidate/referees/", NAMED | {"name": "Ros", "email": "ros@firm.example"})
    other = candidacy.referees.last()
    candidate.post("/candidate/referees/", {"act": "remove", "referee": str(other.pseudonym)})
    assert "Ros" not in candidate.get("/candidate/referees/").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"email": "kim@home.example"}, {"began": "soon"}, {"relation": "uncle"}, {"name": ""}]
)
def test_what_cannot_be_is_refused_with_a_sentence(candidacy, candidate, wrong):
    answer = candidate.post("/candidate/referees/", NAMED | wrong)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not candidacy.referees.exists()
