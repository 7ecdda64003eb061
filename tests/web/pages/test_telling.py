"""The candidate's page and the orderer's, where they say that they know who assesses."""

import pytest
from django.urls import reverse

from second_opinion.panels.models import Tie
from second_opinion.panels.selectors.proposals import standings_in
from second_opinion.panels.states import Source, TieKind
from tests.web import candidates

pytestmark = pytest.mark.django_db

HOW = {"act": "tell", "kind": "trained_by", "ending": "holds", "words": "A course in Lund."}


@pytest.fixture
def told(cast):
    return candidates.with_assessor(cast)


def sent(candidacy, **changes):
    (standing,) = standings_in(candidacy.case)
    return {"proposal": str(standing.proposal.pseudonym)} | HOW | changes


def test_a_candidate_says_how_they_know_who_is_proposed_and_reads_it_again(client, told):
    candidates.enter(client, told)
    offered = client.get("/candidate/assessors/").content.decode()

    client.post("/candidate/assessors/", sent(told))

    assert "One of us trained or supervised the other" in offered
    tie = Tie.objects.get()
    assert (tie.kind, tie.source) == (TieKind.TRAINED_BY, Source.CANDIDATE)
    shown = client.get("/candidate/assessors/").content.decode()
    assert "You have said:" in shown
    assert "A course in Lund." in shown


def test_what_is_missing_is_asked_for_beside_its_field_and_nothing_is_lost(client, told):
    candidates.enter(client, told)

    refused = client.post("/candidate/assessors/", sent(told, ending=""))

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "whether it still holds. Nothing was sent." in page
    assert "<details open>" in page
    assert "A course in Lund." in page
    assert not Tie.objects.exists()


def test_the_orderer_says_it_on_a_page_of_the_case(client, cast, told):
    client.force_login(cast.orderer)
    case_page = client.get(reverse("case", args=[told.case.pseudonym])).content.decode()
    page = reverse("who_assesses", args=[told.case.pseudonym])
    offered = client.get(page).content.decode()

    refused = client.post(page, sent(told, kind="nothing"))
    client.post(page, sent(told))

    assert page in case_page
    assert f"I know {cast.second_assessor}" in offered
    assert refused.status_code == 422
    tie = Tie.objects.get()
    assert (tie.source, tie.author) == (Source.CLIENT, cast.orderer)
    assert "A course in Lund." in client.get(page).content.decode()


def test_the_coordinator_reads_who_said_what_and_the_assessor_does_not(client, cast, told):
    candidates.enter(client, told)
    client.post("/candidate/assessors/", sent(told))
    client.force_login(cast.coordinator)

    desk = client.get(reverse("conflicts", args=[told.case.pseudonym])).content.decode()

    assert "Said by the candidate, on " in desk
    assert "A course in Lund." in desk
    client.force_login(cast.second_assessor)
    assert "Lund" not in client.get("/ties/").content.decode()
    assert "trained" not in client.get("/ties/").content.decode().split("<form")[0]


def test_nobody_is_named_to_the_orderer_before_they_have_accepted(client, cast):
    case = candidates.told(cast).case
    client.force_login(cast.orderer)

    page = client.get(reverse("who_assesses", args=[case.pseudonym])).content.decode()

    assert "Nobody has been asked and accepted yet." in page
    assert (
        reverse("who_assesses", args=[case.pseudonym])
        not in client.get(reverse("case", args=[case.pseudonym])).content.decode()
    )


def test_a_proposal_that_there_is_not_is_refused(client, told):
    candidates.enter(client, told)

    refused = client.post("/candidate/assessors/", sent(told, proposal="none"))

    assert refused.status_code == 422
    assert "not proposed any more" in refused.content.decode()
