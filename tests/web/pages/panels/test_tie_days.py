"""Since when a tie holds and what shows it, where ties are entered, listed and downloaded."""

from datetime import date

import pytest
from django.urls import reverse

from second_opinion.panels.models import Tie
from second_opinion.panels.selectors import own_ties
from second_opinion.panels.services import Named
from second_opinion.web.candidate_data import data_of
from tests.panels.test_ties import Panel

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel():
    return Panel()


def test_candidates_download_since_when_and_what_shows_it(panel):
    firm = Named(name="Nordljus AB", is_firm=True)
    panel.declare(panel.kim, firm, began_on=date(2023, 5, 1), document="CV")

    (tie,) = data_of(panel.kim)["ties"]

    assert (tie["began_on"], tie["document"]) == ("2023-05-01", "CV")


def test_both_are_written_where_a_tie_is_entered_and_stand_where_it_is_listed(panel, client):
    sent = {"kind": "employment", "name": "Nordljus AB", "is_firm": "yes", "ending": "ended"}
    days = {"began_on": "2022-01-31", "ended_on": "2021-01-31", "document": "The contract"}
    client.force_login(panel.cast.assessor)

    refused = client.post("/ties/", sent | days)
    client.post("/ties/", sent | days | {"began_on": "2020-01-31"})

    assert refused.status_code == 422
    assert "It cannot have begun after it ended." in refused.content.decode()
    page = client.get("/ties/").content.decode()
    assert "from 31 January 2020 until 31 January 2021. Shown by: " in page
    assert "Said by the assessor, on " in page
    (tie,) = own_ties(panel.cast.assessor)
    changed = {"ending": "holds", "began_on": "2019-01-31", "reason": "It goes on."}
    client.post(f"/ties/{tie.pseudonym}/", changed | {"document": "The roll"})
    assert "since 31 January 2019. Shown by: The roll." in client.get("/ties/").content.decode()


def test_a_coordinator_names_what_shows_a_tie_of_the_candidate(panel, client):
    client.force_login(panel.cast.coordinator)
    page = reverse("conflicts", args=[panel.case.pseudonym])
    sent = {"act": "declare", "whose": panel.kim.pseudonym, "kind": "employment"}
    sent |= {"name": "Nordljus AB", "is_firm": "yes", "ending": "holds", "source": "candidate"}

    client.post(page, sent | {"began_on": "2020-01-31", "document": "CV, page 2"})

    listed = client.get(page).content.decode()
    assert "since 31 January 2020. Shown by: CV, page 2." in listed
    assert "Said by the candidate, on " in listed


def test_the_page_says_where_a_correction_is_asked_anew(panel, client):
    tie = panel.declare(panel.kim, Named(name="Nordljus AB", is_firm=True))
    client.force_login(panel.cast.coordinator)
    sent = {"case": panel.case.pseudonym, "reason": "Looked up.", "ending": "holds"}

    def corrected(name):
        current = Tie.objects.get(replaced_by=None)
        page = client.post(f"/ties/{current.pseudonym}/", sent | {"name": name}, follow=True)
        return page.content.decode()

    same, other = corrected("NORDLJUS AB"), corrected("Nordljus Norr AB")

    assert tie.other.name == "Nordljus AB"
    assert "asked anew" not in same
    assert "It says more than before: what was decided on it is asked anew." in other
    assert "Nordljus Norr AB" in other
