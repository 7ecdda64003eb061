"""The page of outside tests: entered, corrected, taken back; refusals keep what was written."""

import pytest
from django.test import Client

from second_opinion.cases.states import CaseState
from second_opinion.instruments.models import Result
from tests import factories

pytestmark = pytest.mark.django_db

FIELDS = {
    "instrument": "Matrix test, version 2",
    "measures": "ability",
    "criterion": "Judgement",
    "score": "60",
    "norm_mean": "50",
    "norm_deviation": "10",
    "norm_group": "Applicants in Sweden",
    "norm_n": "",
    "norm_year": "",
    "reliability": "0.84",
    "validity": "",
    "validity_source": "",
    "taken_on": "2026-05-04",
    "tester": "Tea Tester",
    "certificate": "",
    "certified_until": "",
}


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def candidacy(cast):
    return factories.make_case(cast, state=CaseState.IN_ASSESSMENT).candidacies.get()


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def test_a_result_is_entered_corrected_and_taken_back(cast, candidacy):
    client, page = signed_in(cast.coordinator), f"/candidacies/{candidacy.pseudonym}/tests/"

    entered = client.post(page, FIELDS, follow=True)
    text = entered.content.decode()
    assert "Judgement: 4 on the scale 1 to 5, standard error 0.40." in text
    assert "No certificate is named" in text

    one = Result.objects.get()
    shown = client.get(f"{page}{one.pseudonym}/").content.decode()
    assert 'value="60.0"' in shown
    unexplained = client.post(f"{page}{one.pseudonym}/", FIELDS | {"score": "55"})
    assert unexplained.status_code == 422
    client.post(f"{page}{one.pseudonym}/", FIELDS | {"score": "55", "reason": "A slip."})
    two = Result.objects.get(version=2)
    assert "Version 2: A slip." in client.get(page).content.decode()
    client.post(f"{page}{two.pseudonym}/", {"act": "take_back", "reason": "Somebody else's."})
    assert "None is entered yet." in client.get(page).content.decode()


def test_what_is_refused_keeps_what_was_written_and_says_why(cast, candidacy):
    client, page = signed_in(cast.coordinator), f"/candidacies/{candidacy.pseudonym}/tests/"

    wrong = client.post(page, FIELDS | {"score": "high"})
    typed = client.post(page, FIELDS | {"instrument": "DISC-analys"})

    assert (wrong.status_code, typed.status_code) == (422, 422)
    assert "DISC-analys" in typed.content.decode()
    assert "sorts people into types" in typed.content.decode()
    assert not Result.objects.exists()


def test_others_do_not_find_the_page(cast, candidacy):
    page = f"/candidacies/{candidacy.pseudonym}/tests/"

    for person in (cast.orderer, cast.decider, cast.stranger, cast.assessor):
        assert signed_in(person).get(page).status_code == 404
