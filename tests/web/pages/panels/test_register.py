"""The register's page: the list of instruments that take a certificate, and what was mailed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from second_opinion.accounts.states import Role
from second_opinion.panels.models import CertificateMail
from second_opinion.panels.selectors.certificates import required_at
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def test_a_coordinator_puts_an_instrument_on_the_list_and_takes_it_off(cast, client):
    client.force_login(cast.coordinator)
    named = {"instrument": "Matrix 9", "certificate": "Two days in Lund"}

    refused = client.post("/assessors/", named | {"certificate": ""})
    client.post("/assessors/", named)
    listed = client.get("/assessors/").content.decode()

    assert refused.status_code == 422
    assert 'value="Matrix 9"' in refused.content.decode()
    assert "Two days in Lund" in listed
    client.post("/assessors/", {"no_more": "Matrix 9"})
    assert required_at(cast.provider) == ()


def test_an_assessor_changes_nothing_on_the_list(cast, client):
    client.force_login(cast.assessor)

    answer = client.post("/assessors/", {"instrument": "Matrix 9", "certificate": "A course"})

    assert answer.status_code == 403
    assert required_at(cast.provider) == ()


def test_what_was_mailed_about_a_certificate_stands_on_its_holders_page(cast, client):
    colleague = factories.make_person(
        Role.COORDINATOR, organisation=cast.provider, name="Cai Colleague"
    )
    for reader, sent_at in ((cast.assessor, timezone.now()), (colleague, None)):
        CertificateMail.objects.create(
            provider=cast.provider,
            holder=cast.assessor,
            instrument="matrix 9",
            valid_until=timezone.localdate() + timedelta(days=14),
            ahead=14,
            reader=reader,
            sent_at=sent_at,
        )
    page = f"/assessors/{cast.assessor.pseudonym}/"

    client.force_login(cast.coordinator)
    all_of_it = client.get(page).content.decode()
    client.force_login(cast.assessor)
    own = client.get(page).content.decode()

    assert "What was sent about certificates" in all_of_it
    assert "Cai Colleague" in all_of_it
    assert "taken by the mail server" in all_of_it
    assert "on its way to the mail server" in all_of_it
    assert ("taken by the mail server" in own, "Cai Colleague" in own) == (True, False)
