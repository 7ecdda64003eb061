import pytest

from second_opinion.accounts.models import Person


def test_the_page_stays_and_its_language_changes(cast, client):
    case = cast.order()
    path = f"/cases/{case.pseudonym}/?from=list"
    client.force_login(cast.coordinator)

    answer = client.post("/language/", {"language": "sv", "next": path})

    assert answer["Location"] == path
    assert 'lang="sv"' in client.get(path).content.decode()


def test_mails_come_in_the_chosen_language_from_now_on(cast, client):
    client.force_login(cast.coordinator)

    client.post("/language/", {"language": "sv", "next": "/"})

    assert Person.objects.get(pk=cast.coordinator.pk).language == "sv"


@pytest.mark.django_db
def test_before_sign_in_only_the_page_remembers(client):
    client.post("/language/", {"language": "en", "next": "/sign-in/"})

    assert 'lang="en"' in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_the_switch_never_leads_to_another_site(elsewhere, cast, client):
    client.force_login(cast.coordinator)

    answer = client.post("/language/", {"language": "sv", "next": elsewhere})

    assert answer["Location"] == "/"


def test_an_unknown_language_changes_nothing(cast, client):
    client.force_login(cast.coordinator)

    client.post("/language/", {"language": "tlh", "next": "/"})

    assert Person.objects.get(pk=cast.coordinator.pk).language == "en"
    assert 'lang="en"' in client.get("/", headers={"accept-language": "en"}).content.decode()
