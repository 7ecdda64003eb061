"""The library and the weighing, in the browser's words."""

import pytest
from django.urls import reverse

from second_opinion.cases import selectors
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def draft(cast, client):
    client.force_login(cast.orderer)
    return factories.make_draft(cast)


def test_a_criterion_is_looked_for_in_either_language_and_chosen(client, draft):
    library = reverse("criteria_library", args=[draft.pseudonym])

    page = client.get(library, {"words": "konflikt", "reach": "organisation"})
    key = reverse("choose_criterion", args=[draft.pseudonym, "handling_conflict"])
    answer = client.post(key, {"words": "konflikt", "reach": "organisation"}, follow=True)

    assert b"Handling conflict" in page.content
    assert b"Working under pressure" not in page.content
    assert answer.redirect_chain[-1][0].startswith(f"{library}?words=konflikt&reach=organisation")
    assert "It is in the profile." in answer.content.decode()
    assert [criterion.library_key for criterion in selectors.criteria_of(draft)] == [
        "handling_conflict"
    ]


def test_the_figures_of_validity_follow_the_review(client, draft):
    library = reverse("criteria_library", args=[draft.pseudonym])

    newest = client.get(library, {"words": "collaboration"}).content.decode()
    oldest = client.get(library, {"words": "collaboration", "validity": "schmidt_hunter1998"})

    assert "Structured interview: 0.42 (SD 0.19)" in newest
    assert "Structured interview: 0.51 (SD 0.10, assumed)" in oldest.content.decode()


def test_weights_are_shown_before_they_are_taken(client, draft):
    for key in ("quality", "planning", "learning"):
        client.post(reverse("choose_criterion", args=[draft.pseudonym, key]))
    before = [criterion.weight for criterion in selectors.criteria_of(draft)]
    address = reverse("weigh_criteria", args=[draft.pseudonym])
    circle = {"pair_0_1": "5", "pair_1_2": "5", "pair_0_2": "1/5"}

    page = client.post(address, circle)
    unjoined = client.post(address, {"pair_0_1": "5"})

    assert "contradict each other" in page.content.decode()
    assert [criterion.weight for criterion in selectors.criteria_of(draft)] == before
    assert unjoined.status_code == 422

    client.post(address, {"pair_0_1": "2", "pair_1_2": "2", "take": "1"})
    weights = [criterion.weight for criterion in selectors.criteria_of(draft)]
    assert sum(weights) == 100
    assert weights == sorted(weights, reverse=True)
