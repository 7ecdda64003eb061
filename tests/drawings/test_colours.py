import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.drawings.colours import LEAST_CONTRAST, contrast, nearest_readable

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
PAPER, NIGHT = "#ffffff", "#14181a"


def test_contrast_goes_from_one_to_twenty_one():
    assert contrast("#777777", "#777777") == 1
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)  # WCAG's known example


@given(colours, st.sampled_from([PAPER, NIGHT]))
def test_the_nearest_can_be_read_and_a_readable_colour_stays(colour, ground):
    found = nearest_readable(colour, ground)

    assert contrast(found, ground) >= LEAST_CONTRAST
    if contrast(colour, ground) >= LEAST_CONTRAST:
        assert found == colour
    else:
        # no more contrast than it takes, but for one step of two hundred
        assert contrast(found, ground) < LEAST_CONTRAST + 0.5
