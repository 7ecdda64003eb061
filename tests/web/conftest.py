import pytest
from django.utils import translation

from tests.web.cast import make_cast


@pytest.fixture(autouse=True)
def in_english(settings):
    """What the tests quote is English; those about Swedish ask for it."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db):
    return make_cast()
