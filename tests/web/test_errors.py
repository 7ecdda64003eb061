"""The pages for when something goes wrong."""

import pytest
from django.template.loader import get_template
from django.test import Client
from django.utils import translation


def test_a_missing_page_helps(client, db):
    answer = client.get("/nothing/here/", headers={"accept-language": "en"})

    assert answer.status_code == 404
    assert "the address is not quite right" in answer.content.decode()


def test_a_foreign_form_is_refused_with_the_way_out(cast):
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    strict.force_login(cast.coordinator)

    answer = strict.post("/language/", {"language": "sv"})

    assert answer.status_code == 403
    assert "Nothing was changed. Go back, load the page again" in answer.content.decode()


@pytest.mark.parametrize(("language", "lang"), [("en", 'lang="en"'), ("sv", 'lang="sv"')])
def test_the_page_for_our_own_faults_needs_nothing_that_could_fail(language, lang):
    """Django renders it without request, database or context."""
    with translation.override(language):
        page = get_template("500.html").render()

    assert lang in page
    assert "<form" not in page


def test_pages_about_people_are_not_kept_by_the_browser(cast, client):
    client.force_login(cast.coordinator)

    answer = client.get(f"/cases/{cast.order().pseudonym}/")

    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
