"""The pages of panels: what is sent is kept, and more people cost no more queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from second_opinion.accounts.states import Role
from second_opinion.cases.states import CaseState
from second_opinion.panels.selectors import own_ties
from second_opinion.panels.selectors.assessors import newest_of, shown_in
from second_opinion.panels.selectors.proposals import Need
from second_opinion.panels.services import confirm_needs
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def test_an_assessor_adds_a_competence_found_by_their_own_words(cast, client):
    client.force_login(cast.assessor)
    page = f"/assessors/{cast.assessor.pseudonym}/"

    suggested = client.post(page, {"act": "suggest", "text": "avtalsrättsliga frågor"})
    client.post(
        page,
        {"act": "add", "key": "contract_law", "level": "3", "proof": "cases", "expires_on": ""},
    )
    details = {"languages": "sv, en", "cap": "3", "price": "20000", "free_from": "2027-02-01"}
    client.post(page, {"act": "details", **details})
    refused = client.post(page, {"act": "details", **details, "cap": "many"})

    assert "Contract law" in suggested.content.decode()
    shown = shown_in(newest_of(cast.assessor, cast.provider))
    assert [one.key for one in shown.competences] == ["contract_law"]
    assert (shown.languages, shown.cap, shown.price) == (("sv", "en"), 3, 20000.0)
    assert 'value="sv, en"' in client.get(page).content.decode()
    assert (refused.status_code, "Nothing was saved" in refused.content.decode()) == (422, True)


def test_an_assessor_declares_and_corrects_a_tie(cast, client):
    client.force_login(cast.assessor)
    tie = {"kind": "employment", "name": "Nordljus AB", "is_firm": "yes", "ending": "unknown"}
    client.post("/ties/", tie)
    (declared,) = own_ties(cast.assessor)

    client.post(
        f"/ties/{declared.pseudonym}/",
        {"ending": "ended", "ended_on": "2020-01-31", "reason": "Looked up."},
    )

    assert "until 31 January 2020" in client.get("/ties/").content.decode()
    assert client.post(f"/ties/{declared.pseudonym}/", tie).status_code == 404


@pytest.mark.parametrize("address", ["panel", "conflicts", "assessors"])
def test_more_assessors_cost_no_more_queries(cast, client, address):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    page = "/assessors/" if address == "assessors" else f"/cases/{case.pseudonym}/{address}/"
    german = [Need(words="German", key="german", level=2)]
    confirm_needs(actor=cast.coordinator, case=case, needs=german)
    client.force_login(cast.coordinator)
    client.get(page)

    few = queries_of(client, page)
    for name in ("Moa Ek", "Ture Alm", "Siri Dal"):
        factories.make_person(Role.ASSESSOR, organisation=cast.provider, name=name)

    assert queries_of(client, page) == few


def queries_of(client, page):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(page).status_code == 200
    return len(found)
