"""Inviting people and giving roles, in the browser."""

import pytest
from django.urls import reverse

from second_opinion.accounts.models import Organisation
from second_opinion.accounts.selectors import person_of_address


@pytest.fixture
def browser(client, cast):
    client.force_login(cast.coordinator)
    return client


def test_from_an_organisation_to_a_person_with_another_role(browser, cast):
    browser.post(
        reverse("new_organisation"),
        {"name": "New Client", "mail_domains": "new.example", "registry_number": "556677-8899"},
    )
    organisation = Organisation.objects.get(name="New Client")
    sent = {
        "organisation": organisation.pk,
        "name": "Nora New",
        "email": "nora@new.example",
        "language": "sv",
        "roles": ["orderer"],
    }

    answer = browser.post(reverse("invite"), sent, follow=True)

    nora = person_of_address("nora@new.example")
    assert "Nora New is told by mail" in answer.content.decode()
    page = reverse("person", args=[nora.pseudonym])
    browser.post(page, {"act": "give", "organisation": organisation.pk, "roles": ["decider"]})
    assert sorted(nora.memberships.values_list("role", flat=True)) == ["decider", "orderer"]
    membership = nora.memberships.get(role="orderer")
    browser.post(page, {"act": "take", "membership": membership.pk})
    assert [one.role for one in nora.memberships.all()] == ["decider"]
    assert "Nora New" in browser.get(reverse("people")).content.decode()


def test_what_may_not_be_given_is_refused_with_the_reason_and_the_words_stay(browser, cast):
    sent = {
        "organisation": cast.coordinator.memberships.first().organisation_id,
        "name": "Zqname",
        "email": "zq@example.com",
        "language": "en",
        "roles": ["administrator"],
    }

    answer = browser.post(reverse("invite"), sent)

    assert answer.status_code == 422
    assert "You cannot give or take the role of administrator" in answer.content.decode()
    assert "Zqname" in answer.content.decode()
    assert person_of_address("zq@example.com") is None


def test_a_person_of_another_firm_has_no_page_here(browser, cast):
    page = reverse("person", args=[cast.other_coordinator.pseudonym])

    assert browser.get(page).status_code == 404
    assert browser.post(page, {"act": "take", "membership": "1"}).status_code == 404
