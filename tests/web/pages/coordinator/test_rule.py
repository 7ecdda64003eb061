"""The rule of a case and of a provider, as a coordinator sets it."""

import pytest
from django.urls import reverse

from second_opinion.cases import selectors
from second_opinion.cases.models import StandardRule
from second_opinion.cases.states import CaseState
from second_opinion.ingest.case_file import STANDARD_LIMITS
from tests import factories

pytestmark = pytest.mark.django_db

PERCENT = {name: 100 * limit for name, limit in STANDARD_LIMITS.items()}


@pytest.fixture
def coordinator(client, cast):
    client.force_login(cast.coordinator)
    return client


def test_the_case_page_says_how_we_conclude(coordinator, cast):
    case = cast.case_in(CaseState.PROFILE_LOCKED)

    page = coordinator.get(reverse("case", args=[case.pseudonym])).content.decode()

    assert "How we conclude" in page
    assert "that probability is at least 75%" in page
    assert "Locked with the requirement profile" in page
    assert "Set another rule" not in page


def test_a_coordinator_sets_a_cases_rule_and_sees_it_there(coordinator, cast):
    case = cast.with_profile()

    answer = coordinator.post(
        reverse("case_rule", args=[case.pseudonym]), PERCENT | {"supported_from": 90}, follow=True
    )

    page = answer.content.decode()
    assert answer.redirect_chain == [(reverse("case", args=[case.pseudonym]), 302)]
    assert "that probability is at least 90%" in page
    assert "Set another rule" in page
    assert selectors.rule_of(selectors.current_profile(case))["supported_from"] == 0.9


def test_the_orderer_reads_the_rule_and_is_offered_no_way_to_set_it(client, cast):
    client.force_login(cast.orderer)
    case = cast.with_profile()

    page = client.get(reverse("case", args=[case.pseudonym])).content.decode()

    assert "How we conclude" in page
    assert "Set another rule" not in page


def test_a_standard_rule_is_what_new_cases_begin_with(coordinator, cast):
    coordinator.post(reverse("standard_rule"), PERCENT | {"interval_level": 90})

    case = cast.with_profile()

    assert selectors.rule_of(selectors.current_profile(case))["interval_level"] == 0.9


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"supported_from": ""}, "required"),
        ({"widest_interval": 140}, "less than or equal to 100"),
        ({"conditions_from": 10}, "must rise"),
    ],
)
def test_a_rule_that_cannot_be_is_shown_again_with_the_reason(change, sentence, coordinator, cast):
    answer = coordinator.post(reverse("standard_rule"), PERCENT | change)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not StandardRule.objects.exists()


def test_a_stranger_finds_no_such_provider(coordinator, cast):
    other = cast.other_coordinator.memberships.get().organisation

    answer = coordinator.get(reverse("standard_rule"), {"provider": other.pseudonym})

    assert answer.status_code == 404


def test_an_orderer_who_writes_the_order_is_led_to_no_rule_that_they_may_not_set(client):
    cast = factories.Cast()
    client.force_login(cast.orderer)

    page = client.get(reverse("case", args=[factories.make_whole_draft(cast).pseudonym]))

    assert "How we conclude" in page.content.decode()
    assert "Set another rule" not in page.content.decode()
