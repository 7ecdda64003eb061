import pytest
from django.urls import reverse

from second_opinion.accounts.services import demo_sign_in_token
from second_opinion.audit.models import Event
from second_opinion.web.urls import addresses


@pytest.fixture
def in_demo(settings):
    settings.SECOND_OPINION_DEMO = True
    settings.ROOT_URLCONF = "tests.web.pages.demo_urls"


@pytest.fixture
def link(cast, in_demo):
    return reverse("demo_sign_in", args=[demo_sign_in_token(cast.coordinator)])


def test_the_page_does_not_exist_outside_the_demo():
    names = {page.name for page in addresses(is_demo=False)}

    assert "demo_sign_in" not in names
    assert names < {page.name for page in addresses(is_demo=True)}


def test_following_the_link_signs_nobody_in(client, link):
    answer = client.get(link)

    assert "Sign in as Anna Lindqvist" in answer.content.decode()
    assert "coordinator" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_button_signs_in_and_leads_to_the_cases(client, link):
    answer = client.post(link)

    assert answer["Location"] == reverse("cases")
    assert "Anna Lindqvist" in client.get("/").content.decode()
    assert Event.objects.filter(verb="person.signed_in").count() == 1


def test_somebody_else_who_is_signed_in_becomes_the_person_of_the_link(cast, client, link):
    client.force_login(cast.orderer)

    client.post(link)

    assert client.session["_auth_user_id"] == str(cast.coordinator.pk)


@pytest.mark.parametrize("verb", ["put", "patch", "delete"])
def test_other_verbs_are_refused(verb, client, link):
    assert getattr(client, verb)(link).status_code == 405


def test_an_altered_link_says_what_to_do(client, link):
    answer = client.post(link[:-3] + "xx/")

    assert answer.status_code == 404
    assert "Start the demo again" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_link_is_worth_nothing_once_the_setting_is_off(client, link, settings):
    settings.SECOND_OPINION_DEMO = False

    assert client.post(link).status_code == 404
    assert "_auth_user_id" not in client.session
