"""Figures in the reader's language."""

import pytest
from django.utils.translation import override

from second_opinion.cases.writing.figures import figure


@pytest.mark.parametrize(
    ("language", "value", "written"),
    [
        ("sv", 0.86, "0,86"),
        ("en", 0.86, "0.86"),
        ("sv", 50.0, "50"),
        ("sv", -1.5, "\N{MINUS SIGN}1,5"),
    ],
)
def test_a_figure_is_written_as_given_with_the_readers_decimal_mark(language, value, written):
    with override(language):
        assert figure(value) == written
