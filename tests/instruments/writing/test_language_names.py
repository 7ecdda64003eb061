"""Languages by name."""

import pytest
from django.utils.translation import override

from second_opinion.instruments.writing.language_names import name_of_language


@pytest.mark.parametrize(
    ("reader", "code", "name"),
    [
        ("sv", "sv", "svenska"),
        ("sv", "de", "tyska"),
        ("en", "de", "German"),
        ("en", "en", "English"),
        ("sv", "finska och meänkieli", "finska och meänkieli"),
    ],
)
def test_a_language_is_named_in_the_readers_own(reader, code, name):
    with override(reader):
        assert name_of_language(code) == name
