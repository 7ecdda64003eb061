import pytest
from django.utils import translation

from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState
from tests import factories


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def candidacy(cast):
    """Ready to be told: the profile is locked, and there is an address."""
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    return enter_contact(
        actor=cast.coordinator, candidacy=case.candidacies.get(), email="kim@example.com"
    )
