"""A provider's own norms on the coordinator's page: the setting, the counts, the making."""

import pytest
from django.urls import reverse

from second_opinion.instruments import selectors
from second_opinion.instruments.models import NormVersion
from tests import norms

pytestmark = pytest.mark.django_db

ADDRESS = "/norms/"


@pytest.fixture
def coordinator(client, cast):
    client.force_login(cast.coordinator)
    return client


def shown(client):
    return client.get(ADDRESS).content.decode()


def make(client, **posted):
    return client.post(
        ADDRESS, {"act": "make", "group": norms.group().pseudonym} | posted, follow=True
    )


def test_the_page_says_what_switching_on_does_before_it_is_done(coordinator, cast):
    page = shown(coordinator)

    assert "Norms are switched off" in page
    assert "The box is not ticked, and no is as good as yes." in page
    assert "the legal ground is consent" in page

    coordinator.post(ADDRESS, {"act": "on"})

    assert "Norms are switched on" in shown(coordinator)
    assert selectors.makes_norms(norms.provider_of(cast))

    coordinator.post(ADDRESS, {"act": "off"})

    assert "Norms are switched off" in shown(coordinator)


def test_below_300_there_is_a_count_in_tens_and_no_figure_and_no_button(coordinator, cast):
    norms.switch_on(cast)
    given = norms.sent_case(cast)
    norms.agree(given)
    assert "Fewer than 10 of the 300 people needed have agreed." in shown(coordinator)
    norms.add_people(given, 211)

    page = shown(coordinator)

    assert "At least 210 of the 300 people needed have agreed." in page
    assert "212 " not in page[page.index("<main") :]
    assert "Mean" not in page
    assert 'value="make"' not in page
    assert "at least 300 people" in make(coordinator).content.decode()
    assert not NormVersion.objects.exists()


def test_a_norm_is_made_shown_and_renewed(coordinator, cast):
    norms.switch_on(cast)
    given = norms.sent_case(cast)
    norms.agree(given)
    norms.add_people(given, 299)
    assert "At least 300 people have agreed: enough for a norm." in shown(coordinator)

    page = make(coordinator).content.decode()

    assert "Norm 1 is made, of 300 people." in page
    assert "Norm 1: 300 people, made on" in page
    assert "Percentile 50" in page
    assert 'value="make"' not in page
    assert "at least 30 people have come in" in page
    assert make(coordinator).status_code == 422

    norms.add_people(given, 30, prefix="new")

    assert "Renew this norm" in shown(coordinator)
    assert "Norm 2 is made, of 330 people." in make(coordinator).content.decode()


def test_nothing_is_made_while_it_is_off(coordinator, cast):
    norms.switch_on(cast)
    given = norms.sent_case(cast)
    norms.agree(given)
    norms.add_people(given, 299)
    norms.switch_on(cast, is_on=False)

    assert 'value="make"' not in shown(coordinator)
    assert make(coordinator).status_code == 422
    assert not NormVersion.objects.exists()


def test_anothers_group_is_nowhere_to_be_found(client, cast):
    norms.with_norm(cast)
    client.force_login(cast.other_coordinator)

    page = client.get(ADDRESS).content.decode()
    answer = client.post(ADDRESS, {"act": "make", "group": norms.group().pseudonym})
    other = client.get(ADDRESS, {"provider": norms.provider_of(cast).pseudonym})

    assert "300 people, made on" not in page
    assert (answer.status_code, other.status_code) == (404, 404)
    assert NormVersion.objects.count() == 1


@pytest.mark.parametrize(
    "who", ["orderer", "decider", "first_assessor", "second_assessor", "newcomer"]
)
def test_nobody_else_reaches_the_page(client, cast, who):
    norms.switch_on(cast)
    client.force_login(getattr(cast, who))

    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, {"act": "off"}).status_code == 403
    assert selectors.makes_norms(norms.provider_of(cast))


@pytest.mark.parametrize("posted", [{}, {"act": "all"}, {"group": "x"}, {"group": ""}])
def test_what_is_no_act_is_nowhere(coordinator, cast, posted):
    norms.switch_on(cast)
    norms.agree(norms.sent_case(cast))

    assert coordinator.post(ADDRESS, {"act": "x"} | posted).status_code == 404


def test_the_page_asks_no_more_of_the_database_for_300_than_for_one(
    coordinator, cast, django_assert_max_num_queries
):
    norms.switch_on(cast)
    given = norms.sent_case(cast)
    norms.agree(given)
    with django_assert_max_num_queries(40) as few:
        coordinator.get(ADDRESS)
    norms.add_people(given, 280)

    with django_assert_max_num_queries(len(few.captured_queries)):
        page = coordinator.get(ADDRESS).content.decode()

    assert "At least 280 of the 300 people" in page


def test_the_register_leads_there_and_tells_of_the_norm(coordinator, cast):
    norms.with_norm(cast)

    page = coordinator.get(reverse("questionnaires")).content.decode()

    assert 'href="/norms/"' in page
    assert "Compared with 300 people who answered the same statements in English" in page
