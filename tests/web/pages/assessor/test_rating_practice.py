"""Practice in the browser: the key comes after the scores."""

import pytest
from django.urls import reverse

from second_opinion.accounts.states import Role
from second_opinion.library.transcripts import TRANSCRIPTS
from tests import factories

pytestmark = pytest.mark.django_db
REASON = "without margin"  # of a key, shown only after the rating


@pytest.fixture
def person():
    return factories.make_person(Role.ASSESSOR, organisation=factories.make_organisation())


def test_the_key_is_shown_after_the_rating_and_not_before(client, person):
    client.force_login(person)
    address = reverse("rating_practice_transcript", args=["peter"])
    criteria = [rating.criterion for rating in TRANSCRIPTS["peter"].ratings]

    before = client.get(address).content.decode()
    half = client.post(address, {"planning": "3"})
    after = client.post(address, dict.fromkeys(criteria, "3"), follow=True).content.decode()

    assert REASON not in before
    assert half.status_code == 422
    assert REASON in after
    assert "You gave 3, and the key is 1." in after
