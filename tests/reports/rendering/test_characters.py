import pytest

from second_opinion.reports.rendering.characters import VisibleText


@pytest.mark.parametrize("text", ["Åsa Öberg – 5 %", "Đặng Éva Szabó", "Ђорђе", "Ἀριστοτέλης"])
def test_letters_that_the_fonts_have_stay(text):
    visible = VisibleText()

    assert visible.of(text) == text
    assert visible.replaced == ()


def test_a_letter_that_no_font_has_becomes_its_code_point():
    visible = VisibleText()

    assert visible.of("Bo 中, 中 and 😀") == "Bo [U+4E2D], [U+4E2D] and [U+1F600]"
    assert visible.replaced == ("中", "😀")


def test_neighbouring_code_points_are_parted_so_that_they_break_into_lines():
    assert VisibleText().of("中文 x") == "[U+4E2D] [U+6587] x"


def test_what_the_compiler_refused_is_replaced_too():
    visible = VisibleText(also=frozenset("x"))

    assert visible.of("axe") == "a[U+0078]e"


def test_line_ends_are_no_characters_to_be_shown():
    assert VisibleText().of("one\ntwo") == "one\ntwo"
